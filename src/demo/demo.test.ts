import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { day as dayOf } from '../base/day.ts'
import { recognise } from '../files/recognise.ts'
import { loadLaw } from '../law/load.ts'
import divisions from '../subject/divisions.json' with { type: 'json' }
import { isBranchName, nameKey } from '../subject/name.ts'
import { isResidentId } from '../subject/resident-id.ts'
import { parseUscc } from '../subject/uscc.ts'
import { parseAmount } from '../validation/amount-value.ts'
import { knowsHeading } from '../validation/plan-columns.ts'
import { writePenaltyFile, writeRegistrationFiles } from './bench-files.ts'
import { chineseSum } from './chinese-sum.ts'
import { openCity } from './city.ts'
import { type CityPlan, planCity } from './city-files.ts'
import { runDemo } from './demo.ts'
import { MESSES } from './dirt.ts'
import { listFiles, type Manifest, writeDemoFiles } from './files.ts'
import { subjectOf } from './subjects.ts'

const ROOT = join(import.meta.dirname, '../..')
const { law } = loadLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const DAY = dayOf('2026-11-20')
let folder = ''
let plan: CityPlan
let manifest: Manifest

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mingxin-demo-test-'))
  plan = planCity(openCity(law, { seed: 7, subjects: 1200, day: DAY }), 12_000)
  manifest = await writeDemoFiles(plan, 12_000, folder)
})
after(() => rm(folder, { recursive: true, force: true }))

test('the same arguments write the same bytes, another seed writes others', async () => {
  const said: string[] = []
  const make = async (seed: string): Promise<Map<string, string>> => {
    const out = await mkdtemp(join(tmpdir(), 'mingxin-demo-again-'))
    const args = ['--subjects', '120', '--records', '1200', '--seed', seed, '--day', DAY, '--out', out]
    assert.equal(await runDemo(args, line => said.push(line)), 0)
    const bytes = new Map<string, string>()
    for (const file of await readdir(out)) bytes.set(file, (await readFile(join(out, file))).toString('base64'))
    await rm(out, { recursive: true })
    return bytes
  }
  const [one, again, other] = [await make('5'), await make('5'), await make('6')]
  assert.ok(one.size > 60)
  assert.deepEqual([...one], [...again])
  assert.notDeepEqual([...one], [...other])
})

const wrong = [['--subjects', 'many'], ['--subjects', '3'], ['--day', '2026-02-30'], ['--colour', 'red'], ['files']]
for (const args of wrong) {
  test(`mingxin demo ${args.join(' ')} is called wrongly`, async () => {
    const said: string[] = []
    assert.equal(await runDemo(args, line => said.push(line)), 2)
    assert.match(said[0] ?? '', /用法/)
  })
}

/** Every cell of every file, as written. */
function* cells(): Generator<string> {
  for (const file of listFiles(plan)) for (const row of file.rows()) yield* row.cells
}

test('every code and every ID number stands in the invented province', () => {
  let codes = 0
  let people = 0
  for (const cell of cells()) {
    for (const found of cell.match(/(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/g) ?? []) {
      if (parseUscc(found, { inventedPrefixes: ['86'] }).ok) codes++
      if (isResidentId(found)) people++
      const isPlaceholder = /^0+X$/.test(found)
      assert.ok(isPlaceholder || found.replaceAll('O', '0').slice(2, 4) === '86' || found.startsWith('86'), found)
      assert.ok(!parseUscc(found).ok, `${found} could be a real code`)
      assert.ok(!isResidentId(found, []), `${found} could be a real ID number`)
    }
  }
  assert.ok(codes > 9000 && people > 500, `${codes} codes, ${people} ID numbers`)
})

test('no division of the real table is named anywhere', () => {
  const unpack = (groups: Record<string, string>): string[] =>
    Object.values(groups).flatMap(text => text.split(' ').map(one => one.slice(4)))
  const names = [...Object.values(divisions.provinces), ...unpack(divisions.current)].filter(name => [...name].length >= 3)
  assert.ok(names.length > 2500)
  const any = new RegExp(names.join('|'))
  for (const cell of new Set(cells())) assert.equal(any.exec(cell)?.[0], undefined, cell)
})

test('kinds of subjects are mixed as in a city; branches carry their parent, names are hardly ever taken twice', () => {
  const subjects = Array.from({ length: 1200 }, (_, n) => plan.subject(n))
  const share = (kind: string): number => subjects.filter(one => one.kind === kind).length / subjects.length
  assert.ok(Math.abs(share('enterprise') - 0.75) < 0.05)
  assert.ok(Math.abs(share('sole-trader') - 0.15) < 0.04)
  for (const kind of ['branch', 'co-operative', 'public-institution', 'social-organisation', 'government-body'])
    assert.ok(share(kind) > 0, kind)
  for (const one of subjects) {
    assert.equal(isBranchName(one.name), one.kind === 'branch', one.name)
    if (one.parent !== null) assert.ok(one.name.startsWith(plan.subject(one.parent).name))
    assert.deepEqual(subjectOf(plan.city, one.n), one)
  }
  assert.ok(new Set(subjects.map(one => nameKey(one.name))).size > 1190)
  assert.equal(new Set(subjects.map(one => one.uscc)).size, 1200)
})

test('near-namesakes, rare characters and former names are among them', () => {
  const subjects = Array.from({ length: 1200 }, (_, n) => plan.subject(n))
  const withoutOne = new Map<string, string>()
  let near = 0
  for (const { name } of subjects) {
    for (let at = 0; at < name.length; at++) {
      const key = `${name.slice(0, at)}·${name.slice(at + 1)}`
      if (withoutOne.has(key) && withoutOne.get(key) !== name) near++
      withoutOne.set(key, name)
    }
  }
  assert.ok(near > 60, `${near} pairs differ in one character`)
  const heads = subjects.map(one => one.name + one.head).join('')
  assert.match(heads, /[\u{20000}-\u{2FFFF}]/u)
  assert.match(heads, /[\u3400-\u4DBF]/)
  assert.ok(subjects.filter(one => one.turn?.what === 'renamed').length > 15)
})

test('files come in every format, and the line recognises each with all of its columns', async () => {
  const kinds = new Set<string>()
  for (const file of listFiles(plan)) {
    const { item, source, columns } = file.layout
    const found = await recognise(join(folder, file.name), knowsHeading(item, source))
    const { format } = found
    kinds.add(format.kind === 'csv' ? `${format.kind} ${format.encoding} ${format.hasMark}` : format.kind)
    const known = found.header.columns.filter(column => column.known !== null).length
    const wanted = new Set(columns.filter(column => column.field !== null).map(column => column.heading)).size
    const isSparse = format.kind === 'ndjson' || format.kind === 'xlsx'
    assert.ok(known === wanted || (isSparse && known > 5), `${file.name}: ${known} of ${wanted}`)
  }
  assert.deepEqual([...kinds].sort(), ['csv gb18030 false', 'csv utf-8 false', 'csv utf-8 true', 'json', 'ndjson', 'xlsx'])
})

test('files are ordered by sending day, every department among them; some were forgotten for weeks', () => {
  const days = manifest.files.map(file => file.sentOn)
  assert.deepEqual(days, [...days].sort())
  assert.ok(days.every(day => day < DAY))
  assert.deepEqual(new Set(manifest.files.map(file => file.source)), new Set(law.sources.keys()))
  assert.ok(plan.files.some(file => file.isForgotten))
  assert.equal(manifest.files.filter(file => file.repeats !== null).length, 1)
})

test('about three rows in a hundred are dirty, each kind of dirt among them', () => {
  const total = manifest.files.reduce((sum, file) => sum + file.expected.received, 0)
  const messes = new Map<string, number>()
  for (const file of manifest.files)
    for (const [name, count] of Object.entries(file.messes)) messes.set(name, (messes.get(name) ?? 0) + count)
  const dirty = [...messes.values()].reduce((sum, count) => sum + count, 0)
  assert.ok(dirty / total > 0.02 && dirty / total < 0.05, `${dirty} of ${total}`)
  assert.ok(Math.abs(total - 12_000) < 250, `${total} rows`)
  for (const { name } of MESSES) assert.ok(messes.has(name), `no ${name}`)
  for (const name of ['row.twice', 'row.sent-again', 'row.corrected', 'row.annulled', 'number.of-another'])
    assert.ok(messes.has(name), `no ${name}`)
})

test('a sum in formal numerals reads back as the sum', () => {
  const sums = fc.integer({ min: 1, max: 99_999_999 })
  fc.assert(
    fc.property(sums, sum => {
      const read = parseAmount(chineseSum(sum), null)
      assert.ok(read.ok && read.value.value === String(sum), chineseSum(sum))
    }),
  )
})

test('the large files have a row a number and the subjects of their city', async () => {
  const own = await mkdtemp(join(tmpdir(), 'mingxin-demo-large-'))
  const options = { law, subjects: 200, seed: 3, day: DAY }
  const penalties = await writePenaltyFile({ ...options, path: join(own, 'penalties.csv'), rows: 5000 })
  const lines = (await readFile(penalties.path, 'utf8')).trimEnd().split('\n')
  assert.equal(lines.length, 5001)
  assert.equal(new Set(lines.map(line => line.split(',')[5])).size, 5001)
  const files = await writeRegistrationFiles({ ...options, folder: own })
  assert.ok(files.reduce((sum, file) => sum + file.rows, 0) >= 198)
  await rm(own, { recursive: true })
})

test('a city without an invented province gets no invented record', () => {
  const real = { ...law, city: { ...law.city, inventedPrefixes: [] } }
  assert.throws(() => openCity(real, { seed: 1, subjects: 20, day: DAY }), RangeError)
})
