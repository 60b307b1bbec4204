import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NON_PUBLIC } from '../access/non-public.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Database, openDatabase } from './database.ts'

/*
 * A login for each way into the database, tried out as those logins: every table × every login. What the line may do stands in
 * grants.test.ts; the portal's login is tried there, too.
 */

/** What the look's login reads besides: ids and how they hang together, who is who, what is public. */
const LOOK_READS_TOO = [
  ...['subject', 'subject_link', 'report_lookup', 'authorisation', 'authorisation_use'],
  ...['case_file', 'case_entry', 'case_clock', 'correction', 'receiver_notice'],
]
/** The look's login writes its entry, counts reads by an authorisation, and nothing else. */
const LOOK_WRITES: Readonly<Record<string, readonly string[]>> = {
  look: ['insert'],
  look_miss: ['insert'],
  ledger_batch: ['insert'],
  authorisation_use: ['update reads', 'update last_read_at'],
}
/** What the door writes without an act, column by column where that is all. */
const DOOR_WRITES: Readonly<Record<string, readonly string[]>> = {
  // A counter of wrong tries.
  sign_in_attempt: ['insert', 'update', 'delete'],
  // Counted by hour for the auditor; a challenge is used once and gone.
  sign_in_tally: ['insert', 'update'],
  passkey_challenge: ['insert', 'update', 'delete'],
  // A signature counts once; how many requests a program made.
  spent_nonce: ['insert'],
  quota_count: ['insert', 'update'],
  // A sign-in at another provider, on its way.
  identity_request: ['insert', 'delete'],
  // When a session was last used.
  session: ['update seen_at'],
}
/** What no door reads: the platform's own bookkeeping, and what only changes ask. */
const CLOSED = ['migration', 'logout_token', 'portal_count', 'portal_salt']
/** What changes and the line do not write: the register of looks. */
const LINE_WRITES_NOT = ['look', 'look_miss', 'portal_count', 'portal_salt']

const DENIED = '42501'
const nonPublic = new Map(NON_PUBLIC.map(one => [one.table, one]))

describe('principle 8 · only the look’s login reads what is not public', () => {
  let t: TestApp
  let owner: Database
  let tables: { name: string; isTable: boolean }[] = []
  const codeOf = (database: Database, text: string): Promise<string> =>
    database.run({ text }).then(
      () => 'allowed',
      (error: { code?: string }) => error.code ?? 'no code',
    )
  const columnsOf = async (table: string): Promise<string[]> =>
    (
      await owner.rows<{ name: string }>({
        text: 'select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum',
        values: [table],
      })
    ).map(row => row.name)
  const readable = async (database: Database, table: string): Promise<string[]> => {
    const columns: string[] = []
    for (const name of await columnsOf(table))
      if ((await codeOf(database, `select ${name} from ${table} limit 1`)) === 'allowed') columns.push(name)
    return columns
  }
  const writable = async (database: Database, table: string): Promise<string[]> => {
    const found: string[] = []
    const may = async (text: string): Promise<boolean> => (await codeOf(database, text)) === 'allowed'
    // A default is no value that was read: the right to insert is asked for alone.
    const [first = ''] = await columnsOf(table)
    if ((await codeOf(database, `insert into ${table} (${first}) select null where false`)) === 'allowed') found.push('insert')
    const columns: string[] = []
    const all = await columnsOf(table)
    for (const name of all) if (await may(`update ${table} set ${name} = default where false`)) columns.push(name)
    if (columns.length === all.length) found.push('update')
    else found.push(...columns.map(name => `update ${name}`))
    if (await may(`delete from ${table} where false`)) found.push('delete')
    if (await may(`truncate ${table}`)) found.push('truncate')
    return found
  }

  before(async () => {
    t = await openTestApp()
    owner = openDatabase(t.database.url, { max: 1 })
    await owner.run({ text: "select make_fact_month('2026-03-01')" })
    tables = await owner.rows<{ name: string; isTable: boolean }>({
      text: `select oid::regclass::text as name, relkind in ('r', 'p') as "isTable" from pg_class
        where relnamespace in ('public'::regnamespace, 'pub'::regnamespace) and relkind in ('r', 'p', 'v', 'm') order by 1`,
    })
  })
  after(async () => {
    await owner.close()
    await t.close()
  })

  const isPartition = (name: string): boolean => /^fact_(\d{4}_\d\d|earlier)$/.test(name)

  test('the pools of the door are three logins', async () => {
    const names = await Promise.all(
      [t.app.db, t.app.looks, t.app.changes].map(pool => pool.row<{ name: string }>({ text: 'select current_user as name' })),
    )
    assert.deepEqual(
      names.map(row => row?.name),
      ['mingxin_test_door', 'mingxin_test_look', 'mingxin_test_app'],
    )
  })

  test('what is listed as not public is there', () => {
    const there = new Set(tables.map(one => one.name))
    for (const { table } of NON_PUBLIC) assert.ok(there.has(table), table)
  })

  test('the door reads every plain table, and of those that are not public the columns named: nothing else', async () => {
    for (const { name } of tables) {
      const all = await columnsOf(name)
      const hidden = nonPublic.get(name)
      const expected = hidden ? (hidden.plain ?? []) : CLOSED.includes(name) || isPartition(name) ? [] : all
      assert.deepEqual((await readable(t.app.db, name)).sort(), [...expected].sort(), name)
      if (hidden) assert.equal(await codeOf(t.app.db, `select * from ${name} limit 1`), DENIED, name)
    }
  })

  test('the look reads what a look shows, what is public, and little else', async () => {
    for (const { name } of tables) {
      const hidden = nonPublic.get(name)
      const mayRead = name.startsWith('pub.') || hidden?.byLook || LOOK_READS_TOO.includes(name)
      assert.deepEqual(await readable(t.app.looks, name), mayRead ? await columnsOf(name) : [], name)
    }
  })

  test('the look writes its entry and what counts it; the door nothing that is an act', async () => {
    for (const { name } of tables.filter(one => one.isTable)) {
      assert.deepEqual(await writable(t.app.looks, name), LOOK_WRITES[name] ?? [], name)
      assert.deepEqual(await writable(t.app.db, name), DOOR_WRITES[name] ?? [], name)
    }
  })

  test('changes and the line write no look', async () => {
    for (const name of LINE_WRITES_NOT) assert.deepEqual(await writable(t.app.changes, name), [], name)
  })

  test('codes and names are answered with ids to exact values; nobody else may ask', async () => {
    const calls = [
      "subject_of_code('uscc', 'x')",
      "subjects_of_codes(array['uscc'], array['x'])",
      "organisations_of_names(array['x'])",
      "person_of_document('resident-id', array['x'], 'y')",
    ]
    for (const call of calls) {
      assert.equal(await codeOf(t.app.db, `select * from ${call}`), 'allowed', call)
      assert.equal(await codeOf(t.app.looks, `select * from ${call}`), DENIED, call)
    }
  })

  test('neither makes anything, alters anything, or is somebody else; the queue is the line’s', async () => {
    for (const pool of [t.app.db, t.app.looks]) {
      for (const deed of [
        'create table extra (x int)',
        'create schema extra',
        'drop table look',
        'alter table look add column extra int',
        'set role credit_app',
        'set role credit_owner',
        'select * from graphile_worker.jobs',
        "select graphile_worker.add_job('publish-subjects')",
      ])
        assert.notEqual(await codeOf(pool, deed), 'allowed', deed)
    }
  })
})
