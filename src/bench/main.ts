import { parseArgs } from 'node:util'
import { publishCity, registerCity } from './city.ts'
import { measureDoors, measurePage } from './doors.ts'
import { type Figure, figureLine } from './figure.ts'
import { measureIntake } from './intake.ts'
import { openPlace, type Place } from './place.ts'
import { measureReport } from './report.ts'
import { measureSearch } from './search.ts'
import { measureXlsx } from './xlsx.ts'

/*
 * `npm run bench -- road [--json] [--rows N] [--subjects N] [--only NAME]`: the figures of the main road, each beside its other side in the same
 * run, on a durable server of its own. docs/bench.md says what is measured how.
 */

const USAGE = 'npm run bench -- road [--json] [--rows 1000000] [--subjects 200000] [--only intake,xlsx,page,doors,search,report]'
const GROUPS = ['intake', 'xlsx', 'page', 'doors', 'search', 'report'] as const
type Group = (typeof GROUPS)[number]

type Wanted = {
  readonly rows: number
  readonly subjects: number
  readonly isJson: boolean
  readonly groups: ReadonlySet<Group>
}

async function runBench(args: string[]): Promise<number> {
  const wanted = readArguments(args)
  if (!wanted) {
    process.stderr.write(`${USAGE}\n`)
    return 2
  }
  const began = performance.now()
  const say = (line: string): void => {
    process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}\n`)
  }
  const print = (figures: readonly Figure[]): void => {
    for (const figure of figures) process.stdout.write(`${figureLine(figure, wanted.isJson)}\n`)
  }
  const place = await openPlace()
  try {
    await measureRoad(place, wanted, say, print)
    return 0
  } finally {
    await place.close()
  }
}

async function measureRoad(
  place: Place,
  { rows, subjects, groups }: Wanted,
  say: (line: string) => void,
  print: (figures: readonly Figure[]) => void,
): Promise<void> {
  const pace = rows >= 100_000 ? { rounds: 5, seconds: 5 } : { rounds: 2, seconds: 2 }
  say(`${subjects} subjects are registered`)
  await registerCity(place, subjects)
  say(`${rows} rows go down the line`)
  // The other groups need its records, whether or not its figures are wanted.
  const intake = await measureIntake(place, rows, subjects, say)
  if (groups.has('intake')) print(intake)
  if (groups.has('xlsx')) print(await measureXlsx(place, Math.ceil(rows / 5), subjects))
  if (!(['page', 'doors', 'search', 'report'] as const).some(group => groups.has(group))) return
  say('the records are published')
  await publishCity(place)
  say('doors, search and reports')
  if (groups.has('page')) print(await measurePage(place, pace))
  if (groups.has('doors')) print(await measureDoors(place, pace))
  if (groups.has('search')) print(await measureSearch(place))
  if (groups.has('report')) print(await measureReport(place, rows >= 100_000 ? 60 : 10, say))
}

function readArguments(args: string[]): Wanted | null {
  const options = {
    json: { type: 'boolean', default: false },
    rows: { type: 'string', default: '1000000' },
    subjects: { type: 'string', default: '200000' },
    only: { type: 'string', default: GROUPS.join(',') },
  } as const
  const { values, positionals } = parseArgs({ args, options, strict: false, allowPositionals: true })
  const rows = Number(values.rows)
  const subjects = Number(values.subjects)
  const only = String(values.only).split(',')
  const isKnown = only.every(name => (GROUPS as readonly string[]).includes(name))
  if (positionals.length !== 1 || positionals[0] !== 'road' || !isKnown) return null
  if (!Number.isInteger(rows) || rows < 100 || !Number.isInteger(subjects) || subjects < 100) return null
  return { rows, subjects, isJson: values.json === true, groups: new Set(only as Group[]) }
}

process.exitCode = await runBench(process.argv.slice(2))
