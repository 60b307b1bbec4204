import type { z } from 'zod'
import type { Day } from '../base/day.ts'
import { printArticle } from '../law/citation.ts'
import { basisOf, type ItemEdition, instrumentInForce, type Law } from '../law/law.ts'
import { termText } from '../law/measures.ts'
import type { SubjectKind } from '../subject/kind.ts'
import type { MeasureView, StatuteView } from './contract.ts'

type Statute = z.infer<typeof StatuteView>
type Measure = z.infer<typeof MeasureView>

/** What the law says of a list on a day: the statutes it rests on and what an officer is prompted with. */
export type Notice = {
  readonly listName: string | null
  /** The court's own list: shown as it stands, nothing is computed or confirmed here. */
  readonly court: boolean
  readonly statutes: Statute[]
  readonly measures: Measure[]
}

type Kept = { day: Day; readonly notices: Map<string, Notice> }
const kept = new WeakMap<ItemEdition, Kept>()

/**
 * The notice of an item for a kind of subject on a day. A measure is in it only when it is open, meant for that kind of subject, and rests
 * on an act in force that day; a list that is closed has no measures (principle 5). Made once a day for each edition.
 */
export function noticeOf(law: Law, item: ItemEdition, kind: SubjectKind, day: Day): Notice {
  const target = kind === 'natural-person' ? 'person' : 'organisation'
  let found = kept.get(item)
  if (found?.day !== day) {
    found = { day, notices: new Map() }
    kept.set(item, found)
  }
  const notice = found.notices.get(target) ?? makeNotice(law, item, target, day)
  found.notices.set(target, notice)
  return notice
}

function makeNotice(law: Law, item: ItemEdition, target: 'person' | 'organisation', day: Day): Notice {
  const list = item.list === undefined ? undefined : law.lists.get(item.list)
  const measures: Measure[] = []
  for (const id of list?.enabled ? list.measures : []) {
    const measure = law.measures.get(id)
    if (!measure?.enabled || (measure.target !== 'both' && measure.target !== target)) continue
    const statutes = statutesOf(law, measure.statutes, day)
    if (statutes.length > 0) measures.push({ id, name: measure.name, body: measure.body, term: termText(measure.term), statutes })
  }
  return {
    listName: list?.name ?? null,
    court: list?.publisher === 'court',
    statutes: statutesOf(law, list?.basis ?? item.basis, day),
    measures,
  }
}

/** The acts in force on the day, with the article's official text where it is held. */
export function statutesOf(law: Law, bases: readonly string[], day: Day): Statute[] {
  return bases.flatMap(basis => {
    const read = basisOf(law, basis)
    if (!read || !instrumentInForce(read.instrument, day)) return []
    return [
      {
        basis,
        title: read.instrument.title,
        number: read.instrument.number,
        article: read.article === null ? null : printArticle(read.article),
        text: read.text,
      },
    ]
  })
}
