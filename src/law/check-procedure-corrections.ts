import type { Report } from './ground.ts'
import type { Procedure, ProcedureAct } from './procedure-model.ts'
import { CORRECTED } from './procedure-words.ts'
import type { Located } from './reading.ts'

type At = Located<Procedure>

/**
 * A record is corrected by what one officer wrote down and another confirms: what is filed was filled in and checked when it was proposed, by another
 * person, and the record still says what it said then.
 */
export function checkCorrections(at: At, report: Report): void {
  at.value.acts.forEach((act, index) => {
    const path = ['acts', index]
    const restored = act.effects.indexOf('restore-listing')
    // Nobody is put back on a list whose term is over, or who never left it early.
    if (restored >= 0 && !act.guards.includes('record-left-early'))
      report('law.procedure-restored-unbounded', at, [...path, 'effects', restored], { act: act.name })
    act.fields.forEach((field, place) => {
      if (field.kind === 'record-values' && !isCorrection(at.value, act, field.field))
        report('law.procedure-correction-blind', at, [...path, 'fields', place], { act: act.name })
    })
    const filed = act.effects.indexOf('correct-record')
    if (filed < 0) return
    const here = [...path, 'effects', filed]
    const facts = { act: act.name }
    const proposed = at.value.acts.find(one => one.act === act.confirms)
    if (act.by.some(office => office !== 'second')) report('law.procedure-correction-alone', at, here, facts)
    else if (!proposed?.fields.some(field => field.kind === 'record-values'))
      report('law.procedure-correction-blind', at, here, facts)
    if (!act.guards.includes('record-correction-current')) report('law.procedure-correction-stale', at, here, facts)
  })
}

/** The field by its name, filled in whole, about a record, and looked over as intake would. */
const isCorrection = ({ about }: Procedure, { fields, effects }: ProcedureAct, name: string): boolean =>
  about === 'record' &&
  name === CORRECTED &&
  fields.some(field => field.field === name && field.required) &&
  effects.includes('try-correction')
