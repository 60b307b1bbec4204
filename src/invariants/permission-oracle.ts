/*
 * Who may pass which door, and to whose things, written by hand and from nothing else: not from the contracts, not from law/access/roles.yaml.
 * `permission-matrix.test.ts` holds the platform against it. A door that is added needs a line here, and whoever adds it says who may pass.
 */

export type Answer = 'allowed' | 'refused' | 'not-allowed' | 'not-found' | 'not-signed-in'
/** The caller's own thing, a colleague's in the same unit or below, and another unit's (for a subject: another subject's). */
export const RELATIONS = ['own', 'other', 'other-unit'] as const
export type Relation = (typeof RELATIONS)[number]
type Answers = readonly [own: Answer, other: Answer, otherUnit: Answer]

export type Line = {
  /** The permission that the door must ask for; `anyone`: nobody need be signed in; `signed-in`: whoever is. */
  readonly asks: string
  /** Roles that pass; of no account for doors that ask for no permission. */
  readonly roles: readonly string[]
  readonly answers: Answers
  /** Roles that pass and are answered otherwise. `nobody`: whoever is not signed in. */
  readonly but?: Readonly<Record<string, Answers>>
}

const all = (answer: Answer): Answers => [answer, answer, answer]
const ALLOWED = all('allowed')
const FORBIDDEN = all('not-allowed')
/** Nobody of these has such a thing. */
const MISSING = all('not-found')
/** Of another it is not even said that it is there. */
const OWN_ONLY: Answers = ['allowed', 'not-found', 'not-found']
const UNIT_ONLY: Answers = ['allowed', 'allowed', 'not-found']
/** One's own is another person's to judge. */
const NOT_ONES_OWN: Answers = ['refused', 'allowed', 'allowed']
const OWN_UNIT: Answers = ['allowed', 'allowed', 'not-allowed']

const line = (asks: string, roles: readonly string[], answers: Answers = ALLOWED, but?: Line['but']): Line => ({
  asks,
  roles,
  answers,
  ...(but ? { but } : {}),
})
const anyone = (answers: Answers = ALLOWED, but?: Line['but']): Line => line('anyone', [], answers, but)
const signedIn = (answers: Answers = ALLOWED, but?: Line['but']): Line => line('signed-in', [], answers, but)

/** What a person does with his own account, no program does for him. */
const PROGRAMS_MAY_NOT = { program: FORBIDDEN, 'receiver-program': FORBIDDEN }
const SENDERS = ['clerk', 'credit-office', 'program']
const OFFICE = ['credit-office']
const CHECKERS = [...OFFICE, 'window-officer', 'investigator', 'program']
const ARCHIVE = ['credit-office', 'investigator', 'case-officer', 'program']
const DIRECTORY = ['system-administrator', 'security-administrator', 'auditor', 'unit-administrator']
const SYSTEM = ['system-administrator']
const SECURITY = ['security-administrator']
const AUDITOR = ['auditor']
const PROPOSERS = ['system-administrator', 'unit-administrator']
const SUBJECT = ['subject']
const RECEIVERS = ['receiver', 'window-officer', 'receiver-program']
const HANDED = [...CHECKERS, 'receiver', 'receiver-program']
const WINDOW = ['window-officer', 'credit-office']
const OFFICERS = ['case-officer', 'credit-office']
const RIGHTS = ['clerk', 'credit-office', 'privacy-officer']
const LETTERS = ['case-officer', 'clerk', 'credit-office', 'window-officer', 'investigator', 'receiver']
const LETTERS_SERVED = ['case-officer', 'clerk', 'credit-office', 'investigator']
const ASSESSORS = ['credit-office', 'privacy-officer']
const COMPLIANCE = [...ASSESSORS, 'auditor']
const DELAYS = ['credit-office', 'investigator']
const DELAYS_READ = [...DELAYS, 'privacy-officer', 'auditor']
const PROGRAMS = ['program', 'receiver-program']
/** One's own account is others' business; a unit's administrator stays within its unit and those below. */
const ADMINISTERED = { 'unit-administrator': ['refused', 'allowed', 'not-allowed'] as Answers }
const CITY_PEOPLE: Answers = ['refused', 'allowed', 'allowed']
const ALL_UNITS = { 'credit-office': ALLOWED }

export const ORACLE: Readonly<Record<string, Line>> = {
  'POST /sessions': anyone(),
  'POST /sessions/passkey/challenge': anyone(),
  'POST /sessions/passkey': anyone(),
  'GET /identity-providers': anyone(),
  'GET /sessions/me': signedIn(),
  'DELETE /sessions/me': signedIn(),
  'DELETE /sessions/{sessionId}': signedIn(OWN_ONLY, PROGRAMS_MAY_NOT),
  'POST /sessions/end-others': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'POST /sessions/me/factor': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'POST /sessions/me/fresh/challenge': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'POST /sessions/me/fresh': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'GET /sessions/me/mandates': signedIn(),
  'POST /sessions/me/subject': signedIn(MISSING, { ...PROGRAMS_MAY_NOT, subject: OWN_ONLY }),
  'GET /account/security': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'PUT /account/password': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'POST /account/totp': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'POST /account/totp/confirm': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'DELETE /account/totp': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'POST /account/passkeys/challenge': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'POST /account/passkeys': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'PUT /account/passkeys/{passkeyId}': signedIn(OWN_ONLY, PROGRAMS_MAY_NOT),
  'DELETE /account/passkeys/{passkeyId}': signedIn(OWN_ONLY, PROGRAMS_MAY_NOT),
  'POST /account/recovery-codes': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'POST /accounts/activations': anyone(),
  'POST /password-resets/use': anyone(),
  'POST /accounts/first-password': anyone(),
  // Resets for others: asked by one administrator, confirmed by another.
  'POST /accounts/{accountId}/password-resets': line('reset.ask', SYSTEM, CITY_PEOPLE),
  'GET /password-resets': line('reset.read', [...SYSTEM, ...SECURITY]),
  'POST /password-resets/{resetId}/confirm': line('reset.confirm', SECURITY, NOT_ONES_OWN),
  'DELETE /password-resets/{resetId}': line('reset.read', [...SYSTEM, ...SECURITY]),
  // Organisations, people, roles.
  'GET /organisations': line('organisation.read', DIRECTORY),
  'GET /organisations/{organisationId}/people': line('organisation.read', DIRECTORY, ALLOWED, { 'unit-administrator': OWN_UNIT }),
  'POST /organisations': line('organisation.propose', SYSTEM),
  'POST /organisations/{organisationId}/versions': line('organisation.propose', SYSTEM),
  'POST /organisations/{organisationId}/versions/{version}/decision': line('organisation.confirm', SECURITY),
  'GET /proposals': line('organisation.read', DIRECTORY),
  'POST /accounts': line('account.manage', PROPOSERS, ALLOWED, { 'unit-administrator': OWN_UNIT }),
  'PUT /accounts/{accountId}': line('account.manage', PROPOSERS, CITY_PEOPLE, ADMINISTERED),
  'POST /accounts/{accountId}/closing': line('account.manage', PROPOSERS, CITY_PEOPLE, ADMINISTERED),
  'POST /accounts/{accountId}/roles': line('role.propose', PROPOSERS, CITY_PEOPLE, ADMINISTERED),
  'POST /accounts/{accountId}/roles/{grantNo}/decision': line('role.confirm', SECURITY, CITY_PEOPLE),
  'POST /accounts/{accountId}/roles/{grantNo}/end': line(
    'role.end',
    [...SECURITY, 'unit-administrator'],
    CITY_PEOPLE,
    ADMINISTERED,
  ),
  'GET /permissions': line('permission.read', ['security-administrator', 'auditor', 'privacy-officer']),
  // Programs.
  'GET /programs': line('program.read', [...SYSTEM, ...SECURITY, ...AUDITOR]),
  'GET /programs/choices': line('program.manage', SYSTEM),
  'POST /programs': line('program.manage', SYSTEM),
  'POST /programs/{programId}/keys': line('program.manage', SYSTEM),
  'POST /programs/{programId}/confirm': line('program.confirm', SECURITY, NOT_ONES_OWN),
  'POST /programs/{programId}/close': line('program.close', SECURITY),
  'POST /programs/{programId}/keys/{keyId}/end': line('program.close', SECURITY),
  // A plain token is no registered program: it has no keys to see.
  'GET /programs/self': line('program.rotate-own', PROGRAMS, FORBIDDEN),
  'POST /programs/self/keys': line('program.rotate-own', PROGRAMS, FORBIDDEN),
  'POST /programs/self/keys/{keyId}/end': line('program.rotate-own', PROGRAMS, FORBIDDEN),
  'POST /oauth/token': anyone(),
  // Who looked, who came in.
  'GET /looks': line('look.audit', AUDITOR),
  'GET /looks/mine': line('look.read-own', SUBJECT),
  'GET /looks/alerts': line('look.audit', AUDITOR),
  'POST /looks/alerts/{alertId}/ask': line('look.audit', AUDITOR, NOT_ONES_OWN),
  'POST /looks/alerts/{alertId}/close': line('look.audit', AUDITOR, NOT_ONES_OWN),
  'GET /looks/alerts/mine': signedIn(),
  'GET /confirmations': signedIn(),
  'POST /looks/alerts/{alertId}/explanation': signedIn(OWN_ONLY, { program: MISSING, 'receiver-program': MISSING }),
  'GET /looks/delays': line('look.delay-read', DELAYS_READ),
  'POST /looks/delays': line('look.delay', DELAYS),
  'POST /looks/delays/{delayId}/withdrawal': line('look.delay', DELAYS, OWN_ONLY),
  'POST /looks/delays/{delayId}/end': line('look.delay-read', DELAYS_READ, UNIT_ONLY, { 'privacy-officer': ALLOWED }),
  'POST /looks/delays/{delayId}/decision': line('look.delay-approve', ['privacy-officer'], NOT_ONES_OWN),
  // Who was handed what was taken away since.
  'GET /receivers/corrections': line('receiver.confirm', HANDED),
  'GET /receivers/units': line('receiver.read-all', OFFICE),
  'GET /receivers/corrections/{subjectId}/{noticeId}': line('receiver.confirm', HANDED, UNIT_ONLY),
  'POST /receivers/corrections/{subjectId}/{noticeId}/confirmations': line('receiver.confirm', HANDED, UNIT_ONLY),
  'GET /receivers/feed': line('receiver.confirm', HANDED),
  'POST /receivers/business-ends': line('receiver.confirm', HANDED),
  // What stays switched off, and whether the platform keeps to its own rules.
  'GET /gates': line('compliance.read', COMPLIANCE),
  'POST /gates/{row}/assessments': line('gate.assess', ASSESSORS),
  'POST /gates/assessments/{assessmentId}/sign-off': line('gate.assess', ASSESSORS, NOT_ONES_OWN),
  'POST /gates/{row}/opening': line('gate.assess', ASSESSORS),
  'POST /gates/{row}/closing': line('gate.assess', ASSESSORS),
  'GET /compliance': line('compliance.read', COMPLIANCE),
  'POST /compliance': line('compliance.check', ASSESSORS),
  'GET /compliance/certificates/{certificateId}': line('compliance.read', COMPLIANCE),
  'GET /sign-ins': line('sign-in.audit', AUDITOR),
  // The line: a unit's deliveries are its own.
  'POST /deliveries': line('delivery.send', SENDERS, OWN_UNIT, ALL_UNITS),
  'GET /deliveries': line('delivery.read', SENDERS),
  'GET /deliveries/{deliveryId}': line('delivery.read', SENDERS, OWN_UNIT, ALL_UNITS),
  'GET /deliveries/{deliveryId}/faults': line('delivery.read', SENDERS, OWN_UNIT, ALL_UNITS),
  'GET /deliveries/{deliveryId}/warnings': line('delivery.read', SENDERS, OWN_UNIT, ALL_UNITS),
  'GET /deliveries/{deliveryId}/refusals': line('delivery.read', SENDERS, OWN_UNIT, ALL_UNITS),
  'GET /sources': line('template.read', SENDERS),
  'GET /items/{item}/template': line('template.read', SENDERS),
  'GET /departments': line('department.read', ['clerk', 'case-officer', 'credit-office', 'privacy-officer', 'auditor']),
  'GET /waiting': line('waiting.decide', OFFICE),
  'GET /waiting/{waitingId}': line('waiting.decide', OFFICE),
  'POST /waiting/{waitingId}/decisions': line('waiting.decide', OFFICE),
  // Subjects: what is public is everybody's, everything else is looked at with a reason by those whose work it is.
  'GET /subjects': anyone(),
  'GET /subjects/{subjectId}': anyone(),
  'POST /subjects/search': line('archive.read', ARCHIVE),
  'GET /subjects/{subjectId}/records': line('archive.read', ARCHIVE),
  'POST /subjects/{subjectId}/links': line('waiting.decide', OFFICE),
  'POST /subjects/{subjectId}/links/{linkId}/undo': line('waiting.decide', OFFICE),
  'POST /checks': line('check.make', CHECKERS),
  'POST /checks/batch': line('check.make', CHECKERS),
  'GET /subjects/{subjectId}/measure-openings': line('case.handle', OFFICERS),
  'GET /measures/register': anyone(),
  'GET /measures/figures': anyone(),
  'GET /measures': line('case.read', OFFICERS),
  'GET /measures/mine': line('case.lodge', SUBJECT),
  'GET /subjects/{subjectId}/measures': line('check.make', CHECKERS),
  'POST /subjects/{subjectId}/measures/{caseId}/answers': line(
    'measure.answer',
    ['credit-office', 'window-officer', 'investigator'],
    UNIT_ONLY,
  ),
  'GET /subjects/{subjectId}/commitment-matters': line('check.make', CHECKERS),
  'GET /commitments/matters': anyone(),
  'GET /declarations/rules': anyone(),
  // Reports. The one that is asked for here is the special one: the subject's own alone.
  'POST /subjects/{subjectId}/reports': anyone(FORBIDDEN, { subject: ['allowed', 'not-allowed', 'not-allowed'] }),
  'GET /reports/{code}': anyone(),
  'GET /verify/{code}': anyone(),
  'GET /reports': signedIn(),
  // Authorisation: a receiver reads by a subject's word, and only its own requests.
  'GET /authorisations/offer': line('authorisation.request', RECEIVERS),
  'POST /authorisation-requests': line('authorisation.request', RECEIVERS),
  'GET /authorisation-requests/{requestId}': line('authorisation.request', RECEIVERS, UNIT_ONLY),
  'POST /authorisation-requests/{requestId}/withdrawal': line('authorisation.request', RECEIVERS, UNIT_ONLY),
  'POST /authorisation-requests/consultation': line('authorisation.grant', SUBJECT, OWN_ONLY),
  'GET /authorisation-requests/mine': line('authorisation.grant', SUBJECT),
  'POST /authorisation-requests/answer': line('authorisation.grant', SUBJECT, OWN_ONLY),
  'GET /authorisations/mine': line('authorisation.grant', SUBJECT),
  'POST /authorisations/mine/{authorisationId}/revocation': line('authorisation.grant', SUBJECT, OWN_ONLY),
  'GET /authorisations': line('archive.read-authorised', RECEIVERS),
  'GET /authorisations/figures': line('authorisation.count', ['auditor', 'credit-office']),
  'GET /subjects/{subjectId}/authorisations/{authorisationId}': line('archive.read-authorised', RECEIVERS, UNIT_ONLY),
  'POST /subjects/{subjectId}/authorisations/{authorisationId}/records': line('archive.read-authorised', RECEIVERS, UNIT_ONLY),
  'POST /subjects/{subjectId}/authorisations/{authorisationId}/reports': line('archive.read-authorised', RECEIVERS, UNIT_ONLY),
  'POST /subjects/{subjectId}/receiver-notices/{noticeId}/confirmation': line('archive.read-authorised', RECEIVERS, UNIT_ONLY),
  // Cases: lodged by the subject, handled by the unit in charge, watched by the credit office. Seeing is not handling: what is another
  // unit's the credit office reads; what it may do there the procedure says.
  'GET /cases/mine': line('case.lodge', SUBJECT),
  'POST /cases/mine': line('case.lodge', SUBJECT),
  'POST /cases/mine/papers': line('case.lodge', SUBJECT),
  'GET /cases/mine/{caseId}': line('case.lodge', SUBJECT, OWN_ONLY),
  'POST /cases/mine/{caseId}/steps': line('case.lodge', SUBJECT, OWN_ONLY),
  'GET /cases/mine/{caseId}/papers/{paperId}': line('case.lodge', SUBJECT, OWN_ONLY),
  'GET /campaigns': line('case.read', OFFICERS),
  'GET /campaigns/choices': line('case.handle', OFFICERS),
  'POST /campaigns': line('case.handle', OFFICERS),
  'POST /campaigns/lists': line('case.handle', OFFICERS),
  'GET /campaigns/{campaignId}': line('case.read', OFFICERS),
  'POST /campaigns/{campaignId}/decisions': line('case.confirm', OFFICERS, ['refused', 'allowed', 'not-allowed']),
  'POST /campaigns/{campaignId}/report': line('case.handle', OFFICERS, OWN_UNIT),
  'POST /campaigns/{campaignId}/cases': line('case.handle', OFFICERS, OWN_UNIT),
  'GET /campaigns/{campaignId}/cases': line('case.read', OFFICERS),
  'POST /campaigns/{campaignId}/batches': line('case.handle', OFFICERS, OWN_UNIT),
  'POST /campaigns/{campaignId}/batches/{batchId}/runs': line('case.handle', OFFICERS, UNIT_ONLY),
  'GET /campaigns/{campaignId}/batches/{batchId}': line('case.read', OFFICERS, UNIT_ONLY),
  'GET /government-cases': line('case.coordinate', OFFICE),
  'GET /government-cases/export': line('case.coordinate', OFFICE),
  'GET /cases': line('case.read', OFFICERS),
  'GET /cases/figures': line('case.read', OFFICERS),
  'GET /cases/clocks': line('case.coordinate', OFFICE),
  'GET /cases/openings': line('case.handle', OFFICERS),
  'POST /cases/papers': line('case.handle', OFFICERS),
  'POST /subjects/{subjectId}/cases': line('case.handle', OFFICERS),
  'GET /subjects/{subjectId}/cases/{caseId}': line('case.read', OFFICERS, UNIT_ONLY, ALL_UNITS),
  'POST /subjects/{subjectId}/cases/{caseId}/steps': line('case.handle', OFFICERS, UNIT_ONLY, ALL_UNITS),
  'GET /subjects/{subjectId}/cases/{caseId}/papers/{paperId}': line('case.read', OFFICERS, UNIT_ONLY, ALL_UNITS),
  // A person's rights: lodged by oneself, answered by the unit or the office.
  'POST /rights/requests': line('rights.lodge', SUBJECT),
  'GET /rights/requests/mine': line('rights.lodge', SUBJECT),
  'POST /rights/requests/{requestId}/withdrawal': line('rights.lodge', SUBJECT, OWN_ONLY),
  'GET /rights/own-file': line('rights.lodge', SUBJECT),
  'POST /rights/records/{recordId}/comment': line('rights.lodge', SUBJECT, OWN_ONLY),
  'POST /rights/records/{recordId}/comment/withdrawal': line('rights.lodge', SUBJECT, OWN_ONLY),
  'GET /rights/requests': line('rights.answer', RIGHTS),
  'GET /subjects/{subjectId}/rights/{requestId}': line('rights.answer', RIGHTS, ALLOWED, { clerk: UNIT_ONLY }),
  'POST /subjects/{subjectId}/rights/{requestId}/answer': line('rights.answer', RIGHTS, ALLOWED, { clerk: UNIT_ONLY }),
  'POST /subjects/{subjectId}/rights/{requestId}/extension': line('rights.answer', RIGHTS, ALLOWED, { clerk: UNIT_ONLY }),
  'POST /subjects/{subjectId}/rights/{requestId}/confirmation': line('rights.handle', ASSESSORS),
  // Letters: a subject's own; a unit's, those it wrote and those written to it.
  'GET /notices/mine': line('notice.read-own', SUBJECT),
  'GET /notices/mine/{noticeId}': line('notice.read-own', SUBJECT, OWN_ONLY),
  'POST /notices/mine/{noticeId}/opening': line('notice.read-own', SUBJECT, OWN_ONLY),
  'GET /notices/mine/{noticeId}/file': line('notice.read-own', SUBJECT, OWN_ONLY),
  'GET /notices/address': line('notice.read-own', SUBJECT),
  'POST /notices/address': line('notice.read-own', SUBJECT),
  'GET /notices': line('notice.read', LETTERS),
  'GET /subjects/{subjectId}/notices/{noticeId}': line('notice.read', LETTERS, UNIT_ONLY),
  'POST /subjects/{subjectId}/notices/{noticeId}/opening': line('notice.read', LETTERS, UNIT_ONLY),
  'POST /subjects/{subjectId}/notices/{noticeId}/proofs': line('notice.serve', LETTERS_SERVED, UNIT_ONLY),
  'POST /subjects/{subjectId}/notices/{noticeId}/publication': line('notice.serve', LETTERS_SERVED, UNIT_ONLY),
  'POST /notices/prints': line('notice.serve', LETTERS_SERVED, UNIT_ONLY),
  // Who speaks for whom.
  'GET /mandates': line('mandate.manage', SUBJECT),
  'POST /mandates/invitations': line('mandate.manage', SUBJECT),
  'DELETE /mandates/invitations/{invitationId}': line('mandate.manage', SUBJECT, OWN_ONLY),
  'POST /mandates/acceptances': signedIn(FORBIDDEN, { subject: ALLOWED }),
  'POST /subjects/{subjectId}/mandates/{mandateId}/end': signedIn(MISSING, { subject: OWN_ONLY }),
  'GET /bindings': line('subject.bind', WINDOW),
  'POST /bindings': line('subject.bind', WINDOW),
  'POST /bindings/{bindingId}/confirm': line('subject.bind-confirm', WINDOW, ['refused', 'allowed', 'not-found']),
  'DELETE /bindings/{bindingId}': line('subject.bind', WINDOW, UNIT_ONLY),
  'GET /account-resets': line('subject.reset', WINDOW),
  'POST /account-resets': line('subject.reset', WINDOW),
  'POST /account-resets/{resetId}/confirm': line('subject.reset-confirm', WINDOW, ['refused', 'allowed', 'not-found']),
  'DELETE /account-resets/{resetId}': line('subject.reset', WINDOW, UNIT_ONLY),
  'GET /account/resets': signedIn(ALLOWED, PROGRAMS_MAY_NOT),
  'DELETE /account/resets/{resetId}': signedIn(OWN_ONLY, PROGRAMS_MAY_NOT),
}
