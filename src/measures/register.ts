import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { MEASURE_PART_NAMES } from '../law/measure-document.ts'
import type { Measure } from '../law/measure-model.ts'
import { openMeasure, termText } from '../law/measures.ts'
import type { RegisterView } from './shapes.ts'

/** Every row of the register with whether it may be begun here today and what it lacks (M217, M220, M221, M223). */
export function readRegister(app: App): { asOf: string; measures: RegisterView[] } {
  const asOf = legalDay(app.now(), app.city.zone)
  return { asOf, measures: [...app.law.measures.values()].map(one => viewOf(app, one, asOf)) }
}

function viewOf({ law, words }: App, one: Measure, asOf: ReturnType<typeof legalDay>): RegisterView {
  const open = openMeasure(law, one.id, asOf)
  const isOwn = one.decidedBy === 'body' && one.computed === 'prompt'
  return {
    ...{ measure: one.id, name: one.name, row: one.row, parent: one.parent ?? null, kind: one.kind, target: one.target },
    ...{ reaches: [...one.reaches], statutes: [...one.statutes], cites: one.statutes.map(words.names.cite) },
    ...{ body: one.body, decidedBy: one.decidedBy, decisions: [...one.trigger.decisions] },
    lists: one.trigger.lists.map(list => ({ list, name: law.lists.get(list)?.name ?? list })),
    term: termText(one.term),
    reviewMonths: one.termReview?.months ?? null,
    publishedSince: one.published?.since ?? null,
    isOpen: open.open && isOwn,
    missing: open.open ? [] : open.missing.map(part => MEASURE_PART_NAMES[part]),
    units: [...law.units.values()]
      .filter(unit => unit.measures.includes(one.id))
      .map(unit => ({ unit: unit.id, name: unit.name })),
    confidence: one.confidence,
    note: one.note ?? null,
  }
}
