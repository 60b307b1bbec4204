import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { actorNames } from '../access/actor-name.ts'
import { type Looking, looking } from '../access/look.ts'
import type { App } from '../app.ts'
import { archiveViewer } from '../archive/archive-viewer.ts'
import { cardsOf, type SubjectCard } from '../archive/cards.ts'
import type { SubjectId, WaitingId } from '../base/id.ts'
import { kindOfColumn, nameShownTo, shownTo } from '../disclosure/mask-for.ts'
import type { ItemEdition } from '../law/law.ts'
import type { Viewer } from '../law/masking-model.ts'
import type { Counterpart } from '../validation/model.ts'
import { compareNames } from './compare-names.ts'
import type { listWaiting, WaitingView } from './contract.ts'
import { waitingContent } from './decide-waiting.ts'
import { getWaiting, listDecisions, type WaitingRow, type WaitingTitle } from './waiting-store.ts'

/* What a person needs to decide: the reported row and the candidates side by side, what agrees and what differs. Never a percentage. */

type Title = z.output<(typeof listWaiting)['output']>['waiting'][number]

/**
 * A row in the list of the queue: where it came from, what it reports, why it waits. Nobody is named: a list that is looked over is no look,
 * so it shows nothing that would have to be registered as one.
 */
export function waitingTitle(app: Pick<App, 'law' | 'words'>, row: WaitingTitle): Title {
  return {
    waitingId: row.waitingId,
    unitName: app.law.units.get(row.unit)?.name ?? row.unit,
    itemName: app.law.items.get(row.item)?.at(-1)?.name ?? row.item,
    reason: row.reason,
    sentence: app.words.say(row.reason),
    openedAt: row.openedAt.toISOString(),
    deliveryId: row.deliveryId,
    rowNo: row.rowNo,
  }
}

/**
 * Shows a waiting row. It is a registered look at each candidate and at whoever it was decided to be; where it may be about nobody that is
 * known, a look that found nobody. The purpose is the queue's own. Refuses `waiting.unknown`.
 */
export async function showWaiting(app: App, actor: Actor, waitingId: WaitingId): Promise<WaitingView> {
  const { row, decisions, sent, wanted, seen } = await looking(app, async at => {
    const row = await getWaiting(at, waitingId)
    const decisions = await listDecisions(at, waitingId)
    const sent = sentOf(app, row)
    const wanted = candidatesOf(row)
    const decided = decisions.flatMap(one => one.subjectId ?? [])
    const seen = await cardsLookedAt(app, at, actor, row, sent, [...new Set([...wanted.keys(), ...decided])])
    return { row, decisions, sent, wanted, seen }
  })
  const names = await actorNames(
    app.db,
    decisions.map(one => one.actor),
  )
  const cards = seen.filter(card => wanted.has(card.subjectId))
  const name = sent.counterpart === null ? (cards[0]?.name ?? '') : nameShownTo(app.law, 'case-officer', sent.counterpart)
  const item = app.law.items.get(row.item)?.at(-1)
  return {
    ...waitingTitle(app, row),
    counterpart: { name, uscc: sent.counterpart?.uscc ?? null },
    unit: row.unit,
    item: row.item,
    reported: reportedFields(app, item, archiveViewer(actor, row.unit), sent.content),
    candidates: cards.map(card => candidateView(app, card, name, wanted.get(card.subjectId) ?? [])),
    decisions: decisions.map(one => ({
      decision: one.decision,
      by: one.actor,
      byName: names.get(one.actor) ?? null,
      at: one.at.toISOString(),
      reason: one.reason,
      subjectId: one.subjectId,
    })),
  }
}

/** What was sent, and about whom; a question of class is about a record whose subject is known. */
type Sent = { readonly content: Readonly<Record<string, string>>; readonly counterpart: Counterpart | null }

function sentOf(app: App, row: WaitingRow): Sent {
  if (row.reason === 'penalty.gravity-open') {
    const { content } = JSON.parse(app.keys.open(row.sealed, `waiting_row:${row.waitingId}`).toString()) as Pick<Sent, 'content'>
    return { content, counterpart: null }
  }
  const { contentText, counterpart } = waitingContent(app, row)
  return { content: JSON.parse(contentText) as Sent['content'], counterpart }
}

/** The row's cells as the officer may see them. A column that the catalogue no longer has is free text. */
function reportedFields(
  app: App,
  item: ItemEdition | undefined,
  viewer: Viewer,
  content: Sent['content'],
): WaitingView['reported'] {
  return Object.entries(content).map(([code, value]) => {
    const field = item?.fieldByCode.get(code)
    const kind = item && field ? kindOfColumn(item, field) : 'unpublished-text'
    if (value.startsWith('sealed:')) return { code, name: field?.name ?? code, value: app.words.say('archive.sealed') }
    return { code, name: field?.name ?? code, value: kind === null ? value : shownTo(app.law, kind, viewer, value) }
  })
}

function candidatesOf(row: WaitingRow): Map<SubjectId, string[]> {
  const wanted = new Map((row.evidence.candidates ?? []).map(candidate => [candidate.subjectId, candidate.because]))
  if (row.subjectId) wanted.set(row.subjectId, [])
  return wanted
}

/** Registers the look, and reads the cards in the same statement. Nothing leaves where it cannot be registered. */
async function cardsLookedAt(
  app: App,
  at: Looking,
  actor: Actor,
  row: WaitingRow,
  { counterpart }: Sent,
  subjectIds: readonly SubjectId[],
): Promise<SubjectCard[]> {
  const purpose = app.words.say('waiting.purpose')
  const request = { actor, outlet: 'waiting', purpose, businessNo: `W${row.waitingId}`, shown: [row.item] }
  if (subjectIds.length > 0) return (await at.look<SubjectCard>(request, subjectIds, cardsOf(subjectIds))).rows
  await at.miss(request, counterpart === null ? `waiting ${row.waitingId}` : askedAs(counterpart))
  return []
}

/** As a check for the same counterpart would ask, so that the digests of both are the same. */
function askedAs({ uscc, document, nameKey }: Counterpart): string {
  if (uscc) return `uscc ${uscc}`
  return document ? `${document.kind} ${document.blind}` : `name ${nameKey}`
}

function candidateView(app: App, card: SubjectCard, name: string, because: readonly string[]): WaitingView['candidates'][number] {
  const compared = compareNames(name, card.name)
  return {
    subjectId: card.subjectId,
    name: card.name,
    uscc: card.uscc,
    kind: card.kind,
    status: card.status,
    district: card.district,
    legalRepresentative: card.legalRepresentative,
    address: card.address,
    foundedOn: card.foundedOn,
    endedOn: card.endedOn,
    formerNames: card.formerNames.map(former => ({ ...former })),
    oldCodes: [...card.oldCodes],
    because: [...because, ...compared.agrees, ...compared.differs].map(code => app.words.say(code)),
    differs: compared.ranges.second.map(([from, to]) => [from, to]),
  }
}
