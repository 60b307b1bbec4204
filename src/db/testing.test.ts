import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { blank, type TestDatabase, testDatabase } from './testing.ts'

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

test('each test gets a database of its own, made from the same template', async () => {
  const template = {
    name: 'one_table',
    prepare: async (url: string) => void (await ask(url, 'create table seed as select 7 as n')),
  }
  const made = await Promise.all([1, 2, 3].map(() => testDatabase(template)))
  const [first, second] = made as [TestDatabase, TestDatabase]
  await ask(first.url, 'update seed set n = 8')
  assert.deepEqual(await ask(second.url, 'select n, current_user as who from seed'), [{ n: 7, who: 'credit_owner' }])
  await Promise.all(made.map(database => database.drop()))
  await assert.rejects(ask(first.url, 'select 1'), /does not exist/)
})

test('a template that could not be prepared is not used half made', async () => {
  let attempts = 0
  const prepare = async (url: string): Promise<void> => {
    attempts += 1
    await ask(url, 'create table half (n int)')
    if (attempts === 1) throw new Error('cut short')
  }
  const template = { name: `torn_${process.pid}`, prepare }
  await assert.rejects(testDatabase(template), /cut short/)
  const database = await testDatabase(template)
  assert.equal(attempts, 2)
  await database.drop()
})

test('drop ends the sessions that are still open', async () => {
  const database = await testDatabase(blank)
  const client = new Client({ connectionString: database.superuserUrl })
  const ended = new Promise(done => client.on('error', done))
  await client.connect()
  await database.drop()
  assert.match(String(await ended), /terminat/)
})
