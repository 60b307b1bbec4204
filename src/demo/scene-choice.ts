import type { App } from '../app.ts'
import { addDays, type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { SCENES } from './case-scenes.ts'
import type { Scene } from './scene-model.ts'
import { momentOf } from './scene-moment.ts'

/* Which firm, and which of its records, each scene is about: chosen once and kept. */

/** `recordId` null: the scene is about the firm itself. */
export type Chosen = {
  readonly subjectId: SubjectId
  readonly recordId: number | null
  readonly name: string
  readonly uscc: string
}

export type Choice = Readonly<Record<string, Chosen>>

/** The choice for every scene: made at the first call, the same ever after; a scene for which the city has nobody has none. */
export async function keptChoice(app: App): Promise<Choice> {
  const read = async (): Promise<Choice | undefined> =>
    (await app.db.row<{ value: Choice }>(sql`select value from setting where name = 'example-city.cases'`))?.value
  const found = await read()
  if (found) return found
  const choice: Record<string, Chosen> = {}
  const [records, firms, own] = [await recordsToChoose(app), await firmsToChoose(app), await firmsOfAccounts(app)]
  const taken = new Set<SubjectId>()
  for (const scene of SCENES) {
    const chosen =
      scene.account && scene.about
        ? own.get(scene.account)
        : scene.about
          ? firms.find(one => !taken.has(one.subjectId) && isKnownBy(app, scene, one))
          : records.find(one => !taken.has(one.subjectId) && fits(app, scene, one))
    if (!chosen) continue
    const { subjectId, recordId, name, uscc } = chosen
    // What is about a firm itself stands beside what is about its records.
    if (!scene.account || !scene.about) taken.add(subjectId)
    choice[scene.id] = { subjectId, recordId, name, uscc }
  }
  await app.db.run(
    sql`insert into setting (name, value) values ('example-city.cases', ${JSON.stringify(choice)}) on conflict do nothing`,
  )
  return (await read()) ?? choice
}

type Known = Chosen & { readonly knownFrom: Date }

type Candidate = Known & {
  readonly authority: string
  readonly item: string
  readonly decidedOn: Day
  /** A list or register that windows are shown by checks. */
  readonly isListed: boolean
  readonly login: string | null
}

/** One record of each firm and unit that is on display for a while yet, penalties first. */
async function recordsToChoose({ db, now }: App): Promise<Candidate[]> {
  const units = [...new Set(SCENES.map(scene => scene.unit))]
  return await db.rows<Candidate>(sql`with own as (select m.subject_id, a.login from mandate m join account a using (account_id) where a.login in ('firm', 'firm.penalty')),
    shown as (select distinct on (r.subject_id, r.authority) r.subject_id, r.record_id, c.name, c.uscc, r.authority, r.item, r.decided_on, r.register,
        r.list is not null or r.section = 'abnormal' as listed
      from pub.record r join pub.subject c using (subject_id)
      where c.kind = 'enterprise' and c.uscc is not null and r.authority = any(${units})
        and (r.shown_until is null or r.shown_until > ${now()}::date + 60)
      order by r.subject_id, r.authority, r.register = 'penalties' desc nulls last, r.decided_on, r.record_id)
    select s.subject_id as "subjectId", s.record_id as "recordId", s.name, s.uscc, s.authority, s.item, s.decided_on as "decidedOn",
      f.known_from as "knownFrom", s.listed as "isListed", o.login
    from shown s join fact f on f.subject_id = s.subject_id and f.fact_id = s.record_id left join own o on o.subject_id = s.subject_id
    order by s.register = 'penalties' desc nulls last, s.decided_on desc, s.record_id`)
}

/** Firms that stand on no list, have no account and are in no case; the last first, for the first are in cases of lists (listings.ts). */
async function firmsToChoose({ db }: App): Promise<Known[]> {
  return await db.rows<Known>(sql`select s.subject_id as "subjectId", null as "recordId", s.name, s.uscc,
      (select min(f.known_from) from fact f where f.subject_id = s.subject_id) as "knownFrom"
    from pub.subject s where s.kind = 'enterprise' and s.uscc is not null
      and not exists (select from mandate m where m.subject_id = s.subject_id)
      and not exists (select from case_file c where c.subject_id = s.subject_id)
      and not exists (select from pub.record r where r.subject_id = s.subject_id and r.register is null)
    order by s.subject_id desc limit ${4 * SCENES.length}`)
}

/** The firms that people sign in for. */
async function firmsOfAccounts({ db }: App): Promise<ReadonlyMap<string, Chosen>> {
  const rows = await db.rows<
    Chosen & { login: string }
  >(sql`select a.login, s.subject_id as "subjectId", null as "recordId", s.name, s.uscc
    from mandate m join account a using (account_id) join pub.subject s on s.subject_id = m.subject_id
    where a.login in ('firm', 'firm.penalty') and s.kind = 'enterprise'`)
  return new Map(rows.map(({ login, ...firm }) => [login, firm]))
}

/** For how many days a penalty has stood in the scenes in which its firm has performed: its shortest period is over. */
const LONG_SHOWN = 200

/** Known when the scene begins: a working day before its first act where it was shown to somebody then. */
const isKnownBy = (app: App, { moves: [first], shownBefore }: Scene, { knownFrom }: Known): boolean =>
  knownFrom < momentOf(app, first.ago + (shownBefore ? 1 : 0), 0)

/** Whether the scene's unit decided it, the platform knew it when the scene begins, and it is a firm's with an account only where the scene is that firm's. */
function fits(app: App, scene: Scene, one: Candidate): boolean {
  const [first] = scene.moves
  const isRepair = scene.procedure === 'repair'
  const hasPerformed = first.fields?.['ground'] === 'performed'
  const begins = legalDay(momentOf(app, first.ago, 0), app.city.zone)
  const decidedBy = addDays(begins, hasPerformed ? -LONG_SHOWN : 0)
  return (
    one.authority === scene.unit &&
    one.login === (scene.account ?? null) &&
    isKnownBy(app, scene, one) &&
    one.decidedOn <= decidedBy &&
    (!isRepair || one.item === 'penalty-org') &&
    (isRepair || !scene.shownBefore || one.isListed)
  )
}
