import { cites, type Ground, LEGAL_DOCUMENTS, type Level, LOCAL_BASIS, type Report, reportTwice } from './ground.ts'
import type { Located } from './reading.ts'
import type { Measure } from './report-model.ts'

/** Nine measures that have no basis anywhere (49号五, principle 9); a row may say so, none may be switched on. */
const BLOCKED = /^x0[1-9](-|$)/

/** What may take something away: law, regulation, central document, and the Supreme Court's interpretation for its own measures. */
const RESTRICTING: ReadonlySet<Level> = new Set([...LOCAL_BASIS, 'judicial-interpretation'])

/** Principle 5: no measure without statute, body and end. */
export function checkMeasures(ground: Ground, report: Report): void {
  reportTwice(ground.reading.measures, one => one.id, 'id', 'law.measure-duplicate', report)
  for (const measure of ground.reading.measures) if (measure.value.enabled) checkEnabled(ground, measure, report)
}

function checkEnabled({ law }: Ground, at: Located<Measure>, report: Report): void {
  const { id, name, kind, statutes, body, term } = at.value
  if (BLOCKED.test(id)) report('law.measure-blocked', at, ['enabled'], { measure: name })
  if (statutes.length === 0) report('law.measure-without-statute', at, ['enabled'], { measure: name })
  if (body === null) report('law.measure-without-body', at, ['enabled'], { measure: name })
  if (term === null) report('law.measure-without-term', at, ['enabled'], { measure: name })
  const allowed = kind === 'by-law' ? RESTRICTING : LEGAL_DOCUMENTS
  if (statutes.length > 0 && kind !== 'at-own-discretion' && !cites(law, statutes, allowed))
    report('law.measure-basis-too-low', at, ['statutes'], { measure: name })
}
