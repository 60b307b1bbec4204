/*
 * Where something may stand that may not stand elsewhere, each place with its reason. A place that is no longer used is a breach, too:
 * the lists stay true. A name that ends in `/` is a folder.
 */

export type Places = Readonly<Record<string, string>>

/** Who writes a table: a folder, or a file of another folder that does so by name. */
export const WRITERS: Readonly<Record<string, readonly string[]>> = {
  act: ['access'],
  ledger_batch: ['access', 'ledger'],
  look: ['access'],
  look_miss: ['access'],
  account: ['access'],
  organisation: ['people'],
  role_grant: ['access'],
  // Choosing a subject is choosing the mandate by which the session acts.
  session: ['access', 'src/http/session.ts', 'src/mandates/choose-subject.ts'],
  access_token: ['access'],
  sign_in_attempt: ['access'],
  sign_in_tally: ['access'],
  password_reset: ['access'],
  totp_factor: ['factors', 'src/access/reset-password.ts'],
  passkey: ['factors', 'src/access/reset-password.ts'],
  recovery_code: ['factors', 'src/access/reset-password.ts'],
  passkey_challenge: ['factors'],
  program: ['programs'],
  signing_key: ['programs'],
  program_token: ['programs'],
  spent_nonce: ['programs'],
  quota_count: ['programs'],
  mandate: ['mandates'],
  mandate_end: ['mandates'],
  mandate_invitation: ['mandates'],
  account_person: ['mandates'],
  account_activation: ['mandates'],
  binding: ['mandates'],
  ledger_tile: ['ledger'],
  checkpoint: ['ledger'],
  'pub.checkpoint': ['ledger'],
  'pub.log_key': ['ledger'],
  subject: ['matching'],
  identifier: ['matching'],
  identifier_lookup: ['matching'],
  person_secret: ['matching'],
  subject_link: ['archive'],
  // A subject gets its first name where it is opened and the others where its registration is filed.
  subject_card: ['matching', 'archive'],
  subject_name: ['matching', 'archive'],
  name_lookup: ['matching', 'archive'],
  delivery: ['intake'],
  delivery_state: ['intake'],
  delivery_chunk: ['intake'],
  refusal: ['intake'],
  warning: ['intake'],
  timeliness: ['intake'],
  // A person lets a second counterpart in, or takes that back.
  record_key: ['intake', 'src/matching/decide-waiting.ts', 'src/matching/take-back.ts'],
  former_content: ['intake', 'src/matching/decide-waiting.ts'],
  // Also asked for where a penalty's class is needed for the first time.
  waiting_row: ['matching', 'src/intake/chunk-store.ts', 'src/publication/gravity.ts'],
  // A question about a version that no longer stands is closed where the next one is put.
  waiting_decision: ['matching', 'src/publication/gravity.ts'],
  fact: ['archive'],
  fact_content: ['archive'],
  report: ['reports'],
  report_lookup: ['reports'],
  // What takes a record away takes it out of the reports in the same statement.
  report_end: ['reports', 'src/publication/withdraw.ts'],
  authorisation_request: ['authorisation'],
  authorisation_answer: ['authorisation'],
  authorisation: ['authorisation'],
  separate_consent: ['authorisation'],
  authorisation_end: ['authorisation'],
  authorisation_use: ['authorisation'],
  refused_read: ['authorisation'],
  authorised_report: ['authorisation'],
  receiver_notice: ['authorisation'],
  receiver_notice_end: ['authorisation'],
  'pub.report': ['reports', 'src/publication/withdraw.ts'],
  'pub.subject': ['publication'],
  'pub.record': ['publication'],
  'pub.subject_page': ['publication'],
  'pub.figure': ['publication'],
  'pub.punctuality': ['publication'],
  'pub.setting': ['publication', 'platform', 'demo'],
  // The number of a change is given after the commit, in the order of the log.
  'pub.change': ['publication', 'ledger'],
  retention_certificate: ['retention'],
  retention_receipt: ['retention'],
  // Written by the database's own function alone, which takes what a receipt names.
  frozen_content: [],
  rights_request: ['rights'],
  rights_entry: ['rights'],
  rights_text: ['rights'],
  impact_assessment: ['gates'],
  gate_sign_off: ['gates'],
  gate: ['gates'],
  gate_end: ['gates'],
  'pub.gate': ['gates'],
  compliance_check: ['gates'],
  law_edition: ['law'],
  setting: ['platform', 'demo'],
  migration: ['db'],
}

/** Send rows to a table that another literal names: the caller's, which is read instead; the measurement's, into a database of its own. */
export const COPY: readonly string[] = ['src/db/copy-rows.ts', 'src/bench/copy-baseline.ts']

export const TRANSACTIONS: Places = {
  'src/access/change.ts': 'the one door for writing',
  'src/db/migrate.ts': 'a migration is its own transaction, and comes before the door exists',
  'src/ledger/audit.ts': 'reads everything in one moment and writes nothing',
  'src/platform/keys-reseal.ts': 'the same values under another key, as the owner of the schema: no change of what is held',
  'src/ledger/sequence.ts': 'gives places in the log to what is committed; it is no change of its own',
}

export const CATCHES: Places = {
  'src/main.ts': 'the end of every command: a person or a program reads what went wrong',
  'src/base/id.ts': 'the next in the queue must not fail for the one before; the caller hears its own error',
  'src/crypto/': 'the platform tells a wrong key or a torn text by throwing; it becomes a refusal',
  'src/db/': 'the operating system, the server and the driver tell "not there" by throwing; a rollback must not be skipped',
  'src/factors/verify-passkey.ts': 'the library tells a false answer by throwing; it becomes a refusal',
  'src/files/': 'file parsers: what cannot be read becomes a refusal with its place',
  'src/law/read.ts': 'the YAML parser; its fault becomes a flaw with line and column',
  'src/law/check-city.ts': 'an unknown time zone is told by throwing only',
  'src/law/check-disclosure.ts': 'a malformed pattern is told by throwing only',
  'src/http/upload.ts': 'the parser of uploads tells a torn body by throwing; it is marked as the sender’s',
  'src/intake/line.ts': 'a file refused as a whole is an outcome of the line; a chunk on its way must not count as unheard',
  'src/ledger/against.ts': 'a JSON text that is none is told by throwing only',
  'src/ledger/audit-command.ts': 'no such file is told by throwing only',
  'src/intake/settle-chunk.ts': 'a chunk of which a number is taken is settled again, in the careful way',
  'src/ledger/audit.ts': 'a stored text that cannot be read is a finding of the audit',
  'src/ledger/sequence.ts': 'the next in the queue must not fail for the one before; the caller hears its own error',
  'src/programs/signature-base.ts': 'the parser of structured fields tells a malformed text by throwing; it becomes a refusal',
  'src/programs/signing.ts': 'a JSON text that is none is told by throwing only',
  'src/programs/client-assertion.ts': 'a JSON text that is none is told by throwing only',
  'src/programs/spent-nonces.ts': 'requests written down together fail together, each hears it',
  'src/platform/serve.ts': 'a load that is stopped by the person who ends the platform is no fault',
  'src/platform/drop-folder.ts': 'one file that cannot be taken must not stop the folder; its receipt says why',
  'src/platform/import-command.ts': 'no such file is told by throwing only',
  'src/platform/keys-check.ts': 'what does not open under its key is a finding of the check',
  'src/platform/portal-door.ts': 'the door behind may not be up yet; the answer says so',
  'src/platform/worker.ts': 'a beat that is missed comes again',
  'src/publication/pages.ts': 'a page that cannot be drawn must not keep others, or what it shows, from the public',
  'src/reports/render-worker.ts': 'an error crosses to the asking process as data',
  'web/console/session.ts': 'not signed in is an answer for the screen, told as 401',
}

export const ENVIRONMENT: Places = {
  'src/config.ts': 'the only reader of the environment',
}

/** Where the clock is read. Everyone else is given the instant or the day. */
export const CLOCKS: Places = {
  'src/open-app.ts': 'where App.now comes from',
  'src/demo/demo.ts': 'default of an argument',
  'src/platform/door-command.ts': 'the clock of a process: shifted for the example city',
  'src/platform/keys-command.ts': 'when a key was made; before there is an App',
  'src/platform/example-city.ts': 'how often progress is said; no legal day',
  'src/crypto/keys.ts': 'default of an argument',
  'src/files/store.ts': 'default of an argument',
  'src/db/migrate.ts': 'when a migration was applied; before there is an App',
  'src/http/log.ts': 'when a line was written down; no legal day',
  'src/http/session.ts': 'how long a token is remembered in this process; no legal day',
  'src/intake/routes.ts': 'how long an answer is waited for; no legal day',
  'web/console/': 'how long the person has waited',
}

/** `as never` and `as unknown as` outside of tests, by file. The numbers may only fall: lower one when it says so. */
export const CASTS: Readonly<Record<string, number>> = {
  'src/archive/find-person.ts': 1,
  'src/archive/subject-page.ts': 1,
  'src/db/database.ts': 2,
  'src/http/endpoint.ts': 1,
  'src/intake/chunk-store.ts': 1,
  'src/matching/decide-waiting.ts': 1,
  'src/platform/drop-folder.ts': 1,
  'src/platform/import-command.ts': 2,
  'src/platform/open-platform.ts': 1,
  'src/platform/portal-door.ts': 1,
  'src/platform/worker.ts': 1,
  'src/publication/publish.ts': 1,
  'src/queue/queue.ts': 1,
  'src/subject/name.ts': 1,
  'src/validation/counterpart.ts': 3,
  'src/validation/plan-columns.ts': 1,
  'src/validation/plan.ts': 1,
  'web/portal/pages/catalogue.ts': 1,
  'web/portal/pages/law.ts': 1,
}

/** Chinese in src/. Sentences that a person reads stand in words/, names in law/ and city/; these are neither, or are told apart. */
export const CHINESE: Places = {
  'src/access/actor.ts': 'names of two actors that are nobody’s account',
  'src/access/contract.ts': 'summaries of the API, read by programmers',
  'src/authorisation/subject-contract.ts': 'summaries of the API, read by programmers',
  'src/authorisation/contract.ts': 'summaries of the API, read by programmers',
  'src/archive/contract.ts': 'summaries of the API, read by programmers',
  'src/checks/contract.ts': 'summaries of the API, read by programmers',
  'src/factors/contract.ts': 'summaries of the API, read by programmers',
  'src/mandates/contract.ts': 'summaries of the API, read by programmers',
  'src/intake/contract.ts': 'summaries of the API, read by programmers',
  'src/matching/contract.ts': 'summaries of the API, read by programmers',
<<<<<<< HEAD
  'src/people/contract.ts': 'summaries of the API, read by programmers',
=======
  'src/rights/contract.ts': 'summaries of the API, read by programmers',
>>>>>>> 2f0a048 (Take requests of people about what is kept of them, on a clock both sides see; answer, refuse with reasons, delete by two officers)
  'src/reports/contract.ts': 'summaries of the API, read by programmers',
  'src/programs/contract.ts': 'summaries of the API, read by programmers',
  'src/programs/program-command.ts': 'what a command says to the administrator at the terminal',
  'src/http/openapi.ts': 'summaries of the API, read by programmers',
  'src/subject/': 'how codes, names and documents are written: characters that rules compare, from the standards',
  'src/validation/': 'how departments write days, sums, blanks and operations: characters that rules compare',
  'src/files/': 'how tables are headed and templates explained, in the sender’s own file',
  'src/law/': 'the law’s own words for its documents and flaws; what the law check plants in tests',
  'src/disclosure/': 'code words of the standard that rules compare; names of outlets',
  'src/matching/compare-names.ts': 'endings of divisions, compared',
  'src/reports/': 'headings of the national layout and how articles are counted',
  'src/intake/routes.ts': 'names of files handed out',
  'src/intake/views.ts': 'marks in a table of refusals',
  'src/intake/receive.ts': 'the name of a file that has none',
  'src/demo/': 'the invented city',
  'src/bench/': 'what the measured sides are asked, and the words of the page that is printed for comparison',
  'src/access/account-command.ts': 'what a command says to the administrator at the terminal',
  'src/checks/list.ts': 'headings of lists that are recognised',
}
