import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { addDays, type Day } from '../base/day.ts'
import { itemOn, type Law } from '../law/law.ts'
import { Chance } from './chance.ts'
import { type DemoCity, openCity } from './city.ts'
import { planCity, spread } from './city-files.ts'
import { listFiles, writeDemoFile } from './files.ts'
import { type Column, dayText, type FileLayout, layoutOf } from './layout.ts'
import { subjectOf } from './subjects.ts'
import { writeRows } from './write-file.ts'

/* Files as large as a measurement wants them, written as fast as a disk takes them: rows come from a few texts and running numbers. */

export type LargeFile = { readonly path: string; readonly source: string; readonly rows: number; readonly sentOn: Day }

export type PenaltyFileOptions = {
  readonly law: Law
  readonly path: string
  readonly rows: number
  readonly subjects: number
  readonly seed: number
  readonly day: Day
  /** A source of the item penalty-org; its columns, CSV in UTF-8 whatever it sends otherwise. */
  readonly source?: string
  /** Decisions fall on this many days before the day. */
  readonly days?: number
}

/**
 * A file of penalties about the subjects of a city, every row of which passes its checks: one document number a row, four in five rows about
 * one in three subjects. Memory: names and codes of the subjects, and one batch of rows.
 */
export async function writePenaltyFile(options: PenaltyFileOptions): Promise<LargeFile> {
  const { law, rows, subjects, seed, day, path } = options
  const source = law.sources.get(options.source ?? 'market-penalty')
  const item = source && itemOn(law, source.item, day)
  if (!source || !item || source.item !== 'penalty-org') throw new RangeError(`no source of penalties: ${options.source}`)
  const city = openCity(law, { subjects, seed, day })
  const layout: FileLayout = {
    ...layoutOf(source, item),
    dress: {
      kind: 'csv',
      encoding: 'utf-8',
      hasMark: false,
      delimiter: ',',
      newline: '\n',
      days: '2024-03-05',
      titles: 0,
      numbersAsText: true,
      member: null,
    },
  }
  await writeRows(path, layout, day, penaltyRows(city, layout, rows, options.days ?? 365))
  return { path, source: source.source, rows, sentOn: day }
}

type Party = readonly [name: string, uscc: string, head: string, category: string]

function* penaltyRows(city: DemoCity, layout: FileLayout, rows: number, days: number): Generator<string[]> {
  const parties = Array.from({ length: city.subjects }, (_, n): Party => {
    const { name, uscc, head, kind } = subjectOf(city, n)
    return [name, uscc, head, kind === 'sole-trader' ? '个体工商户' : '法人及非法人组织']
  })
  const calendar = Array.from({ length: days }, (_, back) => {
    const decided = addDays(city.day, -2 - back)
    return [dayText(decided, layout.dress), dayText(addDays(decided, 365), layout.dress)] as const
  })
  const makers = layout.columns.map(column => makerOf(city, layout, column))
  const chance = new Chance(city.seed, 'penalty file')
  for (let row = 0; row < rows; row++) {
    const n = spread(city.subjects, Math.floor(city.subjects * chance.next() ** 1.5), city.seed)
    const facts = {
      row,
      party: parties[n] as Party,
      days: calendar[chance.below(days)] as readonly [string, string],
      fine: 200 * (1 + chance.below(400)),
    }
    yield makers.map(make => make(facts))
  }
}

type Facts = { readonly row: number; readonly party: Party; readonly days: readonly [string, string]; readonly fine: number }
type CellMaker = (facts: Facts) => string

const ACTS = ['销售标签不符合规定的预包装食品', '未按规定明码标价', '发布内容不真实的广告', '使用未经检定的计量器具'] as const
const FACTS = ACTS.map(act => `经查，当事人${act}，现场检查笔录、询问笔录和照片为证，事实清楚，证据确凿。`)

function makerOf(city: DemoCity, { item, source }: FileLayout, column: Column): CellMaker {
  const { roles } = item
  const unit = city.law.units.get(source.unit)
  const year = city.day.slice(0, 4)
  const theirs = (ours: string): string => column.values.get(ours) ?? ours
  const divisor = column.unit === 'wan-yuan' ? 10_000 : 1
  const makers = new Map<string | undefined, CellMaker>([
    [roles.subjectName, ({ party }) => party[0]],
    [roles.uscc, ({ party }) => party[1]],
    [roles.legalRepresentative, ({ party }) => party[2]],
    [roles.category, ({ party }) => theirs(party[3])],
    [roles.decidedOn, one => one.days[0]],
    [roles.validUntil, one => one.days[1]],
    [roles.shownUntil, one => one.days[1]],
    [roles.authorityName, () => unit?.name ?? ''],
    [roles.authorityCode, () => unit?.uscc ?? ''],
    [roles.fine, ({ fine }) => String(fine / divisor)],
    [roles.penaltyKinds, () => theirs('罚款')],
    [roles.procedure, () => theirs('普通程序')],
    [roles.title, ({ row }) => ACTS[row % ACTS.length] ?? ''],
    ['CF_WSH', ({ row }) => `澜批罚决〔${year}〕${row + 1}号`],
    ['CF_SY', ({ row }) => FACTS[row % FACTS.length] ?? ''],
    ['CF_YJ', () => '《澜川市食品经营管理规定（虚构）》第十二条'],
    ['CF_NR', ({ fine }) => `罚款人民币${fine}元。`],
  ])
  return (column.field ? makers.get(column.field.code) : undefined) ?? (() => '')
}

export type RegistrationFilesOptions = {
  readonly law: Law
  readonly folder: string
  readonly subjects: number
  readonly seed: number
  readonly day: Day
}

/** The registrars' files of a city and nothing else, in the order of their sending: what a penalty file's subjects are known from. */
export async function writeRegistrationFiles(options: RegistrationFilesOptions): Promise<LargeFile[]> {
  const { law, folder, subjects, seed, day } = options
  await mkdir(folder, { recursive: true })
  const written: LargeFile[] = []
  for (const file of listFiles(planCity(openCity(law, { subjects, seed, day }), 0))) {
    const record = await writeDemoFile(folder, file)
    written.push({ path: join(folder, file.name), source: file.source, rows: record.expected.received, sentOn: file.sentOn })
  }
  return written
}
