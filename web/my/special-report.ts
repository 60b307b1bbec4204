import { layoutOn } from '../../src/law/law.ts'
import type { Domain, ReportLayout } from '../../src/law/report-model.ts'
import { issueReport } from '../../src/reports/commands.ts'
import { type ReportWindow, specialWindow } from '../../src/reports/window.ts'
import { type Html, html } from '../portal/html.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Fault, Rejection, Site, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { textField } from './text-field.ts'
import { all, draftAddress, one, type Typed } from './typed.ts'

/* The special report in three answers: how far back, which domains, for whom. */

const PATH = '/my/reports/special'
const MOST = 100
const NAMES = ['years', 'domain', 'purpose', 'businessNo'] as const

export const specialReportPage: AccountPage = {
  path: PATH,
  label: 'my.issue-special',
  needs: 'report.issue-own',
  draw: visit => drawForm(visit, visit.query, NOTHING_WRONG),
}

export const specialReportForm: AccountForm = {
  path: PATH,
  needs: 'report.issue-own',
  act: async (visit, typed) => {
    const { site, actor, subjectId } = visit
    const faults = faultsOf(site, typed)
    if (faults.length > 0) return faults
    const domains = all(typed, 'domain')
    const issued = await issueReport(site.app, actor, subjectId, {
      kind: 'special',
      years: Number(one(typed, 'years')),
      domains: domains.length === 0 ? undefined : domains,
      purpose: one(typed, 'purpose'),
      businessNo: one(typed, 'businessNo'),
    })
    return `/my/reports/${issued.code}`
  },
  redraw: drawForm,
  draft: typed => draftAddress(PATH, typed, NAMES),
}

function faultsOf({ say }: Site, typed: Typed): Fault[] {
  const faults: Fault[] = []
  if (!/^\d{1,2}$/.test(one(typed, 'years'))) faults.push({ field: 'years', sentence: say('my.years-missing') })
  for (const field of ['purpose', 'businessNo'] as const)
    if (one(typed, field).length > MOST)
      faults.push({ field, sentence: say('my.text-too-long', { name: say(`my.field-${field}`), most: MOST }) })
  return faults
}

function drawForm(visit: Visit, typed: Typed, rejection: Rejection): Drawn {
  const { site } = visit
  const { say, app } = site
  const layout = layoutOn(app.law, 'special', site.today())
  const heading = say('my.issue-special')
  if (!layout) return { heading, main: html`<p class="lead">${say('report.no-layout', { day: site.today() })}</p>` }
  const windows = layout.windows.map(years => [years, specialWindow(layout, app.law.calendar, site.today(), years)] as const)
  const closed = windows.find(([, window]) => !window.ok)?.[1]
  // What cannot be issued today is said before anything is asked.
  if (closed && !closed.ok) return { heading, main: html`<p class="lead">${say(closed.code, closed.facts)}</p>` }
  const open = windows.flatMap(([years, window]) => (window.ok ? [[years, window.value] as const] : []))
  return {
    heading,
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.special-what')}</p><form class="fill" method="post" action="${PATH}">${csrfField(visit)}${yearsField(site, open, typed, rejection)}${domainsField(site, typed)}${textField(
      site,
      rejection,
      { name: 'purpose', value: one(typed, 'purpose'), most: MOST, hint: say('my.purpose-hint') },
    )}${textField(site, rejection, { name: 'businessNo', value: one(typed, 'businessNo'), most: MOST, hint: say('my.business-no-hint') })}${notes(site, layout)}<p class="actions"><button class="button">${say('my.issue-now')}</button><a href="/my/reports">${say('my.not-now')}</a></p></form>`,
  }
}

function yearsField(
  site: Site,
  windows: readonly (readonly [number, ReportWindow])[],
  typed: Typed,
  { faults }: Rejection,
): Html {
  const { say } = site
  const chosen = one(typed, 'years')
  const fault = faults.find(one => one.field === 'years')
  const described = fault ? html` aria-describedby="years-error"` : ''
  return html`<fieldset class="years"${described}><legend>${say('my.field-years')}</legend>${fault ? html`<span class="field-error" id="years-error">${fault.sentence}</span>` : ''}${windows.map(
    ([years, window], index) =>
      html`<label class="choice"><input type="radio" name="years" value="${years}"${index === 0 ? html` id="years"` : ''}${String(years) === chosen ? html` checked` : ''}><span>${say('my.years', { years })}<span class="hint block">${site.sayHtml('my.window', window)}</span></span></label>`,
  )}</fieldset>`
}

/** Nothing ticked means everything: a firm that is asked for all domains has nothing to do here. */
function domainsField({ say, app }: Site, typed: Typed): Html {
  const domains = [...app.law.domains.values()].sort((a, b) => a.order - b.order)
  const chosen = new Set(all(typed, 'domain'))
  const box = (domain: Domain): Html =>
    html`<label class="choice"><input type="checkbox" name="domain" value="${domain.id}"${chosen.has(domain.id) ? html` checked` : ''}><span>${domain.name}</span></label>`
  return html`<fieldset><legend>${say('my.field-domain')}</legend><p>${say('my.domains-all', { count: domains.length })}</p><details class="domains"${chosen.size > 0 ? html` open` : ''}><summary>${say('my.domains-some')}${chosen.size > 0 ? say('portal.filter-set', { set: chosen.size }) : ''}</summary><div class="choices">${domains.map(box)}</div></details></fieldset>`
}

function notes({ say }: Site, layout: ReportLayout): Html {
  return html`<section class="way-out"><h2>${say('my.before-issue')}</h2><ul class="plain bullets"><li>${say('my.note-free')}</li>${layout.validMonths ? html`<li>${say('my.note-valid', { months: layout.validMonths })}</li>` : ''}<li>${say('my.note-look')}</li></ul></section>`
}
