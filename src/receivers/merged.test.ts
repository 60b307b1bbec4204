import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '../base/day.ts'
import { makeCheck } from '../checks/commands.ts'
import { recordLink, undoLink } from '../matching/link-subjects.ts'
import { issueReport } from '../reports/commands.ts'
import { actorFor } from '../testing-app.ts'
import { investigator, officer, ReceiversTest, why } from './testing.ts'

let r: ReceiversTest
before(async () => {
  r = await ReceiversTest.open()
})
after(() => r.close())

const office = actorFor('credit-office', 'credit-office')

test('M056 · records of a merged subject are asked back from whoever was shown them under the survivor; unlinked, they were misattributed', async () => {
  const merged = await r.firm()
  const survivor = await r.firm()
  r.later(1)
  await makeCheck(r.app, investigator, { subject: merged.uscc, ...why })
  r.later(2)
  const { subjectId } = merged
  const merging = {
    subjectId,
    toSubject: survivor.subjectId,
    kind: 'merged-into',
    validFrom: day('2026-11-01'),
    reason: '合并',
  } as const
  const { linkId } = await recordLink(r.app, office, merging)
  r.later(3)
  await makeCheck(r.app, officer, { subject: survivor.uscc, ...why })
  await issueReport(r.app, office, survivor.subjectId, { kind: 'public' })
  r.later(4)
  await r.takeAway(subjectId, merged.listing)
  const receivers = async () => (await r.notices(subjectId)).map(one => [one.cause, one.receiver, one.outlets])
  assert.deepEqual(await receivers(), [
    ['removed', 'approval', ['check']],
    ['removed', 'credit-office', ['public-report']],
    ['removed', 'ecology-environment', ['check']],
  ])
  r.later(5)
  await undoLink(r.app, office, { subjectId, linkId }, '误并')
  assert.deepEqual(
    (await receivers()).filter(([cause]) => cause === 'misattributed'),
    [
      ['misattributed', 'approval', ['check']],
      ['misattributed', 'credit-office', ['public-report']],
    ],
    'whoever looked before they were linked took them for what they are',
  )
  assert.deepEqual(await r.notices(survivor.subjectId), [], 'the survivor’s own stand')
})
