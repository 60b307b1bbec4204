import type { z } from 'zod'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { nameShownTo } from '../disclosure/mask-for.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { cite } from '../law/citation.ts'
import { basisOf } from '../law/law.ts'
import { type Actor, ANYONE, may } from './actor.ts'
import type { AuditedLook, LookView, listOwnLooks } from './contract.ts'
import { type AuditedEntry, type LookEntry, ownEntries, placeText, readPlace } from './looks.ts'
import { everyOrganisation, type Organisation, organisationsOf } from './organisation-of.ts'
import { ownLook } from './own-look.ts'

const THIRTY_DAYS_MS = 30 * 24 * 3600 * 1000

type OwnLooks = z.infer<(typeof listOwnLooks)['output']>
type OwnRow = Row & { readonly count: number; readonly authorised: number } & {
  readonly [Key in keyof LookEntry]: LookEntry[Key] | null
}
type OwnLook = OwnLooks['looks'][number]

type OwnQuery = {
  readonly before?: string | undefined
  readonly limit: number
  /** A unit's id, or a part of its name. */
  readonly unit?: string | undefined
  /** A part of the purpose. */
  readonly purpose?: string | undefined
}

/**
 * Who looked at the subject that this actor speaks for, latest first, before the place of an earlier page. The officer is not named.
 * Refuses `access.not-allowed` to whoever speaks for none, and `look.place`.
 */
export async function readOwnLooks(app: App, actor: Actor, asked: OwnQuery): Promise<OwnLooks> {
  if (!may(actor, 'look.read-own')) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'look.read-own' })
  const { limit, purpose } = asked
  const before = readPlace(asked.before)
  const since = new Date(app.now().getTime() - THIRTY_DAYS_MS)
  const today = legalDay(app.now(), app.city.zone)
  const units = asked.unit === undefined ? undefined : await unitsNamed(app, asked.unit)
  const rows = await ownLook<OwnRow>(app, actor, 'looks', own => ownEntries(own, { before, limit, since, today, units, purpose }))
  const last30Days = rows[0]?.count ?? 0
  const authorised30Days = rows[0]?.authorised ?? 0
  const entries = rows.flatMap(({ count: _, authorised: __, ...entry }) => (entry.lookId === null ? [] : (entry as LookEntry)))
  const named = await namedIn(app, entries, actor.subjectId)
  const looks = entries.map(entry => {
    const { actor: _, actorName: __, subjectId: ___, subjectName: ____, ...view } = lookView(app, named, entry)
    return { ...view, by: lookedBy(actor, entry) }
  })
  return { looks, next: nextOf(entries, limit), last30Days, authorised30Days }
}

function lookedBy(actor: Actor, entry: LookEntry): OwnLook['by'] {
  if (entry.actor === actor.id) return 'own-account'
  if (entry.actor === ANYONE.id) return 'anyone'
  return entry.unit === null || entry.unit === OF_A_SUBJECT ? 'other-account' : 'unit'
}

/** The place at which the next page begins; null where there is none. */
export function nextOf(entries: readonly LookEntry[], limit: number): string | null {
  const last = entries.at(-1)
  return last && entries.length === limit ? placeText(last) : null
}

type Mandate = { readonly mandateId: number; readonly capacity: string; readonly name: string | null }
type Named = { readonly units: ReadonlyMap<string, Organisation>; readonly mandates: ReadonlyMap<number, Mandate> }

/**
 * The organisations and mandates that these entries name. `own`: the subject that reads of them, which is told who holds a mandate that is its
 * own; null: a reader who is told no names.
 */
export async function namedIn(app: App, entries: readonly LookEntry[], own: SubjectId | null): Promise<Named> {
  const units = await organisationsOf(
    app,
    entries.flatMap(entry => (entry.unit === null || entry.unit === OF_A_SUBJECT ? [] : [entry.unit])),
  )
  const by = entries.flatMap(entry => (entry.mandateId === null || entry.subjectId === null ? [] : [entry]))
  if (by.length === 0) return { units, mandates: new Map() }
  const rows = await app.db.rows<Mandate & Row>({
    name: 'mandates-of-looks',
    text: `select distinct on (m.mandate_id) m.mandate_id as "mandateId", m.capacity, case when m.subject_id = $3 then a.name end as name
      from unnest($1::bigint[], $2::bigint[]) as w (subject_id, mandate_id) join mandate m using (subject_id, mandate_id) join account a using (account_id)`,
    values: [by.map(one => one.subjectId), by.map(one => one.mandateId), own],
  })
  return { units, mandates: new Map(rows.map(row => [row.mandateId, row])) }
}

/** An entry of the register as the doors answer it. A person is not named in full. */
export function lookView(app: App, { units, mandates }: Named, entry: LookEntry): z.infer<typeof LookView> {
  const { subjectName } = entry
  return {
    lookId: entry.lookId,
    at: entry.at.toISOString(),
    subjectId: entry.subjectId,
    subjectName: subjectName === null ? null : nameShownTo(app.law, 'auditor', { kind: entry.subjectKind, name: subjectName }),
    unitName: entry.unit === null || entry.unit === OF_A_SUBJECT ? null : (units.get(entry.unit)?.name ?? entry.unit),
    actor: entry.actor,
    // Whose account it is, the capacity beside it says; a person's own is not named.
    actorName: entry.actorName ?? (entry.unit === OF_A_SUBJECT ? app.words.say('look.actor-subject') : null),
    mandate: mandateView(app, mandates, entry.mandateId),
    outlet: entry.outlet,
    purpose: entry.purpose,
    businessNo: entry.businessNo,
    basis: entry.basis,
    basisName: entry.basis === null ? null : basisName(app, entry.basis),
    ground: entry.ground,
    authorisationId: entry.authorisationId,
    shown: [...entry.shown],
    shownNames: entry.shown.map(id => nameShown(app, id, entry.ground)),
    receipt: entry.receipt,
    found: entry.subjectId !== null,
  }
}

function mandateView({ words }: App, mandates: Named['mandates'], mandateId: number | null): z.infer<typeof LookView>['mandate'] {
  if (mandateId === null) return null
  const { capacity, name = null } = mandates.get(mandateId) ?? {}
  return { mandateId, capacityName: words.say(capacity ? `mandate.capacity-${capacity}` : 'look.mandate-of-another'), name }
}

/** A basis that is an article's id, as a person cites it; anything else as it was typed. */
function basisName({ law }: App, basis: string): string {
  return basisOf(law, basis) ? cite(law, basis) : basis
}

/** An entry as the auditor reads it: also whether its subject is told of it only later, and when. */
export function auditedLook(app: App, named: Named, entry: AuditedEntry): z.infer<typeof AuditedLook> {
  return { ...lookView(app, named, entry), delayedUntil: entry.delayedUntil }
}

/** Units by their id or by a part of their name; a text that names none finds none. */
export async function unitsNamed(app: App, text: string): Promise<string[]> {
  const units = [...(await everyOrganisation(app)).values()]
  // A unit that the city no longer has keeps its entries.
  return [text, ...units.filter(one => one.id === text || one.name.includes(text)).map(one => one.id)]
}

/** A kind of data in words: a section of the report, an item of the catalogue, or what the register calls it. */
function nameShown({ law, words }: App, id: string, ground: string | null): string {
  const granted = ground === 'authorisation' ? law.authorisableClasses.get(id) : undefined
  if (granted) return granted.name
  const section = law.layouts.flatMap(layout => layout.sections).findLast(one => one.section === id)
  return section?.title ?? law.items.get(id)?.at(-1)?.name ?? (words.has(`look.shown-${id}`) ? words.say(`look.shown-${id}`) : id)
}
