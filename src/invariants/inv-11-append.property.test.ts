import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { actLeaf } from '../access/change.ts'
import type { App } from '../app.ts'
import { runLine } from '../intake/line.ts'
import type { Counts } from '../intake/model.ts'
import { decideWaiting } from '../matching/decide-waiting.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { failingAt, PlantedFault } from './planted-fault.ts'
import { firm, penalty } from './sent-rows.ts'
import { codeOf, csvOf, Outside, publishAll, receive, runs, type SentRow, send, waitingOf } from './testing.ts'

// Principle 11: every change is an appended act in the same transaction as its audit entry; what failed has left nothing.

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

/** Tables whose rows come and go without an act: how far a task is, who is at the door, the ledger's own places. */
const NOT_BY_ACT = new Set([
  'public.delivery_state',
  'public.session',
  'public.sign_in_attempt',
  'public.account',
  'public.access_token',
  'public.setting',
  'pub.setting',
  'public.ledger_batch',
  'public.ledger_tile',
  'public.checkpoint',
  'public.migration',
  'public.act',
  'public.look',
  'public.look_miss',
])

const office = actorFor('credit-office', 'credit-office')
let serial = 0

/** What one department may report about a few firms: new, again, changed, annulled, wrong, of another name. */
const change = fc.record({
  firm: fc.nat(5),
  number: fc.nat(7),
  what: fc.constantFrom('report', 'report', 'report', 'other-text', 'annul', 'no-number', 'other-name', 'other-firm'),
})
type Change = { readonly firm: number; readonly number: number; readonly what: string }

function rowOf(run: number, { firm: n, number, what }: Change): SentRow {
  const text = `澜追〔2026〕${run}-${number}号`
  switch (what) {
    case 'other-text':
      return penalty(run * 10 + n, text, { 违法事实: `复核后认定第${number}项` })
    case 'annul':
      return penalty(run * 10 + n, text, { 操作类型: '撤销' })
    case 'no-number':
      return penalty(run * 10 + n, '无')
    case 'other-name':
      return penalty(run * 10 + n, text, { 行政相对人名称: `${firm(run * 10 + n).name}分部` })
    case 'other-firm':
      return penalty(run * 10 + 9, text)
    default:
      return penalty(run * 10 + n, text)
  }
}

const decisions = fc.array(fc.constantFrom('same', 'returned', 'undone'), { maxLength: 4 })
const history = fc.record({
  files: fc.array(fc.array(change, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 3 }),
  decisions,
})

async function decideSome(app: App, wanted: readonly string[]): Promise<void> {
  const open = await app.db.rows<{ waiting_id: number; subject_id: number | null }>({
    text: `select waiting_id, (evidence->'candidates'->0->>'subjectId')::bigint as subject_id from waiting_row where reason <> 'penalty.gravity-open' order by waiting_id desc limit 3`,
  })
  for (const [i, decision] of wanted.entries()) {
    const row = open[i % Math.max(1, open.length)]
    if (!row) return
    const input = decision === 'same' ? { decision, subjectId: row.subject_id ?? 0 } : { decision, reason: '经核实' }
    // A decision that is refused is part of the history: it must leave nothing.
    await decideWaiting(app, office, row.waiting_id as never, input as never).catch(() => undefined)
  }
}

async function live(app: App, files: readonly (readonly Change[])[], wanted: readonly string[]): Promise<void> {
  serial += 1
  const run = serial
  for (const file of files)
    await send(
      app,
      'ecology-penalty',
      file.map(one => rowOf(run, one)),
    )
  await decideSome(app, wanted)
  await publishAll(app)
}

type ActRow = {
  entity: string
  at: Date
  act_id: string
  deed: string
  actor: string
  unit: string | null
  detail: unknown
  leaf: Buffer
}

test('M192 · every row that a change wrote stands beside the one act of its transaction, and the act beside its leaf in the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ files, decisions: wanted }) => live(t.app, files, wanted)),
    runs(6),
  )
  const tables = (await outside.tables()).filter(name => !NOT_BY_ACT.has(name) && !name.startsWith('graphile_worker.'))
  for (const table of tables) {
    const [orphan] = await outside.rows<{ count: string }>(
      `select count(*) from ${table} r where not exists (select from act a where a.xmin::text = r.xmin::text) and not exists (select from look l where l.xmin::text = r.xmin::text)`,
    )
    assert.equal(orphan?.count, '0', `${table} holds rows that no act accounts for`)
  }
  const many = await outside.rows('select xmin::text from act group by 1 having count(*) > 1')
  assert.deepEqual(many, [], 'one transaction, one act')
  const acts = await outside.rows<ActRow>(
    `select a.*, substring(b.leaves from a.leaf_no * 32 + 1 for 32) as leaf from act a join ledger_batch b using (batch_id)
     where a.xmin::text = b.xmin::text and b.kind = 'change'`,
  )
  const all = await outside.counts()
  assert.equal(acts.length, all['public.act'], 'every act has its batch, written in its transaction')
  assert.equal(all['public.ledger_batch'], all['public.act'])
  for (const { leaf, act_id: actId, entity, at, deed, actor, unit, detail } of acts)
    assert.deepEqual(actLeaf({ entity, at, actId: Number(actId), deed, actor, unit, detail }), leaf)
  const facts = await outside.rows(
    'select from fact f join ledger_batch b using (batch_id) where f.xmin::text <> b.xmin::text or f.leaf_no >= b.leaf_count',
  )
  assert.deepEqual(facts, [], 'every fact has its leaf in the batch of its transaction')
  assert.ok((all['public.fact'] ?? 0) > 10 && (all['public.waiting_decision'] ?? 0) > 0, 'the histories had something in them')
})

test('M192 · a command that fails at any of its statements leaves nothing behind', async () => {
  const run = ++serial + 1000
  const file = csvOf([
    penalty(run, `澜断〔2026〕${run}-1号`),
    penalty(run, `澜断〔2026〕${run}-2号`, { 行政相对人名称: '另有其名有限公司' }),
    penalty(run, '无'),
  ])
  const first = await send(t.app, 'ecology-penalty', file)
  const [waiting] = await waitingOf(t.app, first.deliveryId)
  assert.ok(waiting)
  const owner = await t.app.db.row<{ subject_id: number }>({
    text: `select subject_id from identifier_lookup where value = $1`,
    values: [firm(run).code],
  })
  const subjectId = owner?.subject_id as never
  const again = await receive(
    t.app,
    'ecology-penalty',
    csvOf([
      penalty(run, `澜断〔2026〕${run}-1号`, { 违法事实: '更正后的事实' }),
      penalty(run + 1, `澜断〔2026〕${run}-3号`, { 处罚决定日期: '2020-02-03' }),
    ]),
  )
  const commands: readonly (readonly [string, (app: App) => Promise<unknown>])[] = [
    ['receive', app => receive(app, 'ecology-penalty', `${file}\n`)],
    ['settle', app => runLine(app, again)],
    ['decide', app => decideWaiting(app, office, waiting.waiting_id as never, { decision: 'same', subjectId })],
    ['publish', app => publishAll(app)],
    ['undo', app => decideWaiting(app, office, waiting.waiting_id as never, { decision: 'undone' })],
  ]
  for (const [name, command] of commands) {
    const before = await outside.counts()
    let n = 1
    for (; n < 60; n++) {
      const failed = await command(failingAt(t.app, n)).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof PlantedFault)) throw error
          return true
        },
      )
      if (!failed) break
      assert.deepEqual(await outside.counts(), before, `${name}, cut off at statement ${n}`)
    }
    assert.ok(n > 1 && n < 60, `${name} was cut off at every statement and then done`)
    assert.notDeepEqual(await outside.counts(), before, `${name} does something when it is not cut off`)
  }
})

/** What the application's login may do to a table beyond reading and appending. Everything else is appended and never changed. */
const MAY_CHANGE: Readonly<Record<string, string>> = {
  'pub.change': 'seq',
  'public.access_token': 'all',
  'public.account': 'all',
  'public.law_edition': 'approved_at,approved_by',
  'public.ledger_batch': 'first_leaf,sequenced_at',
  'public.ledger_tile': 'all',
  'public.delivery_state': 'all',
  'public.record_key': 'all',
  'public.setting': 'all',
  'public.subject_card': 'all',
  'public.timeliness': 'all',
  'public.waiting_row': 'decided_at',
}
const MAY_DELETE = new Set([
  'pub.figure',
  'pub.punctuality',
  'pub.record',
  'pub.report',
  'pub.setting',
  'pub.subject',
  'public.identifier_lookup',
  'public.name_lookup',
  'public.session',
  'public.sign_in_attempt',
])

type Privileges = { name: string; delete: boolean; truncate: boolean; update: string | null }

test('M192 · the application’s login can neither change nor delete what is appended', async () => {
  await send(t.app, 'ecology-penalty', [penalty(++serial + 3000, `澜权〔2026〕${serial}号`)])
  const tables = (await outside.tables()).filter(name => !name.startsWith('graphile_worker.'))
  const found = await outside.rows<Privileges>(
    `select name, has_table_privilege('mingxin_test_app', name, 'delete') as delete, has_table_privilege('mingxin_test_app', name, 'truncate') as truncate,
       (select case when bool_and(may) then 'all' else string_agg(attname, ',' order by attname) filter (where may) end
        from (select attname, has_column_privilege('mingxin_test_app', name, attname, 'update') as may from pg_attribute
              where attrelid = name::regclass and attnum > 0 and not attisdropped) a) as update
     from unnest($1::text[]) as t (name)`,
    [tables],
  )
  assert.equal(found.length, tables.length)
  for (const { name, delete: mayDelete, truncate, update } of found) {
    assert.equal(truncate, false, name)
    if (MAY_DELETE.has(name)) continue
    assert.equal(mayDelete, false, name)
    assert.equal(update ?? '', MAY_CHANGE[name] ?? '', name)
  }
  for (const text of [
    'delete from act',
    'update fact set item = item',
    'update look set purpose = purpose',
    'delete from fact_2026_05',
  ])
    assert.equal(await codeOf(t.app.db.run({ text })), '42501', text)
})

type World = Map<string, string>

/** What a file amounted to, whatever ids it was given: each number with its versions, in order. */
async function worldOf(app: App, numbers: string): Promise<World> {
  const rows = await app.db.rows<{ number: string; versions: string }>({
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
      for (const [chunk, at] of cuts) await runLine(failingAt(t.app, at, chunk), deliveryId).catch(assertPlanted)
      const counts: Counts = await runLine(t.app, deliveryId)
      assert.deepEqual(counts, whole.counts)
      assert.deepEqual(await worldOf(t.app, `${prefix}%`), await worldOf(control.app, `${prefix}%`))
      assert.deepEqual(await runLine(t.app, deliveryId), counts, 'run once more it only says what it did')
    }),
    runs(1),
  )
  await control.close()
})

function assertPlanted(error: unknown): void {
  assert.ok(error instanceof PlantedFault, String(error))
}

test('M072 · two senders at once: no row twice, none lost, every delivery’s counts add up', async () => {
  const overlapping = fc.array(fc.array(change, { minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(overlapping, async files => {
      serial += 1
      const run = serial
      // No annulments: what they do depends on who came first, and then "nothing to annul" is a right answer.
      const rows = files.map(file => file.filter(one => one.what !== 'annul').map(one => rowOf(run, one)))
      const ids = await Promise.all(rows.map((file, i) => receive(t.app, 'ecology-penalty', `${csvOf(file)}${'\n'.repeat(i)}`)))
      const counts = await Promise.all(ids.map(id => runLine(t.app, id)))
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
    const counts = await Promise.all(ids.map(id => runLine(t.app, id)))
    assert.deepEqual(
      counts.reduce((sum, one) => [(sum[0] ?? 0) + one.waiting, (sum[1] ?? 0) + one.duplicate], [0, 0]),
      [30, 30],
    )
  }
})
