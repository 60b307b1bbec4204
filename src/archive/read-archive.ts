import type { z } from 'zod'
import { type Actor, isProgram } from '../access/actor.ts'
import { type LookReason, type LookRequest, look, lookMiss, requireReason, type TypedReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import type { OutletId } from '../disclosure/outlets.ts'
import type { Law } from '../law/law.ts'
import { type ArchiveRow, archiveOf, archiveOfOne, findFoot, readArchiveRows, type SubjectRow } from './archive-rows.ts'
import { archiveViewer } from './archive-viewer.ts'
import { type Axes, readAxes } from './axes.ts'
import type { SubjectCard } from './cards.ts'
import type { listRecords } from './contract.ts'
import { type Group, resolveSubjects } from './links.ts'
import type { ArchivedRecord, Fact } from './model.ts'
import { namePeriods } from './name-periods.ts'
import { listSendings } from './provenance.ts'
import { draftRecords, withProvenance } from './record-view.ts'
import { registrationOf, standingRecords } from './registrations.ts'
import { recordsOf } from './views.ts'

export type ArchiveAsked = TypedReason & {
  readonly asOf?: Day | undefined
  readonly knownOn?: Day | undefined
  /** Whether each record tells where else it is shown and why. */
  readonly explain?: 'outlets' | 'none' | undefined
  /** Whether it is only read on the screen, or printed: a copy that is handed out (decision 21). */
  readonly leaves?: 'screen' | 'paper' | undefined
}
export type ArchiveAnswer = z.infer<typeof listRecords.output>

/**
 * A subject's archive as of a day, as known on a day (default: today, by what is known now), with the records of all that were merged into
 * it; a merged subject's archive is that of the one that survives. Registered as a look at each subject shown. Without an authorisation or
 * statute as `basis`, records of items that need one (授权查询) are left out.
 *
 * Refuses `look.purpose-missing`, and `subject.unknown` where there is none or none was known yet (registered as a look that found nobody).
 */
export async function readArchive(app: App, actor: Actor, subjectId: SubjectId, asked: ArchiveAsked): Promise<ArchiveAnswer> {
  const reason = reasonOf(asked)
  const now = app.now()
  const axes = readAxes(now, app.city.zone, asked)
  const request = { ...reason, actor, outlet: outletFor(actor, asked.leaves), shown: ['card', 'records'] }
  const { rows, receipt, group } = await lookAtArchive(app, request, subjectId, axes)
  const { facts, subjects, origins } = readArchiveRows(rows)
  const sendings = await listSendings(app.db, new Set([...origins.values()].map(origin => origin.deliveryId)))
  const archive = foldArchive(app.law, group, subjects, facts, axes.asOf)
  const drafts = draftRecords(
    {
      law: app.law,
      words: app.words,
      // Of a kind that is not known, as little is shown as of a person.
      kindOf: id => subjects.find(one => one.subjectId === id)?.kind ?? 'natural-person',
      asOf: axes.asOf,
      purpose: reason.purpose,
      authorised: isAuthorised(reason),
      viewerOf: head => {
        const origin = origins.get(head.factId)
        return archiveViewer(actor, head.authority, origin && sendings.get(origin.deliveryId)?.unit)
      },
      explain: asked.explain !== 'none',
    },
    archive.records,
  )
  return {
    subject: archive.card,
    asOf: axes.asOf,
    knownOn: asked.knownOn ?? legalDay(now, app.city.zone),
    records: drafts.map(draft => withProvenance(app.law, draft, origins, sendings)),
    receipt,
  }
}

type ArchiveLook = { readonly rows: ArchiveRow[]; readonly receipt: string; readonly group: Group }

/** Nearly every subject stands alone, and its look is one statement; for the others, first the ground is looked at. */
async function lookAtArchive(app: App, request: LookRequest, subjectId: SubjectId, axes: Axes): Promise<ArchiveLook> {
  const alone = await look<ArchiveRow>(app, request, [subjectId], archiveOfOne(subjectId, axes.knownOn))
  if (alone.rows.length > 0) return { ...alone, group: [subjectId] }
  const foot = await findFoot(app.db, subjectId)
  if (!foot || foot.openedAt > axes.knownOn) {
    await lookMiss(app, request, `subject:${subjectId}`)
    throw new NotFound('subject.unknown')
  }
  const group = await groupOf(app, subjectId, axes)
  return { ...(await look<ArchiveRow>(app, request, group, archiveOf(group, axes.knownOn))), group }
}

/** How a look at an archive leaves the platform: by a program, on paper, or on the screen of a person, which hands nothing out. */
export function outletFor(actor: Actor, leaves: 'screen' | 'paper' = 'screen'): OutletId {
  if (isProgram(actor)) return 'api-records'
  return leaves === 'paper' ? 'archive-copy' : 'console-archive'
}

/** Throws `look.purpose-missing` unless purpose and business number are given. */
export function reasonOf({ purpose, businessNo, basis }: TypedReason): LookReason {
  return requireReason({ purpose: purpose ?? '', businessNo: businessNo ?? '', basis: basis ?? null })
}

function isAuthorised(reason: LookReason): boolean {
  return (reason.basis ?? '').trim() !== ''
}

async function groupOf(app: App, subjectId: SubjectId, axes: Axes): Promise<Group> {
  return (await resolveSubjects(app.db, [subjectId], axes)).get(subjectId) ?? [subjectId]
}

export type FoldedArchive = {
  readonly card: z.input<typeof listRecords.output>['subject']
  readonly records: ReturnType<typeof standingRecords>
}

/** What a set of facts amounts to on a day: the survivor's card and everyone's records, latest decision first. Pure. */
export function foldArchive(
  law: Law,
  group: Group,
  subjects: readonly SubjectRow[],
  facts: readonly Fact[],
  asOf: Day,
): FoldedArchive {
  const factsOf = Map.groupBy(facts, fact => fact.subjectId)
  const folded = group.map(subjectId => recordsOf(factsOf.get(subjectId) ?? [], asOf))
  const survivor = subjects.find(one => one.subjectId === group[0])
  if (!survivor) throw new NotFound('subject.unknown')
  const records = folded.flatMap(one => standingRecords(law, one))
  if (group.length > 1)
    records.sort((a, b) => (a.head.decidedOn < b.head.decidedOn ? 1 : a.head.decidedOn > b.head.decidedOn ? -1 : 0))
  return { card: cardAsOf(law, survivor, folded[0] ?? []), records }
}

const OLD_CODES = new Set(['organisation-code', 'registration-number'])

/** The card as the registrations of a day say it; `subject_card` is the same fold of what is known now. */
export function cardAsOf(law: Law, subject: SubjectRow, records: readonly ArchivedRecord[]): FoldedArchive['card'] {
  const registration = registrationOf(law, records)
  const names = namePeriods(law, records)
  const card: SubjectCard = {
    subjectId: subject.subjectId,
    kind: subject.kind,
    name: names[0]?.name ?? subject.name,
    uscc: registration?.uscc ?? subject.codes.find(([kind]) => kind === 'uscc')?.[1] ?? null,
    registered: registration !== undefined,
    status: registration?.status ?? null,
    district: registration?.district ?? null,
    address: registration?.address ?? null,
    enterpriseType: registration?.enterpriseType ?? null,
    legalRepresentative: registration?.legalRepresentative ?? null,
    foundedOn: registration?.foundedOn ?? null,
    endedOn: registration?.endedOn ?? null,
    formerNames: names.flatMap(({ name, from, until }) => (until === null ? [] : [{ name, from, until }])),
    oldCodes: subject.codes.flatMap(([kind, value]) => (OLD_CODES.has(kind) ? [value] : [])).sort(),
  }
  return cardView(card)
}

/** A card as the contract gives it. */
export function cardView(card: SubjectCard): FoldedArchive['card'] {
  return { ...card, formerNames: card.formerNames.map(former => ({ ...former })), oldCodes: [...card.oldCodes] }
}
