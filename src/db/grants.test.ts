import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Database, openDatabase } from './database.ts'
import { appended, closed, completed, free, kept, readOnly } from './testing-grants.ts'

/*
 * What the doors' own logins may do, tried out as those logins. Every table must stand in one of the lists of testing-grants.ts: a new one is not
 * forgotten, because the first test fails.
 */

const DENIED = '42501'

describe('principle 11 · append-only is a grant, tried out as the application', () => {
  let t: TestApp
  let owner: Database
  let tables: string[] = []
  const codeOf = (database: Database, text: string): Promise<string> =>
    database.run({ text }).then(
      () => 'allowed',
      (error: { code?: string }) => error.code ?? 'no code',
    )
  /** Permission is asked for before a row is looked for. */
  const columnsOf = async (table: string): Promise<string[]> =>
    (
      await owner.rows<{ name: string }>({
        text: 'select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attname',
        values: [table],
      })
    ).map(row => row.name)
  const changeable = async (table: string): Promise<string[]> => {
    const columns: string[] = []
    for (const name of await columnsOf(table)) {
      if ((await codeOf(t.worker.db, `update ${table} set ${name} = default where false`)) === 'allowed') columns.push(name)
    }
    return columns
  }

  before(async () => {
    t = await openTestApp()
    owner = openDatabase(t.database.url, { max: 1 })
    await owner.run({ text: "select make_fact_month('2026-03-01')" })
    tables = (
      await owner.rows<{ name: string }>({
        text: `select oid::regclass::text as name from pg_class where relnamespace in ('public'::regnamespace, 'pub'::regnamespace)
          and relkind in ('r', 'p', 'v', 'm') order by 1`,
      })
    ).map(row => row.name)
  })
  after(async () => {
    await owner.close()
    await t.close()
  })

  test('every table is known to this test', () => {
    const known = [...appended, ...Object.keys(completed), ...kept, ...free, ...closed, ...readOnly]
    const partitions = tables.filter(name => /^fact_(\d{4}_\d\d|earlier)$/.test(name))
    assert.deepEqual(tables.filter(name => !partitions.includes(name)).sort(), known.sort())
    assert.equal(partitions.length, 1)
  })

  for (const table of appended) {
    test(`${table} can be read and appended, nothing else`, async () => {
      assert.equal(await codeOf(t.worker.db, `select from ${table} limit 1`), 'allowed')
      assert.equal(await codeOf(t.worker.db, `insert into ${table} select * from ${table} where false`), 'allowed')
      assert.deepEqual(await changeable(table), [])
      assert.equal(await codeOf(t.worker.db, `delete from ${table} where false`), DENIED)
      assert.equal(await codeOf(t.worker.db, `truncate ${table}`), DENIED)
    })
  }

  for (const table of readOnly) {
    test(`${table} is read, and nothing else`, async () => {
      assert.equal(await codeOf(t.worker.db, `select from ${table} limit 1`), 'allowed')
      assert.equal(await codeOf(t.worker.db, `insert into ${table} select * from ${table} where false`), DENIED)
      assert.deepEqual(await changeable(table), [])
      assert.equal(await codeOf(t.worker.db, `delete from ${table} where false`), DENIED)
    })
  }

  for (const [table, columns] of Object.entries(completed)) {
    test(`${table} is appended, and ${columns.join(', ')} filled in later`, async () => {
      assert.deepEqual(await changeable(table), columns)
      assert.equal(await codeOf(t.worker.db, `delete from ${table} where false`), DENIED)
      assert.equal(await codeOf(t.worker.db, `truncate ${table}`), DENIED)
    })
  }

  for (const table of kept) {
    test(`${table} is changed, never deleted`, async () => {
      assert.deepEqual(await changeable(table), await columnsOf(table))
      assert.equal(await codeOf(t.worker.db, `delete from ${table} where false`), DENIED)
      assert.equal(await codeOf(t.worker.db, `truncate ${table}`), DENIED)
    })
  }

  test('a partition is no way around its table', async () => {
    for (const deed of ['select from', 'delete from', 'truncate']) {
      assert.equal(await codeOf(t.worker.db, `${deed} fact_2026_03`), DENIED, deed)
    }
    assert.equal(await codeOf(t.worker.db, 'drop table fact_2026_03'), DENIED)
  })

  test('the application alters no table, makes none, and is nobody else', async () => {
    for (const table of tables.filter(name => name !== 'public_report')) {
      assert.equal(await codeOf(t.worker.db, `alter table ${table} add column extra int`), DENIED, table)
      assert.equal(await codeOf(t.worker.db, `drop table ${table}`), DENIED, table)
    }
    for (const deed of [
      'create table extra (x int)',
      'create table pub.extra (x int)',
      'create schema extra',
      'set role credit_owner',
      'create function pub.extra() returns int language sql as $$ select 1 $$',
      'insert into migration select * from migration',
    ]) {
      assert.equal(await codeOf(t.worker.db, deed), DENIED, deed)
    }
  })

  describe('the portal sees the schema pub only', () => {
    let portal: Database
    before(() => {
      portal = openDatabase(t.portalUrl, { max: 1 })
    })
    after(() => portal.close())

    test('of pub it reads every table and changes none', async () => {
      for (const table of tables.filter(name => name.startsWith('pub.'))) {
        assert.equal(await codeOf(portal, `select from ${table} limit 1`), 'allowed', table)
        assert.equal(await codeOf(portal, `insert into ${table} select * from ${table} where false`), DENIED, table)
        assert.equal(await codeOf(portal, `delete from ${table}`), DENIED, table)
        for (const name of await columnsOf(table)) {
          assert.equal(await codeOf(portal, `update ${table} set ${name} = default`), DENIED, `${table}.${name}`)
        }
      }
    })

    test('of everything else it reads nothing: tables, their partitions, columns, sequences, the queue', async () => {
      const others = await owner.rows<{ name: string; kind: string }>({
        text: `select format('%I.%I', nspname, relname) as name, relkind as kind from pg_class c join pg_namespace n on n.oid = relnamespace
          where nspname !~ '^pg_' and nspname not in ('pub', 'information_schema') and relkind in ('r', 'p', 'v', 'm', 'S')`,
      })
      assert.ok(others.length > 40)
      for (const { name, kind } of others) {
        assert.equal(await codeOf(portal, `select * from ${name} limit 1`), DENIED, name)
        if (kind === 'S') assert.equal(await codeOf(portal, `select nextval('${name}')`), DENIED, name)
        else assert.equal(await codeOf(portal, `delete from ${name}`), DENIED, name)
      }
    })

    test('it calls no function outside pub', async () => {
      const functions = await owner.rows<{ call: string }>({
        text: `select format('%I.%I(%s)', nspname, proname, (select string_agg('null::' || format_type(t, null), ', ') from unnest(proargtypes) t)) as call
          from pg_proc join pg_namespace n on n.oid = pronamespace
          where nspname !~ '^pg_' and nspname not in ('pub', 'information_schema') and prokind = 'f' and prorettype <> 'trigger'::regtype`,
      })
      assert.ok(functions.length > 2)
      for (const { call } of functions) assert.equal(await codeOf(portal, `select ${call}`), DENIED, call)
    })

    test('it makes nothing and is nobody else', async () => {
      for (const deed of [
        'create table public.extra (x int)',
        'create table pub.extra (x int)',
        'set role credit_app',
        'set role credit_owner',
      ]) {
        assert.equal(await codeOf(portal, deed), DENIED, deed)
      }
    })
  })
})
