import type { Day } from '../base/day.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** The instant at which the minute of an instant began. */
export function minuteStart(at: Date): Date {
  return new Date(at.getTime() - (at.getTime() % MINUTE_MS))
}

let known: { readonly day: Day; readonly zone: string; readonly start: Date } | null = null

/** The instant at which a legal day began, and the seconds until the next one. */
export function dayStart(at: Date, day: Day, zone: string): { start: Date; seconds: number } {
  if (known?.day !== day || known.zone !== zone) known = { day, zone, start: startOf(day, zone) }
  const { start } = known
  return { start, seconds: Math.max(1, Math.ceil((start.getTime() + DAY_MS - at.getTime()) / 1000)) }
}

function startOf(day: Day, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(midnight)
  const offset = parts.find(part => part.type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /^GMT([+-])(\d\d):(\d\d)$/.exec(offset) ?? []
  const east = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
  return new Date(sign === '-' ? midnight + east : midnight - east)
}
