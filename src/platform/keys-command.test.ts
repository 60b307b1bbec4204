import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { keyPurposes, readKeys } from '../crypto/key-file.ts'
import { openKeys } from '../crypto/keys.ts'
import { KEY_DAY, temporaryFolder } from '../crypto/testing.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { loadWords } from '../words/words.ts'
import { makeKeys, runKeysCommand, showKeys } from './keys-command.ts'
import type { KeysDesk } from './keys-desk.ts'
import { retireKey } from './keys-retire.ts'
import { wrapPlatformKeys } from './keys-rotation.ts'

const RESIDENT_ID = inventedResidentId(5, day('1980-02-03'))

const words = loadWords()
const refusal = (code: string) => (error: unknown) => error instanceof Error && 'code' in error && error.code === code

function deskIn(folder: string, now = KEY_DAY, masterFolder: string | null = null): { desk: KeysDesk; said: string[] } {
  const said: string[] = []
  return { said, desk: { folder, masterFolder, now, words, out: line => said.push(line) } }
}

async function textsOf(dir: string): Promise<Map<string, string>> {
  const names = (await readdir(dir)).filter(name => name.endsWith('.json')).sort()
  return new Map(await Promise.all(names.map(async name => [name, await readFile(join(dir, name), 'utf8')] as const)))
}

test('Decision 4 · keys make writes a key for every purpose, readable by its owner only, that production opens', async t => {
  const folder = join(await temporaryFolder(t), 'keys')
  const masterFolder = await temporaryFolder(t)
  const { desk } = deskIn(folder, KEY_DAY, masterFolder)
  assert.equal(await makeKeys(['--by', '密钥管理员甲', '--suite', 'gm'], desk), 0)
  const names = await readdir(folder)
  assert.equal(names.length, keyPurposes.length)
  assert.equal((await stat(folder)).mode & 0o777, 0o700)
  for (const name of names) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600)
  const keys = await openKeys({ dir: folder, masterDir: masterFolder, mayCreate: false, production: true, now: () => KEY_DAY })
  assert.equal(keys.signers('log-signing')[0]?.algorithm, 'sm2')
})

test('Decision 4 · keys make never touches a key that is there', async t => {
  const folder = await temporaryFolder(t)
  const { desk } = deskIn(folder)
  await makeKeys(['--by', '甲'], desk)
  const before = await textsOf(folder)
  await assert.rejects(makeKeys(['--by', '乙'], desk), refusal('keys.nothing-to-make'))
  assert.equal(await makeKeys(['--by', '乙', '--rotate', 'data', '--from', '2026-02-01'], desk), 0)
  const after = await textsOf(folder)
  for (const [name, text] of before) assert.equal(after.get(name), text)
  const added = [...after].filter(([name]) => !before.has(name)).map(([, text]) => JSON.parse(text))
  assert.deepEqual(
    added.map(key => [key.purpose, key.madeBy, key.useFrom]),
    [['data', '乙', '2026-01-31T16:00:00.000Z']],
  )
})

const refused = [
  ['keys.not-replaceable', ['--by', '甲', '--rotate', 'blind-index']],
  ['keys.not-replaceable', ['--by', '甲', '--rotate', 'content-mac']],
] as const
for (const [code, args] of refused) {
  test(`Decision 4 · ${args.at(-1)}: a key by which records are known again is not replaced`, async t => {
    const folder = await temporaryFolder(t)
    const { desk } = deskIn(folder)
    await makeKeys(['--by', '甲'], desk)
    await assert.rejects(makeKeys(args, desk), refusal(code))
    assert.equal((await textsOf(folder)).size, keyPurposes.length)
  })
}

test('Decision 4 · a purpose without a key is made, not replaced', async t => {
  const { desk } = deskIn(await temporaryFolder(t))
  await assert.rejects(makeKeys(['--by', '甲', '--rotate', 'data'], desk), refusal('keys.nothing-to-replace'))
})

for (const args of [
  [],
  ['--by', ' '],
  ['--by', '甲', '--suite', 'rot13'],
  ['--by', '甲', '--rotate', 'dat'],
  ['--by', '甲', '--from', '2026-02-30'],
  ['--by', '甲', '--by-the-way'],
  ['甲'],
]) {
  test(`Decision 4 · keys make ${args.join(' ')} · called wrongly, nothing is made`, async t => {
    const folder = await temporaryFolder(t)
    const { desk, said } = deskIn(folder)
    assert.equal(await makeKeys(args, desk), 2)
    assert.match(said.join('\n'), /用法：mingxin keys make/)
    assert.deepEqual(await readdir(folder), [])
  })
}

for (const [verb, run] of [
  ['make', makeKeys],
  ['wrap', wrapPlatformKeys],
  ['retire', (args: readonly string[], desk: KeysDesk) => retireKey(['00000000', ...args], desk)],
] as const)
  test(`principle 11 · keys ${verb} --by first-start: the platform’s own mark is nobody’s name, nothing is made`, async t => {
    const folder = await temporaryFolder(t)
    const { desk } = deskIn(folder)
    await assert.rejects(run(['--by', ' First-Start '], desk), refusal('keys.by-reserved'))
    assert.deepEqual(await readdir(folder), [])
  })

test('principle 2 · an ID number given as the maker stands in no key file', async t => {
  const folder = await temporaryFolder(t)
  const { desk } = deskIn(folder)
  assert.equal(await makeKeys(['--by', `钥某${RESIDENT_ID}`], desk), 0)
  assert.ok((await readKeys(folder)).every(key => key.madeBy === '钥某***'))
})

test('Decision 4 · keys show tells id, purpose, suite and state of every key, and no secret in any form', async t => {
  const folder = await temporaryFolder(t)
  const { desk, said } = deskIn(folder)
  await makeKeys(['--by', '甲'], desk)
  const later = deskIn(folder, new Date(KEY_DAY.getTime() + 3_600_000))
  await makeKeys(['--by', '甲', '--rotate', 'data'], later.desk)
  await makeKeys(['--by', '甲', '--rotate', 'file', '--from', '2026-03-01'], later.desk)
  await makeKeys(['--by', '甲', '--rotate', 'log-signing', '--suite', 'gm'], later.desk)
  assert.equal(await showKeys(['--json'], later.desk), 0)
  assert.equal(await showKeys([], later.desk), 0)
  const shown = JSON.parse(later.said.at(-(keyPurposes.length + 5)) ?? '{}').keys as {
    purpose: string
    state: string
    suite: string
  }[]
  const statesOf = (purpose: string) => shown.filter(key => key.purpose === purpose).map(key => `${key.suite} ${key.state}`)
  assert.deepEqual(statesOf('data'), ['intl older', 'intl active'])
  assert.deepEqual(statesOf('file'), ['intl active', 'intl to-come'])
  assert.deepEqual(statesOf('log-signing'), ['intl active', 'gm active'])
  assert.deepEqual(statesOf('session'), ['intl active'])
  const everything = [...said, ...later.said].join('\n')
  for (const { secret: held } of await readKeys(folder)) {
    const secret = Buffer.from(held, 'base64')
    for (const form of ['base64', 'base64url', 'hex'] as const)
      assert.ok(!everything.includes(secret.toString(form).slice(0, 40)))
  }
})

test('Decision 4 · an unknown sub-command is called wrongly', async t => {
  t.mock.method(process.stdout, 'write', () => true)
  assert.equal(await runKeysCommand(['burn']), 2)
})
