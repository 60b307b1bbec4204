import type { Day } from '../../src/base/day.ts'
import type { Query } from '../../src/db/database.ts'

/** A page between the portal's head and foot: its heading, and its markup. */
export type Drawn = { readonly heading: string; readonly body: string }

/**
 * The page of a subject as publication drew it; undefined where there is none that holds today: then it is drawn here. What is withdrawn
 * takes the page with it, so that none outlives what it shows.
 */
export async function findDrawn(db: Query, subjectId: number, stamp: string, today: Day): Promise<Drawn | undefined> {
  return await db.row<Drawn>({
    name: 'portal-drawn',
    text: `select heading, body from pub.subject_page where subject_id = $1 and stamp = $2 and good_from <= $3 and (good_until is null or good_until >= $3)`,
    values: [subjectId, stamp, today],
  })
}
