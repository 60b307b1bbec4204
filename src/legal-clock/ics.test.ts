import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day } from '../base/day.ts'
import { icsOf } from './ics.ts'

const EVENT = {
  uid: 'GR20261122-7@lanchuan',
  revision: 2,
  on: day('2026-12-31'),
  title: '更正请求的答复期限',
  details: '由示例局办理',
  madeAt: new Date('2026-11-22T01:30:05.123Z'),
}

/** A reader of its own: unfolds the lines and undoes the escapes. */
function read(text: string): Map<string, string> {
  const lines = text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)
  const undo = (value: string): string =>
    value.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign))
  const event = lines.slice(lines.indexOf('BEGIN:VEVENT'), lines.indexOf('BEGIN:VALARM'))
  return new Map(event.map(line => [line.slice(0, line.indexOf(':')), undo(line.slice(line.indexOf(':') + 1))]))
}

test('ux 6 · a due day goes into a calendar as a whole day that blocks nobody’s time', () => {
  const text = icsOf(EVENT)
  const event = read(text)
  assert.deepEqual(
    ['UID', 'SEQUENCE', 'DTSTAMP', 'DTSTART;VALUE=DATE', 'DTEND;VALUE=DATE', 'SUMMARY', 'DESCRIPTION', 'TRANSP'].map(key =>
      event.get(key),
    ),
    [EVENT.uid, '2', '20261122T013005Z', '20261231', '20270101', '更正请求的答复期限', '由示例局办理', 'TRANSPARENT'],
  )
  assert.ok(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:') && text.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n'))
})

test('ux 6 · whatever is written in it, no text becomes a line of the calendar and no line is too long', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: fc.constantFrom('，', ',', ';', '\\', '\n', '\r', 'END:VEVENT', '\u2028', '𠮷', 'a', ':'), maxLength: 60 }),
  )
  fc.assert(
    fc.property(texts, texts, (title, details) => {
      const text = icsOf({ ...EVENT, title, details })
      for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75 && !/[\n\r]/.test(line))
      const plain = (one: string) =>
        one
          .replaceAll(/\r\n|[\r\u0085\u2028\u2029]/g, '\n')
          .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '')
          .toWellFormed()
      const event = read(text)
      assert.deepEqual(
        [event.get('SUMMARY')?.toWellFormed(), event.get('DESCRIPTION')?.toWellFormed()],
        [plain(title), plain(details)],
      )
    }),
    { numRuns: 500, seed: 7 },
  )
})
