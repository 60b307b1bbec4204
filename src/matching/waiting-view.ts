import type { Actor } from '../access/actor.ts'
import { look } from '../access/look.ts'
import type { App } from '../app.ts'
import { listCards, type SubjectCard } from '../archive/cards.ts'
import type { SubjectId, WaitingId } from '../base/id.ts'
import { maskIdNumber, maskPersonName } from '../disclosure/mask.ts'
import type { WaitingView } from '../matching/contract.ts'
import { compareNames } from './compare-names.ts'
import { waitingContent } from './decide-waiting.ts'
import { getWaiting, listDecisions, type WaitingRow } from './waiting-store.ts'

/* What a person needs to decide: the reported row and the candidates side by side, what agrees and what differs. Never a percentage. */

type Line = Pick<WaitingView, 'waitingId' | 'unitName' | 'itemName' | 'reason' | 'sentence' | 'openedAt' | 'counterpart'>

export function waitingLine(app: App, row: WaitingRow): Line {
  const counterpart = row.reason === 'penalty.gravity-open' ? null : waitingContent(app, row).counterpart
  return {
    waitingId: row.waitingId,
    unitName: app.law.units.get(row.unit)?.name ?? row.unit,
    itemName: app.law.items.get(row.item)?.at(-1)?.name ?? row.item,
    reason: row.reason,
    sentence: app.words.say(row.reason),
    openedAt: row.openedAt.toISOString(),
    counterpart: {
      name: counterpart ? (counterpart.kind === 'natural-person' ? maskPersonName(counterpart.name) : counterpart.name) : '',
      uscc: counterpart?.uscc ?? null,
    },
  }
}

/** Shows a waiting row. Looking at candidates is a registered look at each of them: the purpose is the queue's own. */
export async function showWaiting(app: App, actor: Actor, waitingId: WaitingId): Promise<WaitingView> {
  const row = await getWaiting(app.db, waitingId)
  const reported =
    row.reason === 'penalty.gravity-open'
      ? gravityContent(app, row)
      : (JSON.parse(waitingContent(app, row).contentText) as Record<string, string>)
  const wanted = candidatesOf(row)
  const cards = await cardsLookedAt(app, actor, row, [...wanted.keys()])
  const line = waitingLine(app, row)
  const name = line.counterpart.name || cards[0]?.name || ''
  const item = app.law.items.get(row.item)?.at(-1)
  return {
    ...line,
    counterpart: { ...line.counterpart, name },
    unit: row.unit,
    item: row.item,
    deliveryId: row.deliveryId,
    rowNo: row.rowNo,
    reported: Object.entries(reported).map(([code, value]) => ({
      code,
      name: item?.fieldByCode.get(code)?.name ?? code,
      value: value.startsWith('sealed:')
        ? app.words.say('archive.sealed')
        : item?.fieldByCode.get(code)?.mask === 'id-number'
          ? maskIdNumber(value)
          : value,
    })),
    candidates: cards.map(card => candidateView(app, card, name, wanted.get(card.subjectId) ?? [])),
    decisions: (await listDecisions(app.db, waitingId)).map(one => ({
      decision: one.decision,
      by: one.actor,
      at: one.at.toISOString(),
      reason: one.reason,
      subjectId: one.subjectId,
    })),
  }
}

function gravityContent(app: App, row: WaitingRow): Record<string, string> {
  return (JSON.parse(app.keys.open(row.sealed, `waiting_row:${row.waitingId}`).toString()) as { content: Record<string, string> })
    .content
}

function candidatesOf(row: WaitingRow): Map<SubjectId, string[]> {
  const wanted = new Map((row.evidence.candidates ?? []).map(candidate => [candidate.subjectId, candidate.because]))
  if (row.subjectId) wanted.set(row.subjectId, [])
  return wanted
}

async function cardsLookedAt(app: App, actor: Actor, row: WaitingRow, subjectIds: readonly SubjectId[]): Promise<SubjectCard[]> {
  if (subjectIds.length === 0) return []
  await look(
    app,
    { actor, outlet: 'waiting', purpose: app.words.say('waiting.purpose'), businessNo: `W${row.waitingId}`, shown: [row.item] },
    subjectIds,
    { text: 'select 1 as one', values: [] },
  )
  return await listCards(app.db, subjectIds)
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
