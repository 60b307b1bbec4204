import type { SubjectId } from '../base/id.ts'

/* The words of receivers: who was handed something, what they are asked when it is taken away. Pure. */

/** Why a record was taken away from those who had it; `resumed`: it was, and stands again. */
export const CAUSES = ['corrected', 'annulled', 'repaired', 'removed', 'suspended', 'misattributed', 'resumed'] as const
export type Cause = (typeof CAUSES)[number]

/** What a receiver did with its copy. */
export const HOWS = ['deleted', 'corrected', 'never-used'] as const
export type How = (typeof HOWS)[number]

/**
 * What a notice is: `delete-copies`, an authorisation is over; `correct-copies`, a record was taken away that the receiver may still use;
 * `corrected`, the same where its time of use is over: it is told and asked nothing.
 */
export const NOTICE_KINDS = ['delete-copies', 'correct-copies', 'corrected'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

export type NoticeKey = { readonly subjectId: SubjectId; readonly noticeId: number }
