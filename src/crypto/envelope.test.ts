import assert from 'node:assert/strict'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { keyPurposes, makeKey, masterDirOf, readKeys, wrapKeys } from './key-file.ts'
import { openKeys } from './keys.ts'
import { makeMaster, readMasters, unwrapSecret, wrapSecret } from './master-key.ts'
import { KEY_DAY, temporaryFolder } from './testing.ts'

const refusal = (code: string) => (error: unknown) => error instanceof Error && 'code' in error && error.code === code
const now = () => KEY_DAY
const officer = { suite: 'intl', madeAt: KEY_DAY, madeBy: '密钥管理员甲' } as const
const later = { ...officer, madeAt: new Date(KEY_DAY.getTime() + 86_400_000) }

test('M458 · the key folder alone opens nothing: no secret stands bare in it, and without the master key the platform does not start', async t => {
  const dir = await temporaryFolder(t)
  await openKeys({ dir, mayCreate: true, production: false, now })
  const entries = await readKeys(dir)
  const texts = await Promise.all(entries.map(entry => readFile(join(dir, entry.file), 'utf8')))
  for (const { secret } of entries) assert.ok(texts.every(text => !text.includes(secret)))
  await rm(masterDirOf(dir), { recursive: true })
  await assert.rejects(openKeys({ dir, mayCreate: false, production: false, now }), refusal('keys.master-missing'))
})

for (const suite of ['intl', 'gm'] as const)
  test(`M458 · ${suite}: a wrapped secret opens under its master, id, purpose and suite, and under no other`, async t => {
    const dir = await temporaryFolder(t)
    await makeMaster(dir, { ...officer, suite })
    await makeMaster(dir, { ...later, suite })
    const [younger, older] = await readMasters(dir)
    assert.ok(younger && older && younger.madeAt > older.madeAt)
    const bound = { id: '00000001', purpose: 'data', suite }
    const secret = Buffer.alloc(32, 7)
    const wrapped = wrapSecret(older, bound, secret)
    assert.deepEqual(unwrapSecret(older, bound, wrapped), secret)
    assert.notEqual(wrapSecret(older, bound, secret), wrapped)
    for (const other of [
      { ...bound, id: '00000002' },
      { ...bound, purpose: 'file' },
      { ...bound, suite: 'other' },
    ])
      assert.equal(unwrapSecret(older, other, wrapped), undefined)
    assert.equal(unwrapSecret(younger, bound, wrapped), undefined)
    assert.equal(unwrapSecret(older, bound, 'AAAA'), undefined)
  })

test('M458 · the master key is replaced: every file is wrapped anew, what was sealed opens as before, the old master is needed no more', async t => {
  const dir = await temporaryFolder(t)
  const masterDir = await temporaryFolder(t)
  await makeMaster(masterDir, officer)
  const [first] = await readMasters(masterDir)
  for (const purpose of keyPurposes) await makeKey(dir, { purpose, ...officer, master: first })
  const sealed = (await openKeys({ dir, masterDir, mayCreate: false, production: true, now })).seal('data', '甲', 'a')
  await makeMaster(masterDir, later)
  const [second] = await readMasters(masterDir)
  assert.ok(second && second.id !== first?.id)
  assert.equal((await wrapKeys(dir, masterDir, second)).length, keyPurposes.length)
  assert.deepEqual(await wrapKeys(dir, masterDir, second), [], 'a second run finds nothing to do')
  await rm(join(masterDir, first?.file ?? ''))
  const keys = await openKeys({ dir, masterDir, mayCreate: false, production: true, now })
  assert.equal(keys.open(sealed, 'a').toString(), '甲')
  assert.deepEqual(
    (await readdir(dir)).filter(name => name.endsWith('.new')),
    [],
  )
})

test('M458 · keys that lie bare are wrapped in place; production refuses them until then, and a master key in the same folder', async t => {
  const dir = await temporaryFolder(t)
  const masterDir = await temporaryFolder(t)
  for (const purpose of keyPurposes) await makeKey(dir, { purpose, ...officer })
  const production = { dir, mayCreate: false, production: true, now }
  await assert.rejects(openKeys({ ...production, masterDir }), refusal('keys.unwrapped'))
  await makeMaster(masterDirOf(dir), officer)
  const [beside] = await readMasters(masterDirOf(dir))
  assert.ok(beside)
  await wrapKeys(dir, masterDirOf(dir), beside)
  await assert.rejects(openKeys(production), refusal('keys.master-beside'))
  await writeFile(join(masterDir, beside.file), await readFile(join(masterDirOf(dir), beside.file)), { mode: 0o600 })
  await openKeys({ ...production, masterDir })
})

test('M458 · a wrapped key that was altered, or put under another purpose, is refused by name', async t => {
  const dir = await temporaryFolder(t)
  await openKeys({ dir, mayCreate: true, production: false, now })
  const path = join(dir, 'data-first-start.json')
  const held = JSON.parse(await readFile(path, 'utf8')) as { purpose: string }
  await writeFile(path, JSON.stringify({ ...held, purpose: 'file' }))
  await assert.rejects(openKeys({ dir, mayCreate: false, production: false, now }), refusal('keys.does-not-unwrap'))
})
