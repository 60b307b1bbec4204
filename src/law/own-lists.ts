import type { Day } from '../base/day.ts'
import type { Law } from './law.ts'
import type { ListRule } from './list-model.ts'
import type { Field } from './model.ts'

/*
 * Lists that a procedure of this platform decides (principle 6: notice before listing). From the day on which the procedure holds, an entry is
 * made by a case and by nothing else; what was decided before that day may still be brought in, with its decision document.
 */

export type OwnList = {
  readonly name: string
  /** The day from which only a case makes an entry. */
  readonly from: Day
  readonly basis: string | null
  /** The column that names the list, in an item that keeps other things too; null: every row of the item is an entry. */
  readonly namedIn: string | null
}

type Entries = {
  readonly item: string
  readonly list?: string | undefined
  readonly roles: { readonly title?: string | undefined }
}
type ListsAndProcedures = Pick<Law, 'lists' | 'procedures'>

/** The list whose entries a catalogue item keeps, as the item's own (`list`) or among others (`recordedAs`); undefined: none. */
export function listKeptIn({ lists }: Pick<Law, 'lists'>, { item, list }: Entries): ListRule | undefined {
  return lists.get(list ?? '') ?? [...lists.values()].find(one => one.recordedAs === item)
}

/** The list decided here whose entries an item keeps; null: none, or no procedure decides on lists. */
export function ownListOf(law: ListsAndProcedures, item: Entries): OwnList | null {
  const list = listKeptIn(law, item)
  const from = listingSince(law)
  if (list === undefined || list.platformRole !== 'decided-here' || from === null) return null
  const namedIn = item.list === undefined ? (item.roles.title ?? null) : null
  return { name: list.name, from, basis: list.basis[0] ?? null, namedIn }
}

/** Whether what a row says is an entry of the list that only a case may make. */
export function isForCase(
  own: OwnList,
  content: Readonly<Record<string, string | undefined>>,
  decidedOn: Day | undefined,
): boolean {
  if (decidedOn === undefined || decidedOn < own.from) return false
  return own.namedIn === null || plain(content[own.namedIn] ?? '').includes(plain(own.name))
}

/** The first day on which a procedure could put somebody on a list; null: the law has no such procedure. */
export function listingSince({ procedures }: Pick<Law, 'procedures'>): Day | null {
  const days = [...procedures.values()]
    .flat()
    .filter(one => one.acts.some(act => act.effects.includes('list-subject')))
    .map(one => one.inForceFrom)
  return days.sort()[0] ?? null
}

/** Whether an item's rows must say who decided (that they name the number of the decision holds of every item). */
export function namesDecider(item: {
  readonly fields: readonly Pick<Field, 'code' | 'required'>[]
  readonly roles: { readonly authorityName?: string | undefined; readonly authorityCode?: string | undefined }
}): boolean {
  const { authorityName, authorityCode } = item.roles
  return item.fields.some(field => field.required && (field.code === authorityName || field.code === authorityCode))
}

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[\s“”"《》]/g, '')
