import type { ArchivedRecord } from '../archive/model.ts'
import type { Day } from '../base/day.ts'
import type { ComparedItem } from '../law/declaration-model.ts'
import { declarationRulesOn, familyOf } from '../law/declarations.ts'
import type { Law } from '../law/law.ts'
import { nameKey } from '../subject/name.ts'
import type { Filled } from './model.ts'

/*
 * What a subject declares, held against what departments have reported of the same subject (M088). The machine says only yes: whatever it does
 * not find, or finds otherwise, is for a person to look at, and is told to that person.
 */

/** How a declared number stands in the data of departments. */
export type Compared =
  /** Number, name and validity are those of a record in force, and nothing else is said. */
  | { readonly outcome: 'match'; readonly item: string; readonly authority: string }
  /** A record has the number, and says otherwise. */
  | {
      readonly outcome: 'differs'
      readonly why: 'ended' | 'title' | 'until' | 'more-said'
      readonly item: string
      readonly authority: string
    }
  /** No record of the subject has the number. */
  | { readonly outcome: 'none' }
  /** The family is not looked up in data, or no number was given. */
  | { readonly outcome: 'not-compared' }

type Known = Pick<ArchivedRecord, 'head' | 'state' | 'contested'>

/** Compares a declaration with the subject's own records, in the order of the rules: the best answer counts. */
export function compareDeclared(law: Law, declared: Filled, records: readonly Known[], today: Day): Compared {
  const family = familyOf(declarationRulesOn(law, today), declared['family'])
  const number = numberKey(declared['number'] ?? '')
  if (!family || number === '' || family.compares.length === 0) return { outcome: 'not-compared' }
  const found = family.compares.flatMap(rule =>
    records
      .filter(({ head }) => head.item === rule.item && rule.numbers.some(one => numberKey(head.content[one] ?? '') === number))
      .map(record => judge(law, declared, { rule, record, today })),
  )
  return found.find(one => one.outcome === 'match') ?? found[0] ?? { outcome: 'none' }
}

type Candidate = { readonly rule: ComparedItem; readonly record: Known; readonly today: Day }

function judge(law: Law, declared: Filled, { rule, record, today }: Candidate): Compared {
  const { head, state, contested } = record
  const item = law.itemEditions.get(`${head.item}@${head.edition}`)
  const told = { item: item?.name ?? head.item, authority: law.units.get(head.authority)?.name ?? head.authority }
  const differs = (why: Extract<Compared, { outcome: 'differs' }>['why']): Compared => ({ outcome: 'differs', why, ...told })
  const until = head.content[item?.roles.validUntil ?? ''] ?? ''
  const ended = head.content[item?.roles.endedOn ?? item?.roles.removedOn ?? ''] ?? ''
  if (state !== 'standing' || contested || (until !== '' && until < today) || (ended !== '' && ended <= today))
    return differs('ended')
  if (!rule.titles.some(column => isTitle(declared['title'] ?? '', head.content[column] ?? ''))) return differs('title')
  if (until !== '' && (declared['until'] ?? '') > until) return differs('until')
  // What is said beyond number, name and day stands in no data: a person reads it.
  return declared['content'] ? differs('more-said') : { outcome: 'match', ...told }
}

/** The whole name: a part of it may be the name of another thing. */
function isTitle(declared: string, held: string): boolean {
  return held !== '' && nameKey(declared) === nameKey(held)
}

/** Brackets, spaces and width do not make another number. */
const numberKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
