import { addDays, type Day } from '../base/day.ts'

/* A legal day as other people's calendars read it: one all-day event (RFC 5545), written by hand. */

export type CalendarEvent = {
  /** The same for the same clock, so that a calendar that has it already moves it. */
  readonly uid: string
  /** Counts the changes of the day: extensions, suspensions, transfers. */
  readonly revision: number
  readonly on: Day
  readonly title: string
  readonly details: string
  readonly madeAt: Date
}

/** The file of an event: it lies on the whole legal day, keeps nobody's time blocked, and reminds the day before at nine. */
export function icsOf({ uid, revision, on, title, details, madeAt }: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Mingxin//Legal clock//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `SEQUENCE:${revision}`,
    `DTSTAMP:${madeAt.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')}`,
    `DTSTART;VALUE=DATE:${compact(on)}`,
    `DTEND;VALUE=DATE:${compact(addDays(on, 1))}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(details)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(title)}`,
    'TRIGGER:-PT15H',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.flatMap(folded).join('\r\n')}\r\n`
}

const compact = (on: Day): string => on.replaceAll('-', '')

/** Text as a value: the signs that mean something are escaped, a line end is `\n`, what cannot be printed is left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, sign => `\\${sign}`)
    .replaceAll(/\r\n|[\r\n\u0085\u2028\u2029]/g, '\\n')
    .replaceAll(/[\u0000-\u001f\u007f]/g, '')
}

const LONGEST_LINE = 75

/** A line of at most 75 bytes and its continuations, each of which begins with a blank; no character is torn. */
function folded(line: string): string[] {
  const found: string[] = []
  let [part, size] = ['', 0]
  for (const sign of line) {
    const bytes = new TextEncoder().encode(sign).length
    if (size + bytes > LONGEST_LINE) {
      found.push(part)
      ;[part, size] = [' ', 1]
    }
    part += sign
    size += bytes
  }
  return [...found, part]
}
