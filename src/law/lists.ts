import type { Day } from '../base/day.ts'
import { instrumentIdOf } from './ground.ts'
import { instrumentInForce, isAssigned, type Law } from './law.ts'
import type { ListKind, ListRule } from './list-model.ts'
import type { Confidence } from './model.ts'

/* What the register of lists answers: which lists there are, for how long, who may decide, and whether a listing may be opened. */

/** What a list must have before anyone may be put on it, in the order in which a page names what is missing. */
export const OPEN_PARTS = ['list', 'enabled', 'basis', 'grounds', 'notice', 'period', 'exit'] as const
export type OpenPart = (typeof OPEN_PARTS)[number]

export type Openable =
  | { readonly open: true; readonly list: ListRule; readonly platformRole: ListRule['platformRole'] }
  | { readonly open: false; readonly missing: readonly OpenPart[] }

/** Lists of a kind, in the order of the law. The portal shows the serious ones. */
export function listsOfKind(law: Law, kind: ListKind): ListRule[] {
  return [...law.lists.values()].filter(list => list.kind === kind)
}

/** The longest an entry can hold, in months; null where a ground has no number of months. */
export function termMonthsOf(list: Pick<ListRule, 'periods'>): number | null {
  const months = list.periods.map(one => one.months)
  return months.length === 0 || months.includes(null) ? null : Math.max(...months.map(one => one ?? 0))
}

/** The period of an entry on one ground; undefined where the list gives that ground none. */
export function listPeriodOf(list: ListRule, ground: string): ListRule['periods'][number] | undefined {
  return list.periods.find(one => one.grounds?.includes(ground)) ?? list.periods.find(one => one.grounds === undefined)
}

/** Whether a unit may decide on a list: a city's list names its units, a national one those that are assigned an item of the list. */
export function mayDecideList(law: Law, unit: string, listId: string): boolean {
  const list = law.lists.get(listId)
  if (list === undefined || !list.enabled || list.platformRole !== 'decided-here') return false
  if (list.units !== undefined) return list.units.includes(unit)
  return itemsOfList(law, listId).some(item => isAssigned(law, unit, item))
}

/** The catalogue items in which entries of a list are kept. */
export function itemsOfList(law: Law, listId: string): string[] {
  const own = law.lists.get(listId)?.recordedAs
  return [...law.items].flatMap(([item, editions]) =>
    item === own || editions.some(edition => edition.list === listId) ? [item] : [],
  )
}

const known = (one: { readonly confidence: Confidence }): boolean => one.confidence !== 'unknown'

/** The parts of a list that are empty or of unknown confidence, whatever the day (M202, M205, M215). */
export function missingParts(list: ListRule): OpenPart[] {
  const missing: OpenPart[] = []
  if (!known(list)) missing.push('basis')
  if (list.grounds.length === 0 || !list.grounds.every(known)) missing.push('grounds')
  if (list.notice === null || !known(list.notice)) missing.push('notice')
  if (list.periods.length === 0 || !list.periods.every(known)) missing.push('period')
  if (!known(list.exit) || (list.exit.early !== null && !known(list.exit.early))) missing.push('exit')
  return missing
}

/**
 * Whether a listing may be opened on a day: only where basis, grounds, notice, period and exit are each filled with a confidence and an act
 * of the basis is in force; otherwise what is missing, for the page. A mirrored list answers too: its entries come with their decision
 * from elsewhere, and `platformRole` says so.
 */
export function openableList(law: Law, listId: string, day: Day): Openable {
  const list = law.lists.get(listId)
  if (list === undefined) return { open: false, missing: ['list'] }
  const found = new Set<OpenPart>(missingParts(list))
  if (!list.enabled) found.add('enabled')
  if (!list.basis.some(one => inForce(law, one, day))) found.add('basis')
  if (found.size === 0) return { open: true, list, platformRole: list.platformRole }
  return { open: false, missing: OPEN_PARTS.filter(part => found.has(part)) }
}

function inForce(law: Law, basis: string, day: Day): boolean {
  const instrument = law.instruments.get(instrumentIdOf(basis))
  return instrument !== undefined && instrumentInForce(instrument, day)
}
