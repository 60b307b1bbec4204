import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import { sql } from '../db/database.ts'
import { isAssigned, itemOn } from '../law/law.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { isPlaceholder } from '../validation/value.ts'
import { MAKERS } from './sent-rows.ts'
import { clerkOf, codeOf, Outside, receive, runs, type SentRow, send } from './testing.ts'

// Principle 1: no record without a catalogue item in force on the day of the act, an issuing body, and a document number; a department can
// report only the items it is assigned.

let t: TestApp
let outside: Outside
before(async () => {
  t = await openTestApp()
  outside = await Outside.open(t)
})
after(async () => {
  await outside.close()
  await t.close()
})

type FactRow = {
  item: string
  edition: Day
  decided_on: Day
  authority: string
  unit: string
  content: Record<string, string>
}

async function factsSentIn(app: App, deliveryId: number): Promise<FactRow[]> {
  return await app.changes.rows<FactRow>(sql`select f.item, f.edition, f.decided_on, f.authority, d.unit, c.content
    from fact f join fact_content c using (subject_id, fact_id) join delivery d on d.delivery_id = f.delivery_id where f.delivery_id = ${deliveryId}`)
}

function assertLawful({ law }: App, fact: FactRow): void {
  const item = itemOn(law, fact.item, fact.decided_on)
  assert.ok(item, `${fact.item} is in force on ${fact.decided_on}`)
  assert.equal(fact.edition, item.inForceFrom, 'the edition is that of the act’s day')
  assert.ok(law.units.has(fact.authority), `${fact.authority} stands in the directory`)
  assert.ok(isAssigned(law, fact.unit, fact.item), `${fact.unit} is assigned ${fact.item}`)
  const number = item.roles.documentNumber.map(code => fact.content[code] ?? '').filter(text => !isPlaceholder(text))
  assert.notDeepEqual(number, [], 'it has a document number')
}

/** What goes wrong in a cell. Each of them makes nonsense in some columns and sense in others. */
const wrongCell = fc.oneof(
  fc.constantFrom('', '无', '—', 'N/A', '0000', '空', '　', '暂无文号', '#REF!'),
  fc.constantFrom('2011-01-05', '2013-05-05', '2019-06-30', '2026-11-21', '2027-02-03', '2026/13/45', '长期'),
  fc.constantFrom('不存在的机关', '国家税务总局澜川市税务局', '11860100G63260367L', '11860100G63260367X', '91110000000000000X'),
  fc.constantFrom('撤销', '罚款', '法人及非法人组织', '自然人', '12', '-3', '1', '=1+1', '"', 'Ａ１'),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter(text => !text.includes('\0')),
)
const breakage = fc.array(fc.tuple(fc.nat(), wrongCell), { maxLength: 3 })
const fileOf = fc.record({
  source: fc.constantFrom(...(Object.keys(MAKERS) as (keyof typeof MAKERS)[])),
  rows: fc.array(breakage, { minLength: 1, maxLength: 14 }),
})

let serial = 0

function broken(row: SentRow, breaks: readonly (readonly [number, string])[]): SentRow {
  const headings = Object.keys(row)
  const cells = breaks.map(([at, cell]) => [headings[at % headings.length] as string, cell])
  return { ...row, ...Object.fromEntries(cells) }
}

test('M033 · whatever a row says, a fact has an item in force on its day, a known body, a number, and an assigned sender', async () => {
  let filed = 0
  await fc.assert(
    fc.asyncProperty(fileOf, async ({ source, rows }) => {
      const made = rows.map(breaks => {
        serial += 1
        return broken(MAKERS[source](serial, `澜检〔2026〕${serial}号`), breaks)
      })
      const { deliveryId, counts } = await send(t.app, source, made)
      const facts = await factsSentIn(t.app, deliveryId)
      filed += facts.length
      for (const fact of facts) assertLawful(t.app, fact)
      const { received, ...outcomes } = counts
      assert.equal(
        Object.values(outcomes).reduce((sum, one) => sum + one, 0),
        received,
        'every row ends in exactly one outcome',
      )
      assert.ok(counts.filed >= rows.filter(breaks => breaks.length === 0).length, 'a row without a mistake is filed')
    }),
    runs(60),
  )
  assert.ok(filed > 50, 'the property speaks of facts that were filed')
})

test('M033 · a document number that says that there is none is none, whatever sign or word says it', async () => {
  const nothings = ['无', '—', '空', '0000', '暂无文号', '无编号', 'N/A', '/', '【无】', '　']
  for (const [source, heading] of [
    ['ecology-penalty', '行政处罚决定书文号'],
    ['wage-arrears', '列入决定书'],
    ['health-licence', '批准文号'],
  ] as const) {
    const rows = nothings.map(nothing => ({ ...MAKERS[source](++serial, ''), [heading]: nothing }))
    const { deliveryId, counts } = await send(t.app, source, rows)
    assert.equal(counts.refused, nothings.length)
    assert.deepEqual(await factsSentIn(t.app, deliveryId), [])
  }
})

test('M033 · an act of a day on which its item was not yet in force is refused, one a day later is filed', async () => {
  for (const [source, heading, eve, first] of [
    ['ecology-penalty', '处罚决定日期', '2019-06-30', '2019-07-01'],
    ['wage-arrears', '列入(认定)日期', '2021-12-31', '2022-01-01'],
  ] as const) {
    serial += 2
    const row = (day: string, n: number): SentRow => ({ ...MAKERS[source](n, `澜检〔2026〕${n}号`), [heading]: day })
    const { deliveryId, counts } = await send(t.app, source, [row(eve, serial - 1), row(first, serial)])
    assert.deepEqual([counts.filed, counts.refused], [1, 1])
    const [fact] = await factsSentIn(t.app, deliveryId)
    assert.equal(fact?.decided_on, first)
  }
})

test('M151 · a unit reports only what it is assigned: any other pair of unit and item leaves nothing behind', async () => {
  const { app } = t
  const sources = [...app.law.sources.values()]
  const before = await outside.counts()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sources), fc.constantFrom(...sources), async (mine, theirs) => {
      if (mine.unit !== theirs.unit) {
        const refusal = await codeOf(receive(app, theirs.source, 'x', clerkOf(app, mine.source)))
        assert.equal(refusal, 'source.of-another-unit')
      }
      const unit = app.law.units.get(mine.unit)
      assert.ok(unit)
      const items = unit.items.filter(item => item !== mine.item)
      const law = { ...app.law, units: new Map(app.law.units).set(mine.unit, { ...unit, items }) }
      assert.equal(await codeOf(receive({ ...app, law }, mine.source, 'x')), 'item.not-assigned')
    }),
    runs(25),
  )
  assert.deepEqual(await outside.counts(), before)
})

test('M033 · a file of an item that is not in force on the day of receipt is not taken', async () => {
  t.setNow(new Date('2012-05-05T04:00:00Z'))
  const before = await outside.counts()
  assert.equal(await codeOf(receive(t.app, 'ecology-penalty', 'x')), 'item.not-in-force')
  assert.deepEqual(await outside.counts(), before)
  t.setNow(TEST_NOW)
})
