import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { actLeaf } from '../access/change.ts'
import type { App } from '../app.ts'
import { runLine } from '../intake/line.ts'
import { decideWaiting } from '../matching/decide-waiting.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { failingAt, PlantedFault } from './planted-fault.ts'
import { firm, penalty } from './sent-rows.ts'
import { codeOf, csvOf, Outside, publishAll, receive, runs, send, waitingOf } from './testing.ts'
import { type Reported, reported, rowOf } from './told-changes.ts'

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

const decisions = fc.array(fc.constantFrom('same', 'returned', 'undone'), { maxLength: 4 })
const history = fc.record({
  files: fc.array(fc.array(reported, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 3 }),
  decisions,
})

async function decideSome(app: App, wanted: readonly string[]): Promise<void> {
  const open = await app.changes.rows<{ waiting_id: number; subject_id: number | null }>({
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

async function live(app: App, files: readonly (readonly Reported[])[], wanted: readonly string[]): Promise<void> {
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
  const owner = await t.worker.db.row<{ subject_id: number }>({
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
      const failed = await command(failingAt(t.worker, n)).then(
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
  'pub.gate': 'ended_at',
  'public.access_token': 'all',
  'public.account': 'all',
  'public.account_activation': 'used_at',
  'public.first_code': 'closed_at,used_at',
  'public.authorisation_use': 'ended_at,term_ended_at',
  'public.binding': 'for_subject,mandate_id,outcome,settled_at,settled_by',
  'public.campaign': 'decided_at,decided_by,decision',
  'public.case_clock': 'due_on,is_suspended,runs,stopped_on,unit',
  'public.case_file': 'closed_at,edition,entry_no,state,turn,unit',
  'public.commitment_series': 'all',
  'public.delivery_state': 'all',
  'public.federated_person': 'ended_at',
  'public.identity_invitation': 'used_at',
  'public.key_register': 'act_id,gone_at,kind,made_at,made_by,purpose,suite,use_from,wrapped_by',
  'public.law_edition': 'approved_at,approved_by',
  'public.ledger_batch': 'first_leaf,sequenced_at',
  'public.ledger_tile': 'all',
  'public.mandate_invitation': 'mandate_id,outcome,settled_at',
  'public.notice': 'served_on',
  'public.notice_series': 'all',
  'public.organisation': 'decided_at,decided_by,decision',
  'public.password_reset': 'all',
  'public.program': 'all',
  'public.receiver_notice': 'confirmed_at,seq',
  'public.record_key': 'all',
  'public.rights_request': 'closed_at',
  'public.role_grant': 'decided_at,decided_by,decision,end_reason,ended_at,ended_by',
  'public.setting': 'all',
  'public.sign_in_tally': 'all',
  'public.signing_key': 'all',
  'public.subject_card': 'all',
  'public.timeliness': 'all',
  'public.waiting_row': 'decided_at',
}
const MAY_DELETE = new Set([
  'public.case_draft',
  'public.case_upload',
  'pub.announcement',
  'pub.campaign',
  'pub.commitment',
  'pub.government_case',
  'pub.figure',
  'pub.correction_time',
  'pub.measure_figure',
  'pub.punctuality',
  'pub.record',
  'pub.report',
  'pub.setting',
  'pub.subject',
  'pub.subject_page',
  'public.federated_session',
  'public.identifier_lookup',
  'public.identity_request',
  'public.logout_token',
  'public.name_lookup',
  'public.passkey',
  'public.passkey_challenge',
  'public.program_token',
  'public.quota_count',
  'public.recovery_code',
  'public.session',
  'public.sign_in_attempt',
  'public.spent_nonce',
  'public.totp_factor',
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
    assert.equal(await codeOf(t.worker.db.run({ text })), '42501', text)
})
