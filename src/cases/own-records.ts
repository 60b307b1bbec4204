import type { Actor } from '../access/actor.ts'
import { type Looking, looking } from '../access/look.ts'
import { OWN_PAGES } from '../access/own-look.ts'
import type { App } from '../app.ts'
import { type ArchiveRow, archiveOf, readArchiveRows } from '../archive/archive-rows.ts'
import { resolveSubjects } from '../archive/links.ts'
import { foldArchive } from '../archive/read-archive.ts'
import { knownRecord, type StandingRecord } from '../archive/registrations.ts'
import { day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed } from '../base/refusal.ts'
import { effectOf } from '../disclosure/breach.ts'
import type { DisclosedRecord } from '../disclosure/model.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import { type ItemEdition, itemEdition } from '../law/law.ts'
import type { RecordFacts } from './model.ts'

/* The records of whoever is signed in, as its own pages draw them: one look at itself, with what the conditions of an act ask of each. */

const EVER = new Date('9999-12-31T00:00:00Z')
const EVERY_DAY = day('2999-12-31')

export type OwnRecord = {
  readonly record: StandingRecord
  readonly item: ItemEdition
  /** As disclosure asks for it. */
  readonly known: DisclosedRecord
  /** As the conditions of an act ask for it. */
  readonly facts: RecordFacts
}

/** All of them, latest decision first, registered as a look at oneself. Refuses whoever speaks for nobody. */
export async function readOwnRecords(app: App, actor: Actor): Promise<{ records: OwnRecord[]; receipt: string }> {
  return await looking(app, at => ownRecordsWithin(app, actor, at))
}

/** The same with other reads, under one entry in the register. */
export async function ownRecordsWithin(app: App, actor: Actor, at: Looking): Promise<{ records: OwnRecord[]; receipt: string }> {
  const { subjectId } = actor
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'subject.read-own' })
  const today = legalDay(app.now(), app.city.zone)
  const group = (await resolveSubjects(app.db, [subjectId], { asOf: today, knownOn: EVER })).get(subjectId) ?? [subjectId]
  const { rows, receipt } = await at.look<ArchiveRow>(
    {
      actor,
      outlet: OWN_PAGES,
      purpose: app.words.say('look.purpose-own'),
      businessNo: `OF${today.replaceAll('-', '')}-${subjectId}`,
      isMadeNumber: true,
      ground: { kind: 'own' },
      shown: ['records'],
    },
    group,
    archiveOf(group, EVER),
  )
  const { facts, subjects } = readArchiveRows(rows)
  const { records } = foldArchive(app.law, group, subjects, facts, EVERY_DAY)
  const kindOf = (id: SubjectId) => subjects.find(one => one.subjectId === id)?.kind ?? 'natural-person'
  const own = records.flatMap(record => {
    const { head } = record
    const item = itemEdition(app.law, `${head.item}@${head.edition}`)
    if (!item) return []
    const known = disclosedRecord(app.law, item, kindOf(head.subjectId), knownRecord(record))
    return [{ record, item, known, facts: factsOf(record, item, known) }]
  })
  return { records: own, receipt }
}

function factsOf(record: StandingRecord, item: ItemEdition, disclosed: DisclosedRecord): RecordFacts {
  const { head, recordId, contested } = record
  return {
    subjectId: head.subjectId,
    recordId,
    item: head.item,
    edition: head.edition,
    authority: head.authority,
    decidedOn: head.decidedOn,
    content: head.content,
    effect: effectOf(item, disclosed.breach),
    // A registration that a later one has followed still stands for whoever says that it is wrong.
    state: record.state === 'corrected' ? 'standing' : record.state,
    contested,
    disclosed,
  }
}
