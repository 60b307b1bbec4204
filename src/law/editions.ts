import type { Day } from '../base/day.ts'

/**
 * An edition of a city's own entry made in the console: drafted, checked, approved by a second person, in force from a day.
 * `path` is the file's place in the repository: `city/<city>/sources/x.yaml`, or `law/calendar/<year>.yaml`.
 */
export type DatabaseEdition = {
  readonly path: string
  readonly text: string
  readonly inForceFrom: Day
  readonly approvedBy: string
}

/** The one thing asked of a database here; `db/database.ts` fits. */
export type EditionQuery = {
  rows<T extends Record<string, unknown>>(statement: {
    readonly text: string
    readonly values?: readonly unknown[]
  }): Promise<T[]>
}

/** Every approved edition, oldest first, drafts left out. Of two for the same path and day the one approved later stands later. */
export async function readDatabaseEditions(query: EditionQuery): Promise<DatabaseEdition[]> {
  const rows = await query.rows<{ path: string; content: string; in_force_from: Day; approved_by: string }>({
    text: `
      select path, content, in_force_from, approved_by
      from law_edition
      where approved_at is not null and approved_by is not null and approved_by <> drafted_by
      order by path, in_force_from, approved_at, edition`,
  })
  return rows.map(row => ({ path: row.path, text: row.content, inForceFrom: row.in_force_from, approvedBy: row.approved_by }))
}

/**
 * A text that changes when a process must load the law again: another edition was approved, or the day of one has come.
 * One cheap statement, for a process to ask every few seconds.
 */
export async function lawVersion(query: EditionQuery, today: Day): Promise<string> {
  const [row] = await query.rows<{ version: string }>({
    text: `
      select count(*) || ':' || count(*) filter (where in_force_from <= $1) || ':'
             || coalesce(extract(epoch from max(approved_at))::text, '') as version
      from law_edition
      where approved_at is not null and approved_by is not null and approved_by <> drafted_by`,
    values: [today],
  })
  return row?.version ?? ''
}

/** A file or an edition by its place in the repository. */
export type Held = { readonly path: string; readonly text: string; readonly edition: DatabaseEdition | null }

const DATED = /@\d{4}-\d{2}-\d{2}\.yaml$/

/**
 * Files and editions together, one text for each path. A file whose name carries its day stands beside its other editions, whenever they
 * begin; any other path is given by the youngest edition whose day has come (`today` left out: every day has come), else by the file.
 */
export function chooseTexts(files: readonly Held[], editions: readonly DatabaseEdition[], today?: Day): Held[] {
  const chosen = new Map(files.map(file => [file.path, file]))
  const inOrder = editions
    .map((edition, index) => ({ edition, index }))
    .sort((a, b) => compare(a.edition, b.edition) || a.index - b.index)
  for (const { edition } of inOrder) {
    const begun = today === undefined || edition.inForceFrom <= today
    if (begun || DATED.test(edition.path)) chosen.set(edition.path, { path: edition.path, text: edition.text, edition })
  }
  return [...chosen.values()].sort((a, b) => Number(isLocal(a)) - Number(isLocal(b)) || (a.path < b.path ? -1 : 1))
}

/** National tables are read first: of two entries with one id the city's is the one too many. */
const isLocal = (held: Held): boolean => !held.path.startsWith('law/')

function compare(a: DatabaseEdition, b: DatabaseEdition): number {
  return a.inForceFrom < b.inForceFrom ? -1 : Number(a.inForceFrom > b.inForceFrom)
}
