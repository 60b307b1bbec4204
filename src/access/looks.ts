import { addDays, type Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import type { Query, Row, Statement } from '../db/database.ts'
import { actorNameSql } from './actor-name.ts'
import { OWN_PAGES } from './own-look.ts'

/* Reading the register of looks: by instant and id, latest first, never by offset. */

export type LookEntry = {
  readonly lookId: number
  readonly at: Date
  readonly subjectId: SubjectId | null
  readonly subjectKind: string | null
  readonly subjectName: string | null
  readonly unit: string | null
  readonly actor: string
  readonly actorName: string | null
  /** The mandate by which the actor spoke for a subject. */
  readonly mandateId: number | null
  readonly outlet: string
  readonly purpose: string
  readonly businessNo: string
  readonly basis: string | null
  readonly ground: string | null
  readonly authorisationId: number | null
  readonly shown: readonly string[]
  readonly receipt: string
}

/** An entry as the auditor reads it: with the last day of a delay that stands, on which its subject is not told of it yet. */
export type AuditedEntry = LookEntry & { readonly delayedUntil: Day | null }

export type LookFilter = {
  /** Any of these units. */
  readonly units?: readonly string[] | undefined
  readonly outlet?: string | undefined
  readonly purpose?: string | undefined
  readonly businessNo?: string | undefined
  /** Whose looks, by the actor's id. */
  readonly actor?: string | undefined
  readonly receipt?: string | undefined
  /** The first and the last legal day. */
  readonly from?: Day | undefined
  readonly until?: Day | undefined
}

/** A place between two entries: everything before it is older. */
export type LookPlace = { readonly at: Date; readonly lookId: number }

const LATEST: LookPlace = { at: new Date('9999-12-31T00:00:00Z'), lookId: Number.MAX_SAFE_INTEGER }

/** The place of an entry as it stands in an address. */
export function placeText({ at, lookId }: LookPlace): string {
  return `${at.getTime()}-${lookId}`
}

/** Reads `placeText` back; without a text, the very end. Refuses `look.place`. */
export function readPlace(text: string | undefined): LookPlace {
  if (text === undefined) return LATEST
  const [, at, lookId] = /^(\d{1,15})-(\d{1,16})$/.exec(text) ?? []
  if (at === undefined || lookId === undefined) throw new Refusal('look.place', null, {}, 400)
  return { at: new Date(Number(at)), lookId: Number(lookId) }
}

const FILTERS = [
  ['outlet', 'outlet'],
  ['purpose', 'purpose'],
  ['businessNo', 'business_no'],
  ['actor', 'actor'],
  ['receipt', 'receipt'],
] as const

/** The last day of the delay that stands over an entry on the day $4, as `is_delayed` decides it; a look that found nobody has nobody to tell. */
const DELAYED_UNTIL = `case when l.subject_id is not null and is_delayed(l.unit, l.business_no, l.at, $4) then
  (select max(d.until) from look_delay d join look_delay_decision k using (delay_id) left join look_delay_end e using (delay_id)
    where d.unit = l.unit and d.business_no = l.business_no and k.approved and l.at >= k.at and e.delay_id is null) end`

/**
 * The register before a place: looks that showed somebody, and looks that found nobody, in one order. `today` and `zone`: the legal day on
 * which it is read, and where.
 */
export async function listEntries(
  query: Query,
  filter: LookFilter,
  before: LookPlace,
  limit: number,
  { today, zone }: { readonly today: Day; readonly zone: string },
): Promise<AuditedEntry[]> {
  const values: unknown[] = [before.at, before.lookId, limit, today]
  let where = '(at, look_id) < ($1::timestamptz, $2::bigint)'
  const dayStart = (on: Day): string => `$${values.push(on)}::date::timestamp at time zone $${values.push(zone)}`
  if (filter.from !== undefined) where += ` and at >= ${dayStart(filter.from)}`
  if (filter.until !== undefined) where += ` and at < ${dayStart(addDays(filter.until, 1))}`
  if (filter.units !== undefined) where += ` and unit = any($${values.push(filter.units)})`
  for (const [name, column] of FILTERS) {
    if (filter[name] === undefined) continue
    values.push(filter[name])
    where += ` and ${column} = $${values.length}`
  }
  const columns = 'look_id, at, unit, actor, mandate_id, outlet, purpose, business_no, receipt'
  const one = (table: string, more: string): string =>
    `(select ${columns}, ${more} from ${table} where ${where} order by at desc, look_id desc limit $3)`
  return await query.rows<AuditedEntry & Row>({
    text: `select l.look_id as "lookId", l.at, l.subject_id as "subjectId", c.kind as "subjectKind", c.name as "subjectName", l.unit, l.actor, ${actorNameSql('l.actor')} as "actorName", l.mandate_id as "mandateId", l.outlet, l.purpose,
        l.business_no as "businessNo", l.basis, l.ground, l.authorisation_id as "authorisationId", l.shown, l.receipt, ${DELAYED_UNTIL} as "delayedUntil"
      from (${one('look', 'subject_id, basis, ground, authorisation_id, shown')} union all ${one('look_miss', "null::bigint, basis, ground, authorisation_id, '{}'::text[]")}) l
      left join subject_card c using (subject_id) order by l.at desc, l.look_id desc limit $3`,
    values,
  })
}

/** The instant up to which the register is bound into a signed checkpoint of the ledger. */
export async function verifiedUntil(query: Query): Promise<Date | null> {
  const row = await query.row<{ at: Date }>({
    name: 'verified-until',
    text: 'select at from checkpoint order by size desc limit 1',
  })
  return row?.at ?? null
}

/** A look is told unless a delay that another person approved stands on the day $7 (src/oversight/delays.ts); not even a count betrays it. */
const TOLD = 'not is_delayed(unit, business_no, at, $7)'

const OWN = `select look_id as "lookId", at, subject_id as "subjectId", null as "subjectKind", null as "subjectName", unit, actor, null as "actorName", mandate_id as "mandateId", outlet, purpose,
  business_no as "businessNo", basis, ground, authorisation_id as "authorisationId", shown, receipt from look where subject_id = $1 and outlet <> $2 and ${TOLD}`

export type OwnAsked = {
  readonly before: LookPlace
  readonly limit: number
  /** From which instant on looks are counted. */
  readonly since: Date
  readonly today: Day
  /** Only looks of these units. */
  readonly units?: readonly string[] | undefined
  /** Only looks whose purpose has this part. */
  readonly purpose?: string | undefined
}

/**
 * Who looked at one subject, before a place; in its first row, or alone in a row without a look, how often since an instant, whoever is asked
 * for. Its own reading of its own account is left out. For `look()`.
 */
export function ownEntries(subjectId: SubjectId, asked: OwnAsked): Statement {
  const { before, limit, since, today, units = null, purpose = null } = asked
  return {
    name: 'own-looks',
    text: `select counted.count, counted.authorised, entry.* from (select count(*) as count, count(*) filter (where ground = 'authorisation') as authorised
        from look where subject_id = $1 and outlet <> $2 and at >= $6 and ${TOLD}) counted
      left join lateral (${OWN} and (at, look_id) < ($3::timestamptz, $4::bigint)
        and ($8::text[] is null or unit = any($8)) and ($9::text is null or position($9 in purpose) > 0) order by at desc, look_id desc limit $5) entry on true
      order by entry.at desc, entry."lookId" desc`,
    values: [subjectId, OWN_PAGES, before.at, before.lookId, limit, since, today, units, purpose],
  }
}
