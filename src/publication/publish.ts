import { SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { listCards, type SubjectCard } from '../archive/cards.ts'
import { type Group, resolveSubjects } from '../archive/links.ts'
import type { Fact } from '../archive/model.ts'
import { knownRecord, type StandingRecord, standingRecords } from '../archive/registrations.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { disclose } from '../disclosure/disclose.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import { workingDaysBetween } from '../law/calendar.ts'
import { type ItemEdition, itemEdition } from '../law/law.ts'
import { nameBigrams } from '../subject/name.ts'
import { askGravity, type OpenGravity } from './gravity.ts'
import { lockPublication } from './lock.ts'
import { drawPages, forgetPages } from './pages.ts'
import { type PublicRecord, type PublicSubject, putRecords, putSubjects, removeSubjects } from './store.ts'
import { recordPublicationChange } from './withdraw.ts'

/*
 * Recomputes what the public may see of subjects from what is true now, and writes it to schema `pub`. One disclosure function decides;
 * each row carries its own end, so that no job has to run for it to stop.
 */

const SUBJECTS_A_CHANGE = 1000
/** Whatever is committed counts, also what was decided while this waited for its turn. */
const EVER = new Date('9999-12-31T00:00:00Z')

/** Publishes subjects, some hundred in a transaction. Safe to run twice. */
export async function publishSubjects(app: App, subjectIds: readonly SubjectId[]): Promise<void> {
  const sorted = [...new Set(subjectIds)].sort((a, b) => a - b)
  for (let i = 0; i < sorted.length; i += SUBJECTS_A_CHANGE) await publishSome(app, sorted.slice(i, i + SUBJECTS_A_CHANGE))
}

async function publishSome(app: App, subjectIds: readonly SubjectId[]): Promise<void> {
  await change(app, SYSTEM, { deed: 'publication.publish', entity: 'publication' }, async made =>
    made.tell(await publishWithin(app, made, subjectIds)),
  )
}

export type PublishCounts = {
  readonly subjects: number
  readonly shown: number
  readonly added: number
  readonly removed: number
}

/** Publishes subjects in a change under way: what it has said of their records is on the portal when it is committed. */
export async function publishWithin(app: App, made: Change, subjectIds: readonly SubjectId[]): Promise<PublishCounts> {
  const groups = await lockGroups(made, subjectIds)
  const survivors = [...new Set([...groups.values()].map(group => group[0]))]
  const cards = (await listCards(made.tx, survivors)).filter(card => card.kind !== 'natural-person')
  const members = new Map(cards.map(card => [card.subjectId, groupOf(groups, card.subjectId)]))
  const facts = groupBySubject(await listFacts(made.tx, [...members.values()].flat(), EVER))
  const records: PublicRecord[] = []
  const open: OpenGravity[] = []
  for (const card of cards) {
    for (const member of members.get(card.subjectId) ?? []) {
      for (const record of standingRecords(app.law, recordsOf(facts.get(member) ?? [], made.today))) {
        const shown = publicRecord(app, card, record, made.today, open)
        if (shown) records.push(shown)
      }
    }
  }
  // A subject that was merged has no page of its own any more; its records stand on the survivor's.
  const merged = subjectIds.filter(subjectId => !survivors.includes(subjectId))
  await putSubjects(made.tx, cards.map(publicSubject), made.at)
  await removeSubjects(made.tx, merged)
  const { added, removed } = await putRecords(made.tx, [...cards.map(card => card.subjectId), ...merged], records, made.at)
  await forgetPages(made.tx, merged)
  await drawPages(
    app,
    made,
    cards.map(card => card.subjectId),
    records,
  )
  await tellOf(app, made, added, removed)
  await askGravity(app, made, [...members.values()].flat(), open)
  return { subjects: cards.length, shown: records.length, added: added.length, removed: removed.length }
}

/**
 * The groups of subjects, with everybody in them locked: two tasks about one page at once would each write what the other has not seen, and what
 * is taken from a survivor's page would come back with the records of one that was merged into it.
 */
async function lockGroups(made: Change, subjectIds: readonly SubjectId[]): Promise<Map<SubjectId, Group>> {
  const axes = { asOf: made.today, knownOn: EVER }
  const expected = await resolveSubjects(made.tx, subjectIds, axes)
  await lockPublication(made, [...expected.values()].flat())
  // Whoever held the lock may have linked or parted them. Whoever has joined since then is published again by the task of that link.
  return await resolveSubjects(made.tx, subjectIds, axes)
}

/** All subjects whose records stand on a survivor's page, itself first. */
function groupOf(groups: ReadonlyMap<SubjectId, readonly SubjectId[]>, survivor: SubjectId): readonly SubjectId[] {
  for (const group of groups.values()) if (group[0] === survivor) return group
  return [survivor]
}

type Pair = { readonly subjectId: SubjectId; readonly recordId: number }

async function tellOf(app: App, made: Change, added: readonly Pair[], removed: readonly Pair[]): Promise<void> {
  for (const [deed, pairs] of [
    // In this order: a record that moves to a survivor's page leaves its own, then it is shown.
    ['withdrawn', removed],
    ['shown', added],
  ] as const) {
    if (pairs.length > 0)
      await recordPublicationChange(
        app,
        made,
        deed,
        pairs.map(pair => pair.recordId) as never,
        pairs.map(pair => pair.subjectId),
      )
  }
}

function groupBySubject(facts: readonly Fact[]): Map<SubjectId, Fact[]> {
  const groups = new Map<SubjectId, Fact[]>()
  for (const fact of facts) {
    const group = groups.get(fact.subjectId)
    if (group) group.push(fact)
    else groups.set(fact.subjectId, [fact])
  }
  return groups
}

/** The row of `pub.record`, or undefined where the record is not for the public today. A penalty without a class is put to the deciding unit. */
function publicRecord(
  app: App,
  card: SubjectCard,
  record: StandingRecord,
  today: Day,
  open: OpenGravity[],
): PublicRecord | undefined {
  const { head } = record
  const item = itemEdition(app.law, `${head.item}@${head.edition}`)
  if (!item || item.report.section === 'registration') return undefined
  const known = disclosedRecord(app.law, item, card.kind, knownRecord(record))
  const answer = disclose(app.law, known, 'public', { day: today })
  if (!answer.shown) {
    if (answer.waits === 'gravity') open.push(record)
    return undefined
  }
  const values = new Map(answer.fields.map(field => [field.code, field.value]))
  const unit = app.law.units.get(head.authority)
  return {
    subjectId: card.subjectId,
    recordId: record.recordId,
    item: head.item,
    section: item.report.section,
    register: item.register ?? null,
    list: item.list ?? null,
    heading: item.report.heading,
    title: (item.roles.title ? values.get(item.roles.title) : undefined) ?? item.report.heading,
    subjectName: card.name,
    uscc: card.uscc,
    documentNo: item.roles.documentNumber
      .map(column => values.get(column) ?? '')
      .filter(Boolean)
      .join(' '),
    authority: head.authority,
    authorityName: (item.roles.authorityName ? values.get(item.roles.authorityName) : undefined) ?? unit?.name ?? head.authority,
    district: card.district,
    sortKind: kindText(kindColumn(item), values),
    decidedOn: head.decidedOn,
    shownFrom: answer.from,
    shownUntil: answer.until,
    lateDays: lateDays(app, head, item.clocks.report),
    body: {
      ...{ fields: answer.fields, because: answer.because, marks: answer.marks, receivedOn: head.receivedOn },
      ...(answer.comment ? { comment: answer.comment } : {}),
    },
  }
}

/** The column that says of which kind an act is: the penalty's kinds, else the first public code list that is not about the counterpart. */
function kindColumn({ roles, fields }: ItemEdition): string | undefined {
  const ofCounterpart = new Set([roles.category, roles.idType, roles.gravity, roles.procedure, roles.status])
  return (
    roles.penaltyKinds ?? fields.find(field => field.type === 'code-list' && field.public && !ofCounterpart.has(field.code))?.code
  )
}

function kindText(column: string | undefined, values: ReadonlyMap<string, string>): string | null {
  return column ? (values.get(column) ?? null) : null
}

/** Working days by which the report came late: 0 on time, null where the calendar is not known or the clock runs by month. */
function lateDays(app: App, head: Fact, clock: { workingDays?: number } | { monthly: true }): number | null {
  const allowed = 'workingDays' in clock ? clock.workingDays : undefined
  if (!allowed) return null
  const taken = workingDaysBetween(app.law.calendar, head.decidedOn, head.receivedOn)
  return typeof taken === 'number' ? Math.max(0, taken - allowed) : null
}

function publicSubject(card: SubjectCard): PublicSubject {
  const texts = [card.name, ...card.formerNames.map(former => former.name), ...card.oldCodes]
  return {
    subjectId: card.subjectId,
    name: card.name,
    uscc: card.uscc,
    kind: card.kind,
    status: card.status,
    district: card.district,
    foundedOn: card.foundedOn,
    card: {
      registered: card.registered,
      enterpriseType: card.enterpriseType,
      legalRepresentative: card.legalRepresentative,
      address: card.address,
      endedOn: card.endedOn,
      formerNames: card.formerNames,
      oldCodes: card.oldCodes,
    },
    grams: [...new Set(texts.flatMap(nameBigrams))],
  }
}
