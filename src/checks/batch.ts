import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { type LookReason, look, requireReason } from '../access/look.ts'
import { lookMisses } from '../access/look-misses.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Asked, readAsked } from './asked.ts'
import { checkScope } from './check.ts'
import { type Checked, checkedOf, checkRequest } from './commands.ts'
import type { BatchLine } from './contract.ts'
import type { AskedLine, AskedList } from './list.ts'
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
 * a hit. Refuses `look.purpose-missing` before anything is read.
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
  const subjectIds = new Set<SubjectId>()
  const missed: string[] = []
  for (const key of wanted.keys()) {
    const [only, second] = found.get(key) ?? []
    if (only && !second) subjectIds.add(only.subjectId)
    else missed.push(key)
  }
  const request = checkRequest(app, actor, reason, 'check-batch')
  const { checked, receipt } = await readChecked(app, request, [...subjectIds], reason.purpose)
  const miss = missed.length > 0 ? (await lookMisses(app, request, missed)).receipt : ''
  const answers = read.map(line => answerOf(app, line, (line.key && found.get(line.key)) || [], checked, receipt, miss))
  return { answers, receipts: [receipt, miss].filter(Boolean) }
}

async function readChecked(app: App, request: Parameters<typeof look>[1], subjectIds: readonly SubjectId[], purpose: string) {
  if (subjectIds.length === 0) return { checked: new Map<SubjectId, Checked>(), receipt: '' }
  const { rows, receipt, at } = await look<CheckRow>(
    app,
    request,
    subjectIds,
    checkStatement(subjectIds, checkScope(app.law).items),
  )
  const today = legalDay(at, app.city.zone)
  return { checked: new Map(checkedOf(app, rows, today, purpose).map(one => [one.subject.subjectId as SubjectId, one])), receipt }
}

function answerOf(
  app: App,
  line: Read,
  found: readonly { subjectId: SubjectId }[],
  checked: ReadonlyMap<SubjectId, Checked>,
  receipt: string,
  miss: string,
): BatchAnswer {
  const nobody = { line: line.line, asked: line.asked, subjectId: null, name: null, uscc: null, hits: [] }
  if (line.refusal !== null) {
    // An ID number among codes is not said again.
    const asked = line.refusal === 'check.person-number' ? app.words.say('check.person-number-hidden') : line.asked
    return { ...nobody, asked, outcome: 'invalid', receipt: '' }
  }
  if (found.length !== 1) return { ...nobody, outcome: found.length === 0 ? 'unknown' : 'ambiguous', receipt: miss }
  const one = checked.get(found[0]?.subjectId as SubjectId)
  if (!one) throw new Error('a subject was found that has no card')
  const { subjectId, name, uscc } = one.subject
  const { line: no, asked } = line
  return { line: no, asked, outcome: one.hits.length > 0 ? 'hit' : 'clear', subjectId, name, uscc, hits: one.hits, receipt }
}
