import { isDay } from '../../../src/base/day.ts'
import { type Announcement, type AnnouncementKey, listAnnouncements } from '../announcements.ts'
import { type Html, html } from '../html.ts'
import { codeText } from '../kit/code-text.ts'
import { pager } from '../kit/pager.ts'
import { table } from '../kit/table.ts'
import type { Page, Portal } from '../page.ts'

/* 公告送达: which letters wait for whom, since when, and when they count as served; nothing of what they say. */

const A_PAGE = 20
const HOME = '/announcements'

/** `2026-11-30.12345` in an address; undefined for anything else. */
function readKey(text: string | undefined): AnnouncementKey | undefined {
  const [, publishedOn = '', id = ''] = /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})$/.exec(text ?? '') ?? []
  return isDay(publishedOn) ? { publishedOn, noticeId: Number(id) } : undefined
}

const addressOf = (way: 'older' | 'newer', key: AnnouncementKey | null): string | null =>
  key && `${HOME}?${way}=${key.publishedOn}.${key.noticeId}`

export const announcementsPage: Page = {
  path: HOME,
  label: 'portal.announcements',
  // Nobody is to be found by a search engine for a letter that did not reach him.
  mayBeIndexed: false,
  open:
    portal =>
    async ({ query }) => {
      const { say } = portal
      const today = portal.today()
      const page = await listAnnouncements(portal.db, today, {
        size: A_PAGE,
        older: readKey(query['older']),
        newer: readKey(query['newer']),
      })
      return {
        kind: 'page',
        heading: say('portal.announcements'),
        main: html`<p class="lead">${say('portal.announcements-lead')}</p><p class="hint">${say('portal.announcements-how')}</p>${
          page.rows.length === 0
            ? html`<p class="empty-answer">${say('portal.announcements-empty')}</p>`
            : rowsOf(portal, page.rows)
        }${pager(say, addressOf('newer', page.newer), addressOf('older', page.older))}`,
        data: {
          announcements: page.rows.map(({ noticeId: _, ...one }) => one),
          next: page.older ? `${page.older.publishedOn}.${page.older.noticeId}` : null,
          asOf: today,
        },
      }
    },
}

function rowsOf({ say }: Portal, rows: readonly Announcement[]): Html {
  const day = (text: string): Html => html`<span class="day">${text}</span>`
  return table(
    say('portal.announcements-caption'),
    [
      {
        head: say('portal.announcement-subject'),
        cell: row =>
          row.subjectId === null
            ? html`${row.subjectName}`
            : html`<a href="${`/subjects/${row.subjectId}`}">${row.subjectName}</a>`,
      },
      { head: say('portal.announcement-letter'), cell: row => row.letterName },
      { head: say('portal.announcement-number'), cell: row => codeText(row.number) },
      { head: say('portal.announcement-unit'), cell: row => row.unitName },
      { head: say('portal.announcement-published'), cell: row => day(row.publishedOn) },
      { head: say('portal.announcement-served'), cell: row => day(row.servedOn) },
    ],
    rows,
  )
}
