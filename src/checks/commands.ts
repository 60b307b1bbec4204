import { type Actor, isProgram } from '../access/actor.ts'
import { type LookReason, type LookRequest, look, lookMiss, requireReason } from '../access/look.ts'
import type { App } from '../app.ts'
import type { MergedFrom } from '../archive/contract.ts'
import type { Group } from '../archive/links.ts'
import { mergedFrom } from '../archive/merged-from.ts'
import { factOf, recordsOf } from '../archive/views.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { type Asked, readAsked } from './asked.ts'
import { checkScope, type Hit, hitsOf } from './check.ts'
import type { CheckAnswer } from './contract.ts'
import { type Found, type Named, oneOfEach, readGroups } from './groups.ts'
import { type Prompt, promptNames, promptOf, promptScope } from './prompt.ts'
import { type Candidate, type CheckRow, candidatesOf, checkStatement, findByCode, findByName } from './store.ts'

export type CheckWish = Partial<LookReason> & { readonly subject: string }

/** A subject with what is in force about it and about all that were merged into it. */
export type Checked = {
  readonly subject: NonNullable<CheckAnswer['subject']>
  /** Itself and those that were merged into it. */
  readonly members: readonly Member[]
  readonly hits: Hit[]
  /** What the officers of the unit that asks are prompted with. */
  readonly measures: Prompt[]
}

type Member = { readonly subjectId: SubjectId; readonly name: string; readonly uscc: string | null }

/**
 * Checks one subject before an act (逢办必查, M218): by code, or by its exact name, never by likeness. The read and its entry in the register
 * of looks are one statement: without the entry nothing is shown. Nobody found, and several of the name, are registered too. For a subject
 * that was merged the survivor answers, with the records of all (M056); each of them sees the look.
 *
 * Refuses `look.purpose-missing`, `check.subject-missing`, `check.code-invalid`, `check.person-number`.
 */
export async function makeCheck(app: App, actor: Actor, wish: CheckWish): Promise<CheckAnswer> {
  const reason = requireReason(wish)
  const asked = readAsked(wish.subject, app.city.inventedPrefixes)
  if (!asked.ok) throw new Refusal(asked.code, asked.basis, asked.facts, 422)
  const request = checkRequest(app, actor, reason, isProgram(actor) ? 'api-check' : 'check')
  const today = legalDay(app.now(), app.city.zone)
  const found = await findAsked(app, asked.value)
  const groups = await readGroups(app, found)
  const [only, ...others] = oneOfEach(found, groups)
  if (only === undefined || others.length > 0) {
    const named = [only, ...others].flatMap(one => (one && isNamed(one) ? one : []))
    const read = candidatesOf(named.map(one => one.subjectId))
    const { rows, receipt, at } = await lookMiss<Candidate>(app, request, `${asked.value.by} ${asked.value.value}`, read)
    const choices = rows.map(row => ({ ...row, former: !named.some(one => one.subjectId === row.subjectId && one.present) }))
    const sentence = app.words.say(choices.length === 0 ? 'check.nobody' : 'check.choose', { count: choices.length, receipt })
    return {
      subject: null,
      mergedFrom: null,
      choices,
      asOf: today,
      hits: [],
      measures: [],
      sentence,
      receipt,
      at: at.toISOString(),
    }
  }
  const group = groups.get(only.subjectId) ?? [only.subjectId]
  const { rows, receipt, at } = await look<CheckRow>(
    app,
    request,
    group,
    checkStatement(group, checkScope(app.law).itemArray, promptScope(app, actor, reason)),
  )
  const answer = answerFor(app, await checkedOf(app, rows, [group], today, reason.purpose), group, only.subjectId)
  const { subject, hits, measures, asked: member } = answer
  const former = isNamed(only) && !only.present ? app.words.say('check.former-name', { name: member.name }) : ''
  const sentence = `${former}${answer.mergedFrom?.sentence ?? ''}${sentenceOf(app, hits, today, receipt)}${promptedOf(app, measures)}`
  return {
    subject,
    mergedFrom: answer.mergedFrom,
    choices: [],
    asOf: today,
    hits,
    measures,
    sentence,
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

async function findAsked(app: App, asked: Asked): Promise<readonly (Found | Named)[]> {
  if (asked.by === 'name') return await findByName(app.db, asked.value)
  const found = await findByCode(app.db, asked.by, asked.value)
  return found === undefined ? [] : [found]
}

const isNamed = (one: Found | Named): one is Named => 'present' in one

/** Rows of `checkStatement` to answers by survivor: its card, and what is in force about anybody of the group. */
export async function checkedOf(
  app: App,
  rows: readonly CheckRow[],
  groups: Iterable<Group>,
  today: Day,
  purpose: string,
): Promise<Map<SubjectId, Checked>> {
  const names = await promptNames(app, rows)
  const rowsOf = Map.groupBy(rows, row => row.subject_id)
  const answers = new Map<SubjectId, Checked>()
  for (const group of groups) {
    const members = group.flatMap(subjectId => rowsOf.get(subjectId)?.[0] ?? [])
    const [survivor] = members
    if (!survivor || survivor.subject_id !== group[0]) throw new Error(`a subject without a card: ${group[0]}`)
    const facts = group.flatMap(subjectId => rowsOf.get(subjectId) ?? []).flatMap(row => (row.has_fact ? factOf(row) : []))
    const { subject_kind: kind, status } = survivor
    const hits = facts.length === 0 ? [] : hitsOf(app, kind, recordsOf(facts, today), today, purpose)
    const measures = members.flatMap(one => (one.prompts ?? []).map(row => promptOf(app, one.subject_id, row, { today, names })))
    answers.set(group[0], { subject: { ...nameOf(survivor), kind, status }, members: members.map(nameOf), hits, measures })
  }
  return answers
}

const nameOf = ({ subject_id: subjectId, name, uscc }: CheckRow): Member => ({ subjectId, name, uscc })

/** The answer of a group to whoever was asked for in it. */
export function answerFor(
  app: App,
  checked: ReadonlyMap<SubjectId, Checked>,
  group: Group,
  subjectId: SubjectId,
): Checked & { readonly asked: Member; readonly mergedFrom: MergedFrom | null } {
  const one = checked.get(group[0])
  const asked = one?.members.find(member => member.subjectId === subjectId)
  if (!one || !asked) throw new Error(`a subject without a card: ${subjectId}`)
  return { ...one, asked, mergedFrom: mergedFrom(app.words, asked, one.subject) }
}

const promptedOf = (app: App, { length: count }: readonly Prompt[]): string =>
  count === 0 ? '' : app.words.say('check.prompted', { count })

function sentenceOf(app: App, hits: readonly Hit[], asOf: Day, receipt: string): string {
  return hits.length === 0
    ? app.words.say('check.nothing-in-force', { asOf, receipt })
    : app.words.say('check.found', { asOf, count: hits.length, receipt })
}
