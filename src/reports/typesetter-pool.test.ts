import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { ReportModel } from './model.ts'
import { TypesetterPool } from './typesetter-pool.ts'

// Threads that do as a report bids them: the pool hands reports on unread, so that theirs are orders in these tests.
const folder = mkdtempSync(join(tmpdir(), 'mingxin-pool-'))
after(() => rmSync(folder, { recursive: true, force: true }))

interface Order {
  name: string
  /** Ends the thread in this way: always, or only where no thread has made this file before. */
  die?: 'throw' | 'exit'
  once?: string
  /** Counted up every millisecond for as long as the thread lives. */
  ticks?: Int32Array
}

const OBEY = `import { parentPort, threadId } from 'node:worker_threads'
import { existsSync, writeFileSync } from 'node:fs'
parentPort.on('message', ({ name, die, once, ticks }) => {
  if (ticks) setInterval(() => Atomics.add(ticks, 0, 1), 1)
  if (die && !(once && existsSync(once))) {
    if (once) writeFileSync(once, '')
    if (die === 'exit') process.exit(3)
    throw new Error('dead of ' + name)
  }
  if (name === 'flaw') return parentPort.postMessage({ failure: 'a flaw' })
  parentPort.postMessage({ pdf: new TextEncoder().encode(name), pages: threadId, warnings: [] })
})
`
const OPEN = `parentPort.postMessage('open')`

function poolOf(size: number, program: string, t: TestContext): (order: Order) => Promise<{ said: string; thread: number }> {
  const pool = new TypesetterPool(size, new URL(`data:text/javascript,${encodeURIComponent(program)}`))
  t.after(() => pool.close())
  return async order => {
    const { pdf, pages } = await pool.typeset(order as unknown as ReportModel)
    return { said: pdf.toString('utf8'), thread: pages }
  }
}

for (const die of ['throw', 'exit'] as const) {
  test(`a thread that dies (${die}) is replaced, and its report is set by the next`, async t => {
    const ask = poolOf(1, OBEY + OPEN, t)
    const first = await ask({ name: 'before' })
    const second = await ask({ name: 'again', die, once: join(folder, die) })
    assert.equal(second.said, 'again')
    assert.notEqual(second.thread, first.thread)
    assert.deepEqual(await ask({ name: 'behind' }), { said: 'behind', thread: second.thread })
  })
}

test('a report of which two threads die is refused with the cause; those behind it are set', async t => {
  const ask = poolOf(1, OBEY + OPEN, t)
  const deadly = ask({ name: 'poison', die: 'throw' })
  const behind = [ask({ name: 'one' }), ask({ name: 'two' })]
  await assert.rejects(deadly, { code: 'report.not-set', status: 503, cause: new Error('dead of poison') })
  assert.deepEqual(
    (await Promise.all(behind)).map(({ said }) => said),
    ['one', 'two'],
  )
})

test('a flaw told by a thread fails its report alone, and the thread goes on', async t => {
  const ask = poolOf(1, OBEY + OPEN, t)
  const { thread } = await ask({ name: 'before' })
  await assert.rejects(ask({ name: 'flaw' }), /a flaw/)
  assert.equal((await ask({ name: 'behind' })).thread, thread)
})

test('where no thread can open, each report is refused after one start of each, never in a circle', async t => {
  const starts = join(folder, 'starts')
  const program = `import { appendFileSync } from 'node:fs'
    appendFileSync(${JSON.stringify(starts)}, 'x')
    throw new Error('no font')`
  const ask = poolOf(2, program, t)
  const answers = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(name => ask({ name })))
  assert.deepEqual(
    answers.map(answer => answer.status === 'rejected' && answer.reason.code),
    Array.from({ length: 5 }, () => 'report.not-set'),
  )
  assert.ok(readFileSync(starts, 'utf8').length <= 10, `${readFileSync(starts, 'utf8').length} starts`)
})

test('a report does not wait for a thread that opens while another is free; closing ends that one too', {
  timeout: 20_000,
}, async t => {
  const marker = join(folder, 'second')
  // The first thread opens, every other hangs in its start.
  const program = `import { mkdirSync } from 'node:fs'
    let isFirst = true
    try { mkdirSync(${JSON.stringify(marker)}) } catch { isFirst = false }
    if (isFirst) ${OPEN}
    else setInterval(() => undefined, 1000)`
  const ask = poolOf(2, OBEY + program, t)
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map(name => ask({ name })))
  assert.deepEqual(
    answers.map(({ said }) => said),
    ['a', 'b', 'c', 'd'],
  )
  assert.equal(new Set(answers.map(({ thread }) => thread)).size, 1)
  assert.ok(existsSync(marker))
})

test('closing finishes what was asked, ends every thread, and refuses what comes later', async () => {
  const pool = new TypesetterPool(2, new URL(`data:text/javascript,${encodeURIComponent(OBEY + OPEN)}`))
  const ticks = new Int32Array(new SharedArrayBuffer(4))
  const order = (name: string) => pool.typeset({ name, ticks } as unknown as ReportModel)
  const asked = ['a', 'b', 'c'].map(order)
  const [closed] = await Promise.all([pool.close(), pool.close()])
  assert.equal(closed, undefined)
  assert.equal((await Promise.all(asked)).length, 3)
  const stood = Atomics.load(ticks, 0)
  await wait(50)
  assert.equal(Atomics.load(ticks, 0), stood, 'a thread still counts')
  await assert.rejects(order('late'), /closed/)
})
