import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { type Database, openDatabase, type Row } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type AuditReport, audit } from './audit.ts'
import { runAudit } from './audit-command.ts'
import { signCheckpoint } from './checkpoint.ts'
import { leafHash } from './merkle.ts'
import { sequenceRound } from './sequence.ts'
import { fileInvented, lookAt, lookAtNobody } from './testing-log.ts'

const TABLES = ['fact', 'fact_content', 'act', 'look', 'look_miss', 'ledger_batch', 'ledger_tile', 'checkpoint', 'pub.checkpoint']

type Column = { name: string; type: string }

/** One byte more or less, for each type a column may have. */
const changed: Readonly<Record<string, (column: string) => string>> = {
  bigint: column => `coalesce(${column}, 0) + 1`,
  integer: column => `${column} + 1`,
  smallint: column => `${column} + 1`,
  date: column => `coalesce(${column}, date '2026-02-02') + 1`,
  bytea: column => `set_byte(${column}, 0, get_byte(${column}, 0) # 1)`,
  text: column => `overlay(coalesce(${column}, 'x') placing '~' from 1 for 1)`,
  json: column => `overlay(${column}::text placing ' }' from length(${column}::text))::json`,
  jsonb: column => `${column} || '{"count":99}'`,
  'text[]': column => `array_append(${column}, 'x')`,
  // Less than a millisecond: what JavaScript's clock does not see.
  'timestamp with time zone': column => `${column} + interval '1 microsecond'`,
}

/** Columns held by a check constraint take another of its words; together with what the constraint ties them to. */
const constrained: Readonly<Record<string, string>> = {
  'fact.kind': "kind = case kind when 'correction' then 'annulment' else 'correction' end, replaces = coalesce(replaces, 1)",
  'fact.replaces': 'replaces = replaces + 1',
  'fact_content.kind': "kind = 'gravity'",
  'ledger_batch.kind': "kind = case kind when 'look' then 'change' else 'look' end",
  'ledger_tile.level': 'level = level + 9',
  'ledger_tile.place': 'place = place + 9',
  'ledger_batch.leaf_count': 'leaf_count = leaf_count - 1, leaves = substring(leaves for octet_length(leaves) - 32)',
}

/** Where a change is told of when it is not the table itself: contents at their fact, batches at their rows too. */
const toldOf: Readonly<Record<string, readonly string[]>> = {
  fact_content: ['fact'],
  ledger_batch: ['ledger_batch', 'act', 'look', 'look_miss', 'checkpoint'],
}

/** The row that is changed; of `fact` and `fact_content` a correction, whose `replaces` is not null. */
const picked: Readonly<Record<string, string>> = {
  fact: "select ctid from fact where kind = 'correction' limit 1",
  fact_content: "select ctid from fact_content where kind = 'correction' limit 1",
  ledger_tile: 'select ctid from ledger_tile order by place limit 1',
}

describe('M078 · principle 11 · mingxin audit finds one changed byte', () => {
  let t: TestApp
  let admin: Database
  let logBefore = ''

  async function columnsOf(table: string): Promise<Column[]> {
    return admin.rows<Column & Row>({
      text: `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      values: [table],
    })
  }

  /** Runs a deed as superuser in the database's one table, audits, and puts everything back as it was. */
  async function auditAfter(table: string, deed: string): Promise<AuditReport> {
    await admin.run({ text: `drop table if exists kept; create table kept as table ${table}` })
    assert.ok((await admin.run({ text: deed })) > 0, 'nothing was changed')
    const report = await audit(t.worker)
    await admin.run({ text: `delete from ${table}; insert into ${table} table kept; drop table kept` })
    return report
  }

  before(async () => {
    t = await openTestApp()
    admin = openDatabase(t.database.superuserUrl, { max: 1 })
    await fileInvented(t.app, 400)
    await lookAt(t.app, 1001, 1002)
    await sequenceRound(t.worker)
    await lookAtNobody(t.app)
    await lookAt(t.app, 1003)
    await change(t.app, SYSTEM, { deed: 'report.issue', entity: 'subject:1001', detail: { pages: 3 } }, issueReport)
    await sequenceRound(t.worker)
    logBefore = JSON.stringify(await contentsOf())
  })
  after(async () => {
    await admin.close()
    await t.close()
  })

  async function issueReport(made: { tx: Pick<Database, 'run'> }): Promise<void> {
    const pdf = Buffer.from('%PDF-1.7 invented')
    const { hash } = await t.app.files.put(pdf)
    await made.tx.run({
      text: `insert into report (subject_id, report_id, code, number, kind, layout, issued_at, issued_to, pages, digest, pdf_hash, model_hash, fact_ids, log_size)
        values (1001, 5, 'CODE', 'NO', 'public', 'x', $1, 'x', 3, $2, $3, 'x', '{}', 0)`,
      values: [t.app.now(), createHash('sha256').update(pdf).digest(), hash],
    })
    await made.tx.run({
      text: "insert into pub.change (change_id, at, deed, record_ids, subject_ids) select n, $1, 'shown', '{}', '{}' from generate_series(1, 3) n",
      values: [t.app.now()],
    })
  }

  async function contentsOf(): Promise<Row[]> {
    return Promise.all(
      TABLES.map(
        async name =>
          (await admin.rows({ text: `select md5(string_agg(x::text, ' ' order by x::text)) as digest from ${name} x` }))[0] ?? {},
      ),
    )
  }

  test('an honest log has no flaw, and everything was looked at', async () => {
    const report = await audit(t.worker)
    assert.deepEqual(report.flaws, [])
    const { facts, acts, looks, misses, batches, unsequenced, checkpoints, changes, reports, size } = report
    assert.deepEqual(
      { facts, acts, looks, misses, batches, unsequenced, checkpoints, changes, reports, size },
      { facts: 400, acts: 2, looks: 3, misses: 1, batches: 5, unsequenced: 0, checkpoints: 2, changes: 3, reports: 1, size: 406 },
    )
  })

  for (const table of TABLES) {
    test(`every column of ${table}, one byte at a time`, async each => {
      for (const { name, type } of await columnsOf(table)) {
        await each.test(`${table}.${name}`, async () => {
          const set =
            constrained[`${table}.${name}`] ?? `${name} = ${(changed[type] ?? assert.fail(`no change for type ${type}`))(name)}`
          const row = picked[table] ?? `select ctid from ${table} limit 1`
          const report = await auditAfter(
            table,
            `update ${table} set ${set} where (tableoid, ctid) in (select tableoid, ctid from (${row.replace('select ctid', 'select tableoid, ctid')}) x)`,
          )
          const tables = new Set(report.flaws.map(flaw => flaw.table))
          const told = toldOf[table] ?? [table]
          assert.ok(
            told.some(name => tables.has(name)),
            `the audit told of ${[...tables].join(' ') || 'nothing'}`,
          )
        })
      }
    })
  }

  const deeds: readonly (readonly [string, string, string, string])[] = [
    // what was done                    table           SQL                                                            flaw
    ['a null that was a day', 'fact', 'update fact set report_due_on = null where report_due_on is not null', 'fact leaf'],
    ['a deleted fact', 'fact', 'delete from fact where row_no = 5', 'ledger_batch row-missing'],
    ['a deleted look', 'look', 'delete from look where subject_id = 1002', 'ledger_batch row-missing'],
    ['a deleted act', 'act', "delete from act where deed = 'test.file'", 'ledger_batch row-missing'],
    ['a deleted content', 'fact_content', 'delete from fact_content where subject_id = 1005', 'fact content-gone'],
    [
      'a content of nobody',
      'fact_content',
      'insert into fact_content select (jsonb_populate_record(null::fact_content, to_jsonb(c) || \'{"fact_id":1}\')).* from fact_content c limit 1',
      'fact_content fact-missing',
    ],
    [
      'a fact that was slipped in',
      'fact',
      'insert into fact select subject_id, decided_on, 1, item, edition, authority, kind, replaces, known_from, received_on, report_due_on, delivery_id, row_no, row_hash, matched_by, batch_id, leaf_no, commitment from fact where row_no = 3',
      'fact leaf',
    ],
    [
      'a look copied to another instant',
      'look',
      "insert into look select subject_id, at - interval '1 day', look_id, actor, unit, outlet, purpose, business_no, basis, shown, until, receipt, batch_id, leaf_no from look where subject_id = 1003",
      'look leaf',
    ],
    ['a day without end', 'fact', "update fact set received_on = 'infinity' where row_no = 5", 'fact leaf'],
    ['a look at no instant', 'look', "update look set at = 'infinity' where subject_id = 1003", 'look leaf'],
    ['a leaf number beyond counting', 'fact', 'update fact set leaf_no = 2147483647 where row_no = 5', 'fact batch-missing'],
    [
      'a batch without a place',
      'ledger_batch',
      'update ledger_batch set first_leaf = null, sequenced_at = null where first_leaf = 0',
      'ledger_batch first_leaf',
    ],
    ['a lost tile', 'ledger_tile', 'delete from ledger_tile where place = 0', 'ledger_tile tile-missing'],
    [
      'a tile too many',
      'ledger_tile',
      "insert into ledger_tile values (0, 9, '\\x00'), (3, 0, '\\x00')",
      'ledger_tile tile-stray',
    ],
    [
      'a tile that grew',
      'ledger_tile',
      'update ledger_tile set hashes = hashes || sha256(hashes) where place = 1',
      'ledger_tile hashes',
    ],
    ['the last checkpoint deleted', 'checkpoint', 'delete from checkpoint where size = 406', 'checkpoint checkpoint-missing'],
    ['a checkpoint unpublished', 'pub.checkpoint', 'delete from pub.checkpoint where size = 406', 'pub.checkpoint published'],
    ['a key of a stranger', 'pub.log_key', "update pub.log_key set verifier = verifier || 'A'", 'pub.log_key key-unknown'],
    ['a number that a change has not', 'pub.change', 'update pub.change set seq = 9 where seq = 3', 'pub.change seq-gap'],
    [
      'a report of other bytes',
      'report',
      'update report set digest = set_byte(digest, 0, get_byte(digest, 0) # 1)',
      'report digest',
    ],
    ['a report whose file is gone', 'report', "update report set pdf_hash = repeat('0', 64)", 'report file'],
    [
      'a number JavaScript cannot tell from 400',
      'act',
      "update act set detail = '{\"count\":400.00000000000000000001}' where deed = 'test.file'",
      'act leaf',
    ],
  ]
  for (const [name, table, deed, flaw] of deeds) {
    test(`${name} is found`, async () => {
      const { flaws } = await auditAfter(table, deed)
      assert.ok(
        flaws.some(found => `${found.table} ${found.differs}` === flaw),
        JSON.stringify(flaws),
      )
    })
  }

  test('a log cut off at an older checkpoint is whole in itself; only a checkpoint kept elsewhere shows it', async () => {
    const [last] = await admin.rows<{ note: string }>({ text: 'select note from checkpoint order by size desc limit 1' })
    const kept = [last?.note ?? '']
    assert.equal((await audit(t.worker, { kept })).flawCount, 0)
    const signers = t.app.keys.signers('log-signing')
    const other = signCheckpoint({ origin: 'mingxin/example', size: 403, root: leafHash(Buffer.from('other')) }, signers)
    assert.deepEqual((await audit(t.worker, { kept: [other] })).flaws, [
      { table: 'kept-checkpoint', key: 'size=403', differs: 'root' },
    ])
    const longer = signCheckpoint({ origin: 'mingxin/example', size: 500, root: leafHash(Buffer.from('longer')) }, signers)
    assert.deepEqual((await audit(t.worker, { kept: [longer] })).flaws, [
      { table: 'kept-checkpoint', key: 'size=500', differs: 'size' },
    ])
    assert.equal((await audit(t.worker, { kept: ['nonsense'] })).flaws[0]?.differs, 'checkpoint.malformed')
  })

  test('the command answers 0 when clean, 1 with flaws, 2 when called wrongly; --json gives the report', async () => {
    const lines: string[] = []
    const say = (line: string) => lines.push(line)
    assert.equal(await runAudit(t.worker, [], say), 0)
    assert.match(lines.join('\n'), /406/)
    assert.equal(await runAudit(t.worker, ['--fast'], say), 2)
    lines.length = 0
    await admin.run({ text: 'update look set actor = actor || 1 where subject_id = 1003' })
    assert.equal(await runAudit(t.worker, ['--json'], say), 1)
    const told = JSON.parse(lines.join('\n')) as AuditReport
    assert.deepEqual(told.flaws.map(flaw => flaw.table).sort(), ['ledger_batch', 'look'])
    lines.length = 0
    assert.equal(await runAudit(t.worker, [], say), 1)
    assert.match(lines.join('\n'), /look subject_id=1003/)
    await admin.run({ text: 'update look set actor = left(actor, -1) where subject_id = 1003' })
  })

  test('after all this the log is as it was, and clean', async () => {
    assert.equal(JSON.stringify(await contentsOf()), logBefore)
    assert.deepEqual((await audit(t.worker)).flaws, [])
  })

  test('while the platform files, looks and sequences, an audit finds nothing amiss', async () => {
    let isDone = false
    const busy = async (deed: () => Promise<unknown>) => {
      while (!isDone) await deed()
    }
    const work = [busy(() => fileInvented(t.app, 50)), busy(() => lookAt(t.app, 1001)), busy(() => sequenceRound(t.worker))]
    const sizes: number[] = []
    for (let i = 0; i < 6; i++) {
      const { flaws, size } = await audit(t.worker)
      assert.deepEqual(flaws, [])
      sizes.push(size)
    }
    isDone = true
    await Promise.all(work)
    await sequenceRound(t.worker)
    assert.ok((sizes.at(-1) ?? 0) > (sizes[0] ?? 0), 'nothing was going on')
  })

  test('batches without a place are counted, their rows compared all the same', async () => {
    await fileInvented(t.app, 20)
    assert.deepEqual([(await audit(t.worker)).unsequenced, (await audit(t.worker)).flawCount], [1, 0])
    await admin.run({ text: "update fact set authority = 'other' where fact_id = (select max(fact_id) from fact)" })
    assert.ok((await audit(t.worker)).flawCount > 0)
  })
})
