import type { Mutation } from './mutate.ts'

const OBEYED = 'src/invariants/standings-obeyed.test.ts'
const COMMANDS = 'src/standing/commands.test.ts'

/** Faults in what becomes of a record by a case (principle 3), and the test that notices each. */
export const MUTATIONS_OF_STANDINGS: readonly Mutation[] = [
  {
    invariant: 3,
    breaks: 'what a case takes away leaves every outlet in the same change',
    file: 'src/standing/commands.ts',
    search: 'await withdrawRecords(',
    replace: 'await (async (..._: unknown[]): Promise<void> => undefined)(',
    test: OBEYED,
    named: 'M263 · M269 · M271 · a penalty that a case has repaired',
  },
  {
    invariant: 3,
    breaks: 'what a case tells of a record lies among the facts of its item',
    file: 'src/standing/tell.ts',
    search: '...{ subjectId, item, edition, authority, kind },',
    replace: "...{ subjectId, item: '', edition, authority, kind },",
    test: OBEYED,
    named: 'M263 · M269 · M271 · a wage that a case has removed',
  },
  {
    invariant: 3,
    breaks: 'a record has the state that a case gave it',
    file: 'src/archive/told.ts',
    search: '(STATES.find(has) ?? ',
    replace: '(',
    test: OBEYED,
    named: 'principle 3 · a repair that is taken back',
  },
  {
    invariant: 3,
    breaks: 'an objection that is open marks the record',
    file: 'src/archive/told.ts',
    search: "contested: has('contested')",
    replace: 'contested: false',
    test: OBEYED,
    named: 'M260 · M277 · a contested penalty',
  },
  {
    invariant: 3,
    breaks: 'the mark of an objection is on the portal with the change',
    file: 'src/publication/remark.ts',
    search: '  await publishWithin(app, change, [...new Set(subjectIds)])\n',
    replace: '',
    test: OBEYED,
    named: 'M260 · M277 · a contested wage',
  },
  {
    invariant: 3,
    breaks: 'a report without the mark of an objection is superseded',
    file: 'src/publication/remark.ts',
    search: '  if (reason !== null) await endReports(change, subjectIds, recordIds, reason)\n',
    replace: '',
    test: OBEYED,
    named: 'M260 · M277 · a contested penalty',
  },
  {
    invariant: 3,
    breaks: 'a publication under way waits for whoever puts a mark, or is waited for',
    file: 'src/publication/withdraw.ts',
    search: '  await lockPublication(change, subjectIds)\n',
    replace: '',
    test: OBEYED,
    named: 'principle 3 · a publication under way does not bring back what is repaired, or drop a mark, after it has read',
  },
  {
    invariant: 3,
    breaks: 'a case makes the same of a record once at a time',
    file: 'src/standing/store.ts',
    search: 'select count(*) from record_standing s join record_standing_end e',
    replace: 'select count(*) from record_standing s left join record_standing_end e',
    test: COMMANDS,
    named: 'a case makes the same of a record once at a time',
  },
]
