/*
 * Who may lean on whom. A folder that is not named here may not exist; an arrow that is not named here is a breach.
 * Adding an arrow is a reviewed line. Files of src/ that stand in no folder are named with their ending.
 */

/** What every folder that stores or asks may use. */
const GROUND = ['access', 'base', 'db', 'http', 'ledger', 'words'] as const

export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  // Ground. `base` leans on nothing; the law is read by everyone and asks nobody but the trade's own codes and the words.
  base: [],
  words: ['base'],
  subject: ['base'],
  crypto: ['base'],
  queue: ['db'],
  db: ['base', 'queue'],
  law: ['base', 'subject', 'words'],
  // Legal clocks: a term and the working days in, a last day or the year that is not known out.
  'legal-clock': ['base', 'law'],
  files: ['base', 'crypto'],
  // Who sends a request may be a program, whose signature is verified where it comes in, or somebody who speaks by a mandate.
  // Every text that comes in is looked through for what may not be collected.
  http: ['access', 'base', 'db', 'mandates', 'programs', 'quota', 'validation', 'words'],
  // The one door writes its act into the log; the log reads acts, looks and skeletons back to audit them.
  access: ['base', 'crypto', 'db', 'disclosure', 'http', 'law', 'ledger', 'mandates', 'subject', 'words'],
  ledger: ['access', 'archive', 'base', 'crypto', 'db', 'law', 'retention', 'words'],
  quota: ['access', 'base', 'crypto', 'db', 'law'],
  programs: [...GROUND, 'law', 'subject'],
  // Second factors of accounts: they raise sessions, which access keeps, and draw their QR code as reports do.
  factors: ['access', 'base', 'db', 'http', 'reports', 'subject'],
  // Rules: facts in, verdict out.
  validation: ['base', 'crypto', 'files', 'law', 'legal-clock', 'subject'],
  disclosure: ['base', 'law', 'subject'],
  // The line: intake → validation, matching → archive → publication.
  // Its door for searching asks what the portal asks: one search, one set of rows.
  // Who speaks for whom: reads the door's accounts, opens the file of a person who binds himself.
  mandates: [...GROUND, 'disclosure', 'matching', 'subject'],
  archive: [...GROUND, 'crypto', 'disclosure', 'law', 'mandates', 'matching', 'subject', 'validation', 'web/portal'],
  matching: [...GROUND, 'archive', 'disclosure', 'intake', 'law', 'publication', 'receivers', 'subject', 'validation'],
  // Measures: what takes away the record on which one rests ends it in the same change, and says so to nobody else.
  measures: [...GROUND, 'archive', 'law', 'validation'],
  // Publication draws the portal's pages where it writes what they show.
  publication: [...GROUND, 'archive', 'disclosure', 'law', 'measures', 'receivers', 'reports', 'subject', 'web/portal'],
  // Whether a row that is taken will be shown is asked of the one function that decides it.
  intake: [...GROUND, 'archive', 'crypto', 'disclosure', 'files', 'law', 'matching', 'publication', 'subject', 'validation'],
  // Signing in through a unified identity: a provider's word becomes an account, for a subject of the archive.
  identity: [...GROUND, 'crypto', 'law', 'mandates', 'matching', 'subject'],
  // What looks at what was filed.
  checks: [...GROUND, 'archive', 'disclosure', 'files', 'law', 'measures', 'subject'],
  // Who watches those who look reads the register and asks people; what they type is kept as what units type.
  oversight: [...GROUND, 'law', 'subject', 'validation'],
  // Retention ends what is over, rights what a person may have ended; both withdraw it in the same change.
  // What stays off, and the questions an honest platform answers with 0.
  gates: [...GROUND, ...['law', 'retention', 'rights', 'validation']],
  rights: [...GROUND, ...['archive', 'disclosure', 'law', 'legal-clock', 'reports', 'retention', 'subject', 'validation']],
  // When a record may be repaired: rules over the tables, nothing is stored here.
  repair: ['base', 'disclosure', 'law'],
  // Letters: templates filled in, set in type as reports are, served and proven.
  notices: [...GROUND, ...['archive', 'disclosure', 'law', 'legal-clock', 'queue', 'reports', 'validation']],
  // Cases lean on whatever they move: what becomes of records, the letters, the receivers. Nothing of these knows a case.
  cases: [
    ...GROUND,
    ...[
      'archive',
      'disclosure',
      'intake',
      'law',
      'legal-clock',
      'measures',
      'notices',
      'queue',
      'receivers',
      'repair',
      'standing',
      'subject',
      'validation',
    ],
  ],
  // A campaign is a set of cases: it opens them and counts them, and no case knows it but by its number.
  campaigns: [...GROUND, 'cases', 'checks', 'law', 'subject', 'validation'],
  retention: [...GROUND, 'archive', 'crypto', 'disclosure', 'law', 'publication', 'subject'],
  reports: [...GROUND, 'archive', 'disclosure', 'law', 'publication', 'subject'],
  // Who was handed what: what takes a record away asks them, and says so to nobody else.
  receivers: [...GROUND, 'disclosure', 'law', 'queue', 'subject'],
  // What a case makes of a record, and what its subject says beside it; both are published in the same change.
  standing: [...GROUND, 'archive', 'law', 'publication', 'validation'],
  // Who may read by a subject's word, and the reading itself.
  authorisation: [...GROUND, 'archive', 'disclosure', 'law', 'receivers', 'reports', 'subject'],
  // What waits for a second person: counts, whichever noun it belongs to.
  confirmations: ['access', 'base', 'db', 'http'],
  // Organisations and people: who belongs where, who may do what.
  people: [...GROUND, 'law', 'programs', 'subject'],
  demo: [
    ...GROUND,
    ...[
      'archive',
      'authorisation',
      'campaigns',
      'cases',
      'checks',
      'config.ts',
      'files',
      'intake',
      'law',
      'mandates',
      'notices',
      'oversight',
      'programs',
    ],
    ...['publication', 'queue', 'rights', 'subject'],
  ],
  // Processes and doors.
  platform: [
    ...GROUND,
    ...[
      'archive',
      'authorisation',
      'checks',
      'confirmations',
      'crypto',
      'demo',
      'factors',
      'files',
      'intake',
      'law',
      'mandates',
      'matching',
    ],
    ...['people', 'oversight', 'programs', 'publication', 'queue', 'quota', 'receivers', 'reports', 'retention', 'subject'],
    ...['config.ts', 'open-app.ts', 'tasks.ts', 'web/console', 'web/my', 'web/portal'],
    ...['campaigns', 'cases', 'gates', 'measures', 'notices', 'rights', 'standing'],
    ...['identity', 'web/signin'],
  ],
  bench: [
    ...GROUND,
    ...['archive', 'checks', 'crypto', 'demo', 'disclosure', 'files', 'intake', 'law', 'matching', 'platform', 'publication'],
    ...['queue', 'reports', 'subject', 'validation', 'config.ts', 'open-app.ts', 'tasks.ts', 'web/portal'],
  ],
  'config.ts': [],
  'app.ts': ['access', 'base', 'config.ts', 'crypto', 'db', 'files', 'law', 'notices', 'queue', 'reports', 'words'],
  'open-app.ts': ['app.ts', 'base', 'config.ts', 'crypto', 'db', 'files', 'law', 'notices', 'queue', 'reports', 'words'],
  'tasks.ts': [
    'access',
    'app.ts',
    'authorisation',
    'base',
    'campaigns',
    'cases',
    'identity',
    'oversight',
    'gates',
    'intake',
    'ledger',
    'measures',
    'notices',
    'programs',
    'publication',
    'queue',
    'quota',
    'receivers',
    'reports',
    'retention',
  ],
  'main.ts': ['base', 'bench', 'config.ts', 'law', 'platform', 'words'],
  // The portal's process has a database login that sees schema `pub` only: it may not reach for anything that needs another.
  'web/portal': ['base', 'db', 'disclosure', 'files', 'http', 'law', 'legal-clock', 'quota', 'reports', 'subject', 'words'],
  // The account's pages are drawn in the API's process: they ask the commands behind its doors, and draw with the portal's kit.
  'web/my': [
    'access',
    'archive',
    'authorisation',
    'base',
    'disclosure',
    'factors',
    'http',
    'identity',
    'law',
    'legal-clock',
    'mandates',
    'notices',
    'receivers',
    'reports',
    'rights',
    'standing',
    'validation',
    'web/portal',
    'cases',
    'measures',
    'repair',
    'standing',
  ],
  // On the way to a unified identity and back: drawn like the account's pages, for staff and subjects.
  'web/signin': ['access', 'base', 'http', 'identity', 'law', 'web/my', 'web/portal'],
  'web/kit': ['access', 'archive', 'authorisation', 'base', 'checks', 'http', 'intake', 'legal-clock', 'matching', 'reports'],
  'web/console': [
    'access',
    'archive',
    'authorisation',
    'base',
    'campaigns',
    'cases',
    'checks',
    'confirmations',
    'disclosure',
    'factors',
    'http',
    'identity',
    'gates',
    'intake',
    'law',
    'legal-clock',
    'mandates',
    'matching',
    'measures',
    'notices',
    'oversight',
    'programs',
    'people',
    'receivers',
    'reports',
    'rights',
    'subject',
    'web/kit',
  ],
}

/** Folders that must not even know the App: they can be used without a platform. */
export const WITHOUT_APP: readonly string[] = [
  ...['base', 'words', 'subject', 'crypto', 'queue', 'db', 'law', 'legal-clock', 'files', 'validation', 'disclosure'],
  ...['web/kit', 'web/console', 'web/portal'],
]

/** `store.ts` and `…-store.ts` are private to their folder, but for these. */
export const OPEN_STORES: Readonly<Record<string, string>> = {
  'src/files/store.ts': 'no SQL: the place of sealed files, opened once in open-app.ts',
  'src/intake/delivery-store.ts': 'the state of a delivery, which its channels wait for',
  'src/intake/chunk-store.ts': 'what a waiting row holds, which the person who decides it needs',
  'src/ledger/log-store.ts': 'the name of the log, which a certificate of retention carries',
  'src/mandates/store.ts': 'the example city reads whom its firm’s account speaks for',
  'src/reports/store.ts': 'what takes a record away waits for a report of the subject that is being issued',
  'src/matching/store.ts': 'identifiers are recorded where a registration is filed',
}

/** `base` is a closed list; another file needs a decision record. */
export const BASE_FILES: readonly string[] = ['day', 'id', 'page', 'refusal', 'root']

export const FORBIDDEN_NAMES: readonly string[] = [
  ...['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'shared', 'lib', 'manager', 'service', 'types', 'index'],
  ...['handler', 'processor', 'base'],
]

export const MOST_LINES = 300

/** Pure files hold no `node:`, no database and no clock, not even through what they import: browsers import them. */
export const PURE = /^src\/(base\/[a-z-]+|[a-z-]+\/(model|rules|contract))\.ts$/
export const PURE_EXCEPT: Readonly<Record<string, string>> = {}

/** Packages that run in a browser, too. */
export const BROWSER_PACKAGES: readonly string[] = ['zod']
