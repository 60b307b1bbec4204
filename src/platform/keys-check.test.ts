import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type KeyEntry, readKeys } from '../crypto/key-file.ts'
import { KEY_DAY } from '../crypto/testing.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { sequenceRound } from '../ledger/sequence.ts'
import { fileInvented } from '../ledger/testing-log.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { loadWords } from '../words/words.ts'
import { checkKeys, type KeyCheck } from './keys-check.ts'
import { sayCheck } from './keys-command.ts'

const NUMBER = '860100199001011234'
const codesOf = (checked: KeyCheck): string[] => [...new Set(checked.flaws.map(flaw => flaw.code))].sort()

describe('Decision 4 · keys check tells which keys the data need and whether they open', () => {
  let t: TestApp
  let admin: Database
  let dataDir = ''
  let copy = ''

  const check = (keyDir: string, contents = true, production = false): Promise<KeyCheck> =>
    checkKeys({ db: t.worker.db, keyDir, filesDir: join(dataDir, 'files'), now: TEST_NOW, production, contents })

  /** A copy of the key folder with one purpose's file changed, or taken out. */
  async function keysWithout(purpose: string, becomes?: (text: string) => string): Promise<string> {
    await rm(copy, { recursive: true, force: true })
    await cp(join(dataDir, 'keys'), copy, { recursive: true })
    const name = (await readdir(copy)).find(file => file.startsWith(`${purpose}-`)) ?? ''
    const [entry] = (await readKeys(copy)).filter(one => one.file === name)
    const { file: _, wrappedBy: __, ...bare } = entry ?? ({} as KeyEntry)
    const text = JSON.stringify({ version: 1, ...bare })
    await rm(join(copy, name))
    if (becomes) await writeFile(join(copy, name), becomes(text), { mode: 0o600 })
    return copy
  }

  before(async () => {
    t = await openTestApp()
    admin = openDatabase(t.database.superuserUrl, { max: 1 })
    const { app } = t
    dataDir = app.config.dataDir ?? ''
    copy = join(await mkdtemp(join(tmpdir(), 'mingxin-keys-')), 'keys')
    await fileInvented(app, 20)
    await sequenceRound(app)
    await app.files.put(Buffer.from('决定书'))
    const plain = Buffer.from(NUMBER)
    const blind = app.keys.blindIndex('resident-id', plain).toString('hex')
    await admin.run(
      sql`insert into identifier (subject_id, kind, value, known_from) values (7, 'resident-id', ${blind}, ${KEY_DAY})`,
    )
    await admin.run(
      sql`insert into person_secret values (7, 'resident-id', ${app.keys.seal('data', plain, 'person_secret:resident-id')})`,
    )
    const sealed = `sealed:${app.keys.seal('data', plain, 'content').toString('base64url')}`
    await admin.run(sql`update fact_content set content = ${JSON.stringify({ officer: sealed })}::json
      where fact_id = (select min(fact_id) from fact_content)`)
  })
  after(async () => {
    await admin.close()
    await t.close()
    await rm(dirname(copy), { recursive: true, force: true })
  })

  test('the platform’s own keys open everything, and the check counts what it tried', async () => {
    const checked = await check(join(dataDir, 'keys'))
    assert.deepEqual(checked.flaws, [])
    assert.deepEqual(
      checked.uses.map(use => [use.place, use.count]),
      [
        ['person_secret.sealed', 1],
        ['fact_content.content', 1],
        ['files', 1],
        ['checkpoint.note', 1],
      ],
    )
    assert.equal(checked.opened, 4)
  })

  test('contents of facts are read only when asked for, and the answer says that they were left', async () => {
    const checked = await check(join(dataDir, 'keys'), false)
    assert.ok(!checked.uses.some(use => use.place === 'fact_content.content'))
    const said: string[] = []
    const desk = { folder: '', masterFolder: null, now: TEST_NOW, words: loadWords(), out: (line: string) => said.push(line) }
    assert.equal(sayCheck(checked, false, desk), 0)
    assert.match(said.join('\n'), /--contents/)
  })

  const cases = [
    ['data', undefined, ['keys.file-missing', 'keys.purpose-missing']],
    ['file', undefined, ['keys.file-missing', 'keys.purpose-missing']],
    ['blind-index', undefined, ['keys.purpose-missing']],
    ['data', 'id', ['keys.file-missing']],
    ['data', 'secret', ['keys.does-not-open']],
    ['file', 'secret', ['keys.does-not-open']],
    ['blind-index', 'secret', ['keys.index-other']],
    ['log-signing', 'secret', ['keys.signer-missing']],
  ] as const
  const changes = { id: '0badc0de', secret: Buffer.alloc(32, 7).toString('base64') }
  for (const [purpose, changed, codes] of cases) {
    test(`${purpose} ${changed ? `with another ${changed}` : 'gone'} · ${codes.join(', ')}`, async () => {
      const become = changed && ((text: string) => JSON.stringify({ ...JSON.parse(text), [changed]: changes[changed] }))
      const checked = await check(await keysWithout(purpose, become))
      assert.deepEqual(codesOf(checked), codes)
      const said: string[] = []
      const desk = { folder: '', masterFolder: null, now: TEST_NOW, words: loadWords(), out: (line: string) => said.push(line) }
      assert.equal(sayCheck(checked, false, desk), 1)
      assert.ok(!said.join('\n').includes(NUMBER))
      assert.ok(!/[a-z]+\.[a-z-]+：|—|undefined/.test(said.join('\n')))
    })
  }

  test('it makes no key, not even in an empty folder', async () => {
    await rm(copy, { recursive: true, force: true })
    assert.ok(codesOf(await check(copy)).includes('keys.purpose-missing'))
    assert.deepEqual(await readdir(copy), [])
  })

  test('production’s refusal of keys that a first start made is told before the platform refuses to start', async () => {
    assert.deepEqual(codesOf(await check(join(dataDir, 'keys'), false, true)), ['keys.self-made'])
  })
})
