import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { parseVerifier, verifyCheckpoint } from './checkpoint.ts'
import { type FactProof, runProve } from './prove-command.ts'
import { sequenceRound } from './sequence.ts'
import { fileInvented } from './testing-log.ts'

let t: TestApp
let admin: Database
before(async () => {
  t = await openTestApp()
  admin = openDatabase(t.database.superuserUrl, { max: 1 })
  for (const count of [3, 270]) {
    await fileInvented(t.app, count)
    await sequenceRound(t.worker)
  }
})
after(async () => {
  await admin.close()
  await t.close()
})

const sha256 = (...parts: (Buffer | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** The steps that the portal's page tells an outsider, word by word, with nothing but a hash. */
function rootOf({ text, index, size, path }: FactProof): Buffer {
  let hash = sha256(Buffer.from([0]), text)
  let [node, last] = [index, size - 1]
  for (const sibling of path.map(one => Buffer.from(one, 'base64'))) {
    const isRight = node % 2 === 1 || node === last
    hash = isRight ? sha256(Buffer.from([1]), sibling, hash) : sha256(Buffer.from([1]), hash, sibling)
    // A node at the right edge has no sibling of its own height and is carried up.
    while (isRight && node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return hash
}

test('M078 · whoever holds a proof and a public key sees that the fact stands in the log, without the platform', async () => {
  const facts = await admin.rows<{ subject: number; fact: number }>(
    sql`select subject_id as subject, fact_id as fact from fact order by fact_id offset 1 limit 40`,
  )
  for (const { subject, fact } of facts) {
    const lines: string[] = []
    assert.equal(await runProve(t.worker, ['--subject', String(subject), '--fact', String(fact)], line => lines.push(line)), 0)
    const proof = JSON.parse(lines.join('\n')) as FactProof
    const key = parseVerifier(proof.keys[0] ?? '')
    assert.ok(key.ok)
    const signed = verifyCheckpoint(proof.checkpoint, proof.log, [key.value.verifier])
    assert.ok(signed.ok)
    assert.ok(rootOf(proof).equals(signed.value.root))
    assert.equal(rootOf({ ...proof, text: proof.text.replace('"item"', '"Item"') }).equals(signed.value.root), false)
  }
})

test('M078 · a row that was altered since gets no proof', async () => {
  const [one] = await admin.rows<{ subject: number; fact: number }>(
    sql`select subject_id as subject, fact_id as fact from fact order by fact_id desc limit 1`,
  )
  const args = ['--subject', String(one?.subject), '--fact', String(one?.fact)]
  await admin.run(sql`update fact set authority = 'other' where fact_id = ${one?.fact}`)
  await assert.rejects(
    runProve(t.worker, args, () => undefined),
    /log.proof-wrong/,
  )
})

test('M078 · a fact of nobody is unknown, and a call without numbers is called wrongly', async () => {
  await assert.rejects(
    runProve(t.worker, ['--subject', '1', '--fact', '1'], () => undefined),
    /log.leaf-unknown/,
  )
  for (const args of [[], ['--fact', 'x'], ['--subject', '1', '--fact', '2', 'more']])
    assert.equal(await runProve(t.worker, args, () => undefined), 2)
})
