import type { Mutation } from './mutate.ts'

const OUTLETS = 'src/invariants/inv-10-receivers.test.ts'
const CONFIRM = 'src/receivers/confirm.test.ts'
const COMMANDS = 'src/receivers/commands.test.ts'
const DOORS = 'src/receivers/doors.test.ts'

/** Faults by which a copy that was handed out would be forgotten when it is taken away. */
export const MUTATIONS_OF_RECEIVERS: readonly Mutation[] = [
  {
    invariant: 10,
    breaks: 'what leaves under a business number has an end',
    file: 'src/access/look.ts',
    search: 'return addDays(legalDay(at, app.city.zone), receiversOf(app.law).entries.business.longestDays)',
    replace: 'return receiversOf(app.law) ? null : addDays(legalDay(at, app.city.zone), 1)',
    test: OUTLETS,
    named: 'principle 10 · check: what is handed out',
  },
  {
    invariant: 10,
    breaks: 'whatever takes a record away asks its receivers',
    file: 'src/publication/withdraw.ts',
    search: '  if (!usual) return\n',
    replace: '  if (usual) return\n',
    test: OUTLETS,
    named: 'principle 10 · api-records: what is handed out',
  },
  {
    invariant: 10,
    breaks: 'a closed business is asked about no more',
    file: 'src/receivers/find-holders.ts',
    search: 'and b.at >= e.at)',
    replace: 'and b.at < e.at)',
    test: CONFIRM,
    named: 'principle 10 · a closed business number',
  },
  {
    invariant: 10,
    breaks: 'a program says nothing of what people of its unit have',
    file: 'src/receivers/confirm.ts',
    search: "return !isProgram(actor) || kind === 'delete-copies' || program === actor.id",
    replace: "return isProgram(actor) || kind === 'delete-copies' || program !== actor.id",
    test: CONFIRM,
    named: 'principle 10 · each receiver confirms once',
  },
  {
    invariant: 10,
    breaks: 'who looked after the withdrawal was answered anew and is not asked',
    file: 'src/receivers/commands.ts',
    search: 'openingsOf(queued, await committedBy(made, queued))',
    replace: 'openingsOf(queued, (await committedBy(made, queued)) && null)',
    test: COMMANDS,
    named: 'principle 10 · a read that was on its way',
  },
  {
    invariant: 10,
    breaks: 'a look that its subject is told of later is betrayed by no count',
    file: 'src/receivers/own-corrections.ts',
    search: 'and not exists (select from unnest(n.business_nos)',
    replace: 'and ($2::date is null or true) or exists (select from unnest(n.business_nos)',
    test: DOORS,
    named: 'M260 · the subject reads how many',
  },
]
