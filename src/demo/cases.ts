import { createToken } from '../access/accounts.ts'
import { type Actor, ANYONE, permissionsFor, SYSTEM } from '../access/actor.ts'
import type { App } from '../app.ts'
import { readArchive } from '../archive/read-archive.ts'
import type { Ids } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { openCase, takeStep } from '../cases/act-on-case.ts'
import type { CaseKey, HandedPaper } from '../cases/model.ts'
import { keepPaper } from '../cases/papers.ts'
import { noticeServed, receiversConfirmed } from '../cases/run-clocks.ts'
import { caseOpened } from '../cases/run-opened.ts'
import { makeCheck } from '../checks/commands.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import { SCENES } from './case-scenes.ts'
import { COMPARE } from './declaration-scenes.ts'
import { examplePaper, PAPER_NAME } from './example-paper.ts'
import { readExampleGrant } from './grant.ts'
import { castOf, loginOf, type SceneCast } from './scene-cast.ts'
import { type Choice, type Chosen, keptChoice } from './scene-choice.ts'
import { withCorrection } from './scene-corrected.ts'
import { withDeclared } from './scene-declared.ts'
import type { Course, Deed, Move, Scene } from './scene-model.ts'
import { atMoment, filledOf } from './scene-moment.ts'

/* The example city's cases, some of them begun months ago: for the work lists and for subjects' own pages. */

/**
 * Plays the scenes by the platform's own commands, each act with the clock at its day. Which record or firm a scene is about is kept before it is
 * played; what was opened is not opened again. Leaves out a scene for which the city has nobody, or that the law of its day refuses: which, and why.
 */
export async function makeExampleCases(app: App): Promise<readonly string[]> {
  const kept = await keptChoice(app)
  const lanes: Promise<readonly string[]>[] = []
  for (const scenes of Map.groupBy(SCENES.entries(), ([, { unit, procedure }]) => `${unit} ${procedure}`).values())
    lanes.push(playLane({ ...app, ids: ownIds(app.ids, await app.ids.take(IDS_OF_A_LANE)) }, kept, scenes))
  return (await Promise.all(lanes)).flat()
}

/** More than the acts of any lane use. */
const IDS_OF_A_LANE = 2000

/** Ids taken before anything is played: whatever runs beside it, the same scene gets the same ids. */
function ownIds(others: Ids, ids: readonly number[]): Ids {
  let used = 0
  const take = async (count: number): Promise<number[]> => {
    const own = ids.slice(used, used + count)
    used += own.length
    return own.length < count ? [...own, ...(await others.take(count - own.length))] : own
  }
  return { take, next: async () => (await take(1))[0] as number }
}

type Numbered = readonly [at: number, scene: Scene]

/** Scenes of one unit's procedure, one after the other, beside those of others: the city is up sooner. */
async function playLane(app: App, kept: Choice, scenes: readonly Numbered[]): Promise<readonly string[]> {
  const leftOut: string[] = []
  for (const [at, scene] of scenes) {
    const chosen = kept[scene.id]
    if (!chosen) leftOut.push(`${scene.id}: nobody`)
    if (!chosen || (await wasPlayed(app, scene, chosen))) continue
    const [end] = await Promise.allSettled([play(app, scene, chosen, at)])
    // The law of the day may not know the procedure yet, or the calendar not the year: the city starts without the scene, or with its first acts.
    if (end?.status !== 'rejected') continue
    if (!(end.reason instanceof Refusal || end.reason instanceof NotFound)) throw end.reason
    leftOut.push(`${scene.id}: ${end.reason.code}`)
  }
  return leftOut
}

async function wasPlayed({ db }: App, scene: Scene, chosen: Chosen): Promise<boolean> {
  const found = await db.row(sql`select from case_file where subject_id = ${chosen.subjectId} and procedure = ${scene.procedure}
    and about_ref is not distinct from ${aboutOf(scene, chosen)}::text`)
  return found !== undefined
}

const aboutOf = ({ aboutRef }: Course, { recordId }: Chosen): string | null =>
  aboutRef ?? (recordId === null ? null : String(recordId))

async function play(app: App, scene: Scene, chosen: Chosen, at: number): Promise<void> {
  const cast = await castOf(app, scene, chosen)
  if (!cast) return
  const stage = { app, at, cast, chosen }
  if (scene.shownBefore) await showBefore(stage, scene)
  await playCourse(stage, scene)
  if (scene.afterwards) await playCourse(stage, scene.afterwards)
}

type Stage = { readonly app: App; readonly at: number; readonly cast: SceneCast; readonly chosen: Chosen }

async function playCourse(stage: Stage, course: Course): Promise<void> {
  const { app, at, cast, chosen } = stage
  const [first, ...moves] = course.moves
  const then = atMoment(app, first.ago, at)
  const opener = cast[first.by === 'subject' ? 'subject' : 'officer']
  const about = { procedure: course.procedure, subjectId: chosen.subjectId, aboutRef: aboutOf(course, chosen) ?? undefined }
  const opening = { ...about, act: first.act, fields: await withDeclared(then, chosen, filledOf(app, first)) }
  const key = await openCase(then, opener, opening)
  for (const move of moves) await make(stage, key, move)
}

async function make(stage: Stage, key: CaseKey, move: Move): Promise<void> {
  const then = atMoment(stage.app, move.ago, stage.at)
  if ('opens' in move) await openLetter(then, stage, key, move.opens)
  else if ('shown' in move) await (move.shown === 'window' ? showWindow(then, stage) : showSystem(then, stage))
  else await act(then, stage, key, move)
}

async function act(then: App, { app, cast, chosen }: Stage, key: CaseKey, deed: Deed): Promise<void> {
  if (deed.by === 'receivers') return void (await receiversConfirmed(then, key))
  if (deed.act === COMPARE) return void (await caseOpened(then, key))
  const actor = deed.by === 'clock' ? SYSTEM : cast[deed.by]
  const papers: HandedPaper[] = []
  for (const paper of deed.papers ?? []) {
    const { paperId } = await keepPaper(then, actor, examplePaper(), PAPER_NAME)
    papers.push({ paper, paperId })
  }
  const fields = await withCorrection(then, chosen, filledOf(app, deed))
  await takeStep(then, actor, key, { act: deed.act, fields, papers })
}

/** The subject opens the letter in its account: it is served, and what waits for that is done. */
async function openLetter(then: App, { cast, chosen }: Stage, key: CaseKey, template: string): Promise<void> {
  const letter = await then.db.row<{ noticeId: number }>(sql`select notice_id as "noticeId" from notice
    where subject_id = ${key.subjectId} and case_id = ${key.caseId} and notice = ${template} order by notice_id desc limit 1`)
  if (!letter) throw new Error(`no letter ${template} in the case`)
  await openNotice(then, cast.subject, { subjectId: key.subjectId, noticeId: letter.noticeId }, [chosen.subjectId])
  await noticeServed(then, key, template)
}

/** Somebody was shown what the case takes away: of a list the window, by a check; of a penalty the bank, as the firm let it. */
async function showBefore(stage: Stage, { procedure, moves: [first] }: Scene): Promise<void> {
  const then = atMoment(stage.app, first.ago + 1, stage.at)
  if (procedure !== 'repair') return await showWindow(then, stage)
  await readExampleGrant(then, { login: 'bank.lending', unit: 'rural-bank' }, loginOf(stage.chosen.subjectId))
}

async function showWindow(then: App, { cast, chosen }: Stage): Promise<void> {
  await makeCheck(then, cast.window, { subject: chosen.uscc, purpose: '行政许可', businessNo: '示例许可2026-07' })
}

/** A department's system reads the archive with a token of its own, that holds for the day. */
async function showSystem(then: App, { chosen }: Stage): Promise<void> {
  const access = { name: SYSTEM_NAME, unit: 'approval', roles: ['program' as const], days: 1 }
  const { tokenId } = await createToken(then, access)
  const { unit, roles } = access
  const system: Actor = {
    ...ANYONE,
    id: `token:${tokenId}`,
    name: SYSTEM_NAME,
    unit,
    roles,
    permissions: permissionsFor(then.law, roles),
  }
  await readArchive(then, system, chosen.subjectId, { purpose: '行政许可', businessNo: '示例许可2026-08', explain: 'none' })
}

const SYSTEM_NAME = '示例业务系统'
