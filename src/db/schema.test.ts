import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Database, openDatabase } from './database.ts'
import { dumpSchema } from './dump.ts'
import { listMigrations } from './migrate.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

describe('the schema is what schema.sql says', () => {
  let database: TestDatabase
  let owner: Database
  let fresh = ''

  before(async () => {
    database = await testDatabase()
    owner = openDatabase(database.url, { max: 1 })
    fresh = await dumpSchema(owner)
  })
  after(async () => {
    await owner.close()
    await database.drop()
  })

  test('a fresh database is the committed dump, rights included', async () => {
    const committed = await readFile(join(import.meta.dirname, 'schema.sql'), 'utf8')
    assert.equal(fresh, committed, 'the migrations make another schema; run `npm run schema` and read the difference')
  })

  test('every migration has a number of its own', async () => {
    const numbers = (await listMigrations()).map(one => one.number)
    assert.equal(new Set(numbers).size, numbers.length, 'two files of one number: the second would be taken for a changed first')
  })

  test('partitions of a month leave it as it is', async () => {
    await owner.run({ text: "select make_fact_month('2026-03-01')" })
    assert.equal(await dumpSchema(owner), fresh)
  })

  // One change a line; the dump must tell of every one.
  const changes = [
    'alter table look add column extra text',
    "alter table look alter column unit set default 'x'",
    'alter table look alter column unit set not null',
    'alter table look alter column purpose type varchar(40)',
    'alter table look alter column purpose set storage external',
    'alter table look drop constraint look_key',
    'alter table look add constraint look_extra check (purpose <> business_no)',
    'create index look_extra on look (actor)',
    'drop index look_receipt',
    "comment on table look is 'other'",
    "comment on column look.unit is 'other'",
    'grant delete on look to credit_app',
    'grant update (unit) on look to credit_app',
    'revoke insert on look from credit_look',
    'grant select on look to public',
    'grant usage on schema pub to public',
    'revoke usage on schema pub from credit_portal',
    'create schema extra; alter table look set schema extra',
    'create table extra (x int)',
    'create view extra as select 1 as x',
    'create sequence extra',
    'alter sequence id_block increment by 10',
    'grant usage on sequence id_block to credit_portal',
    'create function extra() returns int language sql as $$ select 1 $$',
    'alter function make_fact_month(date) security invoker',
    'grant execute on function make_fact_month(date) to credit_portal',
    'alter table look enable row level security',
    'create trigger extra before insert on look execute function suppress_redundant_updates_trigger()',
    'alter table look set (fillfactor = 70)',
  ]
  for (const change of changes) {
    test(`the dump tells of: ${change}`, async () => {
      const told = owner.transaction(async tx => {
        await tx.run({ text: change })
        throw new Undone(await dumpSchema(tx))
      })
      await assert.rejects(told, (undone: Undone) => undone.dump?.length > 1000 && undone.dump !== fresh)
    })
  }
})

/** Takes a dump out of a transaction that is rolled back. */
class Undone extends Error {
  readonly dump: string
  constructor(dump: string) {
    super('rolled back')
    this.dump = dump
  }
}

/** Tables with a column subject_id that are not stored with their subject: each is found by another key, or is small and local. */
const notWithTheirSubject = [
  'name_lookup', // by name_key
  'identifier_lookup', // by value
  'report_lookup', // by code
  'record_key', // by number_hash
  'waiting_row', // a work list
  'waiting_decision', // a work list
  'authorisation_request', // by code; whose it is is known when it is scanned
  'authorisation_answer', // by request
  'account', // people at the door
]

describe('one schema for PostgreSQL and Citus', () => {
  let database: TestDatabase
  let owner: Database
  const ours = "relnamespace in ('public'::regnamespace, 'pub'::regnamespace) and relkind in ('r', 'p') and not relispartition"
  const withSubject = `select c.oid, c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'subject_id' where ${ours}`
  const subjectTables = `select oid from (${withSubject}) w where relname <> all ($1)`
  const names = async (text: string, values: unknown[] = [notWithTheirSubject]) =>
    (await owner.rows<{ name: string }>({ text, values })).map(row => row.name)

  before(async () => {
    database = await testDatabase()
    owner = openDatabase(database.url, { max: 1 })
  })
  after(async () => {
    await owner.close()
    await database.drop()
  })

  test('the list of exceptions names tables that exist and have the column', async () => {
    const found = await names(`select relname as name from (${withSubject}) w where relname = any ($1)`)
    assert.deepEqual(found.sort(), [...notWithTheirSubject].sort())
  })

  test('every table has a primary key; that of a subject begins with subject_id', async () => {
    assert.deepEqual(
      await names(
        `select relname as name from pg_class c where ${ours} and not exists (select from pg_index where indrelid = c.oid and indisprimary)`,
        [],
      ),
      [],
    )
    assert.deepEqual(
      await names(`select indexrelid::regclass::text as name from pg_index join pg_attribute on attrelid = indrelid and attname = 'subject_id'
        where indrelid in (${subjectTables}) and indisprimary and indkey[0] <> attnum`),
      [],
    )
  })

  test('every unique constraint and unique index of a subject has subject_id in it', async () => {
    assert.deepEqual(
      await names(`select indexrelid::regclass::text as name from pg_index join pg_attribute on attrelid = indrelid and attname = 'subject_id'
        where indrelid in (${subjectTables}) and indisunique and attnum <> all (indkey)`),
      [],
    )
  })

  test('subject_id is a bigint that is never null, everywhere it is the key', async () => {
    assert.deepEqual(
      await names(`select attrelid::regclass::text as name from pg_attribute where attrelid in (${subjectTables}) and attname = 'subject_id'
        and (atttypid <> 'bigint'::regtype or not attnotnull)`),
      [],
    )
  })

  test('no triggers, no rules, no foreign keys from local tables to those of subjects', async () => {
    assert.deepEqual(
      await names(
        `select tgname as name from pg_trigger where not tgisinternal and tgrelid in (select oid from pg_class where ${ours})`,
        [],
      ),
      [],
    )
    assert.deepEqual(
      await names(`select rulename as name from pg_rewrite where ev_class in (select oid from pg_class where ${ours})`, []),
      [],
    )
    assert.deepEqual(
      await names(
        `select conname as name from pg_constraint where contype = 'f' and confrelid in (${subjectTables}) and conrelid not in (${subjectTables})`,
      ),
      [],
    )
  })

  test('names of constraints and indexes leave room for the number of a shard', async () => {
    const long = `select conname as name from pg_constraint where conrelid in (select oid from pg_class where ${ours}) and length(conname) > 45
      union all select indexrelid::regclass::text from pg_index where indrelid in (select oid from pg_class where ${ours}) and length(indexrelid::regclass::text) > 45`
    assert.deepEqual(await names(long, []), [])
  })
})
