import { isDay } from '../../src/base/day.ts'

const SHAPES = [
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/,
  /^(\d{4})\s*\u5e74\s*(\d{1,2})\s*\u6708\s*(\d{1,2})\s*\u65e5?$/,
] as const

/** The day (YYYY-MM-DD) that a typed or pasted text names: 20261121, 2026/11/21, 2026年11月21日. Null when it names none. */
export function readDay(text: string): string | null {
  const plain = text.trim().replaceAll(/[\uff10-\uff19]/g, one => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
  for (const shape of SHAPES) {
    const found = shape.exec(plain)
    if (!found) continue
    const made = `${found[1]}-${found[2]?.padStart(2, '0')}-${found[3]?.padStart(2, '0')}`
    return isDay(made) ? made : null
  }
  return null
}

const instant = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** An instant (ISO 8601) in the city's time: 2026-03-05 10:32:07. Text that is no instant stays as it is. */
export function instantText(at: string): string {
  const time = Date.parse(at)
  return Number.isNaN(time) || at.length < 11 ? at : instant.format(time)
}

/** The same to the minute, for tables. */
export function minuteText(at: string): string {
  return instantText(at).slice(0, 16)
}
