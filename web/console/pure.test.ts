import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SECOND_PERSON_ACTS } from '../../src/http/endpoint.ts'
import { Problem } from '../kit/call.ts'
import { readConsoleWords } from './build/words-plugin.ts'
import { linesOf } from './check/pasted-lines.ts'
import { batchCsv, type Line, NO_BATCH, takeLines } from './check/run-batch.ts'
import { cellAnchor, rowOfAnchor } from './deliveries/cell-anchor.ts'
import { csvOfPaste, rowsOfPaste } from './deliveries/pasted-cells.ts'
import { everyMonth, onTimeRate, sparkBars } from './departments/spark-bars.ts'
import { isHere, opens, pathTo, ROUTES, routeAt, routeOf } from './routes.ts'
import { keyOf } from './shell/keys.ts'
import { safeReturn } from './sign-in/safe-return.ts'
import { looksLikePersonNumber, plainQuery } from './subjects/query-text.ts'
import { classesOf } from './subjects/record-classes.ts'
import { reportedText } from './waiting/compare-rows.ts'
import { CONFIRMED_AT, tasksOf } from './work/work-list.ts'

test('after signing in one comes back to an address inside the console and to no other', () => {
  assert.equal(safeReturn('/deliveries/7?x=1#r18-C'), '/deliveries/7?x=1#r18-C')
  for (const to of [null, '', 'https://elsewhere.example', '//elsewhere.example', '/\\elsewhere', '/sign-in?to=/'])
    assert.equal(safeReturn(to), '/', String(to))
})

test('a scanned or pasted code just works: blanks, full width, small letters, hyphens', () => {
  for (const text of ['91990100ma01234567', '９１９９０１００MA01234567', '91 990100 MA0123456 7', ' 91-990100-MA0123456-7 '])
    assert.equal(plainQuery(text), '91990100MA01234567', text)
  assert.equal(plainQuery('  明川  商贸 '), '明川 商贸')
})

test('a person number is kept out of addresses; a unified code and a phone number are not taken for one', () => {
  assert.equal(looksLikePersonNumber('990101199003070011'.slice(0, 17) + checkFor('99010119900307001')), true)
  assert.equal(looksLikePersonNumber('91990100MA01234567'), false)
  assert.equal(looksLikePersonNumber('13800000000'), false)
  assert.equal(looksLikePersonNumber(`99010119901307001${checkFor('99010119901307001')}`), false, 'no such month')
})

function checkFor(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(first17[at]), 0) % 11] ?? ''
}

test('cells pasted from a spreadsheet become the same cells of a file', () => {
  const pasted = '名称\t内容\n甲厂\t"第一行\n第二行，""引""号"\n乙厂\t3,000\n'
  assert.deepEqual(rowsOfPaste(pasted), [
    ['名称', '内容'],
    ['甲厂', '第一行\n第二行，"引"号'],
    ['乙厂', '3,000'],
  ])
  assert.equal(csvOfPaste(pasted), '名称,内容\r\n甲厂,"第一行\n第二行，""引""号"\r\n乙厂,"3,000"')
  assert.equal(csvOfPaste('一列\n没有表'), null)
  assert.equal(csvOfPaste('一\t行'), null)
})

test('a pasted column is its lines, of a table the first column', () => {
  assert.deepEqual(linesOf('甲\r\n\r\n 乙 \n丙\t1\n'), ['甲', '乙', '丙'])
})

test('a refused cell has an address and the address finds its row', () => {
  assert.equal(cellAnchor(18, 'C'), 'r18-C')
  assert.equal(cellAnchor(18, null), 'r18')
  assert.equal(rowOfAnchor('#r18-AB'), 18)
  assert.equal(rowOfAnchor('#r18'), 18)
  assert.equal(rowOfAnchor('#main'), null)
})

const line = (no: number, outcome: Line['outcome']): Line => ({
  line: no,
  asked: no === 2 ? '=1+1' : `行${no}`,
  outcome,
  subjectId: null,
  name: null,
  uscc: null,
  mergedFrom: null,
  hits: [],
  measures: [],
  receipt: `H${no}`,
})

test('a batch adds up while it streams, keeps its digest, and stops at a problem in the stream', () => {
  const first = takeLines(NO_BATCH, [line(1, 'hit'), line(2, 'clear')])
  assert.deepEqual([first.done, first.counts.hit, first.counts.clear, first.digest], [2, 1, 1, null])
  const all = takeLines(first, [line(3, 'ambiguous'), { summary: { lines: 3, digest: 'd' } }])
  assert.deepEqual([all.done, all.digest, all.receipts.length], [3, 'd', 3])
  assert.throws(() => takeLines(all, [{ status: 503, code: 'look.register-down', title: '停' }]), Problem)
})

test('a downloaded cell that a spreadsheet would run stays text', () => {
  const csv = batchCsv([line(2, 'clear')], ['行', '原值'], outcome => outcome)
  assert.match(csv, /^\ufeff行,原值\r\n2,'=1\+1,clear,/)
})

test('keys act one by one and two in a row, never in a field or with a modifier', () => {
  const names = ['/', 'g w', 'u']
  const press = (key: string, state = { first: null as string | null }, more = {}) =>
    keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, inField: false, ...more }, names, state)
  assert.equal(press('/'), '/')
  const state = { first: null as string | null }
  assert.equal(press('g', state), null)
  assert.equal(press('w', state), 'g w')
  assert.equal(press('w', state), null)
  assert.equal(press('u', undefined, { inField: true }), null)
  assert.equal(press('u', undefined, { ctrlKey: true }), null)
})

test('a page opens to any one of its permissions; its address is made of its parameters', () => {
  assert.equal(opens(routeOf('waiting'), ['delivery.read']), false)
  assert.equal(opens(routeOf('waiting'), ['waiting.decide']), true)
  assert.equal(opens(routeOf('work'), []), true)
  assert.equal(pathTo('refusals', { deliveryId: 7 }), '/deliveries/7/refusals')
})

test('bars stand on zero and nothing at all is not drawn', () => {
  const bars = sparkBars(
    [
      { month: '2026-10', reported: 100, late: 1 },
      { month: '2026-11', reported: 0, late: 0 },
    ],
    96,
    24,
  )
  assert.deepEqual(
    bars.map(it => [it.all, it.late]),
    [
      [24, 1],
      [0, 0],
    ],
  )
  assert.deepEqual(
    everyMonth([{ month: '2026-01', reported: 3, late: 1 }], '2025-12-01', '2026-02-28').map(it => [it.month, it.reported]),
    [
      ['2025-12', 0],
      ['2026-01', 3],
      ['2026-02', 0],
    ],
  )
  assert.equal(onTimeRate({ onTime: 999, late: 1 }), '99.9')
  assert.equal(onTimeRate({ onTime: 0, late: 0 }), null)
})

test('classes of records come in the order of the catalogue with their counts', () => {
  assert.deepEqual(classesOf([{ class: '06' }, { class: '03' }, { class: '06' }]), [
    { class: '03', count: 1 },
    { class: '06', count: 2 },
  ])
})

test('what was reported on a row is found by the beginnings of column names', () => {
  const reported = [
    { code: 'FDDBR', name: '法定代表人(负责人)', value: '张某' },
    { code: 'LXR', name: '联系人', value: '李某' },
  ]
  assert.equal(reportedText('法定代表人、负责人', reported), '张某')
  assert.equal(reportedText('住所', reported), null)
})

test('the work list holds deeds only: own refused rows, the open queue, own late decisions', () => {
  const given = {
    deliveries: [],
    waiting: { open: 0, oldest: null },
    departments: [
      { unit: 'a', unitName: '甲局', late: 2, reported: 9 },
      { unit: 'b', unitName: '乙局', late: 5, reported: 9 },
    ],
    ...{ ownAlerts: [], alerts: [], confirmations: [] },
    ownUnit: 'a',
    seesAll: false,
  }
  assert.deepEqual(
    tasksOf(given).map(task => task.kind === 'late' && task.department.unit),
    ['a'],
  )
  assert.deepEqual(
    tasksOf({ ...given, seesAll: true, waiting: { open: 3, oldest: '2026-01-01T00:00:00Z' } }).map(task => task.kind),
    ['late', 'late', 'waiting'],
  )
})

test('M458 · every act of two persons is a task with a sentence and a page of its own to whoever may confirm it, oldest first', () => {
  const nothing = { deliveries: [], waiting: null, departments: [], ownAlerts: [], alerts: [], ownUnit: 'a', seesAll: false }
  const confirmations = SECOND_PERSON_ACTS.map((kind, i) => ({
    kind,
    count: 2,
    oldestAt: `2026-11-0${9 - i}T00:00:00Z`,
    about: '某甲',
  }))
  const tasks = tasksOf({ ...nothing, confirmations })
  const words = readConsoleWords()
  assert.deepEqual(
    tasks.map(task => task.kind === 'confirm' && task.confirmation.kind),
    SECOND_PERSON_ACTS.toReversed(),
  )
  for (const kind of SECOND_PERSON_ACTS) {
    for (const key of [`console.work.confirm-${kind}`, `console.work.begun-${kind}`]) assert.ok(words[key], key)
    assert.ok(
      ROUTES.some(route => route.path === CONFIRMED_AT[kind].split('?')[0]),
      kind,
    )
  }
})

test('M461 · the work list asks whoever was asked to explain, the auditor to judge; never about another’s turn', () => {
  const nothing = { deliveries: [], waiting: null, departments: [], ownUnit: 'a', seesAll: false }
  const alert = (state: string, foundAt: string, dueOn: string | null = null) => ({ state, foundAt, dueOn, workingDays: 5 })
  const asked = [alert('asked', '2026-11-03T00:00:00Z', '2026-11-27'), alert('asked', '2026-11-02T00:00:00Z', '2026-11-25')]
  const rows = [
    [{ ownAlerts: asked, alerts: [], confirmations: [] }, ['explain 2 2026-11-02T00:00:00Z']],
    [{ ownAlerts: [alert('explained', '2026-11-02T00:00:00Z')], alerts: [], confirmations: [] }, []],
    [{ ownAlerts: [], alerts: asked, confirmations: [] }, []],
    [
      { ownAlerts: [], alerts: [...asked, alert('open', '2026-11-05T00:00:00Z')], confirmations: [] },
      ['alerts 1 2026-11-05T00:00:00Z'],
    ],
  ] as const
  for (const [given, expected] of rows)
    assert.deepEqual(
      tasksOf({ ...nothing, ...given }).map(task => 'count' in task && `${task.kind} ${task.count} ${task.since}`),
      expected,
    )
  const [task] = tasksOf({ ...nothing, ownAlerts: asked, alerts: [], confirmations: [] })
  assert.equal(task?.kind === 'explain' && task.dueOn, '2026-11-25', 'the earliest')
  const [late] = tasksOf({
    ...nothing,
    ownAlerts: [alert('asked', '2026-11-04T00:00:00Z'), ...asked],
    alerts: [],
    confirmations: [],
  })
  assert.equal(late?.kind === 'explain' && late.dueOn, '2026-11-25', 'one that nobody knows yet hides none that is known')
})

test('an address is one page: the menu marks it, or the entry that it belongs to', () => {
  assert.equal(routeAt('/cases/new')?.name, 'new-case')
  assert.equal(routeAt('/subjects/persons')?.name, 'persons', 'a named page goes before a numbered one')
  assert.equal(routeAt('/subjects/7')?.name, 'subject')
  assert.equal(routeAt('/nowhere'), undefined)
  const all = ['case.read', 'case.handle', 'look.audit', 'look.delay-read']
  const marked = (pathname: string, permissions: readonly string[]): string[] =>
    ROUTES.filter(route => 'icon' in route && isHere(route, pathname, permissions)).map(route => route.name)
  assert.deepEqual(marked('/subjects/7/cases/8', all), ['cases'])
  assert.deepEqual(marked('/looks/delays', ['look.delay-read']), ['delays'], 'with an entry of its own it is marked itself')
  assert.deepEqual(marked('/', all), ['work'])
})
