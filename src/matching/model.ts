import type { SubjectId } from '../base/id.ts'

/** How a record's subject was found: kept with the fact. */
export type MatchedBy =
  | 'uscc+name'
  | 'uscc+former-name'
  | 'uscc+registration'
  | 'uscc-new'
  | 'document+name'
  | 'document+former-name'
  | 'document-new'
  | 'organisation-code+name'
  | 'registration-number+name'
  | 'name-alone'
  | 'person'

export type WaitReason =
  | 'match.code-and-name-disagree'
  | 'match.name-alone'
  | 'match.name-unknown'
  | 'match.name-of-several'
  | 'match.number-of-another'
  | 'record.equals-superseded'

/** Who it might be, with what agrees and what differs; never a score that decides. */
export type Candidate = { readonly subjectId: SubjectId; readonly because: readonly string[] }

export type Match =
  | { readonly verdict: 'same'; readonly subjectId: SubjectId; readonly matchedBy: MatchedBy; readonly newName: boolean }
  | { readonly verdict: 'ask-a-person'; readonly reason: WaitReason; readonly candidates: readonly Candidate[] }
