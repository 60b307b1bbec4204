import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { grant, NotFound } from '../base/refusal.ts'
import { type Correction, checkCorrection, fileCorrection } from '../intake/file-correction.ts'
import { CORRECTED } from '../law/procedure-words.ts'
import { insertCaseRecord } from './case-records.ts'
import { correctionCurrent, readChanges } from './corrected-values.ts'
import type { Effect, EffectGround } from './effects.ts'
import { guardFacts } from './facts.ts'

/*
 * A record that an objection has found wrong is corrected by its case (M260): what the first officer fills in is checked as intake would check it
 * and changes nothing; what the second confirms replaces the record by the same way as a correction from its unit.
 */

/** The corrected row, judged by the record as it stands in this transaction. */
async function correctionOf(
  app: App,
  made: Change,
  { key, aboutRef, unit, filled, act, number }: EffectGround,
): Promise<Correction> {
  const about = { subjectId: key.subjectId, about: 'record', aboutRef, unit }
  const facts = await guardFacts(app, { query: made.tx, today: made.today }, about, null, filled)
  grant(correctionCurrent(facts, act.basis[0] ?? null))
  if (!facts.record) throw new NotFound('case.record-unknown')
  const { subjectId, item, authority, decidedOn, content } = facts.record
  const changed = Object.fromEntries(
    readChanges(filled[CORRECTED]).flatMap(({ code, from, to }) => (from === to ? [] : [[code, to]])),
  )
  const fileName = app.words.say('correction.case-file', { number })
  return { subjectId, item, authority, decidedOn, content, changed, fileName, caseId: key.caseId }
}

const tryCorrection: Effect = async (app, made, ground) => {
  await checkCorrection(app, made, await correctionOf(app, made, ground))
}

const correctRecord: Effect = async (app, made, ground) => {
  const recordId = await fileCorrection(app, made, await correctionOf(app, made, ground))
  await insertCaseRecord(made, ground.key, { recordId, entryNo: ground.entryNo })
}

export const CORRECTION_EFFECTS = {
  'try-correction': tryCorrection,
  'correct-record': correctRecord,
} as const satisfies Record<string, Effect>
