import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { StandingKind } from '../archive/model.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { makeCheck } from '../checks/commands.ts'
import { publishSubjects } from '../publication/publish.ts'
import { issueReport } from '../reports/commands.ts'
import { verifyView } from '../reports/views.ts'
import { endStandingsOf, setStanding } from '../standing/commands.ts'
import { actorFor } from '../testing-app.ts'
import { ownCorrections } from './own-corrections.ts'
import { investigator, officer, ReceiversTest, why } from './testing.ts'

// What was shielded, repaired or let off stands again: whoever was told hears of it, and no report contradicts it in silence.

let r: ReceiversTest
before(async () => {
  r = await ReceiversTest.open()
})
after(() => r.close())

const office = actorFor('credit-office', 'credit-office')
let cases = 900
const sets = (subjectId: SubjectId, recordId: FactId, kind: StandingKind, caseId: number) =>
  change(r.app, SYSTEM, { deed: 'test.step', entity: 'system' }, made =>
    setStanding(r.app, made, { subjectId, recordId }, { kind, caseId, basis: 'ndrc-36' }),
  )
const ends = (subjectId: SubjectId, kind: StandingKind, caseId: number) =>
  change(r.app, SYSTEM, { deed: 'test.step', entity: 'system' }, made =>
    endStandingsOf(r.app, made, subjectId, { kind, caseId }, 'case.plan-failed'),
  )
const told = async (subjectId: SubjectId) =>
  (await r.notices(subjectId)).map(one => [one.cause, one.kind, one.receiver, one.dueOn !== null])

test('M262 · SG12 · a record shielded in a reorganisation is told as suspended, not annulled; when the stay ends its receivers are told again and asked nothing', async () => {
  const { subjectId, listing, uscc } = await r.firm()
  const caseId = cases++
  r.later(1)
  await makeCheck(r.app, officer, { subject: uscc, ...why })
  r.later(2)
  await sets(subjectId, listing, 'suspended', caseId)
  assert.deepEqual(await told(subjectId), [['suspended', 'correct-copies', 'approval', true]])
  const [asked] = await r.notices(subjectId)
  assert.ok(asked)
  await r.confirm(officer, asked)
  r.later(3)
  await ends(subjectId, 'suspended', caseId)
  assert.deepEqual(await told(subjectId), [
    ['suspended', 'correct-copies', 'approval', true],
    ['resumed', 'corrected', 'approval', false],
  ])
  const me = { ...actorFor('subject', 'subject'), id: `account:${subjectId}`, subjectId }
  const own = await ownCorrections(r.app, me, { limit: 10 })
  assert.deepEqual(
    own.map(one => [one.cause, one.units, one.told]),
    [
      ['resumed', 0, 1],
      ['suspended', 1, 0],
    ],
  )
})

test('M262 · what is repaired for good while it was shielded does not come back: nobody is told that it does', async () => {
  const { subjectId, listing, uscc } = await r.firm()
  const caseId = cases++
  r.later(1)
  await makeCheck(r.app, officer, { subject: uscc, ...why })
  r.later(2)
  await sets(subjectId, listing, 'suspended', caseId)
  r.later(3)
  await sets(subjectId, listing, 'repaired', caseId)
  await ends(subjectId, 'suspended', caseId)
  assert.ok((await told(subjectId)).every(([cause]) => cause !== 'resumed'))
})

test('M264 · a second round tells those of the second round, each unit once', async () => {
  const { subjectId, listing, uscc } = await r.firm()
  const caseId = cases++
  r.later(1)
  await makeCheck(r.app, officer, { subject: uscc, ...why })
  r.later(2)
  await sets(subjectId, listing, 'suspended', caseId)
  r.later(3)
  await ends(subjectId, 'suspended', caseId)
  await publishSubjects(r.platform.worker, [subjectId])
  r.later(4)
  await makeCheck(r.app, investigator, { subject: uscc, ...why })
  r.later(5)
  await sets(subjectId, listing, 'suspended', caseId)
  r.later(6)
  await ends(subjectId, 'suspended', caseId)
  const resumed = (await told(subjectId)).filter(([cause]) => cause === 'resumed').map(([, , receiver]) => receiver)
  assert.deepEqual(resumed.sort(), ['approval', 'approval', 'ecology-environment'])
})

test('M264 · principle 3 · a report issued while a repair stood says on verification that something has changed since, and not what', async () => {
  const { subjectId, penalty } = await r.firm()
  const caseId = cases++
  r.later(1)
  const before = await issueReport(r.app, office, subjectId, { kind: 'public' })
  r.later(2)
  await sets(subjectId, penalty, 'repaired', caseId)
  await publishSubjects(r.platform.worker, [subjectId])
  r.later(3)
  const between = await issueReport(r.app, office, subjectId, { kind: 'public' })
  assert.equal((await verifyView(r.app, between.code)).changedSince, false)
  r.later(4)
  await ends(subjectId, 'repaired', caseId)
  await publishSubjects(r.platform.worker, [subjectId])
  r.later(5)
  const after = await issueReport(r.app, office, subjectId, { kind: 'public' })
  const seen = await Promise.all([before, between, after].map(one => verifyView(r.app, one.code)))
  assert.deepEqual(
    seen.map(one => [one.state, one.changedSince]),
    [
      ['superseded', false],
      ['valid', true],
      ['valid', false],
    ],
  )
  const sentence = seen[1]?.sentence ?? ''
  assert.match(sentence, /发生过变化/)
  assert.doesNotMatch(sentence, /处罚|修复|撤销/)
})
