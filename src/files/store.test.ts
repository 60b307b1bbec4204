import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile, rename, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { keyPurposes, makeKey } from '../crypto/key-file.ts'
import { openKeys } from '../crypto/keys.ts'
import { changedAt, KEY_DAY, temporaryFolder, temporaryKeys } from '../crypto/testing.ts'
import { openStore } from './store.ts'

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const text = Buffer.from('行政相对人名称,处罚决定书文号\n示例甲,示例〔2026〕1号\n')

async function freshStore(t: TestContext, now?: () => Date) {
  const dir = await temporaryFolder(t)
  const keys = await temporaryKeys(t)
  return { dir, keys, store: await openStore({ dir, keys, ...(now && { now }) }) }
}

async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

test('what is put comes back under its SHA-256, from a buffer and from a stream, of any length', async t => {
  const [whole, streamed] = [await freshStore(t), await freshStore(t)]
  for (const length of [0, 1, 65_536, 300_000, 1_048_576, 1_048_577]) {
    const content = randomBytes(length)
    const expected = { hash: sha256(content), bytes: length }
    assert.deepEqual(await whole.store.put(content), expected)
    assert.deepEqual(await streamed.store.put(Readable.from([content.subarray(0, 10), content.subarray(10)])), expected)
    for (const { store } of [whole, streamed]) {
      assert.ok((await store.read(expected.hash)).equals(content))
      assert.equal(await store.has(expected.hash), true)
    }
  }
  assert.equal((await readdir(join(whole.dir, 'incoming'))).length, 0)
})

test('the same content is one file, also from two senders at once; nothing is left in the incoming folder', async t => {
  const { dir, store } = await freshStore(t)
  const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => store.put(text)))
  for (const other of others) assert.deepEqual(other, first)
  assert.equal((await filesIn(dir)).length, 1)
})

test('the disk shows neither the content nor the hash of a file', async t => {
  const { dir, store } = await freshStore(t)
  const { hash } = await store.put(text)
  const [path = ''] = await filesIn(dir)
  const kept = await readFile(path)
  assert.equal(path.includes(hash.slice(0, 8)), false)
  assert.equal(kept.includes(text.subarray(0, 12)), false)
  assert.equal(kept.includes(Buffer.from(hash, 'hex')), false)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
})

test('a changed byte, a cut file and two files exchanged on disk are refused', async t => {
  const { dir, store } = await freshStore(t)
  const { hash } = await store.put(text)
  const [path = ''] = await filesIn(dir)
  const sealed = await readFile(path)
  for (let at = 0; at < sealed.length; at += 7) {
    await writeFile(path, changedAt(sealed, at))
    await assert.rejects(store.read(hash), { name: 'CiphertextRefusal' }, `byte ${at}`)
  }
  await writeFile(path, sealed)
  assert.ok((await store.read(hash)).equals(text))
  await truncate(path, sealed.length - 1)
  await assert.rejects(store.read(hash), { name: 'CiphertextRefusal' })

  await writeFile(path, sealed)
  const other = await store.put(Buffer.from('another'))
  const otherPath = (await filesIn(dir)).find(each => each !== path) ?? ''
  await rename(path, otherPath)
  await assert.rejects(store.read(other.hash), { code: 'file.exchanged' })
})

test('a source that breaks off leaves nothing behind', async t => {
  const { dir, store } = await freshStore(t)
  async function* broken() {
    yield randomBytes(200_000)
    throw new Error('connection lost')
  }
  await assert.rejects(store.put(broken()), /connection lost/)
  assert.deepEqual(await filesIn(dir), [])
})

test('unknown and malformed hashes name no file', async t => {
  const { store } = await freshStore(t)
  await assert.rejects(store.read(sha256(text)), { code: 'file.unknown' })
  assert.equal(await store.has(sha256(text)), false)
  assert.equal(await store.remove(sha256(text)), false)
  for (const hash of ['', '../../etc/passwd', sha256(text).toUpperCase()]) {
    await assert.rejects(store.get(hash), { code: 'file.unknown' })
  }
})

test('a removed file is gone and may come again', async t => {
  const { dir, store } = await freshStore(t)
  const { hash } = await store.put(text)
  assert.equal(await store.remove(hash), true)
  assert.deepEqual(await filesIn(dir), [])
  await store.put(text)
  assert.ok((await store.read(hash)).equals(text))
})

test('what a crash left in the incoming folder goes after a day, not before', async t => {
  let clock = KEY_DAY
  const { dir, keys, store } = await freshStore(t, () => clock)
  const leftover = join(dir, 'incoming', 'left')
  await writeFile(leftover, 'half a file')
  await utimes(leftover, KEY_DAY, KEY_DAY)
  clock = new Date(KEY_DAY.getTime() + 23 * 3600_000)
  assert.equal(await store.sweep(), 0)
  clock = new Date(KEY_DAY.getTime() + 24 * 3600_000)
  await openStore({ dir, keys, now: () => clock })
  assert.deepEqual(await filesIn(dir), [])
})

test('files are found and removed under the keys of before and after a rotation', async t => {
  const [dir, keyDir] = [await temporaryFolder(t), await temporaryFolder(t)]
  let clock = KEY_DAY
  const options = { dir: keyDir, mayCreate: true, production: false, now: () => clock }
  const { hash } = await (await openStore({ dir, keys: await openKeys(options) })).put(text)
  const useFrom = new Date(KEY_DAY.getTime() + 1)
  for (const purpose of keyPurposes) await makeKey(keyDir, { purpose, suite: 'gm', madeAt: KEY_DAY, madeBy: 'officer', useFrom })
  clock = useFrom
  const store = await openStore({ dir, keys: await openKeys(options) })
  assert.ok((await store.read(hash)).equals(text))
  await store.put(text)
  assert.equal((await filesIn(dir)).length, 1)
  const large = await store.put(randomBytes(200_000))
  assert.equal((await store.read(large.hash)).length, 200_000)
  assert.equal(await store.remove(hash), true)
  assert.equal(await store.has(hash), false)
})
