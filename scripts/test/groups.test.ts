import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { groupTests } from './groups.ts'
import type { Told } from './run-group.ts'

const root = mkdtempSync(join(tmpdir(), 'mingxin-tests-'))
after(() => rmSync(root, { recursive: true }))

function plant(files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}

async function toldOf(isolation: 'none' | 'process', ...files: string[]): Promise<Told[]> {
  const order = { files: files.map(file => join(root, file)), isolation, concurrency: 2 }
  const program = join(import.meta.dirname, 'run-group.ts')
  // Node runs no tests within a test that it knows of.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(process.execPath, [program, JSON.stringify(order)], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const told: Told[] = []
  child.on('message', (one: Told) => told.push(one))
  await new Promise(done => child.on('close', done))
  return told
}

const outcomes = (told: Told[]): string[] =>
  told.flatMap(one => (one.tell === 'test' ? [`${one.outcome} ${one.name.replace(`${root}/`, '')}`] : []))

test('tests are grouped by what they reach, the long ones only when asked for', () => {
  plant({
    'src/a/rule.test.ts': "import './rule.ts'",
    'src/a/rule.ts': 'export const a = 1',
    'src/a/store.test.ts': "import './way.ts'",
    'src/a/way.ts': "import '../db/testing.ts'",
    'src/db/testing.ts': 'export const b = 1',
    'src/a/start.test.ts': "import 'node:child_process'",
    'src/a/slow.long.test.ts': "import './rule.ts'",
    'web/shots.test.ts': "import 'playwright-core'",
    'stories/road.story.ts': "import '../src/a/rule.ts'",
  })
  const groups = groupTests(root, { long: false, wanted: [] })
  assert.deepEqual(
    groups.map(({ name, files }) => [name, files]),
    [
      ['rules', ['src/a/rule.test.ts', 'stories/road.story.ts']],
      ['processes', ['src/a/start.test.ts', 'src/a/store.test.ts']],
      ['browser', ['web/shots.test.ts']],
    ],
  )
  const long = groupTests(root, { long: true, wanted: ['slow'] })
  assert.deepEqual(
    long.map(group => group.files),
    [['src/a/slow.long.test.ts']],
  )
})

const TESTS = {
  'good.test.ts':
    "import { describe, test } from 'node:test'\ndescribe('all', () => { test('good', () => {}); test.skip('left', () => {}) })",
  'bad.test.ts':
    "import { describe, test } from 'node:test'\ndescribe('all', () => test('bad', () => { throw new Error('broken') }))",
  'none.test.ts': 'export {}',
  'load.test.ts': "throw new Error('at load')",
  'ends.test.ts': "import { test } from 'node:test'\ntest('ends', async () => { await 1; process.exit(0) })",
}

for (const isolation of ['none', 'process'] as const) {
  test(`every outcome is told, a suite is not counted, a file without a test bears its own name (${isolation})`, async () => {
    plant(TESTS)
    const told = await toldOf(isolation, 'bad.test.ts', 'good.test.ts', 'load.test.ts', 'none.test.ts')
    const wanted = ['failed bad', 'passed good', 'skipped left', 'failed load.test.ts', 'passed none.test.ts']
    assert.deepEqual(outcomes(told).sort(), wanted.sort())
    assert.ok(told.some(one => one.tell === 'test' && one.fault.includes('broken')))
    assert.ok(told.some(one => one.tell === 'test' && one.fault.includes('at load')))
    assert.equal(told.at(-1)?.tell, 'end')
  })
}

test('a group that a test ends is not taken for complete', async () => {
  plant(TESTS)
  assert.ok(!(await toldOf('none', 'ends.test.ts', 'good.test.ts')).some(one => one.tell === 'end'))
})
