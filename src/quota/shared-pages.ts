import type { Database } from '../db/database.ts'

/** Of an address: pages asked for, and answers that found nothing. */
export type Pages = { readonly network: string; readonly pages: number; readonly misses: number }

/** Adds what a process has seen in a minute, each address once; what all processes together have seen of them. */
export type SharePages = (minute: Date, added: readonly Pages[]) => Promise<readonly Pages[]>

/** Shares through the one function of the portal's login that writes. */
export function sharePagesOver(db: Pick<Database, 'rows'>): SharePages {
  return async (minute, added) =>
    await db.rows<Pages>({
      name: 'count-pages',
      text: 'select network, pages, misses from pub.count_pages($1, $2::text[], $3::bigint[], $4::bigint[])',
      values: [minute, added.map(one => one.network), added.map(one => one.pages), added.map(one => one.misses)],
    })
}
