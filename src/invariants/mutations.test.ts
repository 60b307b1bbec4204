import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../base/root.ts'
import { MUTATIONS } from './mutations.ts'

// The faults themselves are planted in the long run only; here, that each still has its place.

test('every planted fault finds its text once, and changes it', async () => {
  const lost: string[] = []
  for (const { file, search, replace, breaks } of MUTATIONS) {
    const parts = (await readFile(join(ROOT, file), 'utf8')).split(search)
    if (parts.length !== 2 || search === replace) lost.push(`${file} · ${breaks} · ${parts.length - 1} times`)
  }
  assert.deepEqual(lost, [])
})
