import type { RequestView } from '../../src/rights/contract.ts'
import { rightsLaw } from '../../src/rights/lodge.ts'
import { readOwnRequests } from '../../src/rights/views.ts'
import { type Html, html } from '../portal/html.ts'
import { pager } from '../portal/kit/pager.ts'
import { type Column, table } from '../portal/kit/table.ts'
import { linkBases } from '../portal/law-links.ts'
import type { AccountPage, Site, Visit } from './page.ts'
import { askable } from './rights-new.ts'
import { one } from './typed.ts'

const A_PAGE = 20

/** What one may ask for about what is kept of oneself, and the requests that were made. */
export const rightsPage: AccountPage = {
  path: '/my/rights',
  label: 'my.rights',
  needs: 'rights.lodge',
  draw: async visit => {
    const { say } = visit.site
    return {
      heading: say('my.rights'),
      main: html`<p class="lead">${say('my.rights-lead')}</p><section class="card"><h2>${say('my.rights-file')}</h2><p>${say('my.rights-file-what')}</p><p class="actions"><a class="button" href="/my/rights/file">${say('my.rights-file-open')}</a><a href="/api/v1/rights/own-file" download="own-file.json">${say('my.rights-file-json')}</a></p></section>${await others(visit)}<section id="asked"><h2>${say('my.rights-asked')}</h2>${await askedTable(visit)}</section>`,
    }
  },
}

async function others(visit: Visit): Promise<Html> {
  const { site } = visit
  const { say, app } = site
  const { rights } = rightsLaw(app.law)
  const kinds = await askable(visit)
  return html`<section><h2>${say('my.rights-ask')}</h2><ul class="links">${kinds.map(
    kind =>
      html`<li><a href="${`/my/rights/new?kind=${kind}`}">${rights[kind].name}</a><span class="hint block">${say(`my.rights-what-${kind}`)} ${say('my.rights-clock', { days: rights[kind].clock.workingDays })} ${say('portal.basis')}${say('portal.colon')}${linkBases(app.law, rights[kind].basis, say)}</span></li>`,
  )}</ul></section>`
}

async function askedTable({ site, actor, query }: Visit): Promise<Html> {
  const { say, app } = site
  const before = Number(one(query, 'before'))
  const page = { limit: A_PAGE, before: Number.isSafeInteger(before) && before > 0 ? before : undefined }
  const { requests, next } = await readOwnRequests(app, actor, page)
  if (requests.length === 0) return html`<p class="empty-answer">${say('my.rights-none')}</p>`
  const older = next === null ? null : `/my/rights?before=${next}#asked`
  return html`${table(say('my.rights-caption'), columnsOf(site), requests)}${pager(say, page.before ? '/my/rights#asked' : null, older)}`
}

function columnsOf(site: Site): Column<RequestView>[] {
  const { say } = site
  return [
    {
      head: say('my.rights-number'),
      cell: it =>
        html`<a href="${`/my/rights/requests/${it.requestId}`}">${it.kindName}</a><span class="quiet block"><span class="code">${it.number}</span></span>`,
    },
    { head: say('my.rights-on'), cell: it => html`<span class="day">${it.askedOn}</span>` },
    { head: say('portal.state'), cell: it => it.stateName },
    { head: say('my.rights-by'), cell: it => it.unitName },
    { head: say('my.rights-due'), cell: it => dueText(site, it) },
  ]
}

/** The clock as the person is told it: no alarm, and no day that nobody knows yet. */
export function dueText({ say }: Site, { clock, state }: RequestView): Html | string {
  if (state !== 'open' && state !== 'proposed') return say('my.rights-done')
  if (clock.dueOn === null) return say('my.rights-unknown-day', { year: clock.unknownYear ?? '', days: clock.workingDays })
  const due = html`<span class="day">${clock.dueOn}</span>`
  if (clock.isOverdue) return html`<div>${due}<span class="hint block">${say('my.rights-overdue')}</span></div>`
  return clock.workingDaysLeft === null
    ? due
    : html`<div>${due}<span class="hint block">${say('my.rights-left', { days: clock.workingDaysLeft })}</span></div>`
}
