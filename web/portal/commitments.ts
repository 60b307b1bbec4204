import type { Day } from '../../src/base/day.ts'
import type { Query } from '../../src/db/database.ts'

/* Commitments that are to be kept, as the public sees them. */

export type ShownCommitment = {
  readonly number: string
  readonly subjectId: number
  readonly subjectName: string
  readonly uscc: string | null
  readonly unit: string
  readonly unitName: string
  readonly type: string
  readonly typeName: string
  readonly matter: string
  readonly template: string
  readonly edition: Day
  readonly digest: string
  readonly madeOn: Day
  readonly validUntil: Day
}

export type CommitmentKey = { readonly madeOn: Day; readonly number: string }

const COLUMNS = `number, subject_id as "subjectId", subject_name as "subjectName", uscc, unit, unit_name as "unitName", type, type_name as "typeName", matter,
  template, edition, digest, made_on as "madeOn", valid_until as "validUntil"`

export type CommitmentFilter = { readonly unit: string; readonly type: string }

/** A page of them, latest first, by key: never counts. */
export async function listCommitments(
  db: Query,
  { unit, type }: CommitmentFilter,
  page: { readonly size: number; readonly older?: CommitmentKey | undefined; readonly newer?: CommitmentKey | undefined },
): Promise<{ rows: readonly ShownCommitment[]; older: CommitmentKey | null; newer: CommitmentKey | null }> {
  const isBack = page.newer !== undefined
  const key = page.newer ?? page.older ?? null
  const rows = await db.rows<ShownCommitment>({
    text: `select ${COLUMNS} from pub.commitment where ($1 = '' or unit = $1) and ($2 = '' or type = $2)
      and ($3::date is null or (made_on, number) ${isBack ? '>' : '<'} ($3::date, $4::text))
      order by ${isBack ? 'made_on, number' : 'made_on desc, number desc'} limit $5`,
    values: [unit, type, key?.madeOn ?? null, key?.number ?? null, page.size + 1],
  })
  const hasMore = rows.length > page.size
  const shown = isBack ? rows.slice(0, page.size).reverse() : rows.slice(0, page.size)
  const [first, last] = [shown[0], shown.at(-1)]
  const isFirst = isBack ? !hasMore : page.older === undefined
  const isLast = isBack ? false : !hasMore
  return { rows: shown, older: isLast ? null : keyOf(last), newer: isFirst ? null : keyOf(first) }
}

const keyOf = (row: ShownCommitment | undefined): CommitmentKey | null =>
  row ? { madeOn: row.madeOn, number: row.number } : null

/** One of them with its text; undefined where it is not to be seen, or no longer. */
export async function findShownCommitment(
  db: Query,
  number: string,
): Promise<(ShownCommitment & { readonly text: readonly string[] }) | undefined> {
  return await db.row<ShownCommitment & { text: readonly string[] }>({
    text: `select ${COLUMNS}, text from pub.commitment where number = $1`,
    values: [number],
  })
}
