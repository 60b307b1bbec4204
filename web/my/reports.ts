import { layoutOn } from '../../src/law/law.ts'
import type { ReportLayout } from '../../src/law/report-model.ts'
import { issueReport } from '../../src/reports/commands.ts'
import { listIssuedTo } from '../../src/reports/issued.ts'
import { type Html, html } from '../portal/html.ts'
import { pager } from '../portal/kit/pager.ts'
import { type Column, table } from '../portal/kit/table.ts'
import { linkBases } from '../portal/law-links.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import { groupedCode } from './grouped-code.ts'
import type { AccountForm, AccountPage, Drawn, Rejection, Site, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { type Issued, isServed, reportState, whyOf } from './report-state.ts'
import { one } from './typed.ts'

const A_PAGE = 20

/** The kinds of report a subject can have, and those it was issued. */
export const reportsPage: AccountPage = {
  path: '/my/reports',
  label: 'my.reports',
  needs: 'report.issue-own',
  draw: visit => drawReports(visit, NOTHING_WRONG),
}

/** Issues the public report to its subject, so that it stands among its own. */
export const publicReportForm: AccountForm = {
  path: '/my/reports/public',
  needs: 'report.issue-own',
  act: async ({ site, actor, subjectId }) => {
    const issued = await issueReport(site.app, actor, subjectId, { kind: 'public' })
    return `/my/reports/${issued.code}`
  },
  redraw: (visit, _, rejection) => drawReports(visit, rejection),
  draft: () => '/my/reports',
}

async function drawReports(visit: Visit, rejection: Rejection): Promise<Drawn> {
  const { site } = visit
  const { say, app } = site
  const today = site.today()
  const [special, open] = (['special', 'public'] as const).map(kind => layoutOn(app.law, kind, today))
  return {
    heading: say('my.reports'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.reports-lead')}</p><nav class="contents" aria-label="${say('portal.on-this-page')}"><ul><li><a href="#issued">${say('my.issued')}</a></li></ul></nav><div class="two even kinds">${special ? ofSpecial(site, special) : ''}${open ? ofPublic(visit, open) : ''}</div><section id="issued"><h2>${say('my.issued')}</h2>${await issuedTable(visit)}</section>`,
  }
}

function ofSpecial(site: Site, layout: ReportLayout): Html {
  const { say } = site
  return html`<section class="card"><h2>${say('portal.report-special')}</h2><p>${say('my.special-what')}</p><p><a class="button" href="/my/reports/special">${say('my.issue-special')}</a></p>${details(site, layout)}</section>`
}

function ofPublic(visit: Visit, layout: ReportLayout): Html {
  const { site } = visit
  const { say } = site
  return html`<section class="card"><h2>${say('portal.report-public')}</h2><p>${say('my.public-what')}</p><form method="post" action="/my/reports/public">${csrfField(visit)}<p><button class="button">${say('my.issue-public')}</button></p></form>${details(site, layout)}</section>`
}

/** What stands in a report of this kind, in the law's order and words. */
function details(site: Site, layout: ReportLayout): Html {
  const { say, app } = site
  const sections = layout.sections.filter(
    section => !section.subjects || section.subjects.some(kind => kind !== 'natural-person'),
  )
  const said = [...layout.statements, ...(layout.criminalRecord ? [layout.criminalRecord] : [])]
  return html`<details><summary>${say('my.what-stands-in', { title: layout.title })}</summary><h3>${say('my.sections')}</h3><ul class="plain bullets">${sections.map(section => html`<li>${section.title}</li>`)}</ul><h3>${say('my.said-in')}</h3><ul class="plain bullets">${said.map(text => html`<li>${text}</li>`)}</ul><p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBases(app.law, layout.basis, say)}</p></details>`
}

async function issuedTable({ site, actor, query }: Visit): Promise<Html> {
  const { say, app } = site
  const before = Number(one(query, 'before'))
  const page = { limit: A_PAGE, before: Number.isSafeInteger(before) && before > 0 ? before : undefined }
  const { reports, next } = await listIssuedTo(app, actor, page)
  if (reports.length === 0) return html`<p class="empty-answer">${say(page.before ? 'my.issued-no-more' : 'my.issued-none')}</p>`
  const older = next === null ? null : `/my/reports?before=${next}#issued`
  return html`${table(say('my.issued-caption'), columnsOf(site), reports)}${pager(say, page.before ? '/my/reports#issued' : null, older)}`
}

function columnsOf(site: Site): Column<Issued>[] {
  const { say } = site
  return [
    {
      head: say('my.report'),
      cell: it =>
        html`<a href="${`/my/reports/${it.code}`}">${say(`portal.report-${it.kind}`)}</a><span class="quiet block"><span class="code">${it.number}</span></span>`,
    },
    { head: say('portal.issued-at'), cell: it => html`<span class="day">${instantText(site, it.issuedAt)}</span>` },
    {
      head: say('portal.state'),
      cell: it => html`<div>${reportState(site, it.state)}<span class="hint block">${whyOf(site, it)}</span></div>`,
    },
    { head: say('portal.verify-label'), cell: it => html`<a href="${`/verify/${it.code}`}">${groupedCode(it.code)}</a>` },
    {
      head: say('my.file'),
      cell: it =>
        isServed(it)
          ? html`<a href="${`/my/reports/${it.code}/pdf`}" aria-label="${say('my.download-of', { number: it.number })}">${say('my.download')}</a>`
          : html`<span class="quiet">${say('my.no-file')}</span>`,
    },
  ]
}

/** An instant in the city's time, as `cityInstant` wrote it, down to the minute. */
export function instantText({ say }: Site, instant: string): string {
  return say('portal.instant', { day: instant.slice(0, 10), time: instant.slice(11, 16) })
}
