import { type Actor, may } from '../access/actor.ts'
import { actorNameSql } from '../access/actor-name.ts'
import { look } from '../access/look.ts'
import type { App } from '../app.ts'
import { FACT_COLUMNS, type FactRow, factOf } from '../archive/views.ts'
import { legalDay } from '../base/day.ts'
import { NotAllowed, NotFound } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { nameShownTo } from '../disclosure/mask-for.ts'
import type { ClockSheet } from '../legal-clock/contract.ts'
import { clockSheet } from '../legal-clock/view.ts'
import { mayAnswer } from './answer.ts'
import { askedRecords } from './asked-record.ts'
import { clockOf, legalClockOf, stateOf } from './clock.ts'
import type { RequestDetail, RequestView } from './contract.ts'
import { rightsLaw } from './lodge.ts'
import type { RequestKey, RightsEntry, RightsRequest, RightsText } from './model.ts'
import { findRequest, listRequests, openText } from './store.ts'

const LATEST = Number.MAX_SAFE_INTEGER

type Page = { readonly before?: number | undefined; readonly limit: number }
type Listed = { requests: RequestView[]; next: number | null }

/** A request as both sides see it: what was asked, by when it is to be answered, where it stands. */
export function requestView(app: App, request: RightsRequest): RequestView {
  const { zone } = app.city
  const right = rightsLaw(app.law).rights[request.kind]
  const state = stateOf(request.entries)
  const closedOn = request.closedAt && legalDay(request.closedAt, zone)
  const unit = request.unit === null ? null : app.law.units.get(request.unit)
  return {
    subjectId: request.subjectId,
    requestId: request.requestId,
    number: request.number,
    kind: request.kind,
    kindName: right.name,
    basis: right.basis[0] ?? null,
    state,
    stateName: app.words.say(`rights.state-${state}`),
    askedAt: request.askedAt.toISOString(),
    askedOn: request.askedOn,
    unitName: unit?.name ?? app.city.contact.office,
    clock: clockOf(app.law.calendar, request, legalDay(app.now(), zone), closedOn),
  }
}

/** How the last day of a request was counted, with the day as a file for calendars. */
function sheetOf(app: App, request: RightsRequest): ClockSheet {
  const { zone, contact } = app.city
  const right = rightsLaw(app.law).rights[request.kind]
  const { law, words } = app
  const name = (request.unit === null ? null : law.units.get(request.unit)?.name) ?? contact.office
  const doneOn = request.closedAt && legalDay(request.closedAt, zone)
  return clockSheet(
    { law, say: words.say, now: app.now(), today: legalDay(app.now(), zone) },
    { clock: legalClockOf(request), turn: { whose: 'unit', name }, doneOn, basis: right.clock.basis[0] ?? null },
    { number: request.number, title: words.say('rights.clock-title', { kind: right.name }) },
  )
}

/** The file of the last day of one's own request; it tells nothing but the day and who answers. Throws `rights.unknown`. */
export async function readOwnDue(
  app: App,
  actor: Actor,
  key: RequestKey,
): Promise<{ readonly number: string; readonly ics: string }> {
  const request = await findRequest(app.db, key)
  const ics = request && actor.subjectId === key.subjectId ? sheetOf(app, request).ics : null
  if (!request || ics === null) throw new NotFound('rights.unknown')
  return { number: request.number, ics }
}

function listed(app: App, found: readonly RightsRequest[], limit: number): Listed {
  const next = found.length === limit ? (found.at(-1)?.requestId ?? null) : null
  return { requests: found.map(request => requestView(app, request)), next }
}

/** The requests of the subject that this actor speaks for. */
export async function readOwnRequests(app: App, actor: Actor, { before, limit }: Page): Promise<Listed> {
  const { subjectId } = actor
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'rights.lodge' })
  return listed(app, await listRequests(app.db, { isOpen: null, unit: null, subjectId }, before ?? LATEST, limit), limit)
}

/** The work list: all requests, or those that the officer's unit is to answer. Names nobody. */
export async function readRequests(
  app: App,
  actor: Actor,
  { state, before, limit }: Page & { readonly state?: 'open' | 'closed' | undefined },
): Promise<Listed> {
  const unit = may(actor, 'rights.handle') ? null : (actor.unit ?? '')
  const isOpen = state === undefined ? null : state === 'open'
  return listed(app, await listRequests(app.db, { isOpen, unit, subjectId: null }, before ?? LATEST, limit), limit)
}

/** A fact as JSON carries it: its instant is a text. */
type KnownText<Fact extends { known_from: Date }> = { [Key in keyof Fact]: Key extends 'known_from' ? string : Fact[Key] }

type DetailRow = Row & {
  readonly name: string | null
  readonly kind: string | null
  readonly facts: readonly KnownText<FactRow>[]
  readonly texts: readonly { readonly entryNo: number; readonly sealed: string }[]
}

const DETAIL = `select c.name, c.kind,
  coalesce((select json_agg(f) from (select ${FACT_COLUMNS} from fact_content where subject_id = $1) f), '[]') as facts,
  coalesce((select json_agg(json_build_object('entryNo', t.entry_no, 'sealed', encode(t.sealed, 'base64'))) from rights_text t where t.subject_id = $1 and t.request_id = $2), '[]') as texts
  from (select 1) as one left join subject_card c on c.subject_id = $1`

type Names = ReadonlyMap<number, string | null>

/** Who did each step, for those who answer. */
async function officersOf(app: App, { subjectId, requestId }: RequestKey): Promise<Names> {
  const rows = await app.db.rows<{ entryNo: number; name: string | null }>({
    name: 'rights-officers',
    text: `select e.entry_no as "entryNo", ${actorNameSql('e.actor')} as name from rights_entry e where e.subject_id = $1 and e.request_id = $2`,
    values: [subjectId, requestId],
  })
  return new Map(rows.map(row => [row.entryNo, row.name]))
}

/** One request with what was written, registered as a look whose reason is the request's number. Throws `rights.unknown`. */
export async function readRequest(app: App, actor: Actor, key: RequestKey): Promise<RequestDetail> {
  const request = await findRequest(app.db, key)
  const isOwn = actor.subjectId !== null && actor.subjectId === key.subjectId
  if (!request || !(isOwn || (actor.subjectId === null && mayAnswer(actor, request)))) throw new NotFound('rights.unknown')
  const { rows, receipt } = await look<DetailRow>(
    app,
    {
      actor,
      outlet: isOwn ? 'account' : 'rights',
      purpose: app.words.say(isOwn ? 'rights.purpose-own' : 'rights.purpose-answer'),
      businessNo: request.number,
      isMadeNumber: true,
      basis: 'pipl#50',
      ...(isOwn ? { ground: { kind: 'own' as const } } : {}),
      shown: ['card', 'rights-request'],
    },
    [key.subjectId],
    { name: 'rights-detail', text: DETAIL, values: [key.subjectId, key.requestId] },
  )
  const [row] = rows
  const names: Names = isOwn ? new Map() : await officersOf(app, key)
  const records = recordsShown(app, row)
  const last = request.entries.at(-1)
  const isHandler = actor.subjectId === null && may(actor, 'rights.handle')
  return {
    ...requestView(app, request),
    sheet: sheetOf(app, request),
    subjectName: row?.name ? nameShownTo(app.law, isOwn ? 'subject' : 'case-officer', { kind: row.kind, name: row.name }) : '',
    record: records.find(record => record.recordId === request.factId) ?? null,
    records: isHandler && request.kind === 'deletion' ? records : [],
    lookReceipt: request.lookReceipt,
    steps: request.entries.map(entry => stepView(app, key, { entry, row, names })),
    mayExtend: !isOwn && stateOf(request.entries) === 'open' && !request.entries.some(entry => entry.step === 'extended'),
    mayConfirm: isHandler && last?.step === 'proposed' && last.actor !== actor.id,
    receipt,
  }
}

function recordsShown(app: App, row: DetailRow | undefined): RequestDetail['records'] {
  const facts = (row?.facts ?? []).map(fact => factOf({ ...fact, known_from: new Date(fact.known_from) } as FactRow))
  return askedRecords(app, facts)
}

/** A correction is routed, and a copy granted, in the change in which it was asked for. */
const isByPlatform = ({ step }: RightsEntry): boolean => step === 'routed' || step === 'granted'

type Told = { readonly entry: RightsEntry; readonly row: DetailRow | undefined; readonly names: Names }

function stepView(app: App, key: RequestKey, { entry, row, names }: Told): RequestDetail['steps'][number] {
  const sealed = row?.texts.find(text => text.entryNo === entry.entryNo)?.sealed
  const text: RightsText | null = sealed ? openText(app, key.requestId, entry.entryNo, Buffer.from(sealed, 'base64')) : null
  const grounds = rightsLaw(app.law).deletionGrounds
  const officer = names.get(entry.entryNo) ?? null
  const unit = entry.unit === null ? null : (app.law.units.get(entry.unit)?.name ?? null)
  return {
    entryNo: entry.entryNo,
    step: entry.step,
    stepName: app.words.say(`rights.step-${entry.step}`),
    at: entry.at.toISOString(),
    // The subject is told which unit answered; who sits there is the unit's to know.
    by:
      unit === null
        ? app.words.say(isByPlatform(entry) ? 'rights.by-platform' : 'rights.by-subject')
        : officer === null
          ? unit
          : `${unit} ${officer}`,
    text: text?.text || null,
    field: text?.field ?? null,
    shouldBe: text?.shouldBe ?? null,
    ground: entry.ground === null ? null : grounds[entry.ground].name,
    recordIds: [...entry.recordIds],
  }
}
