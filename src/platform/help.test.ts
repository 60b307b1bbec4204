import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { ROOT } from '../base/root.ts'

type Ended = { readonly code: number; readonly out: string; readonly err: string }

function run(...args: string[]): Promise<Ended> {
  // A folder that cannot be made: a command that opened the platform before it told how it is called would fail here.
  const env = { MINGXIN_DATA: '/proc/nowhere/data' }
  return new Promise(done => {
    execFile(process.execPath, ['src/main.ts', ...args], { cwd: ROOT, env }, (fault, out, err) =>
      done({ code: fault ? Number(fault.code) : 0, out, err }),
    )
  })
}

const COMMANDS = [
  'serve',
  'migrate',
  'import',
  'demo',
  'check-law',
  'audit',
  'prove',
  'retention',
  'keys',
  'user',
  'token',
] as const

for (const name of COMMANDS) {
  test(`mingxin ${name} --help says how it is called, and does nothing else`, async () => {
    const { code, out, err } = await run(name, '--help')
    assert.deepEqual([code, err], [0, ''])
    assert.match(out, new RegExp(`用法：mingxin ${name}\\b`))
  })
}

test('mingxin help lists every command with what it does; an unknown one gets the list, too', async () => {
  const { code, out } = await run('help')
  assert.equal(code, 0)
  for (const name of COMMANDS) assert.match(out, new RegExp(`^ {2}${name} +\\p{Script=Han}`, 'mu'))
  const unknown = await run('no-such-command')
  assert.deepEqual([unknown.code, unknown.out], [2, out])
})

test('an option that a command does not know gets its usage, not a stack of the program', async () => {
  const { code, err } = await run('import', 'a.csv', '--sorce', 'market-penalty')
  assert.equal(code, 2)
  assert.match(err, /--sorce[\s\S]*用法：mingxin import/)
  assert.doesNotMatch(err, /node:internal/)
})
