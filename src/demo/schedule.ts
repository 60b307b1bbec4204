import { addDays, type Day, day as dayOf, daysBetween, earlier, weekday } from '../base/day.ts'
import { isWorkingDay } from '../law/calendar.ts'
import type { Source } from '../law/city-model.ts'
import { type ItemEdition, itemOn } from '../law/law.ts'
import { ownListOf } from '../law/own-lists.ts'
import { Chance } from './chance.ts'
import type { DemoCity } from './city.ts'
import { laterOf } from './day-table.ts'

/** Rows of a source among the records that are no registrations, and how often it sends. */
type Share = { readonly weight: number; readonly files: number }

const SHARES: Readonly<Record<string, Share>> = {
  'approval-licence': { weight: 15, files: 8 },
  'health-licence': { weight: 8, files: 5 },
  'luxi-approval-licence': { weight: 5, files: 3 },
  'housing-licence': { weight: 4, files: 3 },
  'approval-licence-person': { weight: 4, files: 3 },
  'ecology-inspection': { weight: 11, files: 5 },
  'market-penalty': { weight: 8, files: 6 },
  'qilan-market-penalty': { weight: 2.5, files: 3 },
  'ecology-penalty': { weight: 2.5, files: 4 },
  'emergency-penalty': { weight: 2, files: 3 },
  'fire-penalty': { weight: 2.5, files: 3 },
  'transport-penalty': { weight: 3, files: 4 },
  'transport-penalty-person': { weight: 2.5, files: 3 },
  'urban-management-penalty': { weight: 2, files: 3 },
  'qingyu-urban-management-penalty': { weight: 1.5, files: 2 },
  'tonghu-agriculture-penalty': { weight: 0.8, files: 2 },
  'wanglan-emergency-penalty': { weight: 0.8, files: 2 },
  'culture-tourism-penalty': { weight: 1, files: 2 },
  'housing-penalty': { weight: 1.5, files: 2 },
  commitment: { weight: 5, files: 4 },
  contract: { weight: 2.5, files: 3 },
  honour: { weight: 2, files: 3 },
  'customs-rating': { weight: 0.8, files: 2 },
  'ecology-rating': { weight: 1.5, files: 3 },
  'housing-rating': { weight: 1, files: 2 },
  'labour-rating': { weight: 1.5, files: 3 },
  'tax-credit': { weight: 4, files: 4 },
  'tax-a': { weight: 1.2, files: 3 },
  'tax-abnormal': { weight: 0.6, files: 2 },
  'tax-serious': { weight: 0.15, files: 2 },
  'market-abnormal': { weight: 2.5, files: 4 },
  'market-serious': { weight: 0.3, files: 2 },
  'market-change': { weight: 2.5, files: 4 },
  'market-intellectual-property': { weight: 1.5, files: 2 },
  'court-debtor': { weight: 1, files: 4 },
  'emergency-serious': { weight: 0.1, files: 1 },
  'wage-arrears': { weight: 0.2, files: 2 },
  'self-declared': { weight: 0.8, files: 2 },
  'water-arrears': { weight: 0.3, files: 2 },
  'civil-abnormal': { weight: 0.1, files: 1 },
  'construction-qualification-person': { weight: 1, files: 2 },
}
const OTHER_SHARE: Share = { weight: 0.5, files: 2 }
/** How often registrars send what is new after their first, whole file. */
const REGISTRAR_FILES: Readonly<Record<string, number>> = {
  'market-registration': 8,
  'lanze-market-registration': 4,
  'market-branch': 3,
}

/** One file: which source sends it, when, and which of the source's rows it holds. */
export type PlannedFile = {
  readonly source: Source
  readonly item: ItemEdition
  /** Number of the file within its source. */
  readonly no: number
  readonly sentOn: Day
  /** First row's number within the source; the last is `from + rows - 1`. */
  readonly from: number
  readonly rows: number
  /** A file that its department forgot for weeks. */
  readonly isForgotten: boolean
}

export function isRegistrar(item: ItemEdition): boolean {
  return item.nature === 'registration' && item.item !== 'registration-change'
}

/** Files of everything but registrations, in the order of each source's sending. `rows` are shared out by weight. */
export function planRecords(city: DemoCity, rows: number): PlannedFile[] {
  const sources = [...city.law.sources.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
  const open = sources.flatMap(source => {
    const item = itemOn(city.law, source.item, city.day)
    const from = item ? firstDay(city, item) : city.day
    return item && !isRegistrar(item) && from < addDays(lastDay(city, item), -90) ? [{ source, item, from }] : []
  })
  const total = open.reduce((sum, { source }) => sum + (SHARES[source.source] ?? OTHER_SHARE).weight, 0)
  return open.flatMap(({ source, item, from }) => {
    const share = SHARES[source.source] ?? OTHER_SHARE
    const own = Math.round((rows * share.weight) / total)
    return planSource(city, source, item, from, own, share.files)
  })
}

/** The first day on which a source of the item can send what was decided some weeks before. */
function firstDay(city: DemoCity, item: ItemEdition): Day {
  return laterOf(addDays(item.inForceFrom, 75), addDays(city.start, 75))
}

/** The day after the last on which it can send: what is decided here comes by file only as far as it was decided before there was a procedure. */
function lastDay(city: DemoCity, item: ItemEdition): Day {
  const own = ownListOf(city.law, item)
  return own?.namedIn === null ? earlier(own.from, city.day) : city.day
}

function planSource(city: DemoCity, source: Source, item: ItemEdition, from: Day, rows: number, wanted: number): PlannedFile[] {
  if (rows === 0) return []
  if (isYearly(item)) return planYears(city, source, item, from, Math.min(rows, Math.ceil(city.subjects / 2)), wanted)
  const count = Math.min(wanted, rows)
  const chance = new Chance(city.seed, 'schedule', source.source)
  const end = lastDay(city, item)
  const span = daysBetween(from, addDays(end, -2))
  const files: PlannedFile[] = []
  let first = 0
  for (let no = 0; no < count; no++) {
    // More files towards the end: what a city looks at is mostly of the last two years.
    const place = ((no + 0.1 + 0.8 * chance.next()) / count) ** 0.8
    const isLast = no === count - 1
    const sentOn = workday(
      city,
      isLast ? addDays(end, -2 - chance.below(9)) : addDays(from, Math.floor(span * Math.min(0.97, place))),
    )
    const until = isLast ? rows : Math.round((rows * (no + 1)) / count)
    files.push({ source, item, no, sentOn, from: first, rows: until - first, isForgotten: !isLast && chance.is(0.12) })
    first = until
  }
  return files.filter(file => file.rows > 0).sort((a, b) => (a.sentOn < b.sentOn ? -1 : a.sentOn > b.sentOn ? 1 : a.no - b.no))
}

/** Items that come out once a year for everybody they are about. */
export function isYearly(item: ItemEdition): boolean {
  return item.nature === 'rating' || item.item === 'tax-a-honour'
}

const RATING_MONTHS: Readonly<Record<string, number>> = { 'tax-credit-rating': 4, 'tax-a-honour': 4 }

/** The day on which a year's ratings come out. */
function ratingDay(year: number, item: ItemEdition): Day {
  return dayOf(`${year}-${String(RATING_MONTHS[item.item] ?? 6).padStart(2, '0')}-20`)
}

/** The rating day that a file of yearly ratings is about. */
export function ratingDayBefore(sentOn: Day, item: ItemEdition): Day {
  const own = ratingDay(Number(sentOn.slice(0, 4)), item)
  return own < sentOn ? own : ratingDay(Number(sentOn.slice(0, 4)) - 1, item)
}

/** One file for each of the last years. */
function planYears(city: DemoCity, source: Source, item: ItemEdition, from: Day, rows: number, wanted: number): PlannedFile[] {
  const chance = new Chance(city.seed, 'schedule', source.source)
  const last = Number(ratingDayBefore(addDays(city.day, -30), item).slice(0, 4))
  const years = Array.from({ length: wanted }, (_, i) => last - wanted + 1 + i).filter(year => ratingDay(year, item) > from)
  let first = 0
  return years.map((year, no) => {
    const until = Math.round((rows * (no + 1)) / years.length)
    const sentOn = workday(city, addDays(ratingDay(year, item), 5 + chance.below(20)))
    const file = { source, item, no, sentOn, from: first, rows: until - first, isForgotten: false }
    first = until
    return file
  })
}

/** Days on which a registrar sends: the whole stock first, then what came since. */
export function registrarDays(city: DemoCity, source: Source): Day[] {
  const count = REGISTRAR_FILES[source.source] ?? 2
  const last = addDays(city.day, -5)
  const span = daysBetween(city.start, last)
  const later = Array.from({ length: count }, (_, i) => workday(city, addDays(city.start, Math.floor((span * (i + 1)) / count))))
  return [workday(city, addDays(city.start, 3)), ...later]
}

/** The day itself, or the last working day before it. */
function workday(city: DemoCity, day: Day): Day {
  const { calendar } = city.law
  let found = day
  while (!(isWorkingDay(calendar, found) ?? weekday(found) <= 5)) found = addDays(found, -1)
  return found
}
