import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MeasureDesk, officer } from '../cases/testing-measures.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Asked, figuresOf, readFigures, refreshMeasureFigures } from './figures.ts'

const asked = (measure: string, unit: string, more: Partial<Asked> = {}): Asked => ({
  ...{ measure, unit, days: null, declined: false, begun: false, inForce: false, overdue: false },
  ...more,
})
const times = (count: number, one: Asked): Asked[] => Array.from({ length: count }, () => one)
const cells = (all: readonly Asked[], by: 'measure' | 'unit'): (readonly [string, number])[] =>
  figuresOf(all)
    .filter(one => one.by === by)
    .map(one => [one.id, one.initiated] as const)

test('M103 · fewer than five are told of nowhere, and nobody works them out from the sum', () => {
  assert.deepEqual(figuresOf(times(4, asked('m01-01', 'finance'))), [])
  const all = [
    ...times(9, asked('m01-01', 'finance')),
    ...times(6, asked('m01-11', 'approval')),
    ...times(2, asked('m01-06', 'health')),
  ]
  assert.deepEqual(cells(all, 'unit'), [
    ['finance', 9],
    ['', 8],
  ])
  assert.deepEqual(cells([...all, ...times(3, asked('m01-07', 'transport'))], 'unit'), [
    ['finance', 9],
    ['approval', 6],
    ['', 5],
  ])
})

test('M219 · M103 · how many were asked for, answered, begun and ended, and after how many days; overdue answers are counted like anybody’s', () => {
  const all = [
    ...times(3, asked('m01-11', 'approval', { days: 4, begun: true, inForce: true })),
    ...times(2, asked('m01-11', 'approval', { days: 8, begun: true })),
    asked('m01-11', 'approval', { days: 10, declined: true }),
    asked('m01-11', 'approval', { overdue: true }),
  ]
  const [sum] = figuresOf(all)
  assert.deepEqual(sum, {
    ...{ by: 'all', id: '', initiated: 7, responded: 6, declined: 1, begun: 5, inForce: 3, ended: 2, overdue: 1, medianDays: 4 },
  })
})

let t: TestApp
before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
})
after(() => t.close())

test('M103 · M219 · the figures are counted from the cases once a day, and name nobody', async () => {
  const desk = new MeasureDesk(t, 7500)
  const keys = []
  for (let count = 0; count < 5; count += 1) keys.push(await desk.asked(await desk.firm()))
  await desk.step(officer, keys[0] ?? assert.fail(), 'decline', { because: '不在所列事项' })
  desk.onDay('2026-06-30')
  await refreshMeasureFigures(t.worker)
  const { asOf, figures } = await readFigures(t.app)
  assert.equal(asOf, '2026-06-30')
  assert.deepEqual(
    figures.map(({ by, id, name, initiated, responded, overdue }) => [by, id, name, initiated, responded, overdue]),
    [
      ['all', null, '全市', 5, 1, 4],
      ['measure', 'm01-11', '拖欠农民工工资：招投标/市场准入/交通出行等限制', 5, 1, 4],
      ['unit', 'approval', '澜川市行政审批服务局', 5, 1, 4],
    ],
  )
})
