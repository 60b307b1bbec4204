/** A legal day of the city as text, `YYYY-MM-DD`. Days compare as text. */
export type Day = string & { readonly __day: never }

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** True when the text is a day that exists in the calendar (1800…2999). */
export function isDay(text: string): text is Day {
  const found = DAY.exec(text)
  if (!found) return false
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])]
  return year >= 1800 && year <= 2999 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
}

/** The day a text names. Throws a RangeError on anything but an existing `YYYY-MM-DD`. */
export function day(text: string): Day {
  if (!isDay(text)) throw new RangeError(`not a day: ${text}`)
  return text
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** How a zone's days are read, and the last that was: within a second it stays the same, whatever the zone's offset. */
type ZoneDay = { readonly format: Intl.DateTimeFormat; second: number; day: Day }
const zones = new Map<string, ZoneDay>()

/** The legal day of an instant in a time zone: the only way from an instant to a day. */
export function legalDay(at: Date, zone: string): Day {
  let last = zones.get(zone)
  if (!last) {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    last = { format, second: Number.NaN, day: '' as Day }
    zones.set(zone, last)
  }
  const second = Math.floor(at.getTime() / 1000)
  if (second !== last.second) {
    last.day = last.format.format(at) as Day
    last.second = second
  }
  return last.day
}

const MS_PER_DAY = 86_400_000

/** The day `count` days later (earlier when negative). */
export function addDays(from: Day, count: number): Day {
  return new Date(Date.parse(`${from}T00:00:00Z`) + count * MS_PER_DAY).toISOString().slice(0, 10) as Day
}

/** The day `count` months later; the last of the month where the date does not exist there (民法典 202). */
export function addMonths(from: Day, count: number): Day {
  const index = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + count
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  const date = Math.min(Number(from.slice(8, 10)), daysInMonth(year, month))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}` as Day
}

/** Whole days from one day to another, negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY)
}

/** The day of the week, 1 Monday … 7 Sunday. */
export function weekday(of: Day): number {
  return new Date(`${of}T00:00:00Z`).getUTCDay() || 7
}

/** The later of two days. */
export function later(a: Day, b: Day): Day {
  return a < b ? b : a
}

/** The earlier of two days. */
export function earlier(a: Day, b: Day): Day {
  return a < b ? a : b
}
