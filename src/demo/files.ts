import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Day } from '../base/day.ts'
import { type Counts, noCounts } from '../intake/model.ts'
import { Chance } from './chance.ts'
import type { CityPlan } from './city-files.ts'
import type { FileLayout } from './layout.ts'
import { registrarRows } from './registrar-rows.ts'
import { type DemoRow, rowOf } from './rows.ts'
import { extensionOf, writeRows } from './write-file.ts'

/** One file of the city before it is written. */
export type DemoFile = {
  readonly name: string
  readonly source: string
  readonly sentOn: Day
  readonly layout: FileLayout
  rows(): Generator<DemoRow>
  /** The name of the file whose bytes it repeats. */
  readonly repeats: string | null
}

/** What a file is meant to come to. */
export type FileRecord = {
  readonly file: string
  readonly source: string
  readonly sentOn: Day
  readonly sha256: string
  readonly repeats: string | null
  readonly expected: Counts
  /** What is wrong with the rows: how many of each kind. */
  readonly messes: Readonly<Record<string, number>>
}

/** All files of a city in the order of their sending; registrars first on a day, for a record needs its subject. */
export function listFiles(plan: CityPlan): DemoFile[] {
  const made: Omit<DemoFile, 'name'>[] = []
  for (const register of plan.registrars) {
    const shelf = plan.shelves.get(register.source.source)
    if (shelf)
      made.push({
        source: register.source.source,
        sentOn: register.sentOn,
        layout: shelf.layout,
        rows: () => registrarRows(plan, shelf, register),
        repeats: null,
      })
  }
  for (const file of plan.files) {
    const shelf = plan.shelves.get(file.source.source)
    if (!shelf) continue
    const rows = function* (): Generator<DemoRow> {
      for (let i = 0; i < file.rows; i++) yield rowOf(plan, shelf, file.from + i, i + 1)
    }
    made.push({ source: file.source.source, sentOn: file.sentOn, layout: shelf.layout, rows, repeats: null })
  }
  const isRegister = (source: string): number => (plan.registrars.some(register => register.source.source === source) ? 0 : 1)
  made.sort((a, b) => compare(a.sentOn, b.sentOn) || isRegister(a.source) - isRegister(b.source) || compare(a.source, b.source))
  return named(plan, made)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Numbers the files, and lets one department send one of its files a second time. */
function named(plan: CityPlan, made: readonly Omit<DemoFile, 'name'>[]): DemoFile[] {
  const files: DemoFile[] = []
  const chance = new Chance(plan.city.seed, 'sent twice')
  const repeatedAt = made.length > 6 ? Math.floor(made.length * (0.6 + 0.3 * chance.next())) : -1
  for (const [at, file] of made.entries()) {
    files.push({ ...file, name: nameOf(files.length, file) })
    const last = files.at(-1)
    if (at === repeatedAt && last) files.push({ ...last, name: nameOf(files.length, file), repeats: last.name })
  }
  return files
}

function nameOf(at: number, { source, sentOn, layout }: Omit<DemoFile, 'name'>): string {
  return `${String(at + 1).padStart(3, '0')}_${source}_${sentOn}.${extensionOf(layout)}`
}

/** Writes one file and says what it is meant to come to. Memory: one batch of rows, whatever its size. */
export async function writeDemoFile(folder: string, file: DemoFile): Promise<FileRecord> {
  const expected = noCounts()
  const messes: Record<string, number> = {}
  const counted = function* (): Generator<readonly string[]> {
    for (const row of file.rows()) {
      const outcome = file.repeats !== null && row.expected !== 'refused' ? 'duplicate' : row.expected
      expected.received++
      expected[outcome]++
      if (row.mess) messes[row.mess] = (messes[row.mess] ?? 0) + 1
      yield row.cells
    }
  }
  const sha256 = await writeRows(join(folder, file.name), file.layout, file.sentOn, counted())
  return { file: file.name, source: file.source, sentOn: file.sentOn, sha256, repeats: file.repeats, expected, messes }
}

export type Manifest = {
  readonly city: string
  readonly seed: number
  readonly subjects: number
  readonly records: number
  readonly day: Day
  readonly files: readonly FileRecord[]
}

/** Writes all files of a plan and then `manifest.json`: a folder with a manifest is whole. */
export async function writeDemoFiles(
  plan: CityPlan,
  records: number,
  folder: string,
  onFile: (done: number, total: number) => void = () => undefined,
): Promise<Manifest> {
  const { city } = plan
  const files = listFiles(plan)
  const made: FileRecord[] = []
  for (const file of files) {
    made.push(await writeDemoFile(folder, file))
    onFile(made.length, files.length)
  }
  const manifest: Manifest = { city: city.name, seed: city.seed, subjects: city.subjects, records, day: city.day, files: made }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
  return manifest
}
