import { createHash } from 'node:crypto'
import type { Organisation } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { addDays, type Day, legalDay } from '../base/day.ts'
import { cite } from '../law/citation.ts'
import type { SubjectKind } from '../law/model.ts'
import { cityInstant } from '../reports/issue.ts'
import { type Ask, isSensitive } from './model.ts'

/*
 * What a subject reads before it consents (PIPL 14, 23): who, what for, which data, how long, and that it may say no. The same lines are drawn
 * and kept: what was not shown was not consented to.
 */

/** The edition of the sentences; it changes with their meaning. The law's digest says which names of classes they were filled with. */
const SENTENCES = '2026-11'

export type AskedClass = {
  readonly id: string
  readonly name: string
  readonly shows: string
  readonly example: string
  /** The sentence beside its box; null where it needs no consent of its own. */
  readonly consent: string | null
  readonly because: string | null
}

export type ConsentText = {
  readonly edition: string
  readonly lines: readonly string[]
  readonly classes: readonly AskedClass[]
  readonly digest: Buffer
}

type Asked = Ask & { readonly days: number }

/** Who reads it. `name`: null where the public knows none. */
export type Reader = { readonly kind: SubjectKind | null; readonly name: string | null }

/** The text of a request as one subject reads it. */
export function consentText(app: App, ask: Asked, receiver: Organisation, subject: Reader): ConsentText {
  const { law, words } = app
  const purpose = law.authorisationPurposes.get(ask.purpose)
  const say = words.say
  const receiverName = receiver.name
  const purposeName = purpose?.name ?? ask.purpose
  const classes = ask.classes.flatMap(id => {
    const one = law.authorisableClasses.get(id)
    if (!one) return []
    const apart = isSensitive(one, subject.kind)
    const facts = { receiver: receiverName, purpose: purposeName, class: one.name }
    const { name: className, shows, example } = one
    const consent = apart ? say('grant.text-consent', facts) : null
    return [{ id, name: className, shows, example, consent, because: apart ? (one.sensitive?.because ?? null) : null }]
  })
  const basis = (purpose?.basis ?? []).map(one => cite(law, one)).join('、')
  const { office, telephone } = app.city.contact
  const lines = [
    say('grant.text-who', { receiver: receiverName, code: receiver.uscc, subject: subject.name ?? say('grant.text-you') }),
    say('grant.text-purpose', { purpose: purposeName, businessNo: ask.businessNo, article: basis }),
    ...classes.map(one => say('grant.text-class', { class: one.name, shows: one.shows })),
    say('grant.text-term', { days: ask.days }),
    say(ask.times === null ? 'grant.text-any-times' : 'grant.text-times', { times: ask.times }),
    ...classes.flatMap(one => (one.consent === null ? [] : [say('grant.text-apart', { class: one.name, because: one.because })])),
    say('grant.text-withdraw', { article: cite(law, 'pipl#15') }),
    say('grant.text-looks'),
    say('grant.text-contact', { contact: law.units.get(receiver.id)?.contact ?? [office, telephone].filter(Boolean).join('') }),
  ]
  const edition = `${SENTENCES}+${law.digest.slice(0, 12)}`
  const digest = digestOf([edition, ...lines, ...classes.flatMap(one => one.consent ?? [])].join('\n'))
  return { edition, lines, classes, digest }
}

/** SHA-256 of a text. */
export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The last day of a term that begins now, and the instant at which that day is over in the city (民法典 201). */
export function endOfTerm(at: Date, days: number, zone: string): { readonly lastDay: Day; readonly until: Date } {
  const lastDay = addDays(legalDay(at, zone), days)
  return { lastDay, until: startOfDay(addDays(lastDay, 1), zone) }
}

const FURTHEST_MS = 16 * 3_600_000

/** The first instant of a legal day: found between bounds that no zone's offset passes. */
function startOfDay(day: Day, zone: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`)
  let [before, from] = [utc - FURTHEST_MS, utc + FURTHEST_MS]
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2)
    if (legalDay(new Date(middle), zone) < day) before = middle
    else from = middle
  }
  return new Date(from)
}

/** An instant as a sentence says it: 2026-11-20 12:00:05. */
export function clockText(at: Date, zone: string): string {
  return cityInstant(at, zone).slice(0, 19).replace('T', ' ')
}
