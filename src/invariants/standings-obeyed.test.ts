import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { STANDING_KINDS, type StandingKind } from '../archive/model.ts'
import { sql } from '../db/database.ts'
import { OUTLETS, type OutletId } from '../disclosure/outlets.ts'
import { publishSubjects } from '../publication/publish.ts'
import { endStanding, setStanding } from '../standing/commands.ts'
import { writeComment } from '../standing/comments.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { type Doors, NOBODY, openDoors } from './doors.ts'
import { PROBES } from './outlet-probes.ts'
import { pausing } from './planted-fault.ts'
import { FOUND, FULL, isIn, type Known, publishedRecord, RECORDS } from './standing-records.ts'

// Principle 3: what a case makes of a record is obeyed by every outlet at once. Everything is asked over HTTP, and no task runs meanwhile.

let t: TestApp
let doors: Doors
before(async () => {
  t = await openTestApp({ now: new Date('2026-06-18T04:00:00Z') })
  doors = await openDoors(t)
})
after(async () => {
  await doors.close()
  await t.close()
})

let serial = 300
let caseId = 9000

const published = (what: Known['what']): Promise<Known> => publishedRecord(t, what, ++serial)

const act = <T>(app: App, work: Parameters<typeof change<T>>[3]): Promise<T> =>
  change(app, SYSTEM, { deed: 'test.case-step', entity: 'system' }, work)

const make = (known: Known, kind: StandingKind, app: App = t.app): Promise<number> =>
  act(app, made => setStanding(app, made, known, { kind, caseId: ++caseId, basis: 'ndrc-36' }))

/** What leaves at every outlet that has a door; the compiler holds that each has a probe, or says that it has no door. */
async function textsOf(known: Known): Promise<Map<OutletId, string>> {
  const found = new Map<OutletId, string>()
  for (const { outlet } of OUTLETS) {
    const probe = PROBES[outlet]
    if (probe) found.set(outlet, await probe(doors, known))
  }
  assert.deepEqual([...found.keys(), ...WITHOUT_DOOR].sort(), OUTLETS.map(one => one.outlet).sort())
  return found
}

/** The archive's export is a command of the machine's own terminal that nobody has built. */
const WITHOUT_DOOR: readonly OutletId[] = ['export']

async function assertFound(known: Known): Promise<void> {
  const texts = await textsOf(known)
  const found = [...texts].flatMap(([outlet, text]) => (isIn(text, known) ? outlet : []))
  // It is not in reports until one is issued by the probe of reports, which verification then knows by its code alone.
  assert.deepEqual(found.sort(), [...FOUND[known.what]].sort(), known.what)
}

/** As a browser asks that has kept the page. */
const pageOf = (known: Known) =>
  doors.ask('portal', NOBODY, {
    method: 'GET',
    url: `/subjects/${known.subjectId}`,
    headers: { 'if-none-match': '*', 'if-modified-since': t.app.now().toUTCString() },
  })

/** The codes of reports in people's hands. */
async function handedOut(known: Known): Promise<string[]> {
  const rows = await t.worker.db.rows<{ code: string }>(sql`select code from report where subject_id = ${known.subjectId}`)
  return rows.map(row => row.code)
}

/** A page that a browser has kept is asked for anew, and never confirmed. */
async function freshPage(known: Known): Promise<string> {
  const page = await pageOf(known)
  assert.deepEqual([page.statusCode, page.headers['cache-control']], [200, 'no-cache'])
  return page.body
}

async function assertReportsOver(codes: readonly string[]): Promise<void> {
  assert.ok(codes.length >= 2)
  for (const code of codes) {
    const verified = await doors.ask('api', NOBODY, { method: 'GET', url: `/api/v1/verify/${code}` })
    assert.equal((verified.json() as { state: string }).state, 'superseded')
    const office = await doors.signIn('credit-office', ['credit-office'])
    assert.notEqual((await doors.ask('api', office, { method: 'GET', url: `/api/v1/reports/${code}` })).statusCode, 200)
  }
}

const TAKING = STANDING_KINDS.filter(kind => kind !== 'contested')

for (const what of RECORDS)
  for (const kind of TAKING)
    test(`M263 · M269 · M271 · a ${what} that a case has ${kind} is found at no outlet from the commit on`, async () => {
      const known = await published(what)
      await assertFound(known)
      const codes = await handedOut(known)
      await make(known, kind)
      for (const [outlet, text] of await textsOf(known)) {
        if (!FULL.has(outlet)) assert.ok(!isIn(text, known), `${kind} ${what} at ${outlet}`)
        else assert.ok(text.includes(known.mark), `${kind} ${what} is kept from its own file at ${outlet}`)
      }
      assert.ok(!isIn(await freshPage(known), known))
      await assertReportsOver(codes)
    })

for (const what of RECORDS)
  test(`M260 · M277 · a contested ${what} carries its mark at every outlet from the commit on`, async () => {
    const known = await published(what)
    await assertFound(known)
    const codes = await handedOut(known)
    const standingId = await make(known, 'contested')
    await assertReportsOver(codes)
    const texts = await textsOf(known)
    for (const outlet of FOUND[what]) {
      const text = texts.get(outlet) ?? ''
      assert.ok(isIn(text, known), `a contested ${what} is still found at ${outlet}`)
      assert.match(text, /异议处理中|"contested"/, `the mark at ${outlet}`)
    }
    assert.match(await freshPage(known), /异议处理中/)
    await act(t.app, made => endStanding(t.app, made, { ...known, standingId }, 'objection.upheld-record'))
    assert.doesNotMatch(await freshPage(known), /异议处理中/)
    await assertFound(known)
  })

test('M257 · what its subject says beside a record stands at every outlet that shows the record', async () => {
  const known = await published('wage')
  const own = { ...actorFor('', 'subject'), unit: null, subjectId: known.subjectId }
  await writeComment(t.app, own, known.recordId, '所欠工资已于六月一日全部付清。')
  const texts = await textsOf(known)
  for (const outlet of FOUND.wage) assert.match(texts.get(outlet) ?? '', /六月一日全部付清|有主体说明|commented/, outlet)
  for (const outlet of ['portal-page', 'public-report', 'check', 'api-check', 'check-batch', ...FULL] as const)
    assert.match(texts.get(outlet) ?? '', /六月一日全部付清/, outlet)
})

test('principle 3 · a repair that is taken back shows the rest of the period again, by the task that publishes', async () => {
  const known = await published('penalty')
  const standingId = await make(known, 'repaired')
  await publishSubjects(t.worker, [known.subjectId])
  assert.ok(!isIn(await freshPage(known), known), 'a publication does not bring back what is repaired')
  await act(t.app, made => endStanding(t.app, made, { ...known, standingId }, 'repair.false-material'))
  assert.ok(!isIn(await freshPage(known), known), 'what adds follows by task')
  await publishSubjects(t.worker, [known.subjectId])
  await assertFound(known)
  t.setNow(new Date('2027-05-16T04:00:00Z'))
  assert.ok(!isIn(await freshPage(known), known), 'no longer than its period')
  t.setNow(new Date('2026-06-18T04:00:00Z'))
})

for (const [held, when] of [
  ['put-subjects', 'after it has read'],
  ['lock-publication', 'before it has its turn'],
] as const)
  test(`principle 3 · a publication under way does not bring back what is repaired, or drop a mark, ${when}`, async () => {
    for (const kind of ['repaired', 'contested'] as const) {
      const known = await published('penalty')
      const gate = Promise.withResolvers<void>()
      const reached = Promise.withResolvers<void>()
      const waiting = pausing(t.worker, async name => {
        if (name !== held) return
        reached.resolve()
        await gate.promise
      })
      const publishing = publishSubjects(waiting, [known.subjectId])
      await reached.promise
      const making = make(known, kind)
      // It either waits for the publication or is through before that goes on.
      await Promise.race([making, sleep(300)])
      gate.resolve()
      await Promise.all([publishing, making])
      const page = await freshPage(known)
      if (kind === 'repaired') assert.ok(!isIn(page, known))
      else assert.match(page, /异议处理中/)
    }
  })
