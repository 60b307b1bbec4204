import type { Day } from '../base/day.ts'
import type { Source, Unit } from '../law/city-model.ts'
import { type ItemEdition, itemOn } from '../law/law.ts'
import type { DemoCity } from './city.ts'
import { spanOf } from './day-table.ts'
import { isRegistrar, registrarDays } from './schedule.ts'
import type { Subject } from './subjects.ts'

/** A registrar's file: which subjects, each with the day of the registration that is meant. */
export type RegistrarFile = {
  readonly source: Source
  readonly item: ItemEdition
  readonly no: number
  readonly sentOn: Day
  /** Subject numbers and the days since the city's start of what is registered (negative before it), side by side. */
  readonly subjects: readonly number[]
  readonly days: readonly number[]
}

export type Registrations = {
  readonly files: RegistrarFile[]
  readonly rows: number
  registeredOn(n: number): Day
  /** The day on which the registrar told of a subject's turning point. */
  toldOn(n: number): Day
}

const NEVER = '9999-12-31' as Day

/**
 * Shares the subjects out among the registrars: the county's own where it has one, the institution and society registers, the city's for all
 * others. Every subject is in the first file sent after its founding, and once more after its turning point. Memory: a few numbers a subject.
 */
export function planRegistrations(city: DemoCity, subject: (n: number) => Subject): Registrations {
  const registrars = [...city.law.sources.values()].flatMap(source => {
    const item = itemOn(city.law, source.item, city.day)
    if (!item || !isRegistrar(item)) return []
    return [
      {
        source,
        item,
        unit: city.law.units.get(source.unit),
        counties: countiesOf(city, item),
        days: registrarDays(city, source),
      },
    ]
  })
  const open = registrars.map(({ source, item, days }) =>
    days.map((sentOn, no) => ({ source, item, no, sentOn, subjects: [] as number[], days: [] as number[] })),
  )
  const registered: Day[] = []
  const told: Day[] = []
  let rows = 0
  for (let n = 0; n < city.subjects; n++) {
    const one = subject(n)
    const at = registrars.findIndex(({ unit, item, counties }) => isFor(unit, item, counties, one))
    const files = open[at]
    if (!files) continue
    const turn = one.turn && one.turn.on > one.foundedOn ? [one.turn.on] : []
    for (const [i, day] of [one.foundedOn, ...turn].entries()) {
      const file = files.find(candidate => candidate.sentOn > day)
      if (!file) continue
      file.subjects.push(n)
      file.days.push(spanOf(city.start, day))
      rows++
      if (i === 0) registered[n] = file.sentOn
      else told[n] = file.sentOn
    }
  }
  return {
    files: open.flat().filter(file => file.subjects.length > 0),
    rows,
    registeredOn: n => registered[n] ?? NEVER,
    toldOn: n => told[n] ?? NEVER,
  }
}

/** Which register a subject stands in. `counties`: those whose own unit keeps the register of the item. */
function isFor(unit: Unit | undefined, item: ItemEdition, counties: ReadonlySet<string>, subject: Subject): boolean {
  if (!unit || !item.subjects.includes(subject.kind)) return false
  if (subject.kind === 'public-institution') return unit.id === 'establishment'
  if (subject.kind === 'social-organisation') return unit.id === 'civil-affairs'
  if (subject.kind === 'government-body' || !unit.domains.includes('market-regulation')) return false
  return counties.has(subject.county.id) ? unit.county === subject.county.id : unit.county === null
}

function countiesOf(city: DemoCity, item: ItemEdition): ReadonlySet<string> {
  const units = [...city.law.sources.values()]
    .filter(source => source.item === item.item)
    .map(source => city.law.units.get(source.unit))
  return new Set(units.flatMap(unit => unit?.county ?? []))
}
