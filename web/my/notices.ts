import type { NoticeView } from '../../src/notices/contract.ts'
import { listOwnNotices } from '../../src/notices/views.ts'
import { type Html, html } from '../portal/html.ts'
import { pager } from '../portal/kit/pager.ts'
import { type Column, table } from '../portal/kit/table.ts'
import type { AccountPage, Site } from './page.ts'
import { one } from './typed.ts'

const A_PAGE = 20

/** The letters to whoever this account speaks for, those that nobody opened yet marked. */
export const noticesPage: AccountPage = {
  path: '/my/notices',
  label: 'my.notices',
  needs: 'notice.read-own',
  draw: async ({ site, actor, query }) => {
    const { say, app } = site
    const before = Number(one(query, 'before'))
    const page = { limit: A_PAGE, before: Number.isSafeInteger(before) && before > 0 ? before : undefined }
    const { notices, next } = await listOwnNotices(app, actor, page)
    const older = next === null ? null : `/my/notices?before=${next}`
    const list =
      notices.length === 0
        ? html`<p class="empty-answer">${say('my.notices-none')}</p>`
        : html`${table(say('my.notices-caption'), columnsOf(site), notices)}${pager(say, page.before ? '/my/notices' : null, older)}`
    return {
      heading: say('my.notices'),
      main: html`<p class="lead">${say('my.notices-lead')}</p>${list}<section><h2>${say('my.service-address')}</h2><p>${say('my.service-address-lead')}</p><p><a href="/my/notices/address">${say('my.service-address-go')}</a></p></section>`,
    }
  },
}

function columnsOf({ say }: Site): Column<NoticeView>[] {
  return [
    {
      head: say('my.notice'),
      cell: it =>
        html`<a href="${`/my/notices/${it.noticeId}`}">${it.name}</a><span class="quiet block"><span class="code">${it.number}</span></span>`,
    },
    { head: say('my.notice-by'), cell: it => it.unitName },
    { head: say('my.notice-day'), cell: it => html`<span class="day">${it.madeOn}</span>` },
    { head: say('my.notice-served'), cell: it => servedText(say, it) },
  ]
}

/** Since when it counts as served, or that it waits to be opened. */
export function servedText(say: Site['say'], { servedOn }: Pick<NoticeView, 'servedOn'>): Html {
  return servedOn === null ? html`<strong>${say('my.notice-waits')}</strong>` : html`<span class="day">${servedOn}</span>`
}
