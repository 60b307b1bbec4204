import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { chooseTexts, type DatabaseEdition } from './editions.ts'
import {
  basisOf,
  columnOf,
  findUnitByName,
  gravityOn,
  isAssigned,
  itemEdition,
  itemOn,
  itemsOn,
  layoutOn,
  regimeOn,
} from './law.ts'
import { LawFlawed, loadLaw, openLaw } from './load.ts'
import { planted, withLaw } from './testing.ts'
import { type LawTexts, smallLaw } from './testing-law.ts'

const open = (texts: LawTexts = smallLaw(), databaseEditions: readonly DatabaseEdition[] = [], today?: string) =>
  withLaw(texts, places => openLaw({ ...places, databaseEditions, ...(today === undefined ? {} : { today: day(today) }) }))
const law = open()

const editions = [
  // day         edition in force
  ['2019-12-31', undefined],
  ['2020-01-01', 'penalty@2020-01-01'],
  ['2023-12-31', 'penalty@2020-01-01'],
  ['2024-01-01', 'penalty@2024-01-01'],
  ['2030-01-01', 'penalty@2024-01-01'],
] as const
for (const [on, edition] of editions) {
  test(`M033 · the catalogue on ${on} holds ${edition ?? 'no such item'}`, () =>
    assert.equal(itemOn(law, 'penalty', day(on))?.edition, edition))
}

test('M033 · an edition is found by its id, in force or not', () => {
  assert.equal(itemEdition(law, 'penalty@2020-01-01')?.inForceUntil, '2023-12-31')
  assert.equal(itemEdition(law, 'penalty@2021-01-01'), undefined)
  assert.deepEqual(
    itemsOn(law, day('2021-06-01')).map(item => item.edition),
    ['penalty@2020-01-01'],
  )
})

test('M050 · regime, layout and basis are answered for a day', () => {
  assert.equal(regimeOn(law, day('2022-12-31'))?.id, 'R-1')
  assert.equal(regimeOn(law, day('2023-01-01'))?.id, 'R-2')
  assert.equal(regimeOn(law, day('2019-12-31')), undefined)
  assert.equal(layoutOn(law, 'public', day('2026-01-01'))?.title, '报告')
  assert.deepEqual([basisOf(law, 'rule#1')?.text, basisOf(law, 'rule#2')?.text, basisOf(law, 'none#1')], ['一', null, undefined])
})

test('M067 · headings find their column without width, case and blanks, in the older table too', () => {
  const item = itemOn(law, 'penalty', day('2024-06-01'))
  assert.ok(item)
  assert.deepEqual(
    ['名 称', 'code', '主体名称', '行政相对人名称', '别的'].map(heading => columnOf(item, heading)),
    ['NAME', 'CODE', 'NAME', 'NAME', undefined],
  )
})

test('M067 · a unit is found by name, short name and alias', () => {
  assert.deepEqual(
    ['示例局', '示局', '示例市 示例局', '东区示例局', '无'].map(name => findUnitByName(law, name)?.id),
    ['bureau', 'bureau', 'bureau', 'east-bureau', undefined],
  )
  assert.deepEqual([isAssigned(law, 'bureau', 'penalty'), isAssigned(law, 'east-bureau', 'penalty')], [true, false])
})

test('M098 · a city adds thresholds for domains that have none', () => {
  const local =
    'gravity:\n  - edition: local\n    inForceFrom: 2024-01-01\n    thresholds:\n      - { domain: domain-2, generalFrom: 5, seriousFrom: 6, basis: [act], confidence: primary }\n'
  const added = open({ ...smallLaw(), 'city/small/local-rules.yaml': local })
  assert.deepEqual(
    gravityOn(added, day('2024-01-01'))?.thresholds.map(one => one.domain),
    ['domain-1', 'domain-2'],
  )
  assert.deepEqual(
    gravityOn(added, day('2023-12-31'))?.thresholds.map(one => one.domain),
    ['domain-1'],
  )
  assert.equal(gravityOn(added, day('2019-12-31')), undefined)
})

test('M050 · the law cannot be changed in memory', () => {
  const item = itemOn(law, 'penalty', day('2024-06-01'))
  assert.throws(() => Object.assign(law, { digest: '' }), TypeError)
  assert.throws(() => item?.fields.push(), TypeError)
  assert.throws(() => Object.assign(item?.retention ?? {}, { years: 1 }), TypeError)
})

test('M050 · the digest follows the text and nothing else', () => {
  const crlf = Object.fromEntries(Object.entries(smallLaw()).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]))
  const other = smallLaw()
  other['law/measures.yaml'] += '# a remark\n'
  assert.match(law.digest, /^[0-9a-f]{64}$/)
  assert.equal(open(crlf).digest, law.digest)
  assert.notEqual(open(other).digest, law.digest)
})

test('M050 · a process does not start on a flawed law, and says where the flaw is', () => {
  const texts = smallLaw()
  texts['law/measures.yaml'] = planted(texts['law/measures.yaml'] ?? '', '{ months: { atLeast: 12, atMost: 36 } }', 'null')
  assert.throws(
    () => open(texts),
    (cause: Error) => cause instanceof LawFlawed && cause.message.startsWith('law/measures.yaml:3  law.measure-without-term'),
  )
})

test('M050 · a production platform does not start on the example city', () => {
  assert.throws(() => withLaw(smallLaw(), places => openLaw({ ...places, production: true })), /law\.invented-in-production/)
})

test('M050 · a file that is not UTF-8 is refused', () => {
  withLaw(smallLaw(), places => {
    writeFileSync(join(places.cityDir, 'city.yaml'), Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x3a, 0x20, 0xca, 0xd0]))
    assert.deepEqual(
      loadLaw(places).flaws.map(flaw => `${flaw.file} ${flaw.code}`),
      ['city/small/city.yaml law.file-missing', 'city/small/city.yaml law.file-not-utf8'],
    )
  })
})

const SOURCE = 'city/small/sources/penalties.yaml'
const renamed = (name: string, from: string): DatabaseEdition => ({
  path: SOURCE,
  text: planted(smallLaw()[SOURCE] ?? '', 'name: 示例局处罚表', `name: ${name}`),
  inForceFrom: day(from),
  approvedBy: '某人',
})

test('M041 · an edition from the console governs from its day on', () => {
  const both = [renamed('新表', '2025-03-01'), renamed('更新的表', '2025-06-01')]
  const nameOn = (today: string) => open(smallLaw(), both, today).sources.get('penalties')?.name
  assert.deepEqual(['2025-02-28', '2025-03-01', '2025-06-01'].map(nameOn), ['示例局处罚表', '新表', '更新的表'])
})

test('M041 · an edition of a dated file stands beside the others before its day has come', () => {
  const path = 'city/small/catalogue/items/local@2030-01-01.yaml'
  const held = chooseTexts([], [{ path, text: '', inForceFrom: day('2030-01-01'), approvedBy: '某人' }], day('2025-01-01'))
  assert.deepEqual(
    held.map(one => one.path),
    [path],
  )
})

test("M067 · the next year's calendar may come from the console", () => {
  const text = (smallLaw()['law/calendar/2025.yaml'] ?? '').replaceAll('2025', '2026').replace('[2026-09-28]', '[]')
  const edition = { path: 'law/calendar/2026.yaml', text, inForceFrom: day('2025-11-04'), approvedBy: '某人' }
  assert.equal(open(smallLaw(), [edition], '2025-11-03').calendar.knownUntil, '2025-12-31')
  assert.equal(open(smallLaw(), [edition], '2025-11-04').calendar.knownUntil, '2026-12-31')
})
