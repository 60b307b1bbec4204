import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { beginSession } from '../access/sign-in.ts'
import { readConfig } from '../config.ts'
import { KEY_DAY, temporaryFolder } from '../crypto/testing.ts'
import { openDatabase, sql } from '../db/database.ts'
import { migrated, testDatabase } from '../db/testing.ts'
import { type ExampleAccount, makeExampleAccounts } from '../demo/accounts.ts'
import { openApp } from '../open-app.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { loadWords } from '../words/words.ts'
import { type ExampleCity, loadExampleCity, sayExampleCity } from './example-city.ts'
import { makeKeys } from './keys-command.ts'

/* The example city's passwords are public. They are said where they are true, and nowhere else. */

const words = loadWords()
let t: TestApp
let city: ExampleCity
before(async () => {
  t = await openTestApp()
  city = { accounts: await makeExampleAccounts(t.worker), program: { client: 'c', key: 'k', file: 'f' }, aheadMs: 0 }
})
after(() => t.close())

function saidUnder(env: Readonly<Record<string, string>>, loaded: ExampleCity | null): string {
  const lines: string[] = []
  sayExampleCity(readConfig(env), loaded, (code, facts) => lines.push(words.say(code, facts)))
  return lines.join('\n')
}

test('the start of the example city says how to sign in to it', () => {
  const said = saidUnder({}, city)
  assert.ok(city.accounts.length > 5)
  for (const { login, password } of city.accounts) assert.ok(said.includes(`${login}  密码 ${password}`), login)
})

test('an example account whose making was cut short is activated at the next start, with its code; one under a reset is left alone', async () => {
  const [one, other] = city.accounts as [ExampleAccount, ExampleAccount]
  await t.worker.db.run(sql`update account set password = null, activated_at = null where login = ${one.login}`)
  await t.worker.db.run(sql`update account set password = null where login = ${other.login}`)
  await makeExampleAccounts(t.worker)
  const caller = { address: '10.0.0.4', agent: '', before: '' }
  assert.equal((await beginSession(t.app, one.login, one.password, caller)).step, 'whole')
  await assert.rejects(beginSession(t.app, other.login, other.password, caller), { code: 'access.wrong-login' })
  const [act] = await t.worker.db.rows<{ deed: string }>(sql`select deed from act where deed = 'first-code.issue'`)
  assert.ok(act, 'through the same command as everybody')
})

for (const [what, env] of [
  ['NODE_ENV=production', { NODE_ENV: 'production' }],
  ['MINGXIN_PRODUCTION=1', { MINGXIN_PRODUCTION: '1' }],
  ['production that is told to show the example city', { NODE_ENV: 'production', MINGXIN_DEMO: '1' }],
  ['MINGXIN_DEMO=0', { MINGXIN_DEMO: '0' }],
] as const)
  test(`M458 · ${what}: no example account is made, and no password is said`, () => {
    assert.equal(readConfig(env).demo, false)
    assert.equal(saidUnder(env, city), '')
  })

test('another city, and one that was not loaded, has nothing to say', () => {
  assert.equal(saidUnder({}, null), '')
})

test('M458 · neither production nor another city is filled with the example city, and nothing is written before that is known', async t2 => {
  const empty = await openTestApp()
  t2.after(() => empty.close())
  const { worker } = empty
  const never = new AbortController().signal
  for (const app of [
    { ...worker, city: { ...worker.city, inventedPrefixes: [] } },
    { ...worker, config: { ...worker.config, production: true } },
  ]) {
    await assert.rejects(
      loadExampleCity(app, () => undefined, never, ''),
      RangeError,
    )
    await assert.rejects(makeExampleAccounts(app), RangeError)
  }
  for (const table of ['setting', 'account', 'delivery'])
    assert.deepEqual(await worker.db.rows({ text: `select from ${table} limit 1` }), [], table)
})

test('M458 · production refuses a database that was begun as the example city, whatever its files say now', async t2 => {
  const database = await testDatabase(migrated)
  t2.after(() => database.drop())
  const [dataDir, masterFolder] = [await temporaryFolder(t2), await temporaryFolder(t2)]
  const desk = { folder: join(dataDir, 'keys'), masterFolder, now: KEY_DAY, words, out: () => undefined }
  assert.equal(await makeKeys(['--by', '密钥管理员甲'], desk), 0)
  const config = readConfig({ MINGXIN_PRODUCTION: '1', MINGXIN_DATA: dataDir, MINGXIN_MASTER_KEYS: masterFolder })
  const refusedFor = async (): Promise<string> =>
    await openApp({ config, databases: { app: database.url }, dataDir, now: () => KEY_DAY }).then(
      async app => await app.close().then(() => 'nothing'),
      (error: { code?: string }) => error.code ?? String(error),
    )
  // The law of the example city is no law for production: an empty database is kept back by that alone.
  assert.equal(await refusedFor(), 'law.flawed')
  const owner = openDatabase(database.url, { max: 1 })
  await owner.run({ text: `insert into setting (name, value) values ('example-city.last-day', '"2026-11-20"')` })
  await owner.close()
  assert.equal(await refusedFor(), 'start.example-city-in-production')
})
