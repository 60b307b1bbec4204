import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Database, openDatabase } from './database.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
let database: TestDatabase
let owner: Database

before(async () => {
  database = await testDatabase()
  owner = openDatabase(database.url, { max: 1 })
})
after(async () => {
  await owner.close()
  await database.drop()
})

test('accounts of a filled database that have a password stay activated, with their roles, when first codes come', async () => {
  // The database as it was before this migration, with an account from then.
  await owner.run({
    text: `drop table first_code;
      alter table account drop constraint account_password_of_owner;
      alter table account drop column activated_at;
      alter table account alter column password set not null;
      insert into account (account_id, login, name, unit, password, made_at) values (7, 'from-before', '老账号', 'health', '$argon2id$', '2025-03-01T00:00:00Z')`,
  })
  const file = readdirSync(FOLDER).find(name => name.endsWith('_first_codes.sql')) ?? ''
  await owner.run({ text: readFileSync(join(FOLDER, file), 'utf8') })
  const rows = await owner.rows({ text: 'select login, password, activated_at as at from account' })
  assert.deepEqual(rows, [{ login: 'from-before', password: '$argon2id$', at: new Date('2025-03-01T00:00:00Z') }])
})
