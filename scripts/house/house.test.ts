import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { checkHouse } from '../check-house.ts'
import { breachLine, unusedPlaces } from './breach.ts'
import { checkCasts, checkSpots, placeLists } from './check-files.ts'
import { readSource } from './source.ts'

/** The breaches of a tree with these files and nothing else. */
function breachesOf(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'mingxin-house-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const breaches = checkHouse(root, false).map(breachLine)
  rmSync(root, { recursive: true })
  return breaches
}

const FACTS = 'insert into fact values ($1)'
const MIGRATION = { 'src/db/migrations/0001_ground.sql': 'create table fact (\n);\ncreate table pub.record (\n);\n' }

/** What is planted in which file, and the line and rule by which it is told. */
const PLANTED = [
  [
    'an arrow that nobody drew',
    'src/law/read.ts',
    "import { a } from '../intake/line.ts'\nexport const b = a",
    '1  arrow-missing',
  ],
  [
    'the App in a folder of rules',
    'src/law/read.ts',
    "import type { App } from '../app.ts'\nexport type A = App",
    '1  arrow-missing',
  ],
  ['a folder without arrows', 'src/odds/ends.ts', "import { a } from '../base/day.ts'\nexport const b = a", '1  folder-unknown'],
  [
    'a test’s file in the product',
    'src/intake/line.ts',
    "import { a } from '../db/testing.ts'\nexport const b = a",
    '1  for-tests',
  ],
  [
    'another folder’s store',
    'src/checks/views.ts',
    "\nimport { a } from '../archive/store.ts'\nexport const b = a",
    '2  store-private',
  ],
  ['a drawer for odds and ends', 'src/law/utils.ts', 'export const a = 1', '1  name-forbidden'],
  ['a file name in camels', 'src/law/readLaw.ts', 'export const a = 1', '1  name-not-kebab'],
  ['a new file in base', 'src/base/money.ts', 'export const a = 1', '1  base-closed'],
  ['a third level', 'src/law/a/b/c.ts', 'export const a = 1', '1  too-deep'],
  ['a long file', 'src/law/read.ts', 'export const a = 1\n'.repeat(301), '301  too-long'],
  ['a stranger who writes facts', 'src/reports/store.ts', `export const a = '${FACTS}'`, '1  table-owner'],
  [
    'a stranger who deletes what is public',
    'src/checks/views.ts',
    'export const a = `delete from pub.record r`',
    '1  table-owner',
  ],
  ['a stranger who copies', 'src/checks/views.ts', 'export const a = `copy fact (a) from stdin`', '1  table-owner'],
  ['a stranger who hands rows over', 'src/checks/views.ts', "export const a = send(b, 'fact (subject_id)')", '1  table-owner'],
  [
    'a table without a name',
    'src/archive/store.ts',
    ['export const a = (t: string) => `insert into $', '{t} values (1)`'].join(''),
    '1  table-unnamed',
  ],
  [
    'a read that nobody registers',
    'src/disclosure/views.ts',
    "\nexport const a = 'select content from fact_content where subject_id = $1'",
    '2  read-unregistered',
  ],
  [
    'such a read in a page of the account',
    'web/my/overview.ts',
    'export const a = `select 1 from pub.subject s join subject_card c using (subject_id)`',
    '1  read-unregistered',
  ],
  [
    'the pool of looks in another’s hands',
    'src/checks/views.ts',
    'export const a = (app: any) => app.looks.rows({})',
    '1  pool-of-looks',
  ],
  [
    'the pool of changes, unpacked',
    'src/checks/views.ts',
    'export function a(t: any) {\n  const { changes } = t.app\n  return changes\n}',
    '2  pool-of-changes',
  ],
  ['a transaction of one’s own', 'src/reports/store.ts', '\nexport const a = (db: any) => db.transaction()', '2  transaction'],
  ['any', 'src/reports/store.ts', 'export const a = (b: any) => b', '1  any'],
  ['catch', 'src/reports/store.ts', 'export function a() {\n  try { b() } catch { c() }\n}', '2  catch'],
  ['catch as a method', 'src/reports/store.ts', 'export const a = b().catch(() => null)', '1  catch'],
  ['the environment', 'src/reports/store.ts', 'export const a = process.env.PORT', '1  environment'],
  ['the clock', 'src/reports/store.ts', 'export const a = new Date()', '1  clock'],
  ['the clock as a number', 'src/reports/store.ts', 'export const a = Date.now()', '1  clock'],
  ['a sentence in the code', 'src/queue/queue.ts', "export const a = '不能办理'", '1  chinese'],
  ['a broken file', 'src/law/read.ts', 'export const = 1', '1  unreadable'],
] as const

for (const [what, file, text, told] of PLANTED) {
  test(`the house notices ${what}`, () => {
    const [line, rule] = told.split('  ')
    const found = breachesOf({ ...MIGRATION, [file]: text })
    assert.ok(
      found.some(breach => breach.startsWith(`${file}:${line}  ${rule}  `)),
      `not told: ${found.join('\n')}`,
    )
  })
}

/** What looks like a breach and is none. */
const ALLOWED = [
  ['words that only stand in a comment', 'src/law/read.ts', '// process.env, catch, 中文, insert into fact\nexport const a = 1'],
  ['a text about catching', 'src/reports/store.ts', "export const a = 'try { } catch { }, process.env, new Date()'"],
  ['a statement for a look', 'src/archive/cards.ts', "export const a = 'select name from subject_card'"],
  ['what is public', 'src/disclosure/views.ts', "export const a = 'select name from pub.subject'"],
  ['who was looked at, as a word', 'src/disclosure/views.ts', 'export const a = (answer: { looks: number }) => answer.looks'],
  ['the owner of a table', 'src/archive/file-facts.ts', `export const a = '${FACTS}'`],
  ['a lock', 'src/reports/store.ts', "export const a = 'select 1 from fact for update of fact'"],
  ['an instant that is given', 'src/reports/store.ts', 'export const a = (at: number) => new Date(at)'],
  ['the App as a type', 'src/reports/store.ts', "import type { App } from '../app.ts'\nexport type A = App"],
  ['a test that plants', 'src/reports/store.test.ts', "export const a = new Date()\nexport const b = '中文'"],
  ['a named const', 'src/reports/store.ts', 'export const a = [1] as const'],
] as const

for (const [what, file, text] of ALLOWED) {
  test(`the house allows ${what}`, () => assert.deepEqual(breachesOf({ ...MIGRATION, [file]: text }), []))
}

test('the house notices files that wait for each other, and not types that do', () => {
  const running = {
    'src/law/a.ts': "import { b } from './b.ts'\nexport const a = b",
    'src/law/b.ts': "import { a } from './a.ts'\nexport const b = a",
  }
  assert.deepEqual(breachesOf(running), ['src/law/b.ts:1  import-cycle  src/law/a.ts → src/law/b.ts → src/law/a.ts'])
  const types = { ...running, 'src/law/b.ts': "import type { a } from './a.ts'\nexport type B = typeof a" }
  assert.deepEqual(breachesOf(types), [])
})

test('the house notices what a browser cannot follow, through other files too', () => {
  const model = (text: string) => ({
    'src/law/model.ts': `import { a } from './way.ts'\nexport const b = a`,
    'src/law/way.ts': text,
  })
  const told = ['src/law/model.ts:1  not-pure  reaches src/law/way.ts → node:fs; browsers cannot follow']
  assert.deepEqual(breachesOf(model("import { readFileSync } from 'node:fs'\nexport const a = readFileSync")), told)
  assert.deepEqual(breachesOf(model("import type { Stats } from 'node:fs'\nexport const a: Stats | null = null")), [])
  const screen = {
    'web/console/check/CheckPage.tsx': "import { a } from '../../../src/checks/contract.ts'\nexport const B = () => <p>{a}</p>",
  }
  const contract = { 'src/checks/contract.ts': "import { Pool } from 'pg'\nexport const a = Pool" }
  assert.deepEqual(
    breachesOf({ ...screen, ...contract }).map(line => line.split('  ')[1]),
    ['not-pure', 'not-pure'],
  )
})

test('the number of casts may only fall', () => {
  const source = readSource('src/law/read.ts', 'export const a = 1 as never\nexport const b = 2 as unknown as string')
  assert.equal(checkCasts([source], {}).length, 2)
  assert.deepEqual(checkCasts([source], { 'src/law/read.ts': 2 }), [])
  assert.match(checkCasts([source], { 'src/law/read.ts': 3 })[0]?.sentence ?? '', /only 2 casts are left/)
})

test('an exception that nothing needs is told', () => {
  const lists = placeLists()
  checkSpots([readSource('src/main.ts', 'try { a() } catch { b() }')], lists)
  const unused = unusedPlaces('list', lists.catch?.list ?? {}, lists.catch?.used ?? new Set())
  assert.ok(unused.some(({ sentence }) => sentence.startsWith('src/law/read.ts ')))
  assert.ok(!unused.some(({ sentence }) => sentence.startsWith('src/main.ts ')))
})
