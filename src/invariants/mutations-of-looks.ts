import type { Mutation } from './mutate.ts'

const dir = 'src/invariants'
const LOOKS = `${dir}/inv-08-looks.property.test.ts`
const REGISTER_DOWN = `${dir}/inv-08-register-down.test.ts`
const LOGINS = 'src/db/logins.test.ts'
const MERGED_CHECKS = 'src/checks/merged.test.ts'

/** Faults by which something that is not public would be read without its look. */
export const MUTATIONS_OF_LOOKS: readonly Mutation[] = [
  {
    invariant: 8,
    breaks: 'a look needs a purpose and a business number',
    file: 'src/access/look.ts',
    search: 'if (!reason.purpose || !reason.businessNo ||',
    replace: 'if (!reason.purpose ||',
    test: LOOKS,
    named: 'M053 · without a purpose',
  },
  {
    invariant: 8,
    breaks: 'the check registers whom it shows',
    file: 'src/checks/commands.ts',
    search: 'const { rows, receipt, at } = await look<CheckRow>(',
    replace:
      "const { rows, receipt, at } = await (async (a, _r, _s, read) => ({ rows: await a.changes.rows<CheckRow>(read), receipt: 'H0', at: a.now() }))(",
    test: LOOKS,
    named: 'M053 · a look writes one row',
  },
  {
    invariant: 8,
    breaks: 'the door’s plain login reads nothing that is not public',
    file: 'src/open-app.ts',
    search: "openDatabase(door, { max, kept: 1, name: 'mingxin-door' })",
    replace: "openDatabase(app, { max, kept: 1, name: 'mingxin-door' })",
    test: LOGINS,
    named: 'principle 8 · only the look’s login',
  },
  {
    invariant: 8,
    breaks: 'the subject’s own reading is registered',
    file: 'src/access/own-look.ts',
    search: 'await look<T & Row>(app, { ...request,',
    replace: 'await (async (a, _r, _s, read: Statement) => ({ rows: await a.changes.rows<T & Row>(read) }))(app, { ...request,',
    test: REGISTER_DOWN,
    named: 'principle 8 · what one reads of one’s own',
  },
  {
    invariant: 8,
    breaks: 'a look is at everyone of a merged group',
    file: 'src/checks/commands.ts',
    search: '    request,\n    group,\n    checkStatement(',
    replace: '    request,\n    [group[0]],\n    checkStatement(',
    test: MERGED_CHECKS,
    named: 'M056 · whoever of a merged group',
  },
  {
    invariant: 8,
    breaks: 'a waiting row about nobody known is a look too',
    file: 'src/matching/waiting-view.ts',
    search: '  await at.miss(request, counterpart',
    replace: '  if (false) await at.miss(request, counterpart',
    test: LOOKS,
    named: 'M053 · a look that found nobody',
  },
  {
    invariant: 8,
    breaks: 'a door that reads is known to the register',
    file: 'src/archive/routes.ts',
    search: 'serve(http, app, doors.searchPersons,',
    replace: "serve(http, app, { ...doors.searchPersons, path: '/persons' } as typeof doors.searchPersons,",
    test: LOOKS,
    named: 'principle 8 · every door is known',
  },
]
