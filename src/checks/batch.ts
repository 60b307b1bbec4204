import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { type LookReason, type LookRequest, look, lookMisses, requireReason } from '../access/look.ts'
import type { App } from '../app.ts'
import type { Group } from '../archive/links.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Asked, readAsked } from './asked.ts'
import { checkScope } from './check.ts'
import { answerFor, type Checked, checkedOf, checkRequest } from './commands.ts'
import type { BatchLine } from './contract.ts'
import { oneOfEach, readGroups } from './groups.ts'
import type { AskedLine, AskedList } from './list.ts'
import { promptScope } from './prompt.ts'
import { type CheckRow, checkStatement, findAll } from './store.ts'

export type BatchAnswer = z.infer<typeof BatchLine>
export type Outcome = BatchAnswer['outcome']
export type BatchCounts = Record<Outcome, number> & { lines: number }

/** A part of a list with its answers, whose looks are registered. */
export type BatchPart = { readonly answers: BatchAnswer[]; readonly receipts: readonly string[] }

export function noBatchCounts(): BatchCounts {
  return { lines: 0, hit: 0, clear: 0, ambiguous: 0, unknown: 0, invalid: 0 }
}

export function addAnswers(counts: BatchCounts, answers: readonly BatchAnswer[]): void {
  counts.lines += answers.length
  for (const { outcome } of answers) counts[outcome] += 1
}

/**
 * Checks a list, some hundred lines at a time (C7, M218): for each part all subjects are found by sets, one look registers them and reads
 * what is kept, those who were not found are registered apart, and only then is the part handed on. A name that several have or had is never
 * a hit; a subject that was merged is answered for by the survivor. Refuses `look.purpose-missing` before anything is read.
 */
export async function* checkList(
  app: App,
  actor: Actor,
  given: Partial<LookReason>,
  list: Pick<AskedList, 'chunks'>,
): AsyncGenerator<BatchPart> {
  const reason = requireReason(given)
  for await (const lines of list.chunks()) yield await checkPart(app, actor, reason, lines)
}

type Read = AskedLine & { readonly key: string | null; readonly refusal: string | null }

async function checkPart(app: App, actor: Actor, reason: LookReason, lines: readonly AskedLine[]): Promise<BatchPart> {
  const wanted = new Map<string, Asked>()
  const read = lines.map((line): Read => {
    const asked = readAsked(line.asked, app.city.inventedPrefixes)
    if (!asked.ok) return { ...line, key: null, refusal: asked.code }
    const key = `${asked.value.by} ${asked.value.value}`
    wanted.set(key, asked.value)
    return { ...line, key, refusal: null }
  })
  const found = await findAll(app.db, [...wanted.values()])
  const groups = await readGroups(app, [...found.values()].flat())
  const asked = new Map<string, SubjectId>()
  const missed: string[] = []
  for (const key of wanted.keys()) {
    const [only, ...others] = oneOfEach(found.get(key) ?? [], groups)
    if (only && others.length === 0) asked.set(key, only.subjectId)
    else missed.push(key)
  }
  const request = checkRequest(app, actor, reason, 'check-batch')
  const whose = new Map([...asked.values()].map(subjectId => [subjectId, groups.get(subjectId) ?? ([subjectId] as const)]))
  const known = await readChecked(app, request, [...whose.values()], reason)
  const miss = missed.length > 0 ? (await lookMisses(app, request, missed)).receipt : ''
  const answers = read.map((line): BatchAnswer => {
    const subjectId = line.key === null ? undefined : asked.get(line.key)
    const group = subjectId && whose.get(subjectId)
    if (!group) return nobodyFor(app, line, line.key !== null && found.has(line.key), miss)
    const { subject, hits, measures, mergedFrom } = answerFor(app, known.checked, group, subjectId)
    const { name, uscc } = subject
    const outcome = hits.length + measures.length > 0 ? 'hit' : 'clear'
    const { line: no, asked: text } = line
    return {
      line: no,
      asked: text,
      outcome,
      subjectId: subject.subjectId,
      name,
      uscc,
      mergedFrom,
      hits,
      measures,
      receipt: known.receipt,
    }
  })
  return { answers, receipts: [known.receipt, miss].filter(Boolean) }
}

/** One look at everyone who answers, each once, however often and under whatever name they were asked for. */
async function readChecked(app: App, request: LookRequest, asked: readonly Group[], reason: LookReason) {
  const groups = new Map(asked.map(group => [group[0], group]))
  const subjectIds = [...new Set([...groups.values()].flat())]
  if (subjectIds.length === 0) return { checked: new Map<SubjectId, Checked>(), receipt: '' }
  const read = checkStatement(subjectIds, checkScope(app.law).itemArray, promptScope(app, request.actor, reason))
  const { rows, receipt, at } = await look<CheckRow>(app, request, subjectIds, read)
  return { checked: await checkedOf(app, rows, groups.values(), legalDay(at, app.city.zone), reason.purpose), receipt }
}

function nobodyFor(app: App, line: Read, several: boolean, receipt: string): BatchAnswer {
  const nobody = { line: line.line, subjectId: null, name: null, uscc: null, mergedFrom: null, hits: [], measures: [] }
  if (line.refusal === null) return { ...nobody, asked: line.asked, outcome: several ? 'ambiguous' : 'unknown', receipt }
  // An ID number among codes is not said again.
  const asked = line.refusal === 'check.person-number' ? app.words.say('check.person-number-hidden') : line.asked
  return { ...nobody, asked, outcome: 'invalid', receipt: '' }
}
