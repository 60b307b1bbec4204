import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverSettings } from './server-settings.ts'

const gigabyte = 1024 ** 3
const machine = { memory: 4 * gigabyte, cores: 2, sharedMemory: 8 * gigabyte }

const memories = [
  // memory (GB), shared_buffers
  [0.5, '128MB'],
  [2, '256MB'],
  [4, '512MB'],
  [64, '1024MB'],
] as const
for (const [memory, expected] of memories) {
  test(`a machine with ${memory} GB gives the server ${expected}`, () => {
    assert.match(
      serverSettings({ ...machine, memory: memory * gigabyte }, 5432),
      new RegExp(`^shared_buffers = '${expected}'$`, 'm'),
    )
  })
}

test('durability is only off where it was asked for', () => {
  assert.doesNotMatch(serverSettings(machine, 5432), /fsync|synchronous_commit|full_page_writes/)
  assert.match(serverSettings(machine, 5432, false), /^fsync = 'off'$/m)
})

test('where the container leaves little shared memory, files are used', () => {
  assert.doesNotMatch(serverSettings(machine, 5432), /dynamic_shared_memory_type/)
  assert.match(serverSettings({ ...machine, sharedMemory: 64 * 1024 ** 2 }, 5432), /^dynamic_shared_memory_type = 'mmap'$/m)
  assert.doesNotMatch(serverSettings({ ...machine, sharedMemory: null }, 5432), /dynamic_shared_memory_type/)
})
