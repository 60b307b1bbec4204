import assert from 'node:assert/strict'
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { actorNames } from '../access/actor-name.ts'
import { openActivated } from '../access/testing.ts'
import { day } from '../base/day.ts'
import { keyPurposes, makeKey, masterDirOf, readKeys, wrapKeys } from '../crypto/key-file.ts'
import { makeMaster, readMasters } from '../crypto/master-key.ts'
import { sql } from '../db/database.ts'
import { audit } from '../ledger/audit.ts'
import { sequenceRound } from '../ledger/sequence.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { enterKeys, type HeldKey, type KeyFolders, type KnownKey, keyChanges, operatorOf } from './keys-log.ts'

const RESIDENT_ID = inventedResidentId(5, day('1980-02-03'))

const held = (id: string, wrappedBy: string | null = 'm1'): HeldKey => ({
  ...{ id, wrappedBy, kind: 'key', purpose: 'data', suite: 'intl', madeBy: '甲' },
  ...{ madeAt: '2026-01-05T01:00:00.000Z', useFrom: '2026-01-05T01:00:00.000Z' },
})
const known = (id: string, wrappedBy: string | null = 'm1', isGone = false): KnownKey => ({ ...held(id, wrappedBy), isGone })

const rows: readonly (readonly [string, readonly HeldKey[], readonly KnownKey[], readonly string[]])[] = [
  ['nothing is new', [held('a')], [known('a')], []],
  ['the log knows no key yet', [held('a'), held('b')], [], ['key.make a', 'key.make b']],
  ['one was made', [held('a'), held('b')], [known('a')], ['key.make b']],
  ['one was wrapped anew', [held('a', 'm2')], [known('a')], ['key.wrap a']],
  ['a bare one was wrapped', [held('a')], [known('a', null)], ['key.wrap a']],
  ['one is gone', [], [known('a')], ['key.gone a']],
  ['one that is gone stays gone', [], [known('a', 'm1', true)], []],
  ['one came back from a backup', [held('a')], [known('a', 'm1', true)], ['key.return a']],
  ...(
    [
      ['kind', 'master-key'],
      ['purpose', 'file'],
      ['suite', 'gm'],
      ['madeAt', '2026-01-06T01:00:00.000Z'],
      ['madeBy', '乙'],
      ['useFrom', '2026-01-06T01:00:00.000Z'],
    ] as const
  ).map(
    ([column, value]) =>
      [`one tells another ${column}`, [{ ...held('a'), [column]: value }], [known('a')], ['key.change a']] as const,
  ),
  ['one was wrapped anew and tells another suite', [{ ...held('a', 'm2'), suite: 'gm' }], [known('a')], ['key.change a']],
]
for (const [title, holds, knows, said] of rows)
  test(`Decision 4 · the folder against the log: ${title}`, () => {
    const changes = keyChanges(holds, knows)
    assert.deepEqual(
      changes.map(one => `${one.deed} ${one.deed === 'key.gone' ? one.id : one.key.id}`),
      said,
    )
  })

let t: TestApp
let folders: KeyFolders
let worker: TestApp['app']
before(async () => {
  t = await openTestApp()
  worker = t.worker
  const keyDir = join(t.app.config.dataDir ?? '', 'keys')
  folders = { keyDir, masterDir: masterDirOf(keyDir) }
})
after(() => t.close())

type Act = { deed: string; actor: string; detail: Readonly<Record<string, string | null | object>> }
const acts = () => worker.db.rows<Act>(sql`select deed, actor, detail from act where entity = 'keys' order by at, act_id`)
const newActs = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = (await acts()).length
  await work()
  return (await acts()).slice(before).map(act => `${act.deed} ${act.actor} ${act.detail['purpose'] ?? act.detail['kind'] ?? ''}`)
}

test('principle 11 · keys that were made before the database are entered at the first start, once', async () => {
  const first = await newActs(() => enterKeys(worker, folders))
  const wanted = ['master-key', ...keyPurposes].map(what => `key.make system ${what}`)
  assert.deepEqual(first.toSorted(), wanted.toSorted())
  assert.deepEqual(await newActs(() => enterKeys(worker, folders)), [])
})

test('principle 11 · a key made at the terminal is an operator’s act, never an account’s: the account of such a login stands beside it', async () => {
  const accountId = await openActivated(t.app, {
    login: 'key-officer',
    name: '钥某',
    unit: 'credit-office',
    roles: ['system-administrator'],
    password: 'lan-chuan-17-bamboo',
  })
  for (const [madeBy, actor, namedAccount] of [
    ['密钥管理员甲', 'operator:密钥管理员甲', undefined],
    ['key-officer', 'operator:key-officer', `account:${accountId}`],
  ] as const) {
    await makeKey(folders.keyDir, { purpose: 'data', suite: 'gm', madeAt: TEST_NOW, madeBy })
    assert.deepEqual(await newActs(() => enterKeys(worker, folders)), [`key.make ${actor} data`])
    assert.equal((await acts()).at(-1)?.detail['namedAccount'], namedAccount)
  }
  assert.equal((await actorNames(worker.db, ['operator:密钥管理员甲'])).get('operator:密钥管理员甲'), '密钥管理员甲')
})

test('principle 2 · an ID number given as the operator is kept nowhere', async () => {
  const id = RESIDENT_ID
  assert.equal((await operatorOf(worker.db, `钥某${id}`)).actor.id, 'operator:钥某***')
  // A file from before `--by` was masked.
  const file = await makeKey(folders.keyDir, { purpose: 'data', suite: 'intl', madeAt: TEST_NOW, madeBy: `钥某${id}` })
  assert.deepEqual(await newActs(() => enterKeys(worker, folders)), ['key.make operator:钥某*** data'])
  assert.ok(!JSON.stringify([await acts(), await worker.db.rows(sql`select * from key_register`)]).includes(id))
  await rm(file)
  await enterKeys(worker, folders)
})

test('principle 11 · a key file that tells another purpose, suite, use or maker than the log knew is an act, once', async () => {
  const file = await makeKey(folders.keyDir, { purpose: 'session', suite: 'intl', madeAt: TEST_NOW, madeBy: '甲' })
  await enterKeys(worker, folders)
  const told = JSON.parse(await readFile(file, 'utf8'))
  const other = { ...told, purpose: 'file', suite: 'gm', madeBy: '乙', useFrom: '2026-11-01T00:00:00Z' }
  await writeFile(file, JSON.stringify(other))
  assert.deepEqual(await newActs(() => enterKeys(worker, folders)), ['key.change system file'])
  assert.deepEqual((await acts()).at(-1)?.detail['before'], {
    ...{ purpose: 'session', suite: 'intl', madeBy: '甲', useFrom: TEST_NOW.toISOString() },
  })
  assert.deepEqual(await newActs(() => enterKeys(worker, folders)), [])
  await rm(file)
  await enterKeys(worker, folders)
})

test('principle 11 · wrapping, retiring, losing and bringing back a key are acts', async () => {
  const operator = await operatorOf(worker.db, '密钥管理员乙')
  await makeMaster(folders.masterDir, { suite: 'intl', madeAt: new Date(TEST_NOW.getTime() + 1000), madeBy: '密钥管理员乙' })
  const [master] = await readMasters(folders.masterDir)
  assert.ok(master)
  const wrapped = await wrapKeys(folders.keyDir, folders.masterDir, master)
  const wraps = await newActs(() => enterKeys(worker, folders, operator))
  assert.equal(wraps.filter(act => act.startsWith('key.wrap operator:密钥管理员乙')).length, wrapped.length)
  assert.equal(wraps.filter(act => act === 'key.make operator:密钥管理员乙 master-key').length, 1)

  const entry = (await readKeys(folders.keyDir)).find(one => one.purpose === 'data')
  assert.ok(entry)
  const [file, kept] = [join(folders.keyDir, entry.file), join(t.app.config.dataDir ?? '', 'kept')]
  await copyFile(file, kept)
  await rm(file)
  assert.deepEqual(await newActs(() => enterKeys(worker, folders, operator)), ['key.retire operator:密钥管理员乙 '])
  await copyFile(kept, file)
  assert.deepEqual(await newActs(() => enterKeys(worker, folders)), ['key.return system data'])
  await rm(file)
  assert.deepEqual(await newActs(() => enterKeys(worker, folders)), ['key.gone system '])
})

test('principle 11 · two that start at once enter a key once; the register holds no secret, and the log is whole', async () => {
  await makeKey(folders.keyDir, { purpose: 'file', suite: 'intl', madeAt: TEST_NOW, madeBy: '密钥管理员甲' })
  await Promise.all([enterKeys(worker, folders), enterKeys(worker, folders)])
  const made = (await acts()).filter(act => act.deed === 'key.make' && act.detail['purpose'] === 'file')
  assert.equal(made.filter(act => !('wasKnown' in act.detail)).length, 2)
  const written = JSON.stringify([await acts(), await worker.db.rows(sql`select * from key_register`)])
  for (const { secret } of await readKeys(folders.keyDir)) assert.ok(!written.includes(secret.slice(0, 40)))
  assert.ok((await readdir(folders.keyDir)).length > 0)
  await sequenceRound(t.app)
  const audited = await audit(t.worker)
  assert.deepEqual(audited.flaws, [])
})
