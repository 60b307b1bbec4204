import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { ProcedureAct } from '../law/procedure-model.ts'
import type { EffectName } from '../law/procedure-words.ts'
import { endStandingsOf, setStanding } from '../standing/commands.ts'
import { COMMITMENT_EFFECTS } from './effects-commitments.ts'
import { CORRECTION_EFFECTS } from './effects-correction.ts'
import { DECLARATION_EFFECTS } from './effects-declarations.ts'
import { LIST_EFFECTS } from './effects-list.ts'
import { MEASURE_EFFECTS } from './effects-measure.ts'
import type { CaseKey, Filled } from './model.ts'

/* What follows from an act, inside its transaction: an act whose effect fails was never done. */

export type EffectGround = {
  readonly key: CaseKey & { readonly subjectId: SubjectId }
  readonly aboutRef: string | null
  readonly act: ProcedureAct
  readonly filled: Filled
  /** The unit in charge. */
  readonly unit: string
  readonly number: string
  readonly entryNo: number
  /** Opens a case that follows from this one, by an act of the platform, in the same transaction. */
  readonly open: (made: Change, follower: Follower) => Promise<CaseKey>
}

/** A case that an effect opens: what it takes over from an earlier one comes with it. */
export type Follower = {
  readonly procedure: string
  readonly act: string
  readonly subjectId: SubjectId
  readonly aboutRef: string
  readonly unit: string
  readonly parentId: number
  readonly carried: Filled
}

export type Effect = (app: App, made: Change, ground: EffectGround) => Promise<void>

type Kind = Parameters<typeof setStanding>[3]['kind']

/** The case makes something of the record that it is about. */
const sets =
  (kind: Kind): Effect =>
  async (app, made, { key, aboutRef, act }) => {
    const recordId = Number(aboutRef) as FactId
    const basis = act.basis[0] ?? ''
    await setStanding(app, made, { subjectId: key.subjectId, recordId }, { kind, caseId: key.caseId, basis })
  }

/** What the case itself has made of the record, and has not ended, is over. */
const ends =
  (kind: Kind): Effect =>
  async (app, made, { key, act }) => {
    await endStandingsOf(app, made, key.subjectId, { kind, caseId: key.caseId }, `case.${act.act}`)
  }

/** Nothing to do here: the unit is written with the entry (src/cases/act-on-case.ts). */
const none: Effect = async () => undefined

/** Whatever case repaired the record: the repair is over, and the rest of its period is shown again by the publish task. */
const revokeRepair: Effect = async (app, made, { key, aboutRef }) => {
  const recordId = Number(aboutRef) as FactId
  await endStandingsOf(app, made, key.subjectId, { kind: 'repaired', recordId }, 'repair.false-material')
}

/** One after the other: what is repaired for good is no longer only shielded. */
const all =
  (...effects: readonly Effect[]): Effect =>
  async (app, made, ground) => {
    for (const effect of effects) await effect(app, made, ground)
  }

export const EFFECTS_BY_NAME: Readonly<Record<EffectName, Effect>> = {
  'mark-contested': sets('contested'),
  'end-contested': ends('contested'),
  'suspend-record': sets('suspended'),
  'end-suspension': ends('suspended'),
  'annul-record': sets('annulled'),
  'repair-record': all(sets('repaired'), ends('suspended')),
  'revoke-repair': revokeRepair,
  'remove-record': sets('removed'),
  ...CORRECTION_EFFECTS,
  ...LIST_EFFECTS,
  ...COMMITMENT_EFFECTS,
  ...MEASURE_EFFECTS,
  'ask-responder': none,
  ...DECLARATION_EFFECTS,
  'transfer-case': none,
}

/** Runs the effects of an act in the order of its table. */
export async function runEffects(app: App, made: Change, ground: EffectGround): Promise<void> {
  for (const name of ground.act.effects) await EFFECTS_BY_NAME[name](app, made, ground)
}
