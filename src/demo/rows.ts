import type { Outcome } from '../intake/model.ts'
import { Chance } from './chance.ts'
import { type CityPlan, isRenaming, recordOf, type SourceShelf } from './city-files.ts'
import { type Job, longText, MESSES, type Mess, numberField } from './dirt.ts'
import { cellsOf } from './layout.ts'
import type { Content } from './record.ts'

/** A row as its department sends it, and how it is meant to end. */
export type DemoRow = {
  readonly cells: readonly string[]
  readonly expected: Outcome
  /** What is wrong with it; null: nothing. */
  readonly mess: string | null
}

const MESSY_SHARE = 0.026
const REPEATED_SHARE = 0.012

/** Rows that are about an earlier row of their source. */
type Repeat = {
  readonly name: string
  readonly outcome: Outcome
  readonly weight: number
  readonly class: 0 | 1 | 2
  readonly isAcrossFiles: boolean
}

const REPEATS: readonly Repeat[] = [
  { name: 'row.twice', outcome: 'duplicate', weight: 3, class: 0, isAcrossFiles: false },
  { name: 'row.sent-again', outcome: 'duplicate', weight: 2, class: 0, isAcrossFiles: true },
  { name: 'row.corrected', outcome: 'corrected', weight: 4, class: 1, isAcrossFiles: true },
  { name: 'row.annulled', outcome: 'annulled', weight: 12, class: 2, isAcrossFiles: true },
  { name: 'number.of-another', outcome: 'waiting', weight: 1, class: 0, isAcrossFiles: false },
]

const fitting = new WeakMap<
  SourceShelf,
  { messes: readonly (readonly [number, Mess])[]; repeats: readonly (readonly [number, Repeat])[] }
>()

function menuOf(shelf: SourceShelf) {
  const known = fitting.get(shelf)
  if (known) return known
  const fits = ({ name }: Repeat): boolean => {
    if (name === 'row.corrected') return longText(shelf) !== undefined
    if (name === 'row.annulled') return shelf.source.operation !== undefined
    return name !== 'number.of-another' || (numberField(shelf) !== undefined && shelf.item.roles.idNumber === undefined)
  }
  const made = {
    messes: MESSES.filter(mess => mess.fits(shelf)).map(mess => [mess.weight, mess] as const),
    repeats: REPEATS.filter(fits).map(repeat => [repeat.weight, repeat] as const),
  }
  fitting.set(shelf, made)
  return made
}

type Planned =
  | { readonly kind: 'clean' }
  | { readonly kind: 'mess'; readonly mess: Mess }
  | { readonly kind: 'repeat'; readonly repeat: Repeat }
const CLEAN: Planned = { kind: 'clean' }

/** What was decided for a row by its number alone, so that others can ask without making it. */
function plannedFor(plan: CityPlan, shelf: SourceShelf, serial: number): Planned {
  if (isRenaming(plan, shelf, serial)) return CLEAN
  const chance = new Chance(plan.city.seed, 'dirt', shelf.source.source, serial)
  const fate = chance.next()
  if (fate >= MESSY_SHARE + REPEATED_SHARE) return CLEAN
  const { messes, repeats } = menuOf(shelf)
  if (fate < MESSY_SHARE) return { kind: 'mess', mess: chance.weighted(messes) }
  return { kind: 'repeat', repeat: chance.weighted(repeats) }
}

/** The row of a number: clean, spoilt, or a repetition of an earlier one. `row` is its place in the file, from 1. */
export function rowOf(plan: CityPlan, shelf: SourceShelf, serial: number, row: number): DemoRow {
  const planned = plannedFor(plan, shelf, serial)
  if (planned.kind === 'repeat') {
    const repeated = repeatedRow(plan, shelf, serial, row, planned.repeat)
    if (repeated) return repeated
  }
  const { on, content } = recordOf(plan, shelf, serial)
  if (planned.kind === 'mess') {
    const messy = messyRow(
      { plan, shelf, on, content, chance: new Chance(plan.city.seed, 'mess', shelf.source.source, serial) },
      row,
      planned.mess,
    )
    if (messy) return messy
  }
  return { cells: cellsOf(shelf.layout, content, row, '新增'), expected: 'filed', mess: null }
}

function messyRow(job: Job, row: number, mess: Mess): DemoRow | null {
  const content = { ...job.content }
  if (mess.content && !mess.content({ ...job, content })) return null
  const cells = cellsOf(job.shelf.layout, content, row, '新增')
  if (mess.cells && !mess.cells(job, cells)) return null
  return { cells, expected: mess.outcome, mess: mess.name }
}

const LOOK_BACK = 40

/** The nearest earlier row that is clean and of the repeat's class, unless another repeat of the same kind may have taken it. */
function targetOf(plan: CityPlan, shelf: SourceShelf, serial: number, repeat: Repeat): number | null {
  const jump = repeat.isAcrossFiles ? (shelf.files[0]?.rows ?? 1) : 1
  for (let target = serial - jump; target >= Math.max(0, serial - jump - LOOK_BACK); target--) {
    if (target % 3 !== repeat.class || plannedFor(plan, shelf, target).kind !== 'clean') continue
    if (isRenaming(plan, shelf, target)) continue
    for (let between = target + jump; between < serial; between++) {
      const other = plannedFor(plan, shelf, between)
      if (other.kind === 'repeat' && other.repeat === repeat) return null
    }
    return target
  }
  return null
}

function repeatedRow(plan: CityPlan, shelf: SourceShelf, serial: number, row: number, repeat: Repeat): DemoRow | null {
  const target = targetOf(plan, shelf, serial, repeat)
  if (target === null) return null
  const earlier = recordOf(plan, shelf, target)
  const made = { expected: repeat.outcome, mess: repeat.name }
  switch (repeat.name) {
    case 'row.corrected':
      return { ...made, cells: cellsOf(shelf.layout, corrected(shelf, earlier.content), row, '更正') }
    case 'row.annulled':
      return { ...made, cells: cellsOf(shelf.layout, earlier.content, row, '撤销') }
    case 'number.of-another': {
      const own = recordOf(plan, shelf, serial)
      const number = numberField(shelf)?.code ?? ''
      const by = shelf.item.roles.authorityName ?? ''
      // Only the same body's number is the same number.
      if (own.on.subject.n === earlier.on.subject.n || own.content[by] !== earlier.content[by]) return null
      return { ...made, cells: cellsOf(shelf.layout, { ...own.content, [number]: earlier.content[number] ?? '' }, row, '新增') }
    }
    default:
      return { ...made, cells: cellsOf(shelf.layout, earlier.content, row, '新增') }
  }
}

function corrected(shelf: SourceShelf, content: Content): Content {
  const code = longText(shelf)?.code ?? ''
  return { ...content, [code]: `${content[code] ?? ''}（更正）` }
}
