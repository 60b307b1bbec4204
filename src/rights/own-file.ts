import type { Actor } from '../access/actor.ts'
import { isFresh } from '../access/fresh.ts'
import { type LookRequest, looking } from '../access/look.ts'
import { readOwnLooks } from '../access/look-views.ts'
import type { App } from '../app.ts'
import { type ArchiveRow, archiveOf, readArchiveRows } from '../archive/archive-rows.ts'
import { type Group, resolveSubjects } from '../archive/links.ts'
import { type FoldedArchive, foldArchive } from '../archive/read-archive.ts'
import { standingView } from '../archive/record-view.ts'
import { knownRecord } from '../archive/registrations.ts'
import { type Day, day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed } from '../base/refusal.ts'
import { disclose } from '../disclosure/disclose.ts'
import { printedValue } from '../disclosure/printed-value.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import { itemEdition } from '../law/law.ts'
import { listIssuedTo } from '../reports/issued.ts'
import type { OwnFile, OwnRecord } from './contract.ts'
import { type OwnNumber, ownDocuments, ownNumbersOf } from './own-documents.ts'
import { readOwnRequests } from './views.ts'

const EVER = new Date('9999-12-31T00:00:00Z')
const EVERY_DAY = day('2999-12-31')
/** Looks, reports and requests are told of one page long; the account's own pages go further back. */
const A_PAGE = 200

/**
 * Everything that is kept about the subject that this actor speaks for (PIPL 45): its card, each record with its state, its sources and the
 * days of its versions, who looked, which reports were issued, what it asked for. The read is a look of its own, registered under the ground
 * that it is one's own. `as`: a page is read over a shoulder and shows numbers of documents in part; the copy is the person's own and holds them
 * whole, where it has just proved who it is. Sealed numbers of somebody else (a firm's representative) are said to be kept, and not printed.
 */
export async function readOwnFile(app: App, actor: Actor, as: 'page' | 'copy' = 'page'): Promise<OwnFile> {
  const { subjectId } = actor
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'rights.lodge' })
  const now = app.now()
  const today = legalDay(now, app.city.zone)
  const group = (await resolveSubjects(app.db, [subjectId], { asOf: today, knownOn: EVER })).get(subjectId) ?? [subjectId]
  const isWhole = as === 'copy' && actor.capacity !== 'agent' && isFresh(app, actor)
  const request: LookRequest = {
    actor,
    outlet: 'account',
    purpose: app.words.say('rights.purpose-own'),
    businessNo: `OF${today.replaceAll('-', '')}-${subjectId}`,
    isMadeNumber: true,
    basis: 'pipl#45',
    ground: { kind: 'own' },
    shown: ['card', isWhole ? 'documents-whole' : 'documents', 'records'],
  }
  const { rows, receipt, numbers } = await looking(app, async at => {
    const looked = await at.look<ArchiveRow>(request, group, archiveOf(group, EVER))
    return { ...looked, numbers: await at.rows<OwnNumber>(ownNumbersOf(group)) }
  })
  const { card, records } = toldOf(app, group, rows, today)
  const [looks, reports, requests] = await Promise.all([
    readOwnLooks(app, actor, { limit: A_PAGE }),
    listIssuedTo(app, actor, { limit: A_PAGE }),
    readOwnRequests(app, actor, { limit: A_PAGE }),
  ])
  return {
    platform: app.city.platformName,
    madeAt: now.toISOString(),
    receipt,
    subject: {
      ...card,
      formerNames: card.formerNames.map(former => ({ ...former })),
      oldCodes: [...card.oldCodes],
    },
    documents: ownDocuments(app, numbers, isWhole),
    records,
    looks: looks.looks,
    reports: reports.reports.map(({ number, kind, issuedAt, state }) => ({ number, kind, issuedAt, state })),
    requests: requests.requests,
    notes: [
      app.words.say(isWhole ? 'rights.file-whole' : 'rights.file-sealed'),
      app.words.say('rights.file-pages', { count: A_PAGE }),
    ],
  }
}

function toldOf(
  app: App,
  group: Group,
  rows: readonly ArchiveRow[],
  today: Day,
): { readonly card: FoldedArchive['card']; readonly records: OwnRecord[] } {
  const { facts, subjects, origins } = readArchiveRows(rows)
  const { card, records } = foldArchive(app.law, group, subjects, facts, EVERY_DAY)
  const kindOf = (id: SubjectId) => subjects.find(one => one.subjectId === id)?.kind ?? 'natural-person'
  const knownOn = new Map(facts.map(fact => [fact.factId, legalDay(fact.knownFrom, app.city.zone)]))
  const told = records.flatMap(record => {
    const { head } = record
    const item = itemEdition(app.law, `${head.item}@${head.edition}`)
    if (!item) return []
    const versions = record.versions.map(factId => ({ factId, knownOn: knownOn.get(factId) ?? today }))
    const from = { receivedOn: head.receivedOn, deliveryId: origins.get(head.factId)?.deliveryId ?? null }
    return [{ ...ownRecord(app, item, kindOf(head.subjectId), record, today), versions, ...from }]
  })
  return { card, records: told }
}

type Item = NonNullable<ReturnType<typeof itemEdition>>
type Told = ReturnType<typeof foldArchive>['records'][number]

function ownRecord(
  app: App,
  item: Item,
  kind: Parameters<typeof disclosedRecord>[2],
  record: Told,
  today: Day,
): Omit<OwnRecord, 'versions' | 'receivedOn' | 'deliveryId'> {
  const { recordId, state } = record
  const { content, decidedOn, authority } = record.head
  const known = disclosedRecord(app.law, item, kind, knownRecord(record))
  const answer = disclose(app.law, known, 'subject', { day: today, purpose: '', authorised: true })
  const fields = answer.shown ? answer.fields : []
  return {
    recordId,
    item: item.item,
    itemName: item.name,
    authority: app.law.units.get(authority)?.name ?? authority,
    documentNo: item.roles.documentNumber
      .map(column => fields.find(field => field.code === column)?.value ?? '')
      .filter(Boolean)
      .join(' '),
    decidedOn,
    state: app.words.say(`rights.record-${state === 'corrected' ? 'former' : state}`),
    marks: answer.shown ? [...answer.marks] : [],
    standings: record.standings.map(one => standingView(app.law, app.words, one, item)),
    comment: record.comment && { text: record.comment.text, on: record.comment.on },
    fields: fields.map(field => ({
      code: field.code,
      name: field.name,
      value: content[field.code]?.startsWith('sealed:')
        ? app.words.say('archive.sealed')
        : printedValue(item.fieldByCode.get(field.code), field.value),
    })),
  }
}
