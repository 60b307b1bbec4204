import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openKeys } from '../crypto/keys.ts'
import { KEY_DAY, temporaryFolder } from '../crypto/testing.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { compareKept, notesOf } from './against.ts'
import { runAudit } from './audit-command.ts'
import { formatVerifier, signCheckpoint } from './checkpoint.ts'
import { EMPTY_ROOT, leafHash } from './merkle.ts'
import { sequenceRound } from './sequence.ts'
import { fileInvented } from './testing-log.ts'

const ORIGIN = 'mingxin/example'

describe('M078 · principle 11 · an outsider’s checkpoint shows that the log only grew', () => {
  let t: TestApp
  let admin: Database
  let folder = ''
  /** Published after each round: what outsiders have kept. */
  const notes: string[] = []

  before(async () => {
    t = await openTestApp()
    admin = openDatabase(t.database.superuserUrl, { max: 1 })
    folder = await mkdtemp(join(tmpdir(), 'mingxin-kept-'))
    for (const count of [1, 7, 250, 300]) {
      await fileInvented(t.app, count)
      await sequenceRound(t.worker)
    }
    const rows = await admin.rows<{ note: string }>({ text: 'select note from pub.checkpoint order by size' })
    notes.push(...rows.map(row => row.note))
  })
  after(async () => {
    await admin.close()
    await t.close()
    await rm(folder, { recursive: true })
  })

  const codeOf = async (note: string, ...trusted: Parameters<typeof compareKept>[2][]): Promise<string> => {
    const found = await compareKept(t.worker, note, ...trusted)
    return found.ok ? 'continued' : found.code
  }
  const signed = (size: number, root: Buffer): string =>
    signCheckpoint({ origin: ORIGIN, size, root }, t.app.keys.signers('log-signing'))

  test('the login of the portal reads every checkpoint and the public key, and can change neither', async () => {
    const portal = openDatabase(t.portalUrl, { max: 1 })
    assert.equal((await portal.rows({ text: 'select size, at, note from pub.checkpoint' })).length, 4)
    const [key] = await portal.rows<{ verifier: string; pem: string }>({ text: 'select verifier, pem from pub.log_key' })
    assert.equal(key?.verifier, formatVerifier(ORIGIN, t.app.keys.verifiers('log-signing')[0] ?? assert.fail()))
    assert.match(key?.pem ?? '', /^-----BEGIN PUBLIC KEY-----/)
    await assert.rejects(portal.run({ text: "update pub.checkpoint set note = ''" }), /permission denied/)
    await portal.close()
  })

  test('every checkpoint ever published is continued by the present log', async () => {
    assert.equal(notes.length, 4)
    for (const note of notes) assert.equal(await codeOf(note), 'continued')
    assert.equal(await codeOf(signed(0, EMPTY_ROOT)), 'continued')
  })

  const wrong: readonly (readonly [string, () => string, string])[] = [
    ['another root under the right key', () => signed(8, leafHash(Buffer.from('other'))), 'against.rewritten'],
    ['a root of the same size', () => signed(Number(notes[3]?.split('\n')[1]), leafHash(Buffer.from('x'))), 'against.rewritten'],
    ['a longer log', () => signed(5000, leafHash(Buffer.from('longer'))), 'against.shorter'],
    ['a note with another size', () => (notes[1] ?? '').replace('\n10\n', '\n8\n'), 'checkpoint.signature-wrong'],
    ['no note', () => 'nonsense', 'checkpoint.malformed'],
    ['a note of another log', () => (notes[1] ?? '').replace(ORIGIN, 'mingxin/other'), 'checkpoint.origin-other'],
  ]
  for (const [what, note, code] of wrong) test(`${what} · ${code}`, async () => assert.equal(await codeOf(note()), code))

  test('a log that was cut off and one that was written anew are told apart from one that grew', async () => {
    await admin.run({ text: 'create table kept as table checkpoint; delete from checkpoint where size > 300' })
    assert.equal(await codeOf(notes[3] ?? ''), 'against.shorter')
    assert.equal(await codeOf(notes[1] ?? ''), 'continued')
    await admin.run({ text: 'truncate checkpoint; insert into checkpoint table kept; drop table kept' })
    // Whoever holds the signing key writes other tiles and signs their root: whole in itself, and not the log of then.
    await admin.run({ text: 'create table kept as table ledger_tile' })
    await admin.run({ text: 'create table kept_notes as table checkpoint' })
    await admin.run({ text: "update ledger_tile set hashes = overlay(hashes placing '\\x00'::bytea from 1 for 1)" })
    await admin.run({
      text: 'update checkpoint set note = $1 where size = (select max(size) from checkpoint)',
      values: [signed(562, leafHash(Buffer.from('new')))],
    })
    assert.equal(await codeOf(notes[1] ?? ''), 'against.rewritten')
    await admin.run({ text: 'truncate ledger_tile; insert into ledger_tile table kept; drop table kept' })
    await admin.run({ text: 'truncate checkpoint; insert into checkpoint table kept_notes; drop table kept_notes' })
    assert.equal(await codeOf(notes[1] ?? ''), 'continued')
  })

  test('an outsider’s own copy of the key decides whose signature counts', async each => {
    const own = t.app.keys.verifiers('log-signing')
    const now = (): Date => KEY_DAY
    const strange = await openKeys({ dir: await temporaryFolder(each), mayCreate: true, production: false, now })
    assert.equal(await codeOf(notes[0] ?? '', own), 'continued')
    assert.equal(await codeOf(notes[0] ?? '', strange.verifiers('log-signing')), 'checkpoint.unsigned')
  })

  test('a file holds one note, or the list as it is published', () => {
    assert.deepEqual(notesOf(notes[0] ?? ''), { ok: true, value: [notes[0]] })
    const list = JSON.stringify({ origin: ORIGIN, keys: [], checkpoints: notes.map((note, size) => ({ size, note })) })
    assert.deepEqual(notesOf(list), { ok: true, value: notes })
    assert.deepEqual(notesOf(JSON.stringify({ size: 1, note: notes[1] })), { ok: true, value: [notes[1]] })
    for (const text of ['{', '{}', '{"checkpoints":[]}', '{"checkpoints":[7]}']) assert.equal(notesOf(text).ok, false, text)
  })

  test('mingxin audit --against: 0 where the log only grew, 1 where not, 2 when called wrongly', async () => {
    const good = join(folder, 'good.txt')
    const bad = join(folder, 'bad.txt')
    await writeFile(good, notes[1] ?? '')
    await writeFile(bad, signed(8, leafHash(Buffer.from('other'))))
    const lines: string[] = []
    const run = (...args: string[]): Promise<number> => runAudit(t.worker, args, line => lines.push(line))
    assert.equal(await run('--against', good), 0)
    assert.match(lines.at(-1) ?? '', /good\.txt {2}核验通过：账本的前10条与这个检查点一致，此后只有追加，现有\d+条/)
    const key = formatVerifier(ORIGIN, t.app.keys.verifiers('log-signing')[0] ?? assert.fail())
    assert.equal(await run('--against', good, '--key', key), 0)
    assert.equal(await run('--against', good, '--against', bad, '--json'), 1)
    const told = JSON.parse(lines.at(-1) ?? '') as { origin: string; against: { ok: boolean; code: string; size: number }[] }
    assert.deepEqual(
      told.against.map(one => [one.ok, one.code, one.size]),
      [
        [true, 'against.continued', 10],
        [false, 'against.rewritten', 8],
      ],
    )
    assert.equal(await run('--key', key), 2)
    await assert.rejects(run('--against', join(folder, 'none.txt')), /audit.no-file/)
    await assert.rejects(run('--against', good, '--key', 'nonsense'), /checkpoint.key-malformed/)
  })
})
