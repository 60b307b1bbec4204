import type { Day } from '../base/day.ts'
import type { VerifyCode } from './verify-code.ts'

/** What makes one issue of a report this one and no other. */
export type Issue = {
  readonly today: Day
  /** ISO 8601 with the city's offset. */
  readonly issuedAt: string
  /** 17 digits of the instant and five letters or digits. */
  readonly number: string
  readonly code: VerifyCode
  readonly verifyUrl: string
}

const NUMBER_TAIL = 36 ** 5

// Making a format costs more than a hundred uses of it; a process knows one zone.
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    })
    formats.set(zone, format)
  }
  return format
}

/** An instant as the city's clocks show it, with their offset: 2026-11-20T12:00:00+08:00. */
export function cityInstant(at: Date, zone: string): string {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(part => [part.type, part.value]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  const offset = of('timeZoneName').replace('GMT', '') || '+00:00'
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}${offset}`
}

/** A report's number: the instant to the millisecond in the city's time, and the report's own id in five characters. */
export function reportNumber(at: Date, zone: string, reportId: number): string {
  const digits = cityInstant(at, zone).slice(0, 19).replace(/\D/g, '')
  const milliseconds = String(at.getUTCMilliseconds()).padStart(3, '0')
  return `${digits}${milliseconds}${(reportId % NUMBER_TAIL).toString(36).toUpperCase().padStart(5, '0')}`
}
