import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { lockHolder, processMark, releaseLock, takeLock } from './process-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingxin-lock-'))
after(() => rmSync(folder, { recursive: true }))

const taker = `import { takeLock } from '${join(import.meta.dirname, 'process-lock.ts')}'
  console.log(takeLock(process.argv[1]) === null ? 'taken' : 'held'); setInterval(() => {}, 1000)`

async function takeElsewhere(file: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', taker, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [answer] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  return { child, answer: answer.trim() }
}

test('a lock taken is held against this and every other process until it is given back', async () => {
  const file = join(folder, 'own.lock')
  assert.equal(takeLock(file), null)
  assert.equal(takeLock(file)?.pid, process.pid)
  const other = await takeElsewhere(file)
  assert.equal(other.answer, 'held')
  other.child.kill('SIGKILL')
  releaseLock(file)
  assert.deepEqual(readdirSync(folder), [])
})

test('of ten processes that find a dead holder, one takes its lock', async () => {
  const file = join(folder, 'dead.lock')
  const first = await takeElsewhere(file)
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  assert.equal(lockHolder(file), null)
  const others = await Promise.all(Array.from({ length: 10 }, () => takeElsewhere(file)))
  for (const { child } of others) child.kill('SIGKILL')
  assert.equal(others.filter(({ answer }) => answer === 'taken').length, 1)
})

const notHeld: readonly (readonly [string, string])[] = [
  ['a file cut short by a power failure', '{"pid":1'],
  ['an empty file', ''],
  ['a process id that another process has now', `{"pid":${process.pid},"mark":"an earlier life"}`],
]
for (const [what, text] of notHeld) {
  test(`${what} holds nothing`, () => {
    const file = join(folder, 'torn.lock')
    writeFileSync(file, text)
    assert.equal(lockHolder(file), null)
    assert.equal(takeLock(file), null)
    releaseLock(file)
  })
}

test('a mark belongs to one life of one process', async () => {
  const child = spawn('sleep', ['60'])
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  assert.equal(processMark(pid), processMark(pid))
  assert.notEqual(processMark(pid), processMark(process.pid))
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.equal(processMark(pid), null)
})
