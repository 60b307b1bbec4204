import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { addDays, type Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { OUTLETS, type OutletId } from '../disclosure/outlets.ts'
import { runLine } from '../intake/line.ts'
import { publishSubjects } from '../publication/publish.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Doors, openDoors } from './doors.ts'
import { type About, PROBES } from './outlet-probes.ts'
import { pausing } from './planted-fault.ts'
import { firm, penalty } from './sent-rows.ts'
import { csvOf, Outside, receive, runs, send, subjectOf } from './testing.ts'
import { ABNORMAL_REASON, historySpec, isInEffect, isInSpecialReport, isPublic, type Told, tell } from './told-history.ts'

// Principle 3: in force is computed from dates. What is repaired, over, annulled or superseded stops at every outlet at once, without a job.

let t: TestApp
let doors: Doors
let outside: Outside
before(async () => {
  // The keys are made on the first day of all, so that every later one can use them.
  t = await openTestApp({ now: new Date('2026-04-20T04:00:00Z') })
  doors = await openDoors(t)
  outside = await Outside.open(t)
})
after(async () => {
  await outside.close()
  await doors.close()
  await t.close()
})

const noonOf = (on: Day): Date => new Date(`${on}T04:00:00Z`)
/** Officers with a registered look see what is over, marked as such; superseded versions not even they. */
const ARCHIVES: ReadonlySet<OutletId> = new Set(['console-archive', 'archive-copy', 'api-records'])
/** The subject is told all that is kept of it, marked as well. */
const FULL: ReadonlySet<OutletId> = new Set([...ARCHIVES, 'account'])

async function sendRows(rows: readonly Told[], which: 'first' | 'second'): Promise<void> {
  for (const told of rows) {
    const row = told.rows[which]
    if (!row) continue
    const { counts } = await send(t.app, told.source, [row])
    assert.equal(counts.filed + counts.corrected + counts.annulled, 1, JSON.stringify(row))
  }
}

async function outletTexts(about: About): Promise<Map<OutletId, string>> {
  const found = new Map<OutletId, string>()
  for (const { outlet } of OUTLETS) {
    const probe = PROBES[outlet]
    if (probe) found.set(outlet, await probe(doors, about))
  }
  return found
}

/** What each outlet must show of a record today, and by which text it is known there; an outlet that is not named shows no record. */
function expected(told: Told, on: Day): Partial<Record<OutletId, { shown: boolean; by: string }>> {
  const open = isPublic(told, on)
  const listed = {
    shown: isInEffect(told, on),
    by: told.kind === 'abnormal' ? `${told.decidedOn} ${ABNORMAL_REASON}` : told.number,
  }
  const inRegister = told.kind === 'penalty' || told.kind === 'licence'
  return {
    'portal-page': { shown: open, by: told.lastMark },
    'public-report': { shown: open, by: told.lastMark },
    'portal-register': { shown: open && inRegister, by: told.number },
    'open-data': { shown: open && inRegister, by: told.number },
    'portal-list': { shown: open && told.kind === 'wage', by: told.number },
    'special-report': { shown: isInSpecialReport(told, t.app.law.calendar, on), by: told.lastMark },
    // What a subject may grant is what the public would be shown, as long as it would.
    'authorised-records': { shown: open, by: told.lastMark },
    'api-authorised-records': { shown: open, by: told.lastMark },
    check: listed,
    'check-batch': listed,
    'api-check': listed,
  }
}

function assertOutlets(texts: ReadonlyMap<OutletId, string>, all: readonly Told[], on: Day): void {
  for (const told of all) {
    const must = expected(told, on)
    for (const [outlet, text] of texts) {
      const where = `${outlet} on ${on}: ${JSON.stringify(told)}`
      if (told.lastMark !== told.firstMark) assert.ok(!text.includes(told.firstMark), `a superseded version at ${where}`)
      if (FULL.has(outlet)) continue
      const { shown, by } = must[outlet] ?? { shown: false, by: told.lastMark }
      assert.equal(text.includes(by), shown, where)
      if (!shown) assert.ok(!text.includes(told.lastMark), where)
    }
  }
}

type ArchiveRecord = { documentNo: string; state: string; marks: string[]; outlets: { outlet: string; shown: boolean }[] }

function assertArchive(text: string, all: readonly Told[], on: Day): void {
  const { records } = JSON.parse(text) as { records: ArchiveRecord[] }
  for (const told of all) {
    if (told.kind === 'abnormal') continue
    const record = records.find(one => one.documentNo === told.number)
    assert.equal(record?.state, told.annulled ? 'annulled' : 'standing', JSON.stringify(told))
    const portal = record?.outlets.find(one => one.outlet === 'portal-page')
    assert.equal(portal?.shown, isPublic(told, on), JSON.stringify(told))
    if (!isPublic(told, on)) assert.ok(!record?.marks.includes('displayed'), JSON.stringify(record))
  }
}

let serial = 0

test('M094 · on whatever day it is asked, each outlet shows what is in force on that day, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(historySpec, async ({ begins, later, specs }) => {
      const n = ++serial
      const all = tell(n, begins, specs)
      t.setNow(noonOf(begins))
      await sendRows(all, 'first')
      const about = { subjectId: await subjectOf(t.app, firm(n).code), ...firm(n) }
      await publishSubjects(t.worker, [about.subjectId])
      await sendRows(all, 'second')
      // No task has run since: what was taken away is gone, what stands may still be on its way.
      for (const [outlet, text] of await outletTexts(about)) {
        for (const told of all) {
          if (told.firstMark !== told.lastMark) assert.ok(!text.includes(told.firstMark), `${outlet}: ${told.firstMark}`)
          if (told.annulled && !FULL.has(outlet)) assert.ok(!text.includes(told.firstMark), `${outlet}: ${told.firstMark}`)
        }
      }
      await publishSubjects(t.worker, [about.subjectId])
      const on = addDays(begins, later)
      t.setNow(noonOf(on))
      const texts = await outletTexts(about)
      assertOutlets(texts, all, on)
      for (const outlet of ARCHIVES) assertArchive(texts.get(outlet) ?? '', all, on)
    }),
    runs(10),
  )
})

/** A published penalty of a firm of its own, with a public report that shows it. */
async function publishedPenalty(): Promise<{ n: number; number: string; subjectId: SubjectId; code: string }> {
  const n = 700 + ++serial
  const number = `澜并〔2026〕${n}号`
  await send(t.app, 'ecology-penalty', [penalty(n, number)])
  const subjectId = await subjectOf(t.app, firm(n).code)
  await publishSubjects(t.worker, [subjectId])
  const office = await doors.signIn('credit-office', ['credit-office'])
  const issued = await doors.ask('api', office, {
    method: 'POST',
    url: `/api/v1/subjects/${subjectId}/reports`,
    payload: { kind: 'public' },
  })
  return { n, number, subjectId, code: (issued.json() as { code: string }).code }
}

type Seen = { shown: number; report: string; annulled: number }

const seenOf = (subjectId: SubjectId): Promise<Seen[]> =>
  outside.rows<Seen>(
    `select (select count(*)::int from pub.record where subject_id = $1) as shown,
      (select state from pub.report join report using (code) where subject_id = $1) as report,
      (select count(*)::int from fact where subject_id = $1 and kind = 'annulment') as annulled`,
    [subjectId],
  )

test('M094 · whoever looks while a record is annulled sees it everywhere or nowhere', async () => {
  t.setNow(noonOf('2026-06-18' as Day))
  const { n, number, subjectId } = await publishedPenalty()
  const annulling = await receive(t.app, 'ecology-penalty', csvOf([penalty(n, number, { 操作类型: '撤销' })]))
  const slow = pausing(t.worker, () => sleep(4))
  let done = false
  const line = runLine(slow, annulling).finally(() => {
    done = true
  })
  const seen: Seen[] = []
  while (!done) seen.push(...(await seenOf(subjectId)))
  await line
  seen.push(...(await seenOf(subjectId)))
  const whole = [
    { shown: 1, report: 'issued', annulled: 0 },
    { shown: 0, report: 'superseded', annulled: 1 },
  ]
  for (const one of seen)
    assert.ok(
      whole.some(state => JSON.stringify(state) === JSON.stringify(one)),
      JSON.stringify(one),
    )
  assert.deepEqual([seen[0], seen.at(-1)], whole, 'before and after were both seen')
})

test('M094 · a publication under way does not bring back what is annulled meanwhile', async () => {
  for (const [held, when] of [
    ['put-subjects', 'after it has read'],
    ['lock-publication', 'before it has its turn'],
  ] as const) {
    t.setNow(noonOf('2026-06-18' as Day))
    const { n, number, subjectId } = await publishedPenalty()
    const annulling = await receive(t.app, 'ecology-penalty', csvOf([penalty(n, number, { 操作类型: '撤销' })]))
    const gate = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const publishing = publishSubjects(
      pausing(t.worker, async name => {
        if (name !== held) return
        reached.resolve()
        await gate.promise
      }),
      [subjectId],
    )
    await reached.promise
    t.setNow(new Date(noonOf('2026-06-18' as Day).getTime() + 60_000))
    const line = runLine(t.worker, annulling)
    // The annulment either waits for the publication or is through before it goes on.
    await Promise.race([line, sleep(300)])
    gate.resolve()
    await Promise.all([publishing, line])
    const left = await t.worker.db.rows(sql`select record_id from pub.record where subject_id = ${subjectId}`)
    assert.deepEqual(left, [], `annulled ${when}`)
  }
})
