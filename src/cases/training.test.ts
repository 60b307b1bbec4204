import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { procedureOn } from '../law/law.ts'
import { openLaw } from '../law/load.ts'
import { actsFrom } from '../law/procedure-flow.ts'
import { readFilled, readPapers } from './filled.ts'
import { firstUnmet, type GuardFacts } from './guards.ts'

// Training is voluntary: it is recorded with its paper, looked at by the unit, and no way of a repair leads through it.

const ROOT = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const repair = procedureOn(law, 'repair', day('2026-06-18'))
assert.ok(repair)
const actOf = (name: string) => {
  const act = repair.acts.find(one => one.act === name)
  assert.ok(act)
  return act
}
const TOLD = { 'training-by': '澜川市企业服务中心', 'training-on': '2026-05-20', 'training-result': 'passed' }

test('M268 · M270 · a record of training names who held it, the day and the result, and comes with its paper', () => {
  const act = actOf('add-training')
  assert.ok(readFilled(law, act, TOLD).ok)
  const nameless = readFilled(law, act, { ...TOLD, 'training-by': '' })
  assert.equal(nameless.ok ? '' : nameless.code, 'case.field-missing')
  const paperless = readPapers(act, [])
  assert.equal(paperless.ok ? '' : paperless.code, 'case.paper-missing')
  assert.match(act.does, /没有参加的不影响修复/)
})

test('M267 · M268 · an application asks nothing about training, and the unit decides without it in every state', () => {
  const lodge = actOf('lodge')
  assert.deepEqual(
    [...lodge.fields.map(one => one.field), ...lodge.papers.map(one => one.paper)].filter(one => one.includes('training')),
    [],
  )
  for (const { act, to, guards } of repair.acts) if (to !== 'same') assert.ok(!guards.includes('training-told'), act)
  for (const state of ['lodged', 'awaiting-material', 'accepted'])
    assert.ok(
      actsFrom(repair, state).some(act => act.act === 'add-training'),
      state,
    )
})

test('M268 · there is nothing to verify where nothing was attached, and nobody is asked to attach it', () => {
  const facts = (filled: Record<string, string>): GuardFacts => ({
    ...{ law, today: day('2026-06-18'), aboutRef: '7', unit: null, subjectKind: null, filled, record: null, opened: null },
    ...{ served: new Map(), barredUntil: null, openConfirmations: 0 },
  })
  const none = firstUnmet(['training-told'], facts({}), 'ndrc-36')
  assert.equal(none.ok ? '' : none.code, 'repair.no-training-told')
  assert.ok(firstUnmet(['training-told'], facts(TOLD), 'ndrc-36').ok)
})
