import assert from 'node:assert/strict'
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { keyPurposes, makeKey } from './key-file.ts'
import { openKeys } from './keys.ts'
import { makeMaster, readMasters } from './master-key.ts'
import { isSignature } from './signature.ts'
import { KEY_DAY, temporaryFolder, temporaryKeys } from './testing.ts'

const refusal = (code: string) => (error: unknown) => error instanceof Error && 'code' in error && error.code === code
const now = () => KEY_DAY
const example = { mayCreate: true, production: false, now }
const production = { mayCreate: true, production: true, now }

const keyFilesOf = async (dir: string): Promise<string[]> => (await readdir(dir)).filter(name => name.endsWith('.json'))

test('a first start makes one key for each purpose, mode 0600, and says so in the file', async t => {
  const dir = await temporaryFolder(t)
  await openKeys({ dir, ...example })
  const names = await keyFilesOf(dir)
  assert.deepEqual(names.sort(), keyPurposes.map(purpose => `${purpose}-first-start.json`).sort())
  for (const name of names) {
    assert.equal((await stat(join(dir, name))).mode & 0o777, 0o600)
    const file = JSON.parse(await readFile(join(dir, name), 'utf8'))
    assert.deepEqual([file.madeBy, file.madeAt], ['first-start', KEY_DAY.toISOString()])
  }
})

test('a second start, and two first starts at once, use the same keys', async t => {
  const dir = await temporaryFolder(t)
  const opened = await Promise.all([1, 2, 3].map(() => openKeys({ dir, ...example })))
  const later = await openKeys({ dir, ...example, mayCreate: false })
  const indexes = [...opened, later].map(keys => keys.blindIndex('id-card', 'X').toString('hex'))
  assert.equal(new Set(indexes).size, 1)
  assert.equal((await keyFilesOf(dir)).length, keyPurposes.length)
})

test('production refuses keys that a first start made, and makes none itself', async t => {
  const dir = await temporaryFolder(t)
  await assert.rejects(openKeys({ dir, ...production }), refusal('keys.missing'))
  assert.deepEqual(await keyFilesOf(dir), [])
  await openKeys({ dir, ...example })
  await assert.rejects(openKeys({ dir, ...production }), refusal('keys.self-made'))
})

test('production opens keys that an officer made', async t => {
  const dir = await temporaryFolder(t)
  const masterDir = await temporaryFolder(t)
  const officer = { suite: 'gm', madeAt: KEY_DAY, madeBy: '密钥管理员甲' } as const
  await makeMaster(masterDir, officer)
  const [master] = await readMasters(masterDir)
  for (const purpose of keyPurposes) await makeKey(dir, { purpose, ...officer, master })
  const keys = await openKeys({ dir, masterDir, ...production })
  assert.equal(keys.open(keys.seal('data', '甲', 'a'), 'a').toString(), '甲')
  assert.deepEqual(
    keys.signers('log-signing').map(signer => signer.algorithm),
    ['sm2'],
  )
})

test('without leave to create, a missing purpose is refused', async t => {
  await assert.rejects(openKeys({ dir: await temporaryFolder(t), ...example, mayCreate: false }), refusal('keys.missing'))
})

test('a purpose added by a later version is made at its first start, the others stay', async t => {
  const dir = await temporaryFolder(t)
  await makeKey(dir, { purpose: 'data', suite: 'intl', madeAt: KEY_DAY, madeBy: 'officer' })
  const [before] = await keyFilesOf(dir)
  await openKeys({ dir, ...example })
  const names = await keyFilesOf(dir)
  assert.equal(names.length, keyPurposes.length)
  assert.ok(names.includes(before ?? 'none'))
})

test('damaged, open and doubled key files are refused, and the refusal does not quote the secret', async t => {
  const dir = await temporaryFolder(t)
  await openKeys({ dir, ...example })
  const path = join(dir, 'data-first-start.json')
  const text = await readFile(path, 'utf8')
  const { wrapped: secret } = JSON.parse(text)
  await writeFile(path, text.slice(0, -20))
  await assert.rejects(openKeys({ dir, ...example }), error => refusal('keys.damaged')(error) && !String(error).includes(secret))
  await writeFile(path, text.replace(secret, '!'))
  await assert.rejects(openKeys({ dir, ...example }), refusal('keys.damaged'))
  await writeFile(path, text)
  await writeFile(join(dir, 'copy.json'), text, { mode: 0o600 })
  await assert.rejects(openKeys({ dir, ...example }), refusal('keys.id-twice'))
  await chmod(join(dir, 'copy.json'), 0o604)
  await assert.rejects(openKeys({ dir, ...example }), refusal('keys.open-to-others'))
})

test('rotation: the new key takes over at its instant, what the old one sealed still opens', async t => {
  const dir = await temporaryFolder(t)
  await openKeys({ dir, ...example })
  const useFrom = new Date(KEY_DAY.getTime() + 3600_000)
  for (const purpose of keyPurposes) {
    await makeKey(dir, { purpose, suite: 'gm', madeAt: KEY_DAY, madeBy: 'officer', useFrom })
  }
  let clock = KEY_DAY
  const keys = await openKeys({ dir, ...example, now: () => clock })
  const before = { sealed: keys.seal('data', 'x', 'a'), index: keys.blindIndex('k', 'v'), tag: keys.mac('session', 's') }
  const [oldSigner] = keys.signers('log-signing')
  assert.equal(before.sealed[1], 1)

  clock = useFrom
  const sealed = keys.seal('data', 'x', 'a')
  assert.equal(sealed[1], 2)
  assert.equal(keys.open(before.sealed, 'a').toString(), 'x')
  assert.equal(keys.open(sealed, 'a').toString(), 'x')
  assert.deepEqual(keys.blindIndexes('k', 'v')[1], before.index)
  assert.deepEqual(keys.blindIndexes('k', 'v')[0], keys.blindIndex('k', 'v'))
  assert.equal(keys.isMac('session', 's', before.tag), true)
  assert.equal(keys.isMac('session', 's', keys.mac('session', 's')), true)
  assert.notDeepEqual(keys.mac('session', 's'), before.tag)
  // Both suites sign while both are present, so that readers of either follow.
  assert.deepEqual(
    keys
      .signers('log-signing')
      .map(signer => signer.algorithm)
      .sort(),
    ['ed25519', 'sm2'],
  )
  const signature = oldSigner?.sign('x') ?? Buffer.alloc(0)
  assert.equal(keys.verifiers('log-signing').filter(verifier => isSignature(verifier, 'x', signature)).length, 1)
})

test('a later key of the same suite replaces the earlier one as signer', async t => {
  const dir = await temporaryFolder(t)
  await openKeys({ dir, ...example })
  const useFrom = new Date(KEY_DAY.getTime() + 1)
  await makeKey(dir, { purpose: 'log-signing', suite: 'intl', madeAt: KEY_DAY, madeBy: 'officer', useFrom })
  const [old] = (await openKeys({ dir, ...example })).signers('log-signing')
  const signers = (await openKeys({ dir, ...example, now: () => useFrom })).signers('log-signing')
  assert.equal(signers.length, 1)
  assert.notEqual(signers[0]?.keyId, old?.keyId)
})

test('blind indexes and macs differ by kind, by purpose, by value and by key', async t => {
  const [keys, others] = [await temporaryKeys(t), await temporaryKeys(t)]
  const made = [
    keys.blindIndex('id-card', '1'),
    keys.blindIndex('id-card', '2'),
    keys.blindIndex('telephone', '1'),
    others.blindIndex('id-card', '1'),
    keys.mac('content-mac', '1').subarray(0, 16),
    keys.mac('session', '1').subarray(0, 16),
  ]
  assert.equal(new Set(made.map(bytes => bytes.toString('hex'))).size, made.length)
  assert.deepEqual(
    made.map(bytes => bytes.length),
    made.map(() => 16),
  )
  assert.equal(keys.isMac('session', '1', keys.mac('session', '1').subarray(1)), false)
  assert.equal(keys.isMac('session', '1', keys.mac('content-mac', '1')), false)
})
