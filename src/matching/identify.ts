import type { Change } from '../access/change.ts'
import type { Ids, SubjectId } from '../base/id.ts'
import type { Query } from '../db/database.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import type { CheckedRow, Counterpart } from '../validation/model.ts'
import type { Match, MatchedBy } from './model.ts'
import { findByNames, findNames, findOwners, type NameRow, openSubjects, ownerKey } from './store.ts'

/*
 * Whose rows are these? A valid code decides; a name alone only where nothing can be taken away by it; likeness never without a person.
 * Works on sets: a handful of statements for some thousand rows.
 */

const ORDER = ['uscc', 'document', 'organisation-code', 'registration-number'] as const
type Key = { readonly kind: string; readonly value: string; readonly by: (typeof ORDER)[number] }

/** The strongest identifier that a counterpart carries. */
function keyOf(counterpart: Counterpart): Key | undefined {
  if (counterpart.uscc) return { kind: 'uscc', value: counterpart.uscc, by: 'uscc' }
  if (counterpart.document) return { kind: counterpart.document.kind, value: counterpart.document.blind, by: 'document' }
  if (counterpart.organisationCode)
    return { kind: 'organisation-code', value: counterpart.organisationCode, by: 'organisation-code' }
  if (counterpart.registrationNumber)
    return { kind: 'registration-number', value: counterpart.registrationNumber, by: 'registration-number' }
  return undefined
}

const NOBODY: ReadonlySet<SubjectId> = new Set()

/** Who has the codes of rows, and what they are called. */
export type Known = {
  readonly owners: ReadonlyMap<string, SubjectId>
  readonly names: ReadonlyMap<SubjectId, readonly NameRow[]>
}

/**
 * Who is known of the rows' counterparts. May be asked before the change that settles the rows, on any connection, for rows by which nobody
 * gets a name: whoever is not known yet is looked for again when he would be opened.
 */
export async function findKnown(query: Query, rows: readonly CheckedRow[]): Promise<Known> {
  const owners = await findOwners(
    query,
    rows.map(row => keyOf(row.counterpart)),
  )
  return { owners, names: await findNames(query, [...new Set(owners.values())]) }
}

/** Finds or opens the subjects of rows, in the change's transaction but for what is `known`. The answer has the rows' order. */
export async function identify(
  change: Change,
  ids: Ids,
  item: CatalogueItem,
  rows: readonly CheckedRow[],
  known: Known,
): Promise<Match[]> {
  const keys = rows.map(row => keyOf(row.counterpart))
  const owners = new Map(known.owners)
  const opened = await openUnknown(change, ids, item, rows, keys, owners)
  const unnamed = [...new Set(owners.values())].filter(subjectId => !known.names.has(subjectId))
  const names = new Map([...known.names, ...(await findNames(change.tx, unnamed))])
  const ownerIds = keys.map(key => key && owners.get(ownerKey(key)))
  // Whom else the name may mean: nobody has the code, or an organisation's code belongs to one of another name.
  const open = rows.filter((row, i) => {
    const owner = ownerIds[i]
    if (owner === undefined) return true
    return keys[i]?.by !== 'document' && !names.get(owner)?.some(name => name.nameKey === row.counterpart.nameKey)
  })
  const byName = await findByNames(change.tx, [...new Set(open.map(row => row.counterpart.nameKey))])
  return rows.map((row, i) => decideMatch(item, row, keys[i], ownerIds[i], names, byName, opened))
}

/** A valid code that nobody has opens a subject: "known from reports only" unless the row is a registration. */
async function openUnknown(
  change: Change,
  ids: Ids,
  item: CatalogueItem,
  rows: readonly CheckedRow[],
  keys: readonly (Key | undefined)[],
  owners: Map<string, SubjectId>,
): Promise<ReadonlySet<SubjectId>> {
  const wanted = new Map<string, { key: Key; row: CheckedRow }>()
  for (let i = 0; i < rows.length; i++) {
    const key = keys[i]
    if (!key || (key.by !== 'uscc' && key.by !== 'document')) continue
    const at = ownerKey(key)
    if (!owners.has(at) && !wanted.has(at)) wanted.set(at, { key, row: rows[i] as CheckedRow })
  }
  if (wanted.size === 0) return NOBODY
  const { owners: found, opened } = await openSubjects(
    change,
    ids,
    item.nature === 'registration' ? 'registered' : 'reported',
    [...wanted.values()].map(({ key, row }) => ({
      kind: key.kind,
      value: key.value,
      counterpart: row.counterpart,
      since: row.decidedOn,
    })),
  )
  for (const [at, subjectId] of found) owners.set(at, subjectId)
  return opened
}

/** Pure: one row's answer from what was found. Exported for the rule's table test. */
export function decideMatch(
  item: Pick<CatalogueItem, 'nature' | 'effect' | 'mayFileByNameAlone'>,
  row: CheckedRow,
  key: Key | undefined,
  owner: SubjectId | undefined,
  names: ReadonlyMap<SubjectId, readonly NameRow[]>,
  byName: ReadonlyMap<string, readonly SubjectId[]>,
  opened: ReadonlySet<SubjectId> = NOBODY,
): Match {
  const candidates = byName.get(row.counterpart.nameKey) ?? []
  if (owner !== undefined && key)
    return byCode(item, row, key, owner, names.get(owner) ?? [], opened.has(owner), key.by === 'document' ? [] : candidates)
  if (candidates.length === 0) return { verdict: 'ask-a-person', reason: 'match.name-unknown', candidates: [] }
  const asked = candidates.map(subjectId => ({ subjectId, because: ['evidence.name-equal'] }))
  if (candidates.length > 1) return { verdict: 'ask-a-person', reason: 'match.name-of-several', candidates: asked }
  if (key || !item.mayFileByNameAlone || item.effect === 'adverse')
    return { verdict: 'ask-a-person', reason: 'match.name-alone', candidates: asked }
  return { verdict: 'same', subjectId: candidates[0] as SubjectId, matchedBy: 'name-alone', newName: false }
}

function byCode(
  item: Pick<CatalogueItem, 'nature'>,
  row: CheckedRow,
  key: Key,
  owner: SubjectId,
  names: readonly NameRow[],
  opened: boolean,
  ofTheName: readonly SubjectId[],
): Match {
  const same = names.findLast(name => name.nameKey === row.counterpart.nameKey)
  const strong = key.by === 'uscc' || key.by === 'document'
  if (same) {
    if (!strong) return { verdict: 'same', subjectId: owner, matchedBy: `${key.by}+name` as MatchedBy, newName: false }
    const word = opened ? `${key.by}-new` : same.validUntil === null ? `${key.by}+name` : `${key.by}+former-name`
    return { verdict: 'same', subjectId: owner, matchedBy: word as MatchedBy, newName: false }
  }
  // The registrar says what a subject is called; nobody else does.
  if (item.nature === 'registration' && strong)
    return { verdict: 'same', subjectId: owner, matchedBy: 'uscc+registration', newName: true }
  return {
    verdict: 'ask-a-person',
    reason: 'match.code-and-name-disagree',
    candidates: [
      { subjectId: owner, because: [`evidence.${key.by}-equal`, 'evidence.name-differs'] },
      ...ofTheName.map(subjectId => ({ subjectId, because: ['evidence.name-equal', `evidence.${key.by}-differs`] })),
    ],
  }
}
