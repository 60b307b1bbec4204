import { type Actor, may } from '../access/actor.ts'
import { type LookRequest, look } from '../access/look.ts'
import { OWN_PAGES } from '../access/own-look.ts'
import type { App } from '../app.ts'
import { type Group, resolveSubjects } from '../archive/links.ts'
import { legalDay } from '../base/day.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { cite } from '../law/citation.ts'
import { dueOf } from '../legal-clock/due.ts'
import { templateOf } from './advance.ts'
import type { NoticeDetail, NoticeView, RemedyView, ServiceView } from './contract.ts'
import type { Letter, NoticeHead, NoticeKey, ServiceEntry } from './model.ts'
import { paperOf } from './paper.ts'
import { hasFailed } from './progress.ts'
import { ENTRIES, entryPlace, findHead, HEAD, openLetter, PLAIN_ENTRIES } from './store.ts'

/* Reading letters. Lists for officers name nobody; what a letter says is looked at. */

const LATEST = Number.MAX_SAFE_INTEGER
const EVER = new Date('9999-12-31T00:00:00Z')

type KeptEntry = Omit<ServiceEntry, 'at'> & { readonly sealed: string | null }
type ListRow = NoticeHead & Row & { readonly entries: readonly KeptEntry[] }
type DetailRow = ListRow & { readonly letter: string }
export type Page = { readonly before?: number | undefined; readonly limit: number }
export type Listed = { readonly notices: NoticeView[]; readonly next: number | null }

/** Its own letters and those of who was merged into it. */
export async function ownGroup(app: App, actor: Actor): Promise<Group> {
  const { subjectId } = actor
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'notice.read-own' })
  const today = legalDay(app.now(), app.city.zone)
  return (await resolveSubjects(app.db, [subjectId], { asOf: today, knownOn: EVER })).get(subjectId) ?? [subjectId]
}

function ownRequest(app: App, actor: Actor, businessNo: string, shown: string): LookRequest {
  return {
    actor,
    outlet: OWN_PAGES,
    purpose: app.words.say('look.purpose-own'),
    businessNo,
    isMadeNumber: true,
    ground: { kind: 'own' },
    shown: [shown],
  }
}

/** The letters to the subject that this actor speaks for, latest first; registered as its own look. */
export async function listOwnNotices(app: App, actor: Actor, { before = LATEST, limit }: Page): Promise<Listed> {
  const group = await ownGroup(app, actor)
  const today = legalDay(app.now(), app.city.zone)
  const businessNo = `OF${today.replaceAll('-', '')}-${actor.subjectId}`
  const { rows } = await look<ListRow>(app, ownRequest(app, actor, businessNo, 'notices'), group, {
    name: 'own-notices',
    text: `select ${HEAD}, ${PLAIN_ENTRIES} from notice n where n.subject_id = any($1) and n.to_unit is null and n.notice_id < $2 order by n.notice_id desc limit $3`,
    values: [group, before, limit + 1],
  })
  return listed(app, rows, limit)
}

/** How many letters to the subject nobody has opened yet: a number, and nothing else. */
export async function countUnopened(app: App, actor: Actor): Promise<number> {
  const group = await ownGroup(app, actor)
  const row = await app.db.row<{ count: number }>({
    name: 'unopened-notices',
    text: `select count(*)::int as count from notice n where n.subject_id = any($1) and n.to_unit is null and not exists (select from notice_service s
      where s.subject_id = n.subject_id and s.notice_id = n.notice_id and s.channel = 'account' and s.outcome = 'opened')`,
    values: [group],
  })
  return row?.count ?? 0
}

export type UnitPage = Page & { readonly box: 'sent' | 'received' | 'unserved' | 'to-post' }

const BOXES: Readonly<Record<UnitPage['box'], string>> = {
  sent: 'n.unit = $1',
  received: 'n.to_unit = $1',
  unserved: 'n.unit = $1 and n.served_on is null',
  'to-post': `n.unit = $1 and n.served_on is null and exists (select from notice_service s where s.subject_id = n.subject_id and s.notice_id = n.notice_id
    and s.channel = 'post' and s.outcome = 'queued') and not exists (select from notice_service s where s.subject_id = n.subject_id
    and s.notice_id = n.notice_id and s.channel = 'post' and s.outcome in ('sent', 'delivered', 'returned', 'refused'))`,
}

/** Letters of the actor's unit by number and state; they name nobody. */
export async function listUnitNotices(app: App, actor: Actor, { box, before = LATEST, limit }: UnitPage): Promise<Listed> {
  const rows = await app.db.rows<ListRow>({
    text: `select ${HEAD}, ${PLAIN_ENTRIES} from notice n where ${BOXES[box]} and n.notice_id < $2 order by n.notice_id desc limit $3`,
    values: [actor.unit, before, limit + 1],
  })
  return listed(app, rows, limit)
}

function listed(app: App, rows: readonly ListRow[], limit: number): Listed {
  const page = rows.slice(0, limit)
  return { notices: page.map(row => noticeView(app, row)), next: rows.length > limit ? (page.at(-1)?.noticeId ?? null) : null }
}

/** A letter to oneself; before it is opened it says from whom it is and what it is called. Throws `notice.unknown`. */
export async function readOwnNotice(app: App, actor: Actor, noticeId: number): Promise<NoticeDetail> {
  const { key, number } = await findOwn(app, actor, noticeId)
  const { row, receipt } = await readRow(app, key, ownRequest(app, actor, number, 'notice'))
  return detailOf(app, row, { receipt, isOpen: isOpenedBy(row, 'account'), mayProve: [], withTrace: false })
}

/** The key of a letter to oneself. Throws `notice.unknown`. */
export async function findOwn(
  app: App,
  actor: Actor,
  noticeId: number,
): Promise<{ readonly key: NoticeKey; readonly number: string; readonly group: Group }> {
  const group = await ownGroup(app, actor)
  const heads = await Promise.all(group.map(subjectId => findHead(app.db, { subjectId, noticeId })))
  const head = heads.find(one => one !== undefined && one.toUnit === null)
  if (!head) throw new NotFound('notice.unknown')
  return { key: { subjectId: head.subjectId, noticeId }, number: head.number, group }
}

/** A letter to oneself as a file. Refuses `notice.not-opened`. */
export async function readOwnFile(app: App, actor: Actor, noticeId: number): Promise<Buffer> {
  const { key, number } = await findOwn(app, actor, noticeId)
  const { row } = await readRow(app, key, ownRequest(app, actor, number, 'notice'))
  if (!isOpenedBy(row, 'account')) throw new Refusal('notice.not-opened', null, {})
  return await paperOf(app, key, openLetter(app, noticeId, Buffer.from(row.letter, 'base64')), row.madeAt)
}

const isOpenedBy = ({ entries }: Pick<ListRow, 'entries'>, channel: 'account' | 'console'): boolean =>
  entries.some(entry => entry.channel === channel && entry.outcome === 'opened')

/** A letter that the actor's unit wrote, or that was written to it; a look whose reason is its number. Throws `notice.unknown`. */
export async function readUnitNotice(app: App, actor: Actor, key: NoticeKey): Promise<NoticeDetail> {
  const head = await findHead(app.db, key)
  if (!head || actor.unit === null || (head.unit !== actor.unit && head.toUnit !== actor.unit))
    throw new NotFound('notice.unknown')
  const { row, receipt } = await readRow(app, key, unitRequest(app, actor, head))
  const isSender = head.unit === actor.unit
  return detailOf(app, row, {
    receipt,
    isOpen: isSender || isOpenedBy(row, 'console'),
    mayProve: isSender && may(actor, 'notice.serve') ? provableWays(app, row) : [],
    withTrace: isSender,
  })
}

/** Why an officer looks at a letter: its number, and the article that the letter rests on. */
export function unitRequest(app: App, actor: Actor, head: NoticeHead): LookRequest {
  return {
    actor,
    outlet: 'notices',
    purpose: app.words.say('notice.purpose'),
    businessNo: head.number,
    isMadeNumber: true,
    basis: cite(app.law, templateOf(app, head).basis[0] ?? ''),
    shown: ['notice'],
  }
}

async function readRow(
  app: App,
  { subjectId, noticeId }: NoticeKey,
  request: LookRequest,
): Promise<{ readonly row: DetailRow; readonly receipt: string }> {
  const { rows, receipt } = await look<DetailRow>(app, request, [subjectId], {
    name: 'read-notice',
    text: `select ${HEAD}, ${ENTRIES}, encode(n.sealed, 'base64') as letter from notice n where n.subject_id = $1 and n.notice_id = $2`,
    values: [subjectId, noticeId],
  })
  const [row] = rows
  if (!row) throw new NotFound('notice.unknown')
  return { row, receipt }
}

type Shown = {
  readonly receipt: string
  readonly isOpen: boolean
  readonly mayProve: NoticeDetail['mayProve']
  readonly withTrace: boolean
}

function detailOf(app: App, row: DetailRow, { receipt, isOpen, mayProve, withTrace }: Shown): NoticeDetail {
  const letter = isOpen ? openLetter(app, row.noticeId, Buffer.from(row.letter, 'base64')) : null
  return {
    ...noticeView(app, row),
    letter: letter && { title: letter.title, addressee: letter.addressee, day: letter.day, paragraphs: letter.paragraphs },
    remedies: letter ? remediesOf(app, letter, row) : [],
    service: row.entries.map(entry => serviceView(app, entry, withTrace)),
    mayProve,
    receipt,
  }
}

function noticeView(app: App, row: ListRow): NoticeView {
  const state = stateOf(row)
  const unitName = (id: string): string => app.law.units.get(id)?.name ?? id
  return {
    subjectId: row.subjectId,
    noticeId: row.noticeId,
    caseId: row.caseId,
    number: row.number,
    name: templateOf(app, row).name,
    unitName: unitName(row.unit),
    toUnitName: row.toUnit === null ? null : unitName(row.toUnit),
    madeOn: row.madeOn,
    servedOn: row.servedOn,
    state,
    stateName: app.words.say(`notice.state-${state}`),
  }
}

/** What a letter waits for. */
function stateOf({ servedOn, entries }: Pick<ListRow, 'servedOn' | 'entries'>): NoticeView['state'] {
  if (servedOn !== null) return 'served'
  const has = (channel: string, ...outcomes: readonly string[]): boolean =>
    entries.some(entry => entry.channel === channel && outcomes.includes(entry.outcome))
  if (has('publication', 'published')) return 'on-its-way'
  if (has('publication', 'queued')) return 'to-publish'
  if (has('post', 'sent', 'returned', 'refused')) return 'on-its-way'
  return has('post', 'queued') ? 'to-post' : 'to-open'
}

function serviceView(app: App, entry: KeptEntry, withTrace: boolean): ServiceView {
  const { serial, channel, outcome, onDay, reason, sealed } = entry
  const isCode = channel === 'sms' || channel === 'email' || outcome === 'deemed' || outcome === 'impossible'
  return {
    serial,
    channel,
    channelName: app.words.say(`notice.channel-${channel}`),
    outcome,
    outcomeName: app.words.say(`notice.outcome-${outcome}`),
    onDay,
    reason: reason === null ? null : isCode ? app.words.say(`notice.reason-${reason}`) : reason,
    trace: withTrace && sealed !== null ? traceOf(app, serial, sealed) : null,
  }
}

function traceOf(app: App, serial: string, sealed: string): string | null {
  const { trace } = JSON.parse(app.keys.open(Buffer.from(sealed, 'base64'), entryPlace(serial)).toString()) as { trace?: string }
  return trace ?? null
}

function remediesOf(app: App, letter: Letter, { servedOn }: NoticeHead): RemedyView[] {
  return letter.remedies.map(({ remedy, count, unit, basis }) => {
    const due = servedOn === null ? null : dueOf(app.law.calendar, { from: servedOn, count, unit, dayOff: 'moves' })
    return {
      remedy,
      name: app.words.say(`notice.remedy-${remedy}`),
      term: app.words.say(`notice.term-${unit}`, { count }),
      basis: cite(app.law, basis),
      lastDay: due && 'due' in due ? due.due : null,
      unknownYear: due && 'unknown' in due ? due.unknown : null,
    }
  })
}

/** The ways by paper that the template has and that may be walked now. */
function provableWays(app: App, row: ListRow): NoticeDetail['mayProve'] {
  if (row.servedOn !== null) return []
  const ways = new Set(templateOf(app, row).channels.map(one => one.channel))
  const entries = row.entries.map(entry => ({ ...entry, at: row.madeAt }))
  return (['post', 'hand', 'publication'] as const).filter(
    way => ways.has(way) && (way !== 'publication' || hasFailed(entries, 'post')),
  )
}
