import { type Day, day as dayOf } from '../base/day.ts'
import { inventedUscc, type OrganisationKind } from '../subject/invented.ts'
import type { Uscc } from '../subject/uscc.ts'
import { Chance } from './chance.ts'
import type { County, DemoCity } from './city.ts'
import { laterBy, spanOf } from './day-table.ts'
import type { Trade } from './name-words.ts'
import { STREETS } from './name-words.ts'
import { type NamedForm, nameOf } from './names.ts'
import { personName } from './people.ts'

/** What happened once to a subject within the five years. */
export type TurningPoint =
  | { readonly what: 'renamed'; readonly on: Day; readonly name: string }
  | { readonly what: 'moved'; readonly on: Day; readonly address: string }
  | { readonly what: 'deregistered' | 'revoked'; readonly on: Day }

export type Subject = {
  readonly n: number
  readonly kind: OrganisationKind
  readonly uscc: Uscc
  /** Its name when it was founded. */
  readonly name: string
  readonly trade: Trade | null
  readonly form: NamedForm
  readonly county: County
  readonly address: string
  readonly head: string
  readonly foundedOn: Day
  /** In yuan. */
  readonly capital: number
  readonly turn: TurningPoint | null
  /** The enterprise a branch belongs to. */
  readonly parent: number | null
}

const KINDS: readonly (readonly [number, OrganisationKind])[] = [
  [750, 'enterprise'],
  [150, 'sole-trader'],
  [30, 'branch'],
  [25, 'co-operative'],
  [20, 'public-institution'],
  [18, 'social-organisation'],
  [7, 'government-body'],
]
const COUNTY_WEIGHTS = [30, 22, 16, 12, 10, 10]
/** Units of the city have the first codes; the invented subjects begin behind them. */
const FIRST_CODE = 1000

/** The kind of the n-th subject. */
export function kindOfSubject(city: DemoCity, n: number): OrganisationKind {
  const kind = new Chance(city.seed, 'kind', n).weighted(KINDS)
  return kind === 'branch' && parentOf(city, n) === null ? 'enterprise' : kind
}

/** An enterprise with a smaller number, for a branch; null where the first few hold none. */
function parentOf(city: DemoCity, n: number): number | null {
  const chance = new Chance(city.seed, 'parent', n)
  for (let attempt = 0; attempt < 12 && n > 0; attempt++) {
    const parent = chance.below(n)
    if (new Chance(city.seed, 'kind', parent).weighted(KINDS) === 'enterprise') return parent
  }
  return null
}

/** The n-th subject of the city (from 0): always the same, and made without making any other but a branch's parent. */
export function subjectOf(city: DemoCity, n: number): Subject {
  const kind = kindOfSubject(city, n)
  const chance = new Chance(city.seed, 'subject', n)
  const county = countyOf(city, chance)
  const parent = kind === 'branch' ? parentOf(city, n) : null
  const above = parent === null ? null : subjectOf(city, parent)
  const { name, trade, form } = nameOf(city, n, kind, county, above, chance)
  const foundedOn = above ? laterThan(above.foundedOn, city, chance) : foundedDay(city, chance)
  const address = addressIn(city, county, chance)
  return {
    n,
    kind,
    uscc: inventedUscc(kind, FIRST_CODE + n, county.division),
    name,
    trade: trade ?? above?.trade ?? null,
    form,
    county,
    address,
    head: personName(chance),
    foundedOn,
    capital: chance.pick([10, 50, 100, 100, 200, 500, 500, 1000, 2000, 5000]) * 10_000,
    turn: turningPoint(city, n, kind, county, name, foundedOn, chance),
    parent,
  }
}

export function countyOf(city: DemoCity, chance: Chance): County {
  return chance.weighted(city.counties.map((county, i) => [COUNTY_WEIGHTS[i] ?? 8, county] as const))
}

export function addressIn(city: DemoCity, county: County, chance: Chance): string {
  const room = chance.is(0.5) ? `${chance.between(1, 18)}幢${chance.between(1, 20)}0${chance.between(1, 9)}室` : ''
  return `${city.name}${county.name}${chance.pick(STREETS)}${chance.between(1, 320)}号${room}`
}

const EARLIEST = dayOf('1996-03-01')

/** Four of five stood before the five years began. */
function foundedDay(city: DemoCity, chance: Chance): Day {
  if (chance.is(0.8)) {
    const age = Math.floor(spanOf(EARLIEST, city.start) * chance.next() ** 1.6)
    return laterBy(city.start, -1 - age)
  }
  return laterBy(city.start, chance.below(spanOf(city.start, city.day) - 40))
}

function laterThan(founded: Day, city: DemoCity, chance: Chance): Day {
  const latest = laterBy(city.day, -40)
  const span = spanOf(founded, latest)
  return span <= 30 ? founded : laterBy(founded, 30 + chance.below(span - 29))
}

function turningPoint(
  city: DemoCity,
  n: number,
  kind: OrganisationKind,
  county: County,
  name: string,
  foundedOn: Day,
  chance: Chance,
): TurningPoint | null {
  const earliest = foundedOn < city.start ? laterBy(city.start, 60) : laterBy(foundedOn, 60)
  const span = spanOf(earliest, laterBy(city.day, -60))
  const fate = chance.next()
  const on = laterBy(earliest, chance.below(Math.max(1, span)))
  if (span < 60 || kind === 'government-body' || kind === 'branch') return null
  if (fate < 0.045 && kind === 'enterprise') {
    const later = nameOf(city, n + city.subjects, kind, county, null, new Chance(city.seed, 'renamed', n)).name
    return later === name ? null : { what: 'renamed', on, name: later }
  }
  if (fate < 0.08) return { what: 'moved', on, address: addressIn(city, county, chance) }
  if (fate < 0.12) return { what: 'deregistered', on }
  return fate < 0.13 && kind === 'enterprise' ? { what: 'revoked', on } : null
}

/** What the subject was called on a day. */
export function nameOn(subject: Subject, on: Day): string {
  return subject.turn?.what === 'renamed' && subject.turn.on <= on ? subject.turn.name : subject.name
}

/** True while the subject stood: after its founding, before its end. */
export function stoodOn(subject: Subject, on: Day): boolean {
  const { turn } = subject
  const ended = turn !== null && (turn.what === 'deregistered' || turn.what === 'revoked') && turn.on <= on
  return subject.foundedOn < on && !ended
}
