import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import type { CommitmentExclusion } from '../law/commitment-model.ts'
import type { Law } from '../law/law.ts'
import type { SubjectKind } from '../law/model.ts'
import type { GuardName } from '../law/procedure-words.ts'
import type { EarlyExit } from './case-records.ts'
import { correctionCurrent } from './corrected-values.ts'
import type { Compared } from './declared.ts'
import { COMMITMENT_GUARDS } from './guards-commitments.ts'
import { DECLARATION_GUARDS } from './guards-declarations.ts'
import { HANDLING_GUARDS } from './guards-handling.ts'
import { LIST_GUARDS } from './guards-list.ts'
import { MEASURE_GUARDS } from './guards-measure.ts'
import { RECTIFICATION_GUARDS } from './guards-rectification.ts'
import { REPAIR_GUARDS } from './guards-repair.ts'
import type { Filled, OpenedCase, RecordFacts } from './model.ts'

/** What the conditions of an act are judged by; read in the transaction of the act. */
export type GuardFacts = {
  readonly law: Law
  readonly today: Day
  /** Whose case it is; left out where nobody is named yet. */
  readonly subjectId?: SubjectId
  /** What the case is about, by its id. */
  readonly aboutRef: string | null
  /** The unit in charge. */
  readonly unit: string | null
  /** Of cases about a list, a commitment, a declaration or a measure; null: it was not asked. */
  readonly subjectKind: SubjectKind | null
  /** Of cases about a commitment: what keeps the subject from matters that are closed to such as it. */
  readonly commitmentBars?: readonly CommitmentExclusion[]
  /** Of cases about a declaration: what the data of departments say of it. */
  readonly compared?: Compared | null
  /** What was filled in so far and with this act. */
  readonly filled: Filled
  /** Of a form that is yet to be filled in: its fields. What is judged by one of them is judged when it is sent. */
  readonly unanswered?: ReadonlySet<string>
  /** Null: it is about no record, or the record is not the subject's. */
  readonly record: RecordFacts | null
  readonly opened: OpenedCase | null
  /** Who wants to do the act, by his account; absent: it is not known yet. */
  readonly actor?: string
  /** Letters of the case that reached the subject: template → the day. */
  readonly served: ReadonlyMap<string, Day>
  /** Until when the subject may not apply for repair; null: it may. */
  readonly barredUntil: Day | null
  /** Of cases about a record: how it left a list before its term; absent: it did not, or it was not asked. */
  readonly earlyExit?: EarlyExit | undefined
  /** Receivers that have not confirmed a correction of this case. */
  readonly openConfirmations: number
}

/** A condition: met, or why not. `basis` is the article of the act that asks. */
export type Guard = (facts: GuardFacts, basis: string | null) => Verdict<true>

const MET = granted(true as const)

const recordOwn: Guard = ({ record }, basis) => (record ? MET : refused('case.record-unknown', basis))

/** Nothing is decided about what has ended already. */
const recordStanding: Guard = ({ record }, basis) =>
  record && record.state !== 'standing' ? refused('case.record-ended', basis) : MET

const recordNotContested: Guard = ({ record }, basis) => (record?.contested ? refused('case.record-contested', basis) : MET)

const recordAdverse: Guard = ({ record }, basis) =>
  record && record.effect !== 'adverse' ? refused('case.record-not-adverse', basis) : MET

/** Only what was repaired has a repair to be revoked. */
const recordRepaired: Guard = ({ record }, basis) =>
  record?.state === 'repaired' ? MET : refused('case.record-not-repaired', basis)

/** Only what left a list early, and would still stand on it, can be put back for the rest of its term. */
const recordLeftEarly: Guard = ({ record, earlyExit, today }, basis) => {
  if (record?.state !== 'removed' || !earlyExit) return refused('list.not-left-early', basis)
  const { until } = earlyExit
  return until !== null && until <= today ? refused('list.term-over', basis, { until }) : MET
}

const confirmationsComplete: Guard = ({ openConfirmations }, basis) =>
  openConfirmations > 0 ? refused('case.confirmations-open', basis, { count: openConfirmations }) : MET

/** There is a record of training to be looked at: no condition of anything but that (the check of the tables holds it). */
const trainingTold: Guard = ({ filled }, basis) =>
  filled['training-by'] === undefined ? refused('repair.no-training-told', basis) : MET

/** Every condition that a table may name, by its name. */
export const GUARDS_BY_NAME: Readonly<Record<GuardName, Guard>> = {
  'record-own': recordOwn,
  'record-standing': recordStanding,
  'record-not-contested': recordNotContested,
  'record-adverse': recordAdverse,
  'record-repaired': recordRepaired,
  'record-left-early': recordLeftEarly,
  'record-correction-current': correctionCurrent,
  'confirmations-complete': confirmationsComplete,
  'training-told': trainingTold,
  ...HANDLING_GUARDS,
  ...REPAIR_GUARDS,
  ...LIST_GUARDS,
  ...COMMITMENT_GUARDS,
  ...DECLARATION_GUARDS,
  ...RECTIFICATION_GUARDS,
  ...MEASURE_GUARDS,
}

/** The first condition of an act that is not met, in the order of the table. */
export function firstUnmet(names: readonly GuardName[], facts: GuardFacts, basis: string | null): Verdict<true> {
  for (const name of names) {
    const verdict = GUARDS_BY_NAME[name](facts, basis)
    if (!verdict.ok) return verdict
  }
  return MET
}
