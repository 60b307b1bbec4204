import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { advanceNotices } from './advance.ts'
import { openNotice, recordProof, recordPublication } from './proof.ts'
import { regulator, serveTestNotice } from './testing.ts'

// Service by publication of a person's letter: called out by a masked name, and no longer than it takes.

let t: TestApp
let owner: Database
let person: SubjectId
let self: Actor

before(async () => {
  t = await openTestApp()
  owner = openDatabase(t.database.url, { max: 2 })
  const document = inventedResidentId(1, day('1990-03-07'))
  const [one] = await openTestSubjects(t.app, [{ name: '王某甲', kind: 'natural-person', document }])
  assert.ok(one)
  person = one
  self = { ...actorFor('subject', 'subject'), id: `account:${person}`, subjectId: person }
})
after(async () => {
  await owner.close()
  await t.close()
})

type Announced = { subject_name: string; is_organisation: boolean }
const announced = async (subjectId: SubjectId): Promise<Announced[]> =>
  await owner.rows<Announced>(sql`select subject_name, is_organisation from pub.announcement where subject_id = ${subjectId}`)

test('M205 · M209 · a person is announced by a masked name and without a page; opened in the account the letter is no longer called out', async () => {
  const { noticeId } = await serveTestNotice(t.app, person, 'listing-decision')
  const key = { subjectId: person, noticeId }
  t.setNow(new Date(TEST_NOW.getTime() + 6 * 86_400_000))
  await advanceNotices(t.worker)
  await recordProof(t.app, regulator, key, { channel: 'post', outcome: 'returned', on: day('2026-11-26'), reason: '查无此址' })
  await recordPublication(t.app, regulator, key)
  const [shown] = await announced(person)
  const card = await owner.row<{ name: string }>(sql`select name from subject_card where subject_id = ${person}`)
  assert.equal(shown?.is_organisation, false)
  assert.match(shown?.subject_name ?? '', /^.\*+$/)
  assert.ok(card && !shown?.subject_name.includes(card.name.slice(1)))
  const steps = await owner.rows<{ reason: string }>(
    sql`select reason from notice_service where notice_id = ${noticeId} and outcome = 'published'`,
  )
  assert.match(steps[0]?.reason ?? '', /在本平台门户“公告送达”公告，2026-12-26视为送达/)
  await openNotice(t.app, self, key, [person])
  assert.deepEqual(await announced(person), [])
})
