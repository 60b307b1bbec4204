import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, mock, test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day } from '../base/day.ts'
import type { DeliveryId } from '../base/id.ts'
import { getDelivery } from '../intake/delivery-store.ts'
import { keptRows } from '../intake/kept-rows.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { isMinorOn } from '../subject/resident-id.ts'
import { hasUsccCheck } from '../subject/uscc.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { licence, penalty, personLicence, personPenalty } from './sent-rows.ts'
import { contentsOf, Outside, refusalsOf, runs, type SentRow, send } from './testing.ts'

// Principle 2: nothing prohibited enters. What is refused at the door is not kept either: not in the row, not in the reason, not in a file.

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

let serial = 0
const next = (): number => ++serial
const numberOf = (n: number): string => `澜运罚〔2026〕${n}号`
const adult = (n: number): string => inventedResidentId(n % 98_000, day('1985-07-09'))

/** Everything that the platform wrote into its folder, keys apart. */
async function filesText(): Promise<string> {
  const dir = join(t.app.config.dataDir ?? '', 'files')
  const names = await readdir(dir, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(
    names.filter(one => one.isFile()).map(async one => `${one.name}${await readFile(join(one.parentPath, one.name), 'latin1')}`),
  )
  return texts.join('\n')
}

async function keptText(deliveryId: DeliveryId): Promise<string> {
  const texts: string[] = []
  for await (const row of keptRows(t.worker, deliveryId)) texts.push(row.cells.join('|'))
  return texts.join('\n')
}

/** Nowhere in the database, in no file of the store, in no kept row. */
async function assertNowhere(secret: string, deliveryId: DeliveryId): Promise<void> {
  assert.deepEqual(await outside.holding(secret), [], 'no table holds it')
  const bytes = Buffer.from(secret).toString('latin1')
  assert.ok(!(await filesText()).includes(bytes), 'no file of the store holds it')
  assert.ok(!(await keptText(deliveryId)).includes(secret), 'no kept row holds it')
}

const decorated = (heading: string): fc.Arbitrary<string> =>
  fc
    .constantFrom<(text: string) => string>(
      text => text,
      text => ` ${text}`,
      text => `${[...text].join(' ')}`,
      text => `当事人${text}`,
      text => `${text}（必填）`,
      text => `本人${text}`,
    )
    .map(make => make(heading))

test('M039 · a column of prohibited content refuses the file whole: its hash and the reason stay, the bytes go', async () => {
  const { prohibited } = t.app.law
  const wanted = fc
    .constantFrom(...prohibited)
    .chain(rule =>
      fc.record({ rule: fc.constant(rule), heading: fc.constantFrom(...rule.headings).chain(decorated), at: fc.nat(12) }),
    )
  await fc.assert(
    fc.asyncProperty(wanted, async ({ rule, heading, at }) => {
      const n = next()
      const secret = `密${n}泄${n}`
      const [source, row] =
        rule.allowed === 'never' && n % 2 === 0
          ? ['ecology-penalty', penalty(n, numberOf(n))]
          : ['transport-penalty-person', personPenalty(adult(n), numberOf(n))]
      const cells = Object.entries(row)
      cells.splice(at % cells.length, 0, [heading, secret])
      const before = await outside.counts()
      const { deliveryId, counts } = await send(t.app, source as string, [Object.fromEntries(cells)])
      const delivery = await getDelivery(t.worker.db, deliveryId)
      assert.equal(delivery.state, 'refused', heading)
      assert.equal(delivery.refusal?.code, 'delivery.prohibited-column', heading)
      assert.match(delivery.fileHash, /^[0-9a-f]{64}$/)
      assert.equal(counts.received, 0)
      assert.equal(await t.app.files.has(delivery.fileHash), false, 'the bytes are gone')
      await assertNowhere(secret, deliveryId)
      const grown = Object.entries(await outside.counts()).filter(([table, count]) => count !== before[table])
      assert.deepEqual(
        grown.map(([table]) => table).sort(),
        ['public.act', 'public.delivery', 'public.delivery_state', 'public.ledger_batch'],
        'nothing else is kept',
      )
    }),
    runs(40),
  )
})

/** What people write into a text about a person, by rule. */
const PROHIBITED_TEXTS = [
  (mark: string) => `当事人${mark}宗教信仰：佛教`,
  (mark: string) => `${mark}本人信仰基督教`,
  (mark: string) => `${mark}血型：AB型`,
  (mark: string) => `${mark}既往病史：高血压`,
  (mark: string) => `经查${mark}患有尿毒症`,
  (mark: string) => `${mark}被诊断为慢性肾炎`,
  (mark: string) => `${mark}指纹编号：77`,
  (mark: string) => `${mark}DNA检测结果：符合`,
  (mark: string) => `${mark}ＨＩＶ阳性`,
]
const TEXT_COLUMNS = ['违法行为类型', '违法事实', '处罚依据', '处罚内容', '备注', '经办人附言'] as const

test('M039 · prohibited content of a person refuses the row and is blanked in what is kept, in whatever column it stands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PROHIBITED_TEXTS),
      fc.constantFrom(...TEXT_COLUMNS),
      fc.boolean(),
      async (write, column, isLong) => {
        const n = next()
        const mark = `记${n}号`
        const row = personPenalty(adult(n), numberOf(n), { [column]: write(mark) + (isLong ? '案卷'.repeat(3000) : '') })
        const { deliveryId, counts } = await send(t.app, 'transport-penalty-person', [
          row,
          personPenalty(adult(n), `${numberOf(n)}乙`),
        ])
        // A column that the catalogue does not know is not taken in, so its row may be: only the cell must go.
        assert.equal(counts.refused, column === '经办人附言' ? 0 : 1)
        await assertNowhere(mark, deliveryId)
      },
    ),
    runs(40),
  )
})

test('M057 · a minor on the day of the act is no subject: refused, nobody opened, the number nowhere', async () => {
  const decidedOn = day('2026-06-10')
  const birth = fc.integer({ min: -400, max: 400 }).map(days => addDays(day('2008-06-10'), days) as Day)
  await fc.assert(
    fc.asyncProperty(birth, async born => {
      const n = next()
      const id = inventedResidentId(n, born)
      const subjects = (await outside.counts())['public.subject']
      const { deliveryId, counts } = await send(t.app, 'transport-penalty-person', [
        personPenalty(id, numberOf(n), { 处罚决定日期: decidedOn }),
      ])
      const minor = isMinorOn(born, decidedOn)
      assert.deepEqual([counts.filed, counts.refused], minor ? [0, 1] : [1, 0])
      if (minor) assert.equal((await refusalsOf(t.app, deliveryId))[0]?.code, 'subject.minor')
      assert.equal((await outside.counts())['public.subject'], (subjects ?? 0) + (minor ? 0 : 1))
      assert.deepEqual(await outside.holding(id), [])
      if (minor) await assertNowhere(id, deliveryId)
    }),
    runs(30),
  )
})

const DOCUMENTS = [
  ['护照', (n: number) => `E${30_000_000 + n}`],
  ['港澳居民来往内地通行证', (n: number) => `H${10_000_000 + n}`],
  ['台胞证', (n: number) => `${20_000_000 + n}`],
  ['外国人永久居留证', (n: number) => `ABC${100_000_000_000 + n}`],
] as const
for (const [kind, numberFor] of DOCUMENTS)
  test(`M057 · ${kind}: without a day of birth nobody’s file is opened; with one it is, and the day is kept nowhere`, async () => {
    const licenceOf = (n: number, changes: SentRow) => personLicence(numberFor(n), numberOf(n), { 证件类型: kind, ...changes })
    const subjects = (await outside.counts())['public.subject'] ?? 0
    const n = next()
    for (const birth of ['', '不详', '2026-06-11', '1987-13-01']) {
      const { deliveryId, counts } = await send(t.app, 'approval-licence-person', [licenceOf(n, { 出生日期: birth })])
      assert.equal(counts.refused, 1)
      const [refusal] = await refusalsOf(t.app, deliveryId)
      assert.equal(refusal?.code, birth === '1987-13-01' ? 'day.impossible' : 'subject.birth-missing')
      assert.equal(refusal?.column_name, '出生日期')
      assert.ok(!JSON.stringify(refusal?.facts).includes('1987'))
    }
    assert.equal((await outside.counts())['public.subject'], subjects)
    const { deliveryId, counts } = await send(t.app, 'approval-licence-person', [licenceOf(n, { 出生日期: '1987-12-31' })])
    assert.deepEqual([counts.filed, counts.refused], [1, 0])
    for (const written of ['1987-12-31', '19871231']) await assertNowhere(written, deliveryId)
    const again = await send(t.app, 'approval-licence-person', [licenceOf(n, { 出生日期: '1987/12/31', 当前状态: '有效' })])
    assert.equal(again.counts.duplicate, 1, 'the day of birth makes no other record')
  })

/** An ID number as it is typed. */
const typed = fc.constantFrom<(id: string) => string>(
  id => id,
  id => id.toLowerCase(),
  id => ` ${id.slice(0, 6)} ${id.slice(6)} `,
  id => [...id].map(one => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)).join(''),
)
/** Columns that hold a code, and those where an ID number ends up when somebody slips by a cell. */
const CODE_COLUMNS = [
  ['ecology-penalty', '行政相对人代码_1(统一社会信用代码)'],
  ['ecology-penalty', '行政相对人代码_2(工商注册号)'],
  ['ecology-penalty', '行政相对人代码_3(组织机构代码)'],
  ['ecology-penalty', '行政相对人代码_4(税务登记号)'],
  ['ecology-penalty', '处罚机关统一社会信用代码'],
  ['ecology-penalty', '行政相对人类别'],
  ['ecology-penalty', '处罚决定日期'],
  ['ecology-penalty', '罚款金额(万元)'],
  ['ecology-penalty', '处罚类别'],
  ['ecology-penalty', '处罚机关'],
  ['ecology-penalty', '操作类型'],
  ['health-licence', '统一社会信用代码'],
  ['health-licence', '有效期至'],
  ['health-licence', '类别代码'],
] as const

test('M051 · an ID number in the column of a code is refused, stored nowhere in readable form, and not said again', async () => {
  const said: string[] = []
  const original = { stdout: process.stdout.write, stderr: process.stderr.write }
  const spies = (['stdout', 'stderr'] as const).map(stream =>
    mock.method(process[stream], 'write', (...given: Parameters<typeof process.stdout.write>) => {
      said.push(String(given[0]))
      return original[stream].apply(process[stream], given)
    }),
  )
  const made = fc.record({ at: fc.constantFrom(...CODE_COLUMNS), type: typed, born: fc.integer({ min: 0, max: 20_000 }) })
  await fc
    .assert(
      fc.asyncProperty(made, async ({ at: [source, column], type, born }) => {
        const n = next()
        const id = inventedResidentId(n, addDays(day('1950-01-01'), born))
        const cell = type(id)
        const row: SentRow = source === 'health-licence' ? licence(n, numberOf(n)) : penalty(n, numberOf(n))
        const { deliveryId, counts } = await send(t.app, source, [{ ...row, [column]: cell }])
        assert.equal(counts.refused, 1, column)
        assert.equal((await contentsOf(t.app, deliveryId)).size, 0)
        for (const text of new Set([id, cell.trim()])) await assertNowhere(text, deliveryId)
        assert.ok(!said.some(text => text.includes(id) || text.includes(cell.trim())), 'it is not logged')
      }),
      runs(70),
    )
    .finally(() => {
      for (const spy of spies) spy.mock.restore()
    })
})

test('M051 · the tax number of a sole trader that is an ID number with two digits more is personal too', async () => {
  const n = next()
  const id = adult(n)
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', [
    penalty(n, numberOf(n), { '行政相对人代码_4(税务登记号)': `${id}01` }),
  ])
  assert.equal(counts.refused, 1)
  await assertNowhere(id, deliveryId)
})

test('M051 · an ID number whose check digit happens to be that of a unified code too is still a person’s', async () => {
  const birth = day('1955-01-15')
  const id = Array.from({ length: 3000 }, (_, i) => inventedResidentId(i, birth)).find(hasUsccCheck)
  assert.ok(id, 'one ID number in thirty-one is like this')
  const columns = [CODE_COLUMNS[0][1], CODE_COLUMNS[1][1], CODE_COLUMNS[3][1]]
  const rows = columns.map(column => penalty(next(), numberOf(serial), { [column]: id }))
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', rows)
  assert.equal(counts.refused, rows.length)
  await assertNowhere(id, deliveryId)
})

test('M051 · the ID number of a person in its own column is sealed, and a legal representative’s too', async () => {
  const n = next()
  const id = adult(n)
  const code = inventedUscc('enterprise', n)
  const own = await send(t.app, 'transport-penalty-person', [personPenalty(id, numberOf(n))])
  const withLegal = penalty(next(), numberOf(n), { 法定代表人证件类型: '身份证', 法定代表人证件号码: id })
  const legal = await send(t.app, 'ecology-penalty', [withLegal])
  assert.deepEqual([own.counts.filed, legal.counts.filed], [1, 1])
  assert.deepEqual(await outside.holding(id), [])
  assert.ok(!(await filesText()).includes(id))
  assert.notDeepEqual(await outside.holding(code.slice(0, 6)), [], 'the search finds what is there')
})
