import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Day, day as dayOf, isDay, legalDay } from '../base/day.ts'
import { loadLaw } from '../law/load.ts'
import { loadWords } from '../words/words.ts'
import { openCity } from './city.ts'
import { planCity } from './city-files.ts'
import { writeDemoFiles } from './files.ts'

export const DEFAULT_SUBJECTS = 2000
export const DEFAULT_RECORDS = 20_000
export const DEFAULT_SEED = 20_260_401

const ROOT = join(import.meta.dirname, '../..')

type DemoArguments = {
  readonly subjects: number
  readonly records: number
  readonly seed: number
  readonly day: Day
  readonly out: string
  readonly json: boolean
}

/**
 * `mingxin demo`: writes the example city's department files and `manifest.json`, the same bytes for the same arguments. Without `--day` the
 * last day is today. Exit code 0, or 2 when called wrongly.
 */
export async function runDemo(args: string[], out: (line: string) => void, now: () => Date = () => new Date()): Promise<number> {
  const given = readArguments(args, now())
  if (!given) {
    out(loadWords().say('demo.usage'))
    return 2
  }
  const { law } = loadLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
  const plan = planCity(openCity(law, given), given.records)
  await mkdir(given.out, { recursive: true })
  const manifest = await writeDemoFiles(plan, given.records, given.out)
  const rows = manifest.files.reduce((sum, file) => sum + file.expected.received, 0)
  if (given.json) out(JSON.stringify({ out: given.out, day: given.day, files: manifest.files.length, rows }))
  else out(`已写入 ${manifest.files.length} 个文件，共 ${rows} 行：${given.out}`)
  return 0
}

function readArguments(args: string[], now: Date): DemoArguments | null {
  const options = {
    subjects: { type: 'string', default: String(DEFAULT_SUBJECTS) },
    records: { type: 'string', default: String(DEFAULT_RECORDS) },
    seed: { type: 'string', default: String(DEFAULT_SEED) },
    day: { type: 'string' },
    out: { type: 'string', default: 'demo-files' },
    json: { type: 'boolean', default: false },
  } as const
  const { values, tokens, positionals } = parseArgs({ args, options, strict: false, tokens: true, allowPositionals: true })
  const isForeign = tokens.some(token => token.kind === 'option' && !(token.name in options))
  const [subjects, records, seed] = [values.subjects, values.records, values.seed].map(Number)
  const day = String(values.day ?? legalDay(now, 'Asia/Shanghai'))
  const isWhole = (value: number | undefined, from: number, to: number): value is number =>
    Number.isInteger(value) && (value ?? -1) >= from && (value ?? 0) <= to
  if (isForeign || positionals.length > 0 || !isDay(day)) return null
  if (!isWhole(subjects, 20, 5_000_000) || !isWhole(records, 0, 100_000_000) || !isWhole(seed, 0, 4_294_967_295)) return null
  return { subjects, records, seed, day: dayOf(day), out: String(values.out), json: values.json === true }
}
