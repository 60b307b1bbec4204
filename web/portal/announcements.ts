import type { Day } from '../../src/base/day.ts'
import type { Query } from '../../src/db/database.ts'

/* Letters that are served by publication, as the public sees them: on display until the day on which they count as served. */

export type Announcement = {
  readonly noticeId: number
  readonly number: string
  readonly letterName: string
  readonly unitName: string
  readonly subjectName: string
  /** Null for a person: no page leads to one. */
  readonly subjectId: number | null
  readonly publishedOn: Day
  readonly servedOn: Day
}

export type AnnouncementKey = Pick<Announcement, 'publishedOn' | 'noticeId'>

type Wanted = {
  readonly size: number
  readonly older?: AnnouncementKey | undefined
  readonly newer?: AnnouncementKey | undefined
}
type Found = {
  readonly rows: readonly Announcement[]
  readonly older: AnnouncementKey | null
  readonly newer: AnnouncementKey | null
}

/** A page of what is announced on a day, latest first, by key: never counts. */
export async function listAnnouncements(db: Query, today: Day, { size, older, newer }: Wanted): Promise<Found> {
  const isBack = newer !== undefined
  const key = newer ?? older ?? null
  const rows = await db.rows<Announcement>({
    text: `select notice_id as "noticeId", number, letter_name as "letterName", unit_name as "unitName", subject_name as "subjectName",
        case when is_organisation then subject_id end as "subjectId", published_on as "publishedOn", served_on as "servedOn"
      from pub.announcement where served_on >= $1::date and published_on <= $1::date
        and ($2::date is null or (published_on, notice_id) ${isBack ? '>' : '<'} ($2::date, $3::bigint))
      order by ${isBack ? 'published_on, notice_id' : 'published_on desc, notice_id desc'} limit $4`,
    values: [today, key?.publishedOn ?? null, key?.noticeId ?? null, size + 1],
  })
  const hasMore = rows.length > size
  const shown = isBack ? rows.slice(0, size).reverse() : rows.slice(0, size)
  const isFirst = isBack ? !hasMore : older === undefined
  const isLast = !isBack && !hasMore
  return { rows: shown, older: isLast ? null : (shown.at(-1) ?? null), newer: isFirst ? null : (shown[0] ?? null) }
}
