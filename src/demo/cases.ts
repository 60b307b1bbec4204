import { createAccount, findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE, permissionsFor, type Role } from '../access/actor.ts'
import type { App } from '../app.ts'
import { addDays, type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { openCase, takeStep } from '../cases/act-on-case.ts'
import { correctableValues } from '../cases/corrected-values.ts'
import { recordFacts } from '../cases/facts.ts'
import type { CaseKey, Filled } from '../cases/model.ts'
import { receiversConfirmed } from '../cases/run-clocks.ts'
import { makeCheck } from '../checks/commands.ts'
import { sql } from '../db/database.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { previousWorkingDay } from '../law/calendar.ts'
import { CORRECTED } from '../law/procedure-words.ts'
import { type Move, type Player, SCENES, type Scene } from './case-scenes.ts'
import { readExampleGrant } from './grant.ts'

/* Objections and repairs of the example city in every state, some of them begun days ago: for the work list and for subjects' own pages. */

type Chosen = { readonly subjectId: SubjectId; readonly recordId: number; readonly name: string; readonly uscc: string }

/** Officers of each unit that appears, by login: who proposes, who confirms. */
const OFFICERS = {
  'market-regulation': ['case.market', 'case.market2'],
  'ecology-environment': ['case.ecology', 'case.ecology2'],
} as const satisfies Record<Scene['unit'], readonly [string, string]>

/**
 * Plays the scenes by the platform's own commands, each act with the clock at its day. Which record a scene is about is kept before it is played;
 * what was opened is not opened again. Leaves out a scene for which the city has no record or no officers, or that the
 * law of its day refuses.
 */
export async function makeExampleCases(app: App): Promise<void> {
  const kept = await keptChoice(app)
  for (const [at, scene] of SCENES.entries()) {
    const chosen = kept[scene.id]
    if (!chosen || (await wasPlayed(app, scene, chosen))) continue
    const [end] = await Promise.allSettled([play(app, scene, chosen, at)])
    // The law of the day may not know the procedure yet, or the calendar not the year: the city starts without the scene, or with its first acts.
    if (end?.status === 'rejected' && !(end.reason instanceof Refusal || end.reason instanceof NotFound)) throw end.reason
  }
}

type Choice = Readonly<Record<string, Chosen>>

/** The record of each scene: chosen at the first call, the same ever after. */
async function keptChoice(app: App): Promise<Choice> {
  const read = async (): Promise<Choice | undefined> =>
    (await app.db.row<{ value: Choice }>(sql`select value from setting where name = 'example-city.cases'`))?.value
  const found = await read()
  if (found) return found
  const choice: Record<string, Chosen> = {}
  const open = await candidates(app)
  const taken = new Set<SubjectId>()
  for (const scene of SCENES) {
    const chosen = open.find(one => fits(app, scene, one) && !taken.has(one.subjectId))
    if (!chosen) continue
    const { subjectId, recordId, name, uscc } = chosen
    taken.add(subjectId)
    choice[scene.id] = { subjectId, recordId, name, uscc }
  }
  await app.db.run(
    sql`insert into setting (name, value) values ('example-city.cases', ${JSON.stringify(choice)}) on conflict do nothing`,
  )
  return (await read()) ?? choice
}

type Candidate = Chosen & {
  readonly authority: string
  readonly item: string
  readonly decidedOn: Day
  readonly knownFrom: Date
  /** A list or register that windows are shown by checks. */
  readonly isListed: boolean
  readonly login: string | null
}

/** One record of each firm and unit that is on display for a while yet, penalties first. */
async function candidates({ db, now }: App): Promise<Candidate[]> {
  return await db.rows<Candidate>(sql`with own as (select m.subject_id, a.login from mandate m join account a using (account_id) where a.login in ('firm', 'firm.penalty')),
    shown as (select distinct on (r.subject_id, r.authority) r.subject_id, r.record_id, c.name, c.uscc, r.authority, r.item, r.decided_on, r.register,
        r.list is not null or r.section = 'abnormal' as listed
      from pub.record r join pub.subject c using (subject_id)
      where c.kind = 'enterprise' and c.uscc is not null and r.authority = any(${Object.keys(OFFICERS)})
        and (r.shown_until is null or r.shown_until > ${now()}::date + 60)
      order by r.subject_id, r.authority, r.register = 'penalties' desc nulls last, r.decided_on, r.record_id)
    select s.subject_id as "subjectId", s.record_id as "recordId", s.name, s.uscc, s.authority, s.item, s.decided_on as "decidedOn",
      f.known_from as "knownFrom", s.listed as "isListed", o.login
    from shown s join fact f on f.subject_id = s.subject_id and f.fact_id = s.record_id left join own o on o.subject_id = s.subject_id
    order by s.register = 'penalties' desc nulls last, s.decided_on desc, s.record_id`)
}

/** For how many days a penalty has stood in the scenes in which its firm has performed: its shortest period is over. */
const LONG_SHOWN = 200

/** Whether the scene's unit decided it, the platform knew it when the scene begins, and it is a firm's with an account only where the scene is that firm's. */
function fits(app: App, scene: Scene, one: Candidate): boolean {
  const [first] = scene.moves
  const isRepair = scene.procedure === 'repair'
  const hasPerformed = first.fields?.['ground'] === 'performed'
  const decidedBy = addDays(legalDay(app.now(), app.city.zone), hasPerformed ? -LONG_SHOWN : 0)
  return (
    one.authority === scene.unit &&
    one.login === (scene.account ?? null) &&
    one.knownFrom < momentOf(app, first.ago + 1, 0) &&
    one.decidedOn <= decidedBy &&
    (!isRepair || one.item === 'penalty-org') &&
    (isRepair || !scene.shownBefore || one.isListed)
  )
}

async function wasPlayed({ db }: App, { procedure }: Scene, { subjectId, recordId }: Chosen): Promise<boolean> {
  const found = await db.row(sql`select from case_file where subject_id = ${subjectId} and procedure = ${procedure}
    and about_ref = ${String(recordId)}`)
  return found !== undefined
}

async function play(app: App, scene: Scene, chosen: Chosen, at: number): Promise<void> {
  const cast = await castOf(app, scene, chosen)
  if (!cast) return
  const [first, ...moves] = scene.moves
  if (scene.shownBefore) await show(atMoment(app, first.ago + 1, at), scene, chosen)
  const { subjectId, recordId } = chosen
  const then = atMoment(app, first.ago, at)
  const about = { procedure: scene.procedure, subjectId, aboutRef: String(recordId) }
  const key = await openCase(then, cast.subject, { ...about, act: first.act, fields: filled(then, first) })
  for (const move of moves) await make(atMoment(app, move.ago, at), cast, key, move)
}

type Cast = Readonly<Record<Exclude<Player, 'receivers'>, Actor>>

async function make(app: App, cast: Cast, key: CaseKey, move: Move): Promise<void> {
  if (move.by === 'receivers') await receiversConfirmed(app, key)
  else await takeStep(app, cast[move.by], key, { act: move.act, fields: await corrected(app, key, filled(app, move)) })
}

/** Of a correction: its longest text, said to be by the document. */
async function corrected(app: App, key: CaseKey, fields: Filled): Promise<Filled> {
  if (fields[CORRECTED] === undefined) return fields
  const about = await app.db.row<{ recordId: number }>(
    sql`select about_ref::bigint as "recordId" from case_file where subject_id = ${key.subjectId} and case_id = ${key.caseId}`,
  )
  const today = legalDay(app.now(), app.city.zone)
  const record = await recordFacts(app, app.db, { subjectId: key.subjectId, recordId: about?.recordId ?? 0, today })
  const value = record && correctableValues(app.law, record).find(one => one.isLong && one.now !== '')
  return value
    ? { ...fields, [CORRECTED]: [value.code, value.now, `${value.now.replace(/。$/, '')}（以决定书正本为准）`].join('\t') }
    : fields
}

/** A day that is called `today` is the day of the act. */
function filled(app: App, { fields = {} }: Move): Filled {
  const today = legalDay(app.now(), app.city.zone)
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value === 'today' ? today : value]))
}

/** Somebody was shown what the case takes away: of a list the window, by a check; of a penalty the bank, as the firm let it. */
async function show(app: App, { procedure }: Scene, { subjectId, uscc }: Chosen): Promise<void> {
  if (procedure === 'repair')
    return await readExampleGrant(app, { login: 'bank.lending', unit: 'rural-bank' }, loginOf(subjectId))
  const window = await officerBehind(app, 'window.approval', 'approval', 'window-officer')
  if (window) await makeCheck(app, window, { subject: uscc, purpose: '行政许可', businessNo: '示例许可2026-07' })
}

async function castOf(app: App, { unit, account }: Scene, chosen: Chosen): Promise<Cast | undefined> {
  const [one, other] = OFFICERS[unit]
  const officer = await officerBehind(app, one, unit, 'case-officer')
  const second = await officerBehind(app, other, unit, 'case-officer')
  const office = await officerBehind(app, 'credit.office', 'credit-office', 'credit-office')
  if (!officer || !second || !office) return undefined
  return { subject: await subjectActor(app, account, chosen), officer, second, 'credit-office': office }
}

async function officerBehind(app: App, login: string, unit: string, role: Role): Promise<Actor | undefined> {
  const account = await findAccount(app.db, login)
  if (!account) return undefined
  const permissions = permissionsFor(app.law, [role])
  return { ...ANYONE, id: `account:${account.accountId}`, name: account.name, unit, roles: [role], permissions }
}

const loginOf = (subjectId: SubjectId): string => `example.${subjectId}`

/** The firm itself, by the account that it has, or by one that is opened for it and that nobody can sign in to. */
async function subjectActor(app: App, login: string | undefined, { subjectId, name }: Chosen): Promise<Actor> {
  const known = login ?? loginOf(subjectId)
  const found = await findAccount(app.db, known)
  const roles: Role[] = ['subject']
  const { accountId } = found ?? (await createAccount(app, { login: known, name, unit: null, roles, subjectId }))
  const permissions = permissionsFor(app.law, roles)
  return { ...ANYONE, id: `account:${accountId}`, name, unit: OF_A_SUBJECT, roles, permissions, subjectId }
}

const atMoment = (app: App, ago: number, at: number): App => {
  const moment = momentOf(app, ago, at)
  return { ...app, now: () => moment }
}

/** Ten in the morning so many working days ago, a minute later for each further scene; now where it is today. */
function momentOf(app: App, ago: number, at: number): Date {
  if (ago === 0) return app.now()
  let on: Day = legalDay(app.now(), app.city.zone)
  for (let back = 0; back < ago; back += 1) {
    const before = previousWorkingDay(app.law.calendar, on)
    // Of a year whose notice is not held, any day is as good as another.
    on = typeof before === 'string' ? before : addDays(on, -1)
  }
  return new Date(Date.parse(`${on}T02:00:00Z`) + at * 60_000)
}
