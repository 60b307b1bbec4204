import type { AuthorisationId, RequestId, SubjectId } from '../base/id.ts'
import type { AuthorisableClass } from '../law/authorisation-model.ts'
import type { SubjectKind } from '../law/model.ts'

/* The words of authorisation: what a receiver asks for, what a subject lets it see, what has become of both. Pure. */

export type Ask = {
  /** The unit that asks. */
  readonly receiver: string
  /** Ids of the law's purposes and classes (law/access/authorisable.yaml). */
  readonly purpose: string
  readonly businessNo: string
  readonly classes: readonly string[]
  /** How many reads; null: any number until the end. */
  readonly times: number | null
}

export type RequestAnswer = 'granted' | 'refused' | 'withdrawn'

export type AuthorisationRequest = Ask & {
  readonly requestId: RequestId
  /** The subject it is addressed to; null: whoever scans it. */
  readonly subjectId: SubjectId | null
  /** The longest term, in days, that the receiver asks for. */
  readonly days: number
  readonly madeAt: Date
  readonly endsAt: Date
  readonly answer: RequestAnswer | null
  readonly answeredAt: Date | null
  readonly answeredFor: SubjectId | null
  readonly authorisationId: AuthorisationId | null
}

export type RequestState = 'open' | 'over' | RequestAnswer

/** What a request is at an instant; an unanswered one ends by itself. */
export function requestState({ answer, endsAt }: Pick<AuthorisationRequest, 'answer' | 'endsAt'>, at: Date): RequestState {
  if (answer !== null) return answer
  return at < endsAt ? 'open' : 'over'
}

export type AuthorisationKey = { readonly subjectId: SubjectId; readonly authorisationId: AuthorisationId }

export type Authorisation = Ask &
  AuthorisationKey & {
    readonly requestId: RequestId
    readonly subjectName: string
    readonly uscc: string | null
    readonly validFrom: Date
    /** The first instant at which it is no longer in force. */
    readonly validUntil: Date
    readonly reads: number
    readonly lastReadAt: Date | null
    readonly endedAt: Date | null
  }

export type AuthorisationState = 'in-force' | 'revoked' | 'over' | 'used-up'

/** What an authorisation is at an instant. */
export function authorisationState(
  { endedAt, validUntil, times, reads }: Pick<Authorisation, 'endedAt' | 'validUntil' | 'times' | 'reads'>,
  at: Date,
): AuthorisationState {
  if (endedAt !== null) return 'revoked'
  if (at >= validUntil) return 'over'
  return times !== null && reads >= times ? 'used-up' : 'in-force'
}

/** Whether a subject of this kind consents to a class apart (PIPL 29). Of a kind that is not known, as a person would. */
export function isSensitive({ sensitive }: AuthorisableClass, kind: SubjectKind | null): boolean {
  return sensitive?.subjects.includes(kind ?? 'natural-person') ?? false
}

/** Terms that a subject may choose from: the one asked for, and shorter ones. Longest first. */
export function offeredTerms(asked: number): readonly number[] {
  return [asked, ...[180, 90, 30, 7, 1].filter(days => days < asked)]
}
