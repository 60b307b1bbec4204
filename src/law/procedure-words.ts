/*
 * The closed lists that a procedure's table may name. What each means to the machine is written once in src/cases: there the compiler asks for
 * every word of these lists. A table that needs a word more needs a named guard, term or effect with a test.
 */

/**
 * Who may do an act:
 * - `subject`: who speaks for the one whose case it is
 * - `decider`: an officer of the unit in charge of the case
 * - `second`: another officer of that unit than the one who did the act that is confirmed
 * - `initiator`: an officer of the unit that opened the case
 * - `credit-office`: an officer of the credit office
 * - `clock`: the platform, when a clock has ended or a letter has been served; it takes nothing away from anybody
 */
export const OFFICES = ['subject', 'decider', 'second', 'initiator', 'credit-office', 'clock'] as const
export type Office = (typeof OFFICES)[number]

/** What a case is about. */
export const ABOUT = ['record', 'list', 'measure', 'commitment', 'declaration', 'conduct', 'unit'] as const
export type About = (typeof ABOUT)[number]

/** Who has to do something in a state. */
export const TURNS = ['subject', 'decider', 'second', 'initiator', 'credit-office', 'clock', 'receivers', 'none'] as const
export type Turn = (typeof TURNS)[number]

/** How a case ends, as the subject would put it. */
export const ENDS = ['well', 'ill', 'withdrawn', 'over'] as const
export type End = (typeof ENDS)[number]

export const FIELD_KINDS = [
  'text',
  'long-text',
  'day',
  'choice',
  'number',
  'yes',
  'unit',
  'document-number',
  'record-values',
] as const
export type FieldKind = (typeof FIELD_KINDS)[number]

/** Conditions of an act. Each is a pure function of src/cases/guards.ts with its refusal. */
export const GUARDS = [
  'record-own',
  'record-standing',
  'record-not-contested',
  'record-adverse',
  'record-repaired',
  'record-correction-current',
  'record-left-early',
  'repair-period-reached',
  'repair-period-over',
  'repair-kind-allowed',
  'repair-not-barred',
  'repair-decided-here',
  'repair-reorganisation',
  'list-openable',
  'list-ground-known',
  'list-not-excluded',
  'list-decided-here',
  'list-hearing-due',
  'list-hearing-day-right',
  'list-hearing-held',
  'list-exit-open',
  'commitment-matter-known',
  'commitment-text-seen',
  'commitment-blanks-filled',
  'commitment-day-right',
  'commitment-not-barred',
  'commitment-corrected',
  'rectification-day-right',
  'rectification-once-again',
  'measure-openable',
  'measure-initiated-here',
  'measure-triggered',
  'measure-subject-meant',
  'measure-body-right',
  'measure-term-left',
  'measure-term-right',
  'legal-document-named',
  'declaration-subject-meant',
  'declaration-text-seen',
  'declaration-complete',
  'declaration-day-right',
  'declaration-still-valid',
  'declaration-in-data',
  'notice-served',
  'statement-answered',
  'confirmations-complete',
  'training-told',
  'material-asked-once',
  'transfer-elsewhere',
  'decided-by-another',
] as const
export type GuardName = (typeof GUARDS)[number]

/** Terms that no table can hold because they depend on the case: months of a list, the day of a maximum. Pure functions of src/cases/terms.ts. */
export const TERMS = [
  'list-term',
  'list-statement',
  'list-exit',
  'list-annulment',
  'commitment-verify',
  'rectification-left',
  'measure-term',
  'measure-review',
  'declaration-validity',
  'province-answer',
  'province-extension',
  'province-review',
] as const
export type TermName = (typeof TERMS)[number]

/** Numbers that a condition or a term works with; each stands in the table with its source. */
export const LIMITS = ['least-days', 'most-months', 'least-left', 'days-to-look', 'days-before-hearing'] as const
export type LimitName = (typeof LIMITS)[number]

/** Which numbers a table must hold that names one of these. */
export const NEEDS_LIMITS: Readonly<Partial<Record<GuardName | TermName, readonly LimitName[]>>> = {
  'list-hearing-day-right': ['days-before-hearing'],
  'list-hearing-held': ['days-before-hearing'],
  'rectification-day-right': ['least-days', 'most-months'],
  'rectification-left': ['least-left'],
  'commitment-day-right': ['most-months'],
  'declaration-day-right': ['most-months'],
  'commitment-verify': ['days-to-look'],
}

/** The field in which an officer says what a record should say: what two persons agree on is what is filed. */
export const CORRECTED = 'corrected'

/** What a case leaves standing and must end itself: on the record, or on its subject. */
export type StandingMark = 'contested' | 'suspended' | 'measure'

/** What an effect does to whom, for the checks of the tables. */
export type EffectTrait = {
  /** Takes something from the subject, and may therefore never be the clock's. */
  readonly grave: 'listing' | 'measure' | 'breach' | 'record' | null
  /** What it sets, and must be ended on every way out; or ends. */
  readonly sets?: StandingMark
  readonly ends?: StandingMark
  /** Stops the record at every outlet: receivers are to confirm it. */
  readonly corrects?: true
  /** Gives what somebody might pay for: no officer does it alone (SG19). */
  readonly byTwo?: true
}

/** What follows from an act, inside its transaction. Each is a command of src/cases/effects.ts. */
export const EFFECTS = {
  'mark-contested': { grave: null, sets: 'contested' },
  'end-contested': { grave: null, ends: 'contested' },
  'suspend-record': { grave: null, sets: 'suspended' },
  'end-suspension': { grave: 'record', ends: 'suspended' },
  'annul-record': { grave: null, corrects: true },
  'try-correction': { grave: null },
  'correct-record': { grave: null, corrects: true },
  'repair-record': { grave: null, corrects: true, byTwo: true },
  'revoke-repair': { grave: 'record' },
  'remove-record': { grave: null, corrects: true },
  'list-subject': { grave: 'listing' },
  'unlist-subject': { grave: null, corrects: true },
  'annul-listing': { grave: null, corrects: true },
  'restore-listing': { grave: 'listing' },
  'register-commitment': { grave: null },
  'unpublish-commitment': { grave: null },
  'file-commitment': { grave: null },
  'file-breach': { grave: 'breach' },
  'ask-responder': { grave: null },
  'begin-measure': { grave: 'measure', sets: 'measure' },
  'end-measure': { grave: null, ends: 'measure' },
  'file-declaration': { grave: null },
  'withdraw-declaration': { grave: null, corrects: true },
  /** Found untrue: what was promised was broken; judged as a breach is, though nothing else follows. */
  'strike-declaration': { grave: 'breach', corrects: true },
  'transfer-case': { grave: null },
} as const satisfies Record<string, EffectTrait>
export type EffectName = keyof typeof EFFECTS
export const EFFECT_NAMES = Object.keys(EFFECTS) as [EffectName, ...EffectName[]]

/** Blanks of a letter that every case can fill by itself. */
export const STANDARD_BLANKS: readonly string[] = ['record', 'case-number', 'rules', 'handler', 'due', 'answer-days', 'from-day']

/** Blanks that a case fills from what the law says of the thing it is about: nobody types what a list brings with it, or leaves any of it out. */
export const BLANKS_ABOUT: Partial<Readonly<Record<About, readonly string[]>>> = {
  list: ['list', 'matter', 'evidence', 'measures', 'until', 'exit', 'notified', 'hearing-days', 'decision'],
  commitment: ['commitment', 'signed', 'degree', 'measures', 'exit'],
  declaration: ['item', 'declared', 'manner'],
  measure: ['measure', 'decision', 'from-day', 'until', 'review', 'exit', 'ending'],
  record: ['restored-from', 'restored-until'],
}

/** Choices of a field that the law gives, by id. */
export const CHOICES_OF = [
  'list-grounds',
  'list-degrees',
  'commitment-matters',
  'declaration-families',
  'measure-triggers',
] as const
export type ChoicesOf = (typeof CHOICES_OF)[number]
