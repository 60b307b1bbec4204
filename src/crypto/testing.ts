import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Keys, openKeys } from './keys.ts'
import type { SuiteName } from './suite.ts'

/** The day on which keys of tests are made. */
export const KEY_DAY = new Date('2026-01-05T01:00:00Z')

/** A folder that is gone when the test is over. */
export async function temporaryFolder(test: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'mingxin-test-'))
  test.after(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** Fresh keys in a folder of their own, gone when the test is over. */
export async function temporaryKeys(test: TestContext, suite: SuiteName = 'intl'): Promise<Keys> {
  return openKeys({ dir: await temporaryFolder(test), mayCreate: true, production: false, suite, now: () => KEY_DAY })
}

/** `bytes` with one bit of byte `at` turned. */
export function changedAt(bytes: Uint8Array, at: number, bit = 0): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}
