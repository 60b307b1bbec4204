import type { Assurance } from './actor.ts'

/* What a session has to do next. Every way in (password, passkey, another identity) asks here, and so does every screen. */

/**
 * `factor`: give the second factor; `enrol`: set one up first; `whole`: nothing more, signed in. A session that stands at anything but
 * `whole` may do nothing but what takes it on.
 */
export type Step = 'factor' | 'enrol' | 'whole'

/** How far a session is, as it is kept. */
export type Stage = 'factor' | 'whole'

export type StepFacts = {
  readonly assurance: Assurance
  /** The account has a second factor that counts. */
  readonly hasFactor: boolean
  /** The account must have one: staff, unless the city says otherwise. */
  readonly needsFactor: boolean
}

/** The next step of whoever has come this far. Whom another identity answers for by two factors is asked for none here. */
export function nextStep({ assurance, hasFactor, needsFactor }: StepFacts): Step {
  if (assurance !== 'password' && assurance !== 'federated-single') return 'whole'
  if (hasFactor) return 'factor'
  return needsFactor ? 'enrol' : 'whole'
}

/** The stage at which a session is kept whose next step this is. */
export function stageOf(step: Step): Stage {
  return step === 'whole' ? 'whole' : 'factor'
}
