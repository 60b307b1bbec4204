import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { grant, NotFound, Refusal } from '../base/refusal.ts'
import { type Query, sql } from '../db/database.ts'
import type { Unit } from '../law/city-model.ts'
import { noticeOn } from '../law/law.ts'
import { isCarrier, type NoticeTemplate } from '../law/notice-model.ts'
import { dayText } from '../law/notice-term.ts'
import { canonicalJson, commitText, newSalts } from '../ledger/commitment.ts'
import { keptIfTyped } from '../validation/typed-text.ts'
import { composeLetter } from './compose.ts'
import { addresseeOf, type Card, contactOf, issuingUnit } from './issuer.ts'
import { type Letter, type NoticeFact, type NoticeFacts, type NoticeKey, serialOf } from './model.ts'
import { appendEntry, insertNotice, letterPlace, type Sealed, servedDay, takeNumber } from './store.ts'

export type NewLetter = {
  /** Whom it is about; its address too, unless `to` names a unit. */
  readonly subjectId: SubjectId
  /** The case that it belongs to; null: none (a letter that follows a record). */
  readonly caseId: number | null
  /** The id of a template, `law/notices/<template>@….yaml`; the edition in force today is taken. */
  readonly template: string
  readonly facts: NoticeFacts
  /** On which article the act rests that serves it: kept in the act. */
  readonly basis: string | null
  readonly to?: 'subject' | { readonly unit: string }
  /** Which unit writes; left out: the actor's own, else the credit office. */
  readonly from?: string
}

export type Served = { readonly noticeId: number; readonly number: string }

/**
 * Writes a letter inside a change: number, filled-in text (sealed), its place in the account or the console, and the tasks that set it in type and
 * tell whom it is for that it is there. All of it or nothing. A decision that takes away brings the letter with it that says how one repairs it
 * (两书同达). Take it late in a change: the numbers of its unit wait for the commit.
 *
 * Refuses `notice.no-edition` (no such letter today), `notice.unit-unknown`, `notice.to-mismatch`, `subject.unknown`, `text.prohibited`, and what
 * `composeLetter` refuses.
 */
export async function serveNotice(app: App, change: Change, asked: NewLetter): Promise<Served> {
  const template = templateOn(app, change, asked.template)
  const to = asked.to ?? 'subject'
  if ((to === 'subject') !== (template.to === 'subject'))
    throw new Refusal('notice.to-mismatch', template.basis[0] ?? null, { letter: template.name })
  const unit = issuingUnit(app.law, asked.from ?? null, change.actor)
  const card = await cardOf(change, asked.subjectId)
  const served = await writeLetter(app, change, { asked, template, unit, card, toUnit: to === 'subject' ? null : to.unit })
  if (template.accompaniedBy === undefined) return served
  const companion = templateOn(app, change, template.accompaniedBy)
  const wanted = new Set(companion.blanks.map(one => one.blank))
  const facts = Object.fromEntries(Object.entries(asked.facts).filter(([blank]) => wanted.has(blank)))
  await writeLetter(app, change, { asked: { ...asked, facts }, template: companion, unit, card, toUnit: null })
  return served
}

/** The day from which a letter counts as served by a proof that is written down; null: it is not yet. */
export async function servedOn(query: Query, subjectId: SubjectId, noticeId: number): Promise<Day | null> {
  return await servedDay(query, subjectId, noticeId)
}

function templateOn({ law }: App, { today }: Change, id: string): NoticeTemplate {
  const template = noticeOn(law, id, today)
  if (!template) throw new Refusal('notice.no-edition', null, { letter: law.notices.get(id)?.at(-1)?.name ?? id, day: today })
  return template
}

async function cardOf({ tx }: Change, subjectId: SubjectId): Promise<Card> {
  const card = await tx.row<Card>(sql`select kind, name, uscc from subject_card where subject_id = ${subjectId}`)
  if (!card) throw new NotFound('subject.unknown')
  return card
}

type Writing = {
  readonly asked: NewLetter
  readonly template: NoticeTemplate
  readonly unit: Unit
  readonly card: Card
  readonly toUnit: string | null
}

async function writeLetter(app: App, change: Change, { asked, template, unit, card, toUnit }: Writing): Promise<Served> {
  const { subjectId, caseId } = asked
  const { today } = change
  const noticeId = await app.ids.next()
  const receiver = toUnit === null ? null : app.law.units.get(toUnit)
  if (receiver === undefined) throw new Refusal('notice.unit-unknown', null, { unit: toUnit }, 422)
  const facts = keptFacts(app, change, asked.facts)
  const year = Number(today.slice(0, 4))
  const no = await takeNumber(change, unit.id, year)
  const number = app.words.say('notice.number', { unit: unit.shortName ?? unit.name, year, no })
  const own = {
    subject: card.name,
    addressee: receiver?.name ?? addresseeOf(app.words, card),
    unit: unit.name,
    number,
    day: dayText(today),
    platform: app.city.platformName,
    contact: contactOf(app, unit),
  }
  const letter = grant(composeLetter(app.law, template, own, facts))
  const { sealed, digest } = sealLetter(app, noticeId, letter, facts)
  const key = { subjectId, noticeId }
  const head = {
    ...key,
    caseId,
    unit: unit.id,
    toUnit,
    number,
    notice: template.notice,
    edition: template.inForceFrom,
    madeOn: today,
  }
  await insertNotice(change, { ...head, year, no, sealed, digest })
  // The act holds the digest: the log proves what the letter said, and nothing can be read from it.
  change.tell({ [`notice:${noticeId}`]: { number, letter: template.notice, basis: asked.basis, digest: digest.toString('hex') } })
  await beginService(app, change, key, template)
  await app.queue.enqueue(change.tx, 'render-notice', key, { key: `notice:${noticeId}` })
  return { noticeId, number }
}

/** Texts of a case may hold what somebody typed: ID numbers are masked, what may not be collected is refused. */
function keptFacts({ law }: App, { today }: Change, facts: NoticeFacts): NoticeFacts {
  const kept = (fact: NoticeFact): NoticeFact =>
    typeof fact === 'string'
      ? keptIfTyped(law, fact, today)
      : typeof fact === 'number'
        ? fact
        : fact.map(one => keptIfTyped(law, one, today))
  return Object.fromEntries(Object.entries(facts).map(([blank, fact]) => [blank, kept(fact)]))
}

function sealLetter(
  { keys }: App,
  noticeId: number,
  letter: Letter,
  facts: NoticeFacts,
): { readonly sealed: Buffer; readonly digest: Buffer } {
  const [salt] = newSalts(1) as [Buffer]
  const content: Sealed = { salt: salt.toString('hex'), letter, facts }
  return {
    sealed: keys.seal('data', JSON.stringify(content), letterPlace(noticeId)),
    digest: commitText(salt, canonicalJson({ letter, facts })),
  }
}

/** What begins at once: the letter lies in the account or the console, and messages are on their way. */
async function beginService(app: App, change: Change, key: NoticeKey, template: NoticeTemplate): Promise<void> {
  for (const rule of template.channels) {
    if (rule.starts !== 'at-once') continue
    const { channel } = rule
    const serial = serialOf(key.noticeId, channel, 1)
    await appendEntry(app, change, key, { serial, channel, outcome: isCarrier(rule) ? 'placed' : 'queued' })
    if (channel === 'sms' || channel === 'email')
      await app.queue.enqueue(change.tx, 'send-notice', { ...key, serial, channel }, { key: `notice:${serial}` })
  }
}
