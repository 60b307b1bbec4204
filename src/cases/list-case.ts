import { addMonths, type Day } from '../base/day.ts'
import type { Law } from '../law/law.ts'
import type { ListRule } from '../law/list-model.ts'
import { listPeriodOf } from '../law/lists.ts'
import type { Filled, OpenedCase } from './model.ts'

/* What the law says of the list that a case is about, and of the ground that its officer chose. */

export type ListCase = {
  readonly list: ListRule
  /** Null: nothing is chosen yet, or what is chosen is no ground of this list. */
  readonly ground: ListRule['grounds'][number] | null
  readonly period: ListRule['periods'][number] | null
  /** Of a key-attention list: what is done by the degree that was chosen. */
  readonly handling: ListRule['handling'][number] | null
}

/** A ground or a degree of a list as a field holds it: those of two lists may bear one name. */
export const listChoice = (list: string, id: string): string => `${list}:${id}`

/** The list of a case; null where the law has none of this id. */
export function listCaseOf(law: Pick<Law, 'lists'>, aboutRef: string | null, filled: Filled): ListCase | null {
  const list = law.lists.get(aboutRef ?? '')
  if (!list) return null
  const ground = list.grounds.find(one => listChoice(list.list, one.id) === filled['ground']) ?? null
  const handling = list.handling.find(one => listChoice(list.list, one.degree) === filled['degree']) ?? null
  return { list, ground, period: ground ? (listPeriodOf(list, ground.id) ?? null) : null, handling }
}

/** Whether there is a hearing before the decision: where the list gives one, or where the penalty behind it gave the right to one. */
export function hearingDue({ list }: ListCase, filled: Filled): boolean {
  const hearing = list.notice?.hearing ?? 'none'
  return hearing === 'on-request' || (hearing === 'where-penalty-heard' && filled['heard-penalty'] === 'yes')
}

/** What may not be listed on this ground. */
export function exclusionsOf({ list, ground }: ListCase): ListRule['notListable'] {
  return list.notListable.filter(one => one.grounds === undefined || (ground !== null && one.grounds.includes(ground.id)))
}

/** The last day of a listing that begins on a day; null: the list names no day, but an event. */
export function listedUntil({ period }: ListCase, from: Day): Day | null {
  return period?.months ? addMonths(from, period.months) : null
}

/** Carried by a case in which a listing goes on: the day on which its subject was put on the list. */
export const LISTED_ON = 'listed-on'

/** The day on which the case put its subject on the list, or took over that it had been; null: it has not. */
export function listedOn({ procedure, entries, filled }: OpenedCase): Day | null {
  const lists = new Set(procedure.acts.filter(act => act.effects.includes('list-subject')).map(act => act.act))
  return entries.find(entry => lists.has(entry.act))?.on ?? (filled[LISTED_ON] as Day | undefined) ?? null
}
