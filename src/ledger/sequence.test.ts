import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { openDatabase } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { verifyCheckpoint } from './checkpoint.ts'
import { findCheckpoint, logOrigin } from './log-store.ts'
import { emptyTree } from './merkle.ts'
import { verifyInclusion } from './proof.ts'
import { proofOf } from './prove.ts'
import { runSequencer, sequenceRound } from './sequence.ts'
import { fileInvented, lookAt, lookAtNobody } from './testing-log.ts'

type Placed = { batch_id: number; first_leaf: number | null; leaf_count: number; leaves: Buffer }

describe('principle 11 · one sequencer appends the commitments in commit order', () => {
  let t: TestApp
  const batches = () =>
    t.worker.db.rows<Placed>({ text: 'select batch_id, first_leaf, leaf_count, leaves from ledger_batch order by first_leaf' })
  const deed = (name: string) => change(t.app, SYSTEM, { deed: name, entity: 'system' }, async made => made.batchId)

  before(async () => {
    t = await openTestApp()
  })
  after(() => t.close())

  test('M078 · facts, acts and looks get places without gap or overlap, and a checkpoint that the log-signing key signed', async () => {
    await fileInvented(t.app, 700)
    await lookAt(t.app, 1001, 1002)
    await lookAtNobody(t.app)
    assert.deepEqual(await sequenceRound(t.worker), { batches: 3, leaves: 704, changes: 0, isLast: true })
    await fileInvented(t.app, 30)
    await sequenceRound(t.worker)
    const tree = emptyTree()
    for (const batch of await batches()) {
      assert.equal(batch.first_leaf, tree.size)
      tree.append(batch.leaves)
    }
    const last = await findCheckpoint(t.worker.db)
    const signed = verifyCheckpoint(last?.note ?? '', 'mingxin/example', t.app.keys.verifiers('log-signing'))
    assert.ok(signed.ok)
    assert.deepEqual([signed.value.size, signed.value.root], [735, tree.root()])
    assert.deepEqual(await sequenceRound(t.worker), { batches: 0, leaves: 0, changes: 0, isLast: true })
  })

  test('a batch that commits after the round gets its place in the next one, though its id is smaller', async () => {
    let release: (() => void) | undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    let lateId = 0
    const late = change(t.app, SYSTEM, { deed: 'late', entity: 'system' }, async made => {
      lateId = made.batchId
      await held
    })
    while (lateId === 0) await sleep(1)
    const early = await deed('early')
    assert.ok(lateId < early)
    await sequenceRound(t.worker)
    release?.()
    await late
    await sequenceRound(t.worker)
    assert.deepEqual(
      (await batches()).slice(-2).map(batch => batch.batch_id),
      [early, lateId],
    )
  })

  test('what was rolled back leaves no leaf', async () => {
    const before = (await batches()).length
    await assert.rejects(
      change(t.app, SYSTEM, { deed: 'refused', entity: 'system' }, async () => {
        throw new Error('refused')
      }),
    )
    await sequenceRound(t.worker)
    assert.equal((await batches()).length, before)
  })

  test('two processes at once: every batch has one place', async () => {
    const second = { ...t.app, db: openDatabase(t.worker.db.pool.options.connectionString ?? '', { max: 2 }) }
    for (let i = 0; i < 40; i++) await deed(`deed ${i}`)
    const rounds = await Promise.all([
      sequenceRound(t.worker),
      sequenceRound(second),
      sequenceRound(t.worker),
      sequenceRound(second),
    ])
    assert.equal(
      rounds.reduce((sum, round) => sum + round.batches, 0),
      40,
    )
    let size = 0
    for (const batch of await batches()) {
      assert.equal(batch.first_leaf, size)
      size += batch.leaf_count
    }
    await second.db.close()
  })

  test('public changes get numbers from 1 without a gap', async () => {
    const ids = await t.app.ids.take(3)
    for (const id of ids.toReversed()) {
      await t.worker.db.run({
        text: "insert into pub.change (change_id, at, deed, record_ids, subject_ids) values ($1, $2, 'shown', '{}', '{}')",
        values: [id, t.app.now()],
      })
    }
    await sequenceRound(t.worker)
    const [later] = await t.app.ids.take(1)
    await t.worker.db.run({
      text: "insert into pub.change (change_id, at, deed, record_ids, subject_ids) values ($1, $2, 'withdrawn', '{}', '{}')",
      values: [later, t.app.now()],
    })
    await sequenceRound(t.worker)
    const rows = await t.worker.db.rows({ text: 'select change_id, seq from pub.change order by seq' })
    assert.deepEqual(
      rows,
      [...ids, later].map((change_id, i) => ({ change_id, seq: i + 1 })),
    )
  })

  test('M078 · every leaf can be proved to a checkpoint by one who trusts the public key alone', async () => {
    const trusted = t.app.keys.verifiers('log-signing')
    for (const batch of await batches()) {
      for (const leafNo of new Set([0, Math.floor(batch.leaf_count / 2), batch.leaf_count - 1])) {
        const proof = await proofOf(t.worker, batch.batch_id, leafNo)
        const signed = verifyCheckpoint(proof.note, logOrigin(t.app.city), trusted)
        assert.ok(signed.ok && signed.value.size === proof.size)
        assert.ok(verifyInclusion(proof.size, proof.index, proof.leaf, proof.path, signed.value.root))
        assert.deepEqual(proof.leaf, batch.leaves.subarray(leafNo * 32, leafNo * 32 + 32))
      }
    }
    const [first] = await batches()
    await assert.rejects(proofOf(t.worker, first?.batch_id ?? 0, first?.leaf_count ?? 0), { code: 'log.leaf-unknown' })
    await assert.rejects(proofOf(t.worker, 1, 0), { code: 'log.leaf-unknown' })
    const waiting = await deed('not placed yet')
    await assert.rejects(proofOf(t.worker, waiting, 0), { code: 'log.not-yet-placed' })
  })

  test('nudged, it sequences soon; by its clock, without a nudge; drained, before drain returns; stopped, never again', async () => {
    const errors: Error[] = []
    const sequencer = runSequencer(t.worker, { onError: error => errors.push(error) })
    const waits = async () => (await t.worker.db.rows({ text: 'select from ledger_batch where first_leaf is null' })).length
    const deadline = async () => {
      const until = performance.now() + 4000
      while ((await waits()) > 0 && performance.now() < until) await sleep(20)
      return waits()
    }
    await deed('nudged')
    for (let i = 0; i < 100; i++) sequencer.nudge()
    assert.equal(await deadline(), 0)
    await deed('found by the clock')
    assert.equal(await deadline(), 0)
    await Promise.all(Array.from({ length: 20 }, (_, i) => deed(`drained ${i}`)))
    await sequencer.drain()
    assert.equal(await waits(), 0)
    await sequencer.stop()
    await deed('after the end')
    sequencer.nudge()
    await sleep(1200)
    assert.equal(await waits(), 1)
    assert.deepEqual(errors, [])
  })

  test('it signs nothing on top of a log that was altered, says so once, and goes on when it is as it was', async () => {
    const admin = openDatabase(t.database.superuserUrl, { max: 1 })
    const flip = () =>
      admin.run({
        text: 'update ledger_tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 0 and place = (select max(place) from ledger_tile where level = 0)',
      })
    await deed('waiting')
    await flip()
    const errors: Error[] = []
    const sequencer = runSequencer(t.worker, { onError: error => errors.push(error) })
    const size = (await findCheckpoint(t.worker.db))?.size
    await assert.rejects(sequencer.drain(), { code: 'log.head-wrong' })
    await sleep(2500)
    assert.deepEqual(
      errors.map(error => error.message),
      ['log.head-wrong'],
    )
    assert.equal((await findCheckpoint(t.worker.db))?.size, size)
    await flip()
    await sequencer.drain()
    assert.ok(((await findCheckpoint(t.worker.db))?.size ?? 0) > (size ?? 0))
    await sequencer.stop()
    await admin.close()
  })
})
