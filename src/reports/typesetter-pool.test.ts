import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { ReportModel } from './model.ts'
import { TypesetterPool } from './typesetter-pool.ts'

// Programs that do as a report bids them: the pool hands reports on unread, so that theirs are orders in these tests.
const folder = mkdtempSync(join(tmpdir(), 'mingxin-pool-'))
after(() => rmSync(folder, { recursive: true, force: true }))

interface Order {
  name: string
  /** Ends the process in this way: always, or only where no process has made this file before. */
  die?: 'exit' | 'SIGSEGV'
  once?: string
}

const OBEY = `import { existsSync, writeFileSync } from 'node:fs'
process.on('disconnect', () => process.exit(0))
process.on('message', ({ name, die, once }) => {
  if (die && !(once && existsSync(once))) {
    if (once) writeFileSync(once, '')
    if (die === 'exit') process.exit(3)
    return process.kill(process.pid, die)
  }
  if (name === 'flaw') return process.send({ failure: 'a flaw' })
  process.send({ pdf: new TextEncoder().encode(name), pages: process.pid, warnings: [] })
})
`
const OPEN = `process.send('open')`

let programs = 0

function poolOf(size: number, program: string): TypesetterPool {
  const path = join(folder, `${programs++}.mjs`)
  writeFileSync(path, program)
  return new TypesetterPool(size, pathToFileURL(path))
}

type Ask = (order: Order) => Promise<{ said: string; pid: number }>

function asking(pool: TypesetterPool): Ask {
  return async order => {
    const { pdf, pages } = await pool.typeset(order as unknown as ReportModel)
    return { said: pdf.toString('utf8'), pid: pages }
  }
}

function openPool(t: TestContext, size: number, program: string): Ask {
  const pool = poolOf(size, program)
  t.after(() => pool.close())
  return asking(pool)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

for (const die of ['exit', 'SIGSEGV'] as const) {
  test(`a typesetter that dies (${die}) is replaced, and its report is set by the next`, async t => {
    const ask = openPool(t, 1, OBEY + OPEN)
    const first = await ask({ name: 'before' })
    const second = await ask({ name: 'again', die, once: join(folder, die) })
    assert.equal(second.said, 'again')
    assert.notEqual(second.pid, first.pid)
    assert.deepEqual(await ask({ name: 'behind' }), { said: 'behind', pid: second.pid })
  })
}

test('a report of which two typesetters die is refused with the cause; those behind it are set', async t => {
  const ask = openPool(t, 1, OBEY + OPEN)
  const deadly = ask({ name: 'poison', die: 'exit' })
  const behind = [ask({ name: 'one' }), ask({ name: 'two' })]
  await assert.rejects(deadly, { code: 'report.not-set', status: 503, cause: new Error('a typesetter ended with 3') })
  assert.deepEqual(
    (await Promise.all(behind)).map(({ said }) => said),
    ['one', 'two'],
  )
})

test('a typesetter that dies between two reports is replaced', async t => {
  const ask = openPool(t, 1, OBEY + OPEN)
  const { pid } = await ask({ name: 'before' })
  process.kill(pid, 'SIGKILL')
  const next = await ask({ name: 'behind' })
  assert.equal(next.said, 'behind')
  assert.notEqual(next.pid, pid)
})

test('a flaw told by a typesetter fails its report alone, and it goes on', async t => {
  const ask = openPool(t, 1, OBEY + OPEN)
  const { pid } = await ask({ name: 'before' })
  await assert.rejects(ask({ name: 'flaw' }), /a flaw/)
  assert.equal((await ask({ name: 'behind' })).pid, pid)
})

test('where no typesetter can open, each report is refused after one start of each, never in a circle', async t => {
  const starts = join(folder, 'starts')
  const ask = openPool(
    t,
    2,
    `import { appendFileSync } from 'node:fs'
    appendFileSync(${JSON.stringify(starts)}, 'x')
    process.exit(1)`,
  )
  const answers = await Promise.allSettled(['a', 'b', 'c'].map(name => ask({ name })))
  assert.deepEqual(
    answers.map(answer => answer.status === 'rejected' && answer.reason.code),
    Array.from({ length: 3 }, () => 'report.not-set'),
  )
  assert.ok(readFileSync(starts, 'utf8').length <= 6, `${readFileSync(starts, 'utf8').length} starts`)
})

test('a report does not wait for a typesetter that opens while another is free; closing ends that one too', async () => {
  const [marker, hanging] = [join(folder, 'first'), join(folder, 'hanging')]
  // The first to start opens, every other hangs in its start.
  const pool = poolOf(
    2,
    `${OBEY}
    import { mkdirSync } from 'node:fs'
    let isFirst = true
    try { mkdirSync(${JSON.stringify(marker)}) } catch { isFirst = false }
    if (isFirst) ${OPEN}
    else writeFileSync(${JSON.stringify(hanging)}, String(process.pid))`,
  )
  const ask = asking(pool)
  // One after another until the second hangs: each is asked while another waits, so that a second is wanted.
  const pids = new Set<number>()
  while (!existsSync(hanging) || readFileSync(hanging, 'utf8') === '')
    for (const { pid } of await Promise.all([ask({ name: 'a' }), ask({ name: 'b' })])) pids.add(pid)
  assert.equal(pids.size, 1)
  await pool.close()
  assert.deepEqual([...pids, Number(readFileSync(hanging, 'utf8'))].filter(isAlive), [])
})

test('closing finishes what was asked, ends every typesetter, and refuses what comes later', async () => {
  const pool = poolOf(2, OBEY + OPEN)
  const ask = asking(pool)
  const asked = ['a', 'b', 'c'].map(name => ask({ name }))
  await Promise.all([pool.close(), pool.close()])
  const pids = (await Promise.all(asked)).map(({ pid }) => pid)
  assert.deepEqual(pids.filter(isAlive), [])
  await assert.rejects(ask({ name: 'late' }), /closed/)
})
