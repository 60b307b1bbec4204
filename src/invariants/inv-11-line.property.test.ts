import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { App } from '../app.ts'
import { runLine } from '../intake/line.ts'
import type { Counts } from '../intake/model.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { failingAt, PlantedFault } from './planted-fault.ts'
import { penalty } from './sent-rows.ts'
import { csvOf, Outside, receive, runs, type SentRow, send } from './testing.ts'
import { reported, rowOf } from './told-changes.ts'

// Principle 11 on the line: cut off and run again, or run by two senders at once, no row is there twice and none is lost.

let t: TestApp
let outside: Outside
before(async () => {
  t = await openTestApp()
  outside = await Outside.open(t)
})
after(async () => {
  await outside.close()
  await t.close()
})

let serial = 0

type World = Map<string, string>

/** What a file amounted to, whatever ids it was given: each number with its versions, in order. */
async function worldOf(app: App, numbers: string): Promise<World> {
  const rows = await app.changes.rows<{ number: string; versions: string }>({
    text: `select content->>'CF_WSH' as number, string_agg(f.kind || ' ' || md5(content::text) || ' ' || (content->>'CF_XDR_SHXYM'), ', ' order by fact_id) as versions
      from fact f join fact_content c using (subject_id, fact_id) where content->>'CF_WSH' like $1 group by 1`,
    values: [numbers],
  })
  return new Map(rows.map(row => [row.number, row.versions]))
}

const KINDS = ['report', 'report', 'report', 'other-text', 'annul', 'no-number', 'other-name', 'other-firm'] as const

/** A file of several chunks in which numbers come back, changed or annulled, thousands of rows later. */
function longFile(prefix: string, rows: number, seed: number): SentRow[] {
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  return Array.from({ length: rows }, (_, i) => {
    const number = random(10) < 7 ? i : random(i + 1)
    const what = KINDS[random(40) < 30 ? 0 : random(KINDS.length)] as string
    const made = rowOf(50, { firm: number % 6, number, what })
    return { ...made, 行政处罚决定书文号: what === 'no-number' ? '无' : `${prefix}${number}号` }
  })
}

/** Where the line is cut off: in which chunk, the first time beyond the first, and at which of its statements. */
const statement = fc.integer({ min: 1, max: 10 })
const cutting = fc
  .tuple(
    fc.tuple(fc.integer({ min: 2, max: 3 }), statement),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), statement), { maxLength: 2 }),
  )
  .map(([first, more]) => [first, ...more])

test('M072 · a line cut off at any statement of any chunk and run again ends with the same counts, no row twice, none lost', async () => {
  const control = await openTestApp()
  await fc.assert(
    fc.asyncProperty(fc.nat(), cutting, async (seed, cuts) => {
      serial += 1
      const prefix = `澜长〔2026〕${serial}-`
      const file = csvOf(longFile(prefix, 10_400, seed))
      const whole = await send(control.app, 'ecology-penalty', file)
      const deliveryId = await receive(t.app, 'ecology-penalty', file)
      for (const [chunk, at] of cuts) await runLine(failingAt(t.worker, at, chunk), deliveryId).catch(assertPlanted)
      const counts: Counts = await runLine(t.worker, deliveryId)
      assert.deepEqual(counts, whole.counts)
      assert.deepEqual(await worldOf(t.app, `${prefix}%`), await worldOf(control.app, `${prefix}%`))
      assert.deepEqual(await runLine(t.worker, deliveryId), counts, 'run once more it only says what it did')
    }),
    runs(1),
  )
  await control.close()
})

function assertPlanted(error: unknown): void {
  assert.ok(error instanceof PlantedFault, String(error))
}

test('M072 · two senders at once: no row twice, none lost, every delivery’s counts add up', async () => {
  const overlapping = fc.array(fc.array(reported, { minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(overlapping, async files => {
      serial += 1
      const run = serial
      // No annulments: what they do depends on who came first, and then "nothing to annul" is a right answer.
      const rows = files.map(file => file.filter(one => one.what !== 'annul').map(one => rowOf(run, one)))
      const ids = await Promise.all(rows.map((file, i) => receive(t.app, 'ecology-penalty', `${csvOf(file)}${'\n'.repeat(i)}`)))
      const counts = await Promise.all(ids.map(id => runLine(t.worker, id)))
      for (const [i, { received, ...outcomes }] of counts.entries()) {
        assert.equal(received, rows[i]?.length ?? 0)
        assert.equal(
          Object.values(outcomes).reduce((sum, one) => sum + one, 0),
          received,
        )
      }
      const twice = await outside.rows(
        `select number_hash from record_key where number_hash in (select number_hash from record_key join fact using (fact_id) where delivery_id = any($1)) group by 1 having count(*) > 1`,
        [ids],
      )
      assert.deepEqual(twice, [], 'no number has two records without a person')
      const asked = await outside.rows(
        'select number_hash, content_mac from waiting_row where delivery_id = any($1) group by 1, 2 having count(*) > 1',
        [ids],
      )
      assert.deepEqual(asked, [], 'nobody is asked twice about one row')
      const lost = await outside.rows(
        `select f.fact_id from fact f left join fact_content c using (subject_id, fact_id) left join record_key k on k.fact_id = f.fact_id where f.kind = 'record' and f.delivery_id = any($1) and (c.fact_id is null or k.fact_id is null)`,
        [ids],
      )
      assert.deepEqual(lost, [], 'every record has its content and its key')
      const filed = counts.reduce((sum, one) => sum + one.filed, 0)
      const world = await worldOf(t.app, `澜追〔2026〕${run}-%`)
      assert.equal(filed, world.size, 'as many records as numbers')
      const numbers = new Set(
        rows
          .flat()
          .map(row => row.行政处罚决定书文号)
          .filter(text => text !== '无'),
      )
      for (const number of numbers) {
        const [waits] = world.has(number ?? '')
          ? [true]
          : await outside.rows(`select 1 from waiting_row where delivery_id = any($1)`, [ids])
        assert.ok(waits, `${number} is nowhere`)
      }
    }),
    runs(8),
  )
})

test('M058 · two senders of rows that wait ask a person once about each', async () => {
  for (let round = 0; round < 4; round++) {
    const n = ++serial + 5000
    await send(t.app, 'ecology-penalty', [penalty(n, `澜问〔2026〕${n}首号`)])
    const rows = Array.from({ length: 30 }, (_, i) =>
      penalty(n, `澜问〔2026〕${n}-${i}号`, { 行政相对人名称: '另有其名有限公司' }),
    )
    const ids = await Promise.all([1, 2].map(i => receive(t.app, 'ecology-penalty', `${csvOf(rows)}${'\n'.repeat(i)}`)))
    const counts = await Promise.all(ids.map(id => runLine(t.worker, id)))
    assert.deepEqual(
      counts.reduce((sum, one) => [(sum[0] ?? 0) + one.waiting, (sum[1] ?? 0) + one.duplicate], [0, 0]),
      [30, 30],
    )
  }
})
