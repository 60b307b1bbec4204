import type { Actor } from '../access/actor.ts'
import { type LookReason, type LookRequest, look, lookMiss, requireReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { factOf, recordsOf } from '../archive/views.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { type Asked, readAsked } from './asked.ts'
import { checkScope, type Hit, hitsOf } from './check.ts'
import type { CheckAnswer } from './contract.ts'
import { type Candidate, type CheckRow, checkStatement, findByCode, findByName } from './store.ts'

export type CheckWish = Partial<LookReason> & { readonly subject: string }

/** A subject with what is in force about it. */
export type Checked = { readonly subject: NonNullable<CheckAnswer['subject']>; readonly hits: Hit[] }

/**
 * Checks one subject before an act (逢办必查, M218): by code, or by its exact name, never by likeness. The read and its entry in the register
 * of looks are one statement: without the entry nothing is shown. Nobody found, and several of the name, are registered too.
 *
 * Refuses `look.purpose-missing`, `check.subject-missing`, `check.code-invalid`, `check.person-number`.
 */
export async function makeCheck(app: App, actor: Actor, wish: CheckWish): Promise<CheckAnswer> {
  const reason = requireReason(wish)
  const asked = readAsked(wish.subject, app.city.inventedPrefixes)
  if (!asked.ok) throw new Refusal(asked.code, asked.basis, asked.facts, 422)
  const request = checkRequest(app, actor, reason, actor.id.startsWith('token:') ? 'api-check' : 'check')
  const today = legalDay(app.now(), app.city.zone)
  const found = await findAsked(app, asked.value)
  const only = found.subjectIds.length === 1 ? found.subjectIds[0] : undefined
  if (only === undefined) {
    const { receipt, at } = await lookMiss(app, request, `${asked.value.by} ${asked.value.value}`)
    const code = found.choices.length === 0 ? 'check.nobody' : 'check.choose'
    const sentence = app.words.say(code, { count: found.choices.length, receipt })
    return { subject: null, choices: found.choices, asOf: today, hits: [], sentence, receipt, at: at.toISOString() }
  }
  const { rows, receipt, at } = await look<CheckRow>(app, request, [only], checkStatement([only], checkScope(app.law).items))
  const checked = checkedOf(app, rows, today, reason.purpose)[0]
  if (!checked) throw new Error(`a subject without a card: ${only}`)
  return {
    subject: checked.subject,
    choices: [],
    asOf: today,
    hits: checked.hits,
    sentence: sentenceOf(app, checked, found.isFormer, today, receipt),
    receipt,
    at: at.toISOString(),
  }
}

/** The look of a check: which kinds of data it shows is the same for every check. */
export function checkRequest(
  app: App,
  actor: Actor,
  reason: LookReason,
  outlet: 'check' | 'api-check' | 'check-batch',
): LookRequest {
  return { actor, outlet, ...reason, shown: checkScope(app.law).sections }
}

type Found = { readonly subjectIds: readonly SubjectId[]; readonly choices: CheckAnswer['choices']; readonly isFormer: boolean }

async function findAsked(app: App, asked: Asked): Promise<Found> {
  if (asked.by !== 'name') {
    const subjectId = await findByCode(app.db, asked.by, asked.value)
    return { subjectIds: subjectId === undefined ? [] : [subjectId], choices: [], isFormer: false }
  }
  const candidates = await findByName(app.db, asked.value)
  if (candidates.length === 1) {
    const [one] = candidates as [Candidate]
    return { subjectIds: [one.subjectId], choices: [], isFormer: !one.present }
  }
  const choices = candidates.map(({ present, ...choice }) => ({ ...choice, former: !present }))
  return { subjectIds: candidates.map(one => one.subjectId), choices, isFormer: false }
}

/** Rows of `checkStatement` to answers, in the order of the subjects' ids. */
export function checkedOf(app: App, rows: readonly CheckRow[], today: Day, purpose: string): Checked[] {
  const answers: Checked[] = []
  for (let from = 0; from < rows.length; ) {
    const first = rows[from] as CheckRow
    let to = from
    while (rows[to]?.subject_id === first.subject_id) to++
    const facts = rows.slice(from, to).flatMap(row => (row.has_fact ? factOf(row) : []))
    const hits = facts.length === 0 ? [] : hitsOf(app, first.subject_kind, recordsOf(facts, today), today, purpose)
    const { subject_id: subjectId, name, uscc, subject_kind: kind, status } = first
    answers.push({ subject: { subjectId, name, uscc, kind, status }, hits })
    from = to
  }
  return answers
}

function sentenceOf(app: App, { subject, hits }: Checked, isFormer: boolean, asOf: Day, receipt: string): string {
  const answer =
    hits.length === 0
      ? app.words.say('check.nothing-in-force', { asOf, receipt })
      : app.words.say('check.found', { asOf, count: hits.length, receipt })
  return isFormer ? app.words.say('check.former-name', { name: subject.name }) + answer : answer
}
