import assert from 'node:assert/strict'
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { publicReport } from './testing.ts'

const PROGRAM = new URL('./render-worker.ts', import.meta.url)

function openWorker(): ChildProcess {
  return fork(PROGRAM, { execArgv: ['--disable-warning=ExperimentalWarning'], env: {}, serialization: 'advanced' })
}

test('a typesetter leaves the signals that everybody gets to its owner, and goes when its owner lets go', {
  timeout: 60_000,
}, async () => {
  const worker = openWorker()
  assert.deepEqual(await once(worker, 'message'), ['open', undefined])
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) worker.kill(signal)
  worker.send(publicReport(0, 0))
  const [{ pages }] = await once(worker, 'message')
  assert.equal(pages, 2)
  worker.disconnect()
  assert.deepEqual(await once(worker, 'exit'), [0, null])
})

test('a report that cannot be set is answered with the reason, and the next is set', { timeout: 60_000 }, async () => {
  const worker = openWorker()
  await once(worker, 'message')
  worker.send({ kind: 'none' })
  const [{ failure }] = await once(worker, 'message')
  assert.match(failure, /TypeError/)
  worker.send(publicReport(0, 0))
  const [{ pages }] = await once(worker, 'message')
  assert.equal(pages, 2)
  worker.disconnect()
  await once(worker, 'exit')
})

const isLinux = existsSync('/proc/self/status')

test('a typesetter’s memory stays where it is after the first reports', { skip: !isLinux, timeout: 120_000 }, async () => {
  const worker = openWorker()
  await once(worker, 'message')
  const setMany = async (reports: number): Promise<number> => {
    for (let i = 0; i < reports; i++) {
      worker.send(publicReport(i % 6, i % 4))
      await once(worker, 'message')
    }
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${worker.pid}/status`, 'utf8'))?.[1]) / 1024
  }
  const warm = await setMany(80)
  const later = await setMany(240)
  worker.disconnect()
  await once(worker, 'exit')
  assert.ok(later < 260 && later - warm < 30, `${warm.toFixed(0)} MB after 80 reports, ${later.toFixed(0)} MB after 320`)
})

test('no typesetter outlives its owner, even one that is killed', { timeout: 60_000 }, async () => {
  const script = `const worker = require('node:child_process').fork(${JSON.stringify(PROGRAM.pathname)}, { env: {}, serialization: 'advanced' })
    worker.on('message', () => console.log(worker.pid))`
  const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(owner.stdout, 'data')
  const pid = Number(line)
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  while (isAlive(pid)) await wait(20)
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
