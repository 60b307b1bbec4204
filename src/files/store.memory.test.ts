import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { temporaryFolder, temporaryKeys } from '../crypto/testing.ts'
import { openStore } from './store.ts'

test('memory does not grow with the file', { timeout: 60_000 }, async t => {
  const store = await openStore({ dir: await temporaryFolder(t), keys: await temporaryKeys(t) })
  const chunk = randomBytes(256 * 1024)
  const total = 400
  let highest = 0
  async function* source() {
    for (let i = 0; i < total; i++) {
      chunk.writeUInt32BE(i)
      highest = Math.max(highest, process.memoryUsage().rss)
      yield chunk
    }
  }
  const before = process.memoryUsage().rss
  const { hash, bytes } = await store.put(source())
  let read = 0
  for await (const part of await store.get(hash)) {
    read += part.length
    highest = Math.max(highest, process.memoryUsage().rss)
  }
  assert.deepEqual([bytes, read], [total * chunk.length, total * chunk.length])
  assert.ok(highest - before < 80 * 1024 * 1024, `${Math.round((highest - before) / 1e6)} MB more`)
})
