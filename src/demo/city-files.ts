import type { Day } from '../base/day.ts'
import type { Source, Unit } from '../law/city-model.ts'
import { type ItemEdition, itemOn } from '../law/law.ts'
import { Chance } from './chance.ts'
import type { DemoCity } from './city.ts'
import { contentOf } from './content.ts'
import { laterBy, laterOf } from './day-table.ts'
import { type FileLayout, layoutOf } from './layout.ts'
import { type Person, peopleOf, personOf } from './people.ts'
import { type Content, categoryOf, type Occasion } from './record.ts'
import { planRegistrations, type RegistrarFile } from './registers.ts'
import { isYearly, type PlannedFile, planRecords, ratingDayBefore } from './schedule.ts'
import { kindOfSubject, nameOn, type Subject, stoodOn, subjectOf } from './subjects.ts'
import { TAGS_OF_SOURCE } from './texts.ts'

/** A city with all its files planned, nothing of them made yet. Any record of it can be made alone. */
export type CityPlan = {
  readonly city: DemoCity
  readonly files: readonly PlannedFile[]
  readonly registrars: readonly RegistrarFile[]
  readonly shelves: ReadonlyMap<string, SourceShelf>
  /** The n-th subject, kept where the city is small. */
  subject(n: number): Subject
  /** The day on which the registrar's file with the subject was sent. */
  registeredOn(n: number): Day
  toldOn(n: number): Day
}

/** What is the same for every record of a source. */
export type SourceShelf = {
  readonly source: Source
  readonly item: ItemEdition
  readonly unit: Unit
  readonly layout: FileLayout
  readonly files: readonly PlannedFile[]
}

const KEPT_SUBJECTS = 60_000

export function planCity(city: DemoCity, records: number): CityPlan {
  const kept: Subject[] = []
  const subject = (n: number): Subject => {
    const known = kept[n]
    if (known) return known
    const made = subjectOf(city, n)
    if (city.subjects <= KEPT_SUBJECTS) kept[n] = made
    return made
  }
  const { files: registrars, registeredOn, toldOn, rows } = planRegistrations(city, subject)
  const files = planRecords(city, Math.max(0, records - rows))
  const shelves = new Map<string, SourceShelf>()
  for (const source of city.law.sources.values()) {
    const item = itemOn(city.law, source.item, city.day)
    const unit = city.law.units.get(source.unit)
    if (!item || !unit) continue
    const own = files.filter(file => file.source === source)
    shelves.set(source.source, { source, item, unit, layout: layoutOf(source, item), files: own })
  }
  return { city, files, registrars, shelves, subject, registeredOn, toldOn }
}

/** The file of a source that holds one of its rows. */
export function fileOf(shelf: SourceShelf, serial: number): PlannedFile {
  const found = shelf.files.find(file => serial >= file.from && serial < file.from + file.rows)
  if (!found) throw new RangeError(`${shelf.source.source} has no row ${serial}`)
  return found
}

/** The occasion of a source's record: whom it is about, when it was decided, with a chance of its own. */
export function occasionOf(plan: CityPlan, shelf: SourceShelf, serial: number): Occasion {
  const { city } = plan
  const { source, item, unit } = shelf
  const file = fileOf(shelf, serial)
  const chance = new Chance(city.seed, 'record', source.source, serial)
  const renamed = renamedIn(plan, shelf, file)[serial - file.from]
  if (renamed) {
    const { subject, on: decidedOn } = renamed
    const name = nameKnown(plan, subject, file.sentOn, decidedOn)
    return { city, source, unit, item, subject, person: null, name, decidedOn, sentOn: file.sentOn, serial, chance }
  }
  const decidedOn = dayOfDecision(city, file, item, chance)
  const person = item.subjects.every(kind => kind === 'natural-person') ? personFor(city, chance) : null
  const subject = person ? plan.subject(0) : subjectFor(plan, shelf, file, serial, decidedOn, chance)
  const name = person?.name ?? nameKnown(plan, subject, file.sentOn, decidedOn)
  return { city, source, unit, item, subject, person, name, decidedOn, sentOn: file.sentOn, serial, chance }
}

/** True where the row tells that a firm got another name: it stands as it is, or the name of another would change. */
export function isRenaming(plan: CityPlan, shelf: SourceShelf, serial: number): boolean {
  const file = fileOf(shelf, serial)
  return serial - file.from < renamedIn(plan, shelf, file).length
}

type Renamed = { readonly subject: Subject; readonly on: Day }
/** Of the rows of a file of changes, one in so many tells of a name. */
const RENAMED_SHARE = 10
const renamedOf = new WeakMap<PlannedFile, readonly Renamed[]>()

/** Whose new name a file of changes begins with: firms that the registrar has told of since the file before, each once. */
function renamedIn(plan: CityPlan, shelf: SourceShelf, file: PlannedFile): readonly Renamed[] {
  if (shelf.item.nameChange === undefined) return []
  const known = renamedOf.get(file)
  if (known) return known
  const since = shelf.files.findLast(one => one.sentOn < file.sentOn)?.sentOn ?? plan.city.start
  const found: Renamed[] = []
  const wanted = Math.ceil(file.rows / RENAMED_SHARE)
  for (let n = 0; n < plan.city.subjects && found.length < wanted; n++) {
    const told = plan.toldOn(n)
    if (told <= since || told > file.sentOn) continue
    const subject = plan.subject(n)
    if (subject.turn?.what === 'renamed') found.push({ subject, on: subject.turn.on })
  }
  renamedOf.set(file, found)
  return found
}

/** Departments write a new name only when the registrar has told of it: before, the row would wait for a person. */
function nameKnown(plan: CityPlan, subject: Subject, sentOn: Day, decidedOn: Day): string {
  return plan.toldOn(subject.n) <= sentOn ? nameOn(subject, decidedOn) : subject.name
}

/** A record's content, made from nothing but the plan and its number. */
export function recordOf(plan: CityPlan, shelf: SourceShelf, serial: number): { on: Occasion; content: Content } {
  const on = occasionOf(plan, shelf, serial)
  return { on, content: contentOf(on) }
}

/** Within the clock for most; some weeks before for one in ten, and for whole files that were forgotten. */
function dayOfDecision(city: DemoCity, file: PlannedFile, item: ItemEdition, chance: Chance): Day {
  if (isYearly(item)) return earliestOf(city, item, ratingDayBefore(file.sentOn, item))
  const clock = item.clocks.report
  const window = 'workingDays' in clock ? 8 : 27
  const late = file.isForgotten ? chance.between(14, 45) : chance.is(0.09) ? chance.between(12, 50) : 0
  return earliestOf(city, item, laterBy(file.sentOn, -1 - late - chance.below(window)))
}

function earliestOf(city: DemoCity, item: ItemEdition, day: Day): Day {
  return laterOf(laterOf(day, item.inForceFrom), city.start)
}

function personFor(city: DemoCity, chance: Chance): Person {
  return personOf(city, Math.floor(peopleOf(city) * chance.next() ** 1.6))
}

const STEPS = [7_919, 104_729, 15_485_863]

/** Few have many records, many have few: a rank by a power law, spread over the city so that no number is favoured. */
export function spread(count: number, rank: number, offset: number): number {
  const step = STEPS.find(one => count % one !== 0) ?? 1
  return (rank * step + offset) % count
}

function subjectFor(
  plan: CityPlan,
  shelf: SourceShelf,
  file: PlannedFile,
  serial: number,
  decidedOn: Day,
  chance: Chance,
): Subject {
  if (isYearly(shelf.item)) return plan.subject(ratedBy(plan, shelf, file, decidedOn)[serial - file.from] ?? 0)
  const tags = TAGS_OF_SOURCE[shelf.source.source]
  let fallback: Subject | null = null
  for (let attempt = 0; attempt < 60; attempt++) {
    const n = spread(plan.city.subjects, Math.floor(plan.city.subjects * chance.next() ** 1.7), plan.city.seed)
    if (!isFit(plan, shelf, file, n, decidedOn)) continue
    const subject = plan.subject(n)
    if (!tags || (subject.trade && tags.includes(subject.trade.tag)) || attempt > 40) return subject
    fallback ??= subject
  }
  return fallback ?? plan.subject(fitting(plan, shelf, file, decidedOn, 1)[0] ?? 0)
}

const rated = new WeakMap<PlannedFile, readonly number[]>()

/** The subjects of a yearly file, each once. */
function ratedBy(plan: CityPlan, shelf: SourceShelf, file: PlannedFile, decidedOn: Day): readonly number[] {
  const known = rated.get(file) ?? fitting(plan, shelf, file, decidedOn, file.rows)
  rated.set(file, known)
  return known
}

/** The first subjects, in the order of their rank, that a file can be about: those of the source's own trades before the others. */
function fitting(plan: CityPlan, shelf: SourceShelf, file: PlannedFile, decidedOn: Day, wanted: number): number[] {
  const tags = TAGS_OF_SOURCE[shelf.source.source]
  const own: number[] = []
  const others: number[] = []
  for (let rank = 0; rank < plan.city.subjects && own.length < wanted; rank++) {
    const n = spread(plan.city.subjects, rank, plan.city.seed)
    if (!isFit(plan, shelf, file, n, decidedOn)) continue
    const { trade } = plan.subject(n)
    if (!tags || (trade && tags.includes(trade.tag))) own.push(n)
    else others.push(n)
  }
  const found = [...own, ...others.slice(0, wanted - own.length)]
  if (found.length === 0) throw new RangeError(`the city has no subject for ${shelf.source.source}`)
  return found
}

function isFit(plan: CityPlan, shelf: SourceShelf, file: PlannedFile, n: number, decidedOn: Day): boolean {
  if (!shelf.item.subjects.includes(kindOfSubject(plan.city, n))) return false
  const subject = plan.subject(n)
  if (!isOfCategory(shelf, subject)) return false
  if (shelf.item.nature === 'registration' && plan.registeredOn(n) > file.sentOn) return false
  return isKnown(plan, subject, file) && stoodOn(subject, decidedOn)
}

/** A source that writes one category for everybody sends nothing about others. */
function isOfCategory({ item, source }: SourceShelf, subject: Subject): boolean {
  const always = source.constants[item.roles.category ?? '']
  return always === undefined || always === categoryOf(subject)
}

function isKnown(plan: CityPlan, subject: Subject, file: PlannedFile): boolean {
  return subject.kind === 'government-body' || plan.registeredOn(subject.n) <= file.sentOn
}
