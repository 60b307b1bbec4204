import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type KeyEntry, makeKey, masterDirOf, readKeys } from '../crypto/key-file.ts'
import { openKeys } from '../crypto/keys.ts'
import { readMasters } from '../crypto/master-key.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { testDatabase } from '../db/testing.ts'
import { sequenceRound } from '../ledger/sequence.ts'
import { fileInvented } from '../ledger/testing-log.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { checkKeys } from './keys-check.ts'
import { resealAll } from './keys-reseal.ts'
import { requireStopped } from './keys-retire.ts'
import { SEALED } from './sealed-places.ts'

// Replacing the keys of data and files on a platform with data: before, in the middle and after, everything opens.

const NUMBERS = Array.from({ length: 1_200 }, (_, i) => `8601001990010${String(i).padStart(5, '0')}`)
const LATER = new Date(TEST_NOW.getTime() + 3_600_000)

let t: TestApp
let owner: Database
let keyDir = ''
let filesDir = ''

before(async () => {
  t = await openTestApp()
  owner = openDatabase(t.database.url, { max: 1 })
  const dataDir = t.app.config.dataDir ?? ''
  keyDir = join(dataDir, 'keys')
  filesDir = join(dataDir, 'files')
  await fileInvented(t.app, 5)
  await sequenceRound(t.app)
  for (let i = 0; i < NUMBERS.length; i++) {
    const sealed = t.app.keys.seal('data', NUMBERS[i] ?? '', 'person_secret:resident-id')
    await owner.run(sql`insert into person_secret values (${i + 1}, 'resident-id', ${sealed})`)
  }
  await t.app.files.put(Buffer.from('决定书'))
  await t.app.files.put(Buffer.alloc(3_000_000, 5))
})
after(async () => {
  await owner.close()
  await t.close()
})

let rotations = 0

/** One newer key of the purpose, in use from a second after the one before. */
const rotate = async (purpose: 'data' | 'file'): Promise<KeyEntry | undefined> => {
  const [master] = await readMasters(masterDirOf(keyDir))
  rotations += 1
  const madeAt = new Date(TEST_NOW.getTime() + rotations * 1_000)
  await makeKey(keyDir, { purpose, suite: 'intl', madeAt, madeBy: '密钥管理员甲', master })
  return (await readKeys(keyDir)).filter(entry => entry.purpose === purpose).at(-1)
}
const check = () => checkKeys({ db: owner, keyDir, filesDir, now: LATER, production: false, contents: true })

test('M458 · M466 · after a rotation everything is sealed anew with the newest keys, opens as before, and the old keys are needed no more', async () => {
  const [data, file] = [await rotate('data'), await rotate('file')]
  assert.deepEqual((await check()).flaws, [])
  const told: string[] = []
  const done = await resealAll({ owner, keyDir, filesDir, now: LATER, told: one => told.push(one.place) })
  assert.deepEqual(
    done.map(({ place, count }) => [place, count]),
    [
      ...SEALED.filter(place => place.key).map(({ place }) => [place, place === 'person_secret.sealed' ? NUMBERS.length : 0]),
      ['files', 2],
    ],
  )
  assert.equal(told.length, done.length)
  const checked = await check()
  assert.deepEqual(checked.flaws, [])
  const used = new Map(checked.uses.map(use => [use.place, use.keyId]))
  assert.equal(used.get('person_secret.sealed'), data?.id)
  assert.equal(used.get('files'), file?.id)
  const keys = await openKeys({ dir: keyDir, mayCreate: false, production: false, now: () => LATER })
  const rows = await owner.rows<{ subject_id: number; sealed: Buffer }>(
    sql`select subject_id, sealed from person_secret order by subject_id`,
  )
  assert.deepEqual(
    rows.map(row => keys.open(row.sealed, 'person_secret:resident-id').toString()),
    NUMBERS,
  )
})

test('M458 · done again, nothing is left to do', async () => {
  const done = await resealAll({ owner, keyDir, filesDir, now: LATER, told: () => undefined })
  assert.deepEqual([...new Set(done.map(({ count }) => count))], [0])
})

/** One text for all that is sealed: a difference of thousands of bytes is nothing to print. */
const sealedNow = async (): Promise<string | undefined> =>
  (
    await owner.row<{ digest: string }>(
      sql`select md5(string_agg(sealed, ''::bytea order by subject_id)) as digest from person_secret`,
    )
  )?.digest

test('M458 · a value that does not open stops the command with its cause, and nothing of its batch is changed', async () => {
  await rotate('data')
  // Written anew, the row lies behind all others on disk; the command goes by the key and finds it in its first batch.
  await owner.run(sql`with gone as (delete from person_secret where subject_id = 7 returning *)
    insert into person_secret select subject_id, kind, set_byte(sealed, 40, (get_byte(sealed, 40) + 1) % 256) from gone`)
  const before = await sealedNow()
  await assert.rejects(resealAll({ owner, keyDir, filesDir, now: LATER, told: () => undefined }), { code: 'ciphertext.altered' })
  assert.equal(await sealedNow(), before)
})

test('M458 · what lies in an earlier batch than the fault is sealed anew for good, and the next run goes on behind it', async () => {
  await owner.run(sql`update person_secret set sealed = s.sealed from person_secret s
    where person_secret.subject_id = 7 and s.subject_id = 8`)
  await owner.run(
    sql`update person_secret set sealed = set_byte(sealed, 40, (get_byte(sealed, 40) + 1) % 256) where subject_id = ${NUMBERS.length}`,
  )
  const active = (await readKeys(keyDir)).filter(entry => entry.purpose === 'data').at(-1)?.id
  const fresh = async (): Promise<number | undefined> =>
    (
      await owner.row<{ n: number }>(
        sql`select count(*) as n from person_secret where encode(substring(sealed from 3 for 4), 'hex') = ${active}`,
      )
    )?.n
  await assert.rejects(resealAll({ owner, keyDir, filesDir, now: LATER, told: () => undefined }), { code: 'ciphertext.altered' })
  assert.equal(await fresh(), 1_000)
  await owner.run(
    sql`update person_secret set sealed = set_byte(sealed, 40, (get_byte(sealed, 40) + 255) % 256) where subject_id = ${NUMBERS.length}`,
  )
  const [done] = await resealAll({ owner, keyDir, filesDir, now: LATER, told: () => undefined })
  assert.equal(done?.count, NUMBERS.length - 1_000)
  assert.equal(await fresh(), NUMBERS.length)
})

test('M458 · no key is taken away beside a process that may still seal with it', async () => {
  await t.app.db.row(sql`select 1`)
  await assert.rejects(requireStopped(owner, 'k'), { code: 'keys.platform-running' })
  // However long it has nothing to do: a pool drops what is idle.
  const pools = [t.app.db, t.app.looks, t.app.changes]
  for (const { pool } of pools) pool.options.idleTimeoutMillis = 1
  await Promise.all(pools.flatMap(one => [one.row(sql`select 1`), one.row(sql`select 1`)]))
  await sleep(200)
  await assert.rejects(requireStopped(owner, 'k'), { code: 'keys.platform-running' })
  const alone = await testDatabase()
  const own = openDatabase(alone.url, { max: 1, name: 'mingxin-keys' })
  await requireStopped(own, 'k')
  await own.close()
  await alone.drop()
})

/** Columns of bytes that are no ciphertext: digests, keyed digests, public keys, trees. */
const PLAIN = /(?:_hash|_mac|_digest|\.(?:digest|leaves|hashes|commitment|salt|asked|outcomes|fingerprint|public_key|mac))$/

test('M466 · every column of bytes is a sealed place, or known to be no ciphertext', async () => {
  const columns = await owner.rows<{
    place: string
  }>(sql`select c.table_name || '.' || c.column_name as place from information_schema.columns c
    join pg_class k on k.relname = c.table_name and not k.relispartition and k.relnamespace = 'public'::regnamespace
    where c.table_schema = 'public' and c.data_type = 'bytea' order by 1`)
  const listed = SEALED.map(({ place }) => place)
  assert.deepEqual(
    columns.map(({ place }) => place).filter(place => !listed.includes(place) && !PLAIN.test(place)),
    [],
  )
})
