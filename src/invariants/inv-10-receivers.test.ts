import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { entryAt } from '../disclosure/handed-out.ts'
import { OUTLETS, type OutletId } from '../disclosure/outlets.ts'
import { publishSubjects } from '../publication/publish.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Doors, openDoors } from './doors.ts'
import { type About, PROBES } from './outlet-probes.ts'
import { firm, penalty, wageListing } from './sent-rows.ts'
import { send, subjectOf } from './testing.ts'

// Principle 10: every copy handed out is known, with an end; what is taken away afterwards is asked back from whoever may still use it.

const NOON = new Date('2026-11-20T04:00:00Z')
const minutesLater = (count: number): Date => new Date(NOON.getTime() + count * 60_000)

let t: TestApp
let doors: Doors
before(async () => {
  t = await openTestApp({ now: NOON })
  doors = await openDoors(t)
})
after(async () => {
  await doors.close()
  await t.close()
})

/** A firm with a penalty and a listing of its own for each outlet, so that what leaves at one is not taken for another's. */
async function firmFor(no: number): Promise<About & { readonly rows: readonly [object, object] }> {
  const rows = [penalty(no, `澜接〔2026〕${no}号`), wageListing(no, `澜接名〔2026〕${no}号`)] as const
  await send(t.app, 'ecology-penalty', [rows[0]])
  await send(t.app, 'wage-arrears', [rows[1]])
  const { code, name } = firm(no)
  const subjectId = await subjectOf(t.app, code)
  await publishSubjects(t.worker, [subjectId])
  return { subjectId, name, code, rows }
}

type Entry = { outlet: string; unit: string | null; ends: boolean }
const entriesOf = (subjectId: SubjectId): Promise<Entry[]> =>
  t.worker.db.rows<Entry>(sql`select outlet, unit, until is not null as ends from look where subject_id = ${subjectId}
    union select kind || '-report', substr(issued_to, 6), true from report where subject_id = ${subjectId} and issued_to like 'unit:%'`)

/** Outlets that have no way out yet; they say how their entries end all the same. */
const NOT_BUILT: readonly OutletId[] = ['export']

for (const [index, { outlet }] of OUTLETS.entries()) {
  const probe = PROBES[outlet]
  if (!probe) continue
  test(`principle 10 · ${outlet}: ${entryAt(outlet) ? 'what is handed out leaves an entry with an end, and is asked back' : 'nobody is handed anything'}`, async () => {
    t.setNow(NOON)
    const about = await firmFor(index + 1)
    t.setNow(minutesLater(1))
    await probe(doors, about)
    const own = (await entriesOf(about.subjectId)).filter(one => one.outlet === outlet)
    const end = entryAt(outlet)
    if (end === undefined)
      assert.ok(
        own.every(one => !one.ends),
        'an entry with an end where nothing is handed out',
      )
    else assert.ok(own.length > 0 && own.every(one => one.ends), 'no entry, or one without an end')
    t.setNow(minutesLater(2))
    const [penalised, listed] = about.rows
    await send(t.app, 'ecology-penalty', [{ ...penalised, 操作类型: '撤销' } as never])
    await send(t.app, 'wage-arrears', [{ ...listed, 操作类型: '撤销' } as never])
    const asked = await t.worker.db.rows<{ receiver: string }>(
      sql`select distinct receiver from receiver_notice where subject_id = ${about.subjectId} and kind = 'correct-copies' and ${outlet} = any(outlets)`,
    )
    // A subject with its own report is not asked to forget what it was right about.
    const units = new Set(
      own.flatMap(one => (end === undefined || one.unit === null || one.unit === 'subject' ? [] : [one.unit])),
    )
    assert.deepEqual(new Set(asked.map(one => one.receiver)), units)
    if (end !== undefined && outlet !== 'special-report') assert.ok(units.size > 0, 'nobody was asked')
  })
}

test('principle 10 · every outlet that hands out can be tried; one that cannot is named', () => {
  assert.deepEqual(
    OUTLETS.filter(({ outlet }) => entryAt(outlet) && PROBES[outlet] === null).map(({ outlet }) => outlet),
    NOT_BUILT,
  )
})
