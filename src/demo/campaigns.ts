import { findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE, permissionsFor, type Role, SYSTEM } from '../access/actor.ts'
import type { App } from '../app.ts'
import { addDays, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { concludeCampaign } from '../campaigns/conclude.ts'
import type { CampaignId } from '../campaigns/model.ts'
import { openInCampaign } from '../campaigns/open-case.ts'
import { decideCampaign, proposeCampaign } from '../campaigns/propose.ts'
import { openCase, takeStep } from '../cases/act-on-case.ts'
import type { CaseKey } from '../cases/model.ts'
import { keepPaper } from '../cases/papers.ts'
import { noticeServed } from '../cases/run-clocks.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import { CAMPAIGNS, type CampaignScene, GOVERNMENT, ORDERED, type OrderWay, WAYS } from './campaign-scenes.ts'

/*
 * Campaigns of the example city: one that runs, one that is concluded, each with cases in several states; and a body of the state that owes money. By
 * the same commands as anybody's, each act with the clock at its day. Made once.
 */

type Cast = { readonly first: Actor; readonly second: Actor }

/** Puts them into the example city, where it has none yet. Leaves out what the law of its day refuses. */
export async function makeExampleCampaigns(app: App): Promise<void> {
  if (await app.db.row(sql`select from campaign limit 1`)) return
  const wanted = CAMPAIGNS.reduce((sum, scene) => sum + scene.ways.length, 0)
  const firms = await app.db.rows<{ subject_id: SubjectId }>(sql`select subject_id from pub.subject s
    where kind = 'enterprise' and uscc is not null and not exists (select from mandate m where m.subject_id = s.subject_id)
      and not exists (select from case_file f where f.subject_id = s.subject_id)
    order by subject_id desc limit ${wanted}`)
  const left = firms.map(one => one.subject_id)
  for (const scene of CAMPAIGNS) await unlessRefused(playCampaign(app, scene, left.splice(0, scene.ways.length)))
  await unlessRefused(playGovernment(app))
}

/** The law of the day may not know the procedure yet, or the calendar not the year: the city starts without, or with the first acts. */
async function unlessRefused(deed: Promise<void>): Promise<void> {
  const [end] = await Promise.allSettled([deed])
  if (end?.status === 'rejected' && !(end.reason instanceof Refusal || end.reason instanceof NotFound)) throw end.reason
}

async function playCampaign(app: App, scene: CampaignScene, subjects: readonly SubjectId[]): Promise<void> {
  const cast = await castOf(app, scene.officers, scene.unit, 'case-officer')
  if (!cast) return
  const { began, ends, concluded, ways, summary, officers, unit, ...wish } = scene
  const today = legalDay(app.now(), app.city.zone)
  const days = { firstDay: addDays(today, -began), lastDay: addDays(today, -ends) }
  const { campaignId } = await proposeCampaign(at(app, began + 1), cast.first, { ...wish, ...days })
  await decideCampaign(at(app, began), cast.second, campaignId, 'confirmed')
  for (const [index, subjectId] of subjects.entries()) {
    const way = ways[index]
    if (way !== undefined) await playOrder(app, cast.first, WAYS[way], { subjectId, campaignId })
  }
  if (concluded !== null) await concludeCampaign(at(app, concluded), cast.first, campaignId, summary)
}

type About = {
  readonly subjectId: SubjectId
  readonly campaignId: CampaignId | null
  readonly fact?: string
  readonly duties?: string
}

async function playOrder(app: App, officer: Actor, way: OrderWay, { subjectId, campaignId, ...said }: About): Promise<void> {
  const today = legalDay(app.now(), app.city.zone)
  const { ordered, until, served, moves } = way
  const fields = { ...ORDERED, ...said, until: addDays(today, -until) }
  const opening = { procedure: 'rectification', act: 'order', subjectId, fields }
  const then = at(app, ordered)
  const key =
    campaignId === null ? await openCase(then, officer, opening) : await openInCampaign(then, officer, campaignId, opening)
  const me: Actor = { ...ANYONE, id: `subject:${subjectId}`, subjectId, permissions: permissionsFor(app.law, ['subject']) }
  if (served !== null) await serve(at(app, served), me, key)
  for (const { ago, by, act, fields: filled = {}, paper } of moves) {
    const day = at(app, ago)
    const actor = { clock: SYSTEM, subject: me, officer }[by]
    const papers = paper ? [{ paper, paperId: (await keepPaper(day, me, PAPER, '整改证明.pdf')).paperId }] : []
    await takeStep(day, actor, key, { act, fields: filled, papers })
  }
}

async function serve(app: App, subject: Actor, key: CaseKey): Promise<void> {
  const letter = await app.db.row<{ notice_id: number }>(
    sql`select notice_id from notice where subject_id = ${key.subjectId} and case_id = ${key.caseId} and notice = 'rectification-order'`,
  )
  if (!letter) return
  await openNotice(app, subject, { subjectId: key.subjectId, noticeId: letter.notice_id }, [key.subjectId])
  await noticeServed(app, key, 'rectification-order')
}

/** A body of the state is ordered by the credit office, and lets its day pass. */
async function playGovernment(app: App): Promise<void> {
  const cast = await castOf(app, ['credit.office', 'credit.office'], 'credit-office', 'credit-office')
  const bodies = await app.db.rows<{ subject_id: SubjectId }>(
    sql`select subject_id from subject s where kind = 'government-body' and exists (select from pub.subject p where p.subject_id = s.subject_id)
      order by subject_id limit 2`,
  )
  if (!cast) return
  for (const [index, { subject_id: subjectId }] of bodies.entries()) {
    const said = GOVERNMENT[index]
    if (said)
      await playOrder(app, cast.first, WAYS[said.way], { subjectId, campaignId: null, fact: said.fact, duties: said.duties })
  }
}

const PAPER = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')

/** The platform at ten in the morning so many days ago. */
function at(app: App, ago: number): App {
  const moment = new Date(`${addDays(legalDay(app.now(), app.city.zone), -ago)}T02:00:00Z`)
  return { ...app, now: () => moment }
}

async function castOf(app: App, logins: readonly [string, string], unit: string, role: Role): Promise<Cast | undefined> {
  const [first, second] = await Promise.all(logins.map(login => findAccount(app.db, login)))
  if (!first || !second) return undefined
  const actorOf = ({ accountId, name }: typeof first): Actor => ({
    ...{ ...ANYONE, id: `account:${accountId}`, name, unit },
    ...{ roles: [role], permissions: permissionsFor(app.law, [role]) },
  })
  return { first: actorOf(first), second: actorOf(second) }
}
