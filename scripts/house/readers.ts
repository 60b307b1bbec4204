import type { Places } from './places.ts'

/*
 * Where SQL may read a table that is not public (src/access/non-public.ts), and where the pools of looks and of changes may be asked. A
 * folder's name ends in `/`. The grants hold it at run time; here it is told before.
 */

/** Files whose SQL names such a table behind `from` or `join`, by what makes the read a look or an act. */
export const READERS: Readonly<Record<'look' | 'act' | 'line' | 'counts' | 'command', Places>> = {
  /** Statements that are handed to a look, beside what the line reads with them. */
  look: {
    'src/access/looks.ts': 'the register: the auditor’s reading is an act, the subject’s own a look',
    'src/archive/archive-rows.ts': 'the archive of a subject',
    'src/archive/cards.ts': 'cards',
    'src/archive/find-person.ts': 'the card of a person who was found',
    'src/archive/views.ts': 'facts of subjects',
    'src/authorisation/report.ts': 'facts under an authorisation',
    'src/campaigns/government.ts': 'what was written in cases about bodies of the state',
    'src/cases/beside.ts': 'the letters of a case and what it has made of records',
    'src/cases/drafts.ts': 'what somebody has begun to write, for itself',
    'src/cases/own-declarations.ts': 'what a subject has declared, for itself',
    'src/cases/own-measures.ts': 'what the measures against somebody are to restrict, for itself',
    'src/cases/read-paper.ts': 'a paper of a case',
    'src/cases/views.ts': 'a case, what was written in it and handed in',
    'src/checks/store.ts': 'what is in force about whoever is checked',
    'src/intake/kept-rows.ts': 'rows as they were sent',
    'src/mandates/binding.ts': 'the organisation at the window',
    'src/measures/in-force.ts': 'whether a measure has ended, as a condition of other statements',
    'src/measures/views.ts': 'the measures on somebody; a unit’s own by columns that the door may read',
    'src/matching/waiting-store.ts': 'a waiting row and its decisions',
    'src/notices/print.ts': 'letters for the post',
    'src/notices/views.ts': 'letters; what names nobody by the door',
    'src/reports/store.ts': 'an issued report',
    'web/my/corrections.ts': 'the records that were taken away, for whoever they were about',
    'src/rights/asked-record.ts': 'the record that a correction is about, for whoever asks for it',
    'src/rights/own-documents.ts': 'the numbers of whoever reads its own file',
    'src/rights/views.ts': 'a request and the records that it may name',
  },
  /** Reads inside `change()`. */
  act: {
    'src/access/change.ts': 'acts of one entity',
    'src/authorisation/answer.ts': 'whose authorisation it is',
    'src/campaigns/batch.ts': 'a list that is worked off',
    'src/cases/case-records.ts': 'which records a case has filed',
    'src/cases/commitment-store.ts': 'what a case has registered',
    'src/cases/effects-commitments.ts': 'who has promised',
    'src/cases/effects-declarations.ts': 'who has declared',
    'src/cases/effects-list.ts': 'whom a decision puts on a list',
    'src/cases/papers.ts': 'whether a paper that nobody handed in is held by a case',
    'src/cases/store.ts': 'what was filled in so far',
    'src/gates/compliance.ts': 'counts of what must not be',
    'src/intake/file-correction.ts': 'the number of the person whose record is corrected',
    'src/identity/bind-by-claims.ts': 'whose account is bound',
    'src/mandates/give.ts': 'whether somebody may speak for the subject',
    'src/mandates/person.ts': 'the subject that a person is',
    'src/mandates/record.ts': 'by whom a mandate was given',
    'src/measures/store.ts': 'the record on which a measure rests, and the measures that rest on it',
    'src/matching/': 'decisions, links and what they take back',
    'src/notices/announce.ts': 'whose letter is announced',
    'src/notices/serve.ts': 'whom a letter is addressed to',
    'src/notices/store.ts': 'a letter that is served or proven; its plain columns by the door',
    'src/publication/withdraw.ts': 'reports that showed a record',
    'src/publication/gravity.ts': 'questions that are overtaken',
    'src/receivers/': 'who was handed what is taken away, and when it was committed',
    'src/standing/': 'what cases have made of a record, and what its subject said beside it',
    'src/rights/lodge.ts': 'the look that a complaint is about',
  },
  /** The line and the clock: what they read leaves to nobody. */
  line: {
    'src/archive/register-subjects.ts': 'cards that are written anew',
    'src/intake/': 'rows are compared with what is kept',
    'src/ledger/': 'the log is made and audited',
    'src/notices/address.ts': 'where a message goes',
    'src/notices/advance.ts': 'letters that are not served yet',
    'src/notices/paper.ts': 'a letter is set in type',
    'src/oversight/unusual.ts': 'the clock looks for unusual looking',
    'src/retention/': 'what is over ends on its day',
  },
  counts: {
    'src/campaigns/progress.ts': 'how many cases have had a letter: columns that the door may read',
    'src/campaigns/batch-views.ts': 'how far a list is: columns that the door may read',
    'src/intake/delivery-store.ts': 'sums of a delivery: columns that the door may read',
    'src/measures/figures.ts': 'how many measures were asked for and taken, for everybody',
    'src/intake/punctuality.ts': 'sums of a unit: columns that the door may read',
  },
  command: {
    'src/bench/': 'the measurement, on a database of its own',
    'src/demo/': 'the load of the example city, with the line’s login',
    'src/platform/sealed-places.ts': 'which keys are in use, for the keeper of the keys',
  },
}

export const LOOKS_POOL: Places = {
  'src/access/look.ts': 'the one function for reading what is not public',
}

export const CHANGES_POOL: Places = {
  'src/access/change.ts': 'the one door for writing',
  'src/ledger/audit.ts': 'reads everything in one moment and writes nothing',
  'src/ledger/sequence.ts': 'gives places in the log to what is committed',
  'src/bench/stage-file.ts': 'the measurement, into a table of its own',
}
