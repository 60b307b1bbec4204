import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { correctableValues } from '../cases/corrected-values.ts'
import { recordFacts } from '../cases/facts.ts'
import type { Filled } from '../cases/model.ts'
import { CORRECTED } from '../law/procedure-words.ts'
import type { Chosen } from './scene-choice.ts'

/** What a correction fills in where the scene says that there is one: the record's longest text, said to be by the document. */
export async function withCorrection(then: App, { subjectId, recordId }: Chosen, fields: Filled): Promise<Filled> {
  if (fields[CORRECTED] === undefined || recordId === null) return fields
  const today = legalDay(then.now(), then.city.zone)
  const record = await recordFacts(then, then.db, { subjectId, recordId, today })
  const value = record && correctableValues(then.law, record).find(one => one.isLong && one.now !== '')
  if (!value) return fields
  const shouldBe = `${value.now.replace(/。$/, '')}（以决定书正本为准）`
  return { ...fields, [CORRECTED]: [value.code, value.now, shouldBe].join('\t') }
}
