import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { openDatabase, sql } from '../db/database.ts'
import { renewPages } from '../publication/pages.ts'
import { publishSubjects } from '../publication/publish.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Doors, NOBODY, openDoors } from './doors.ts'
import { firm } from './sent-rows.ts'
import { runs, send, subjectOf } from './testing.ts'
import { historySpec, tell } from './told-history.ts'

// Principles 3 and 4: a page drawn ahead of time says what the portal would say of the rows on that very day, or is not sent.

let t: TestApp
let doors: Doors
before(async () => {
  t = await openTestApp({ now: new Date('2026-04-20T04:00:00Z') })
  doors = await openDoors(t)
})
after(async () => {
  await doors.close()
  await t.close()
})

const noonOf = (on: Day): Date => new Date(`${on}T04:00:00Z`)
let serial = 0

async function pageOn(subjectId: SubjectId, on: Day): Promise<string> {
  t.setNow(noonOf(on))
  const answer = await doors.ask('portal', NOBODY, { url: `/subjects/${subjectId}`, headers: { accept: 'text/html' } })
  assert.equal(answer.statusCode, 200)
  return answer.body
}

async function drawnPages(): Promise<number> {
  return (await t.worker.db.row<{ n: number }>(sql`select count(*)::int as n from pub.subject_page`))?.n ?? 0
}

test('M094 · a page drawn when its records were published is the page of the rows, on whatever day it is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(
      historySpec,
      fc.array(fc.nat(1500), { minLength: 1, maxLength: 4 }),
      async ({ begins, later, specs }, days) => {
        const n = ++serial
        t.setNow(noonOf(begins))
        const all = tell(n, begins, specs)
        for (const told of all) await send(t.app, told.source, [told.rows.first])
        const subjectId = await subjectOf(t.app, firm(n).code)
        await publishSubjects(t.worker, [subjectId])
        for (const told of all) if (told.rows.second) await send(t.app, told.source, [told.rows.second])
        if (serial % 2 === 0) await publishSubjects(t.worker, [subjectId])
        const asked = [begins, addDays(begins, later), ...all.flatMap(told => (told.end ? [told.end, addDays(told.end, 1)] : []))]
          .concat(days.map(one => addDays(begins, one)))
          .filter(on => on >= begins)
        const drawn: string[] = []
        for (const on of asked) drawn.push(await pageOn(subjectId, on))
        await t.worker.db.run(sql`delete from pub.subject_page where subject_id = ${subjectId}`)
        for (const [i, on] of asked.entries()) assert.equal(drawn[i], await pageOn(subjectId, on), `on ${on}`)
      },
    ),
    runs(8),
  )
})

test('M094 · what is missing, over or drawn by another program is drawn anew, and then sent', async () => {
  t.setNow(new Date('2026-11-20T04:00:00Z'))
  await renewPages(t.worker)
  const all = await drawnPages()
  assert.ok(all > 0)
  const owner = openDatabase(t.database.superuserUrl, { max: 1 })
  await owner.run({ text: "update pub.subject_page set stamp = 'of another program', body = 'stale'" })
  await owner.close()
  const subjectId = await subjectOf(t.app, firm(serial).code)
  assert.ok(!(await pageOn(subjectId, '2026-11-20' as Day)).includes('stale'), 'a page of another stamp is not sent')
  await t.worker.db.run(sql`delete from pub.subject_page where subject_id = ${subjectId}`)
  await renewPages(t.worker)
  assert.equal(await drawnPages(), all)
  assert.ok(!(await t.worker.db.row(sql`select from pub.subject_page where stamp = 'of another program'`)))
})
