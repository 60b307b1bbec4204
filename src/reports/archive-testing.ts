import { createHash } from 'node:crypto'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { fileFacts } from '../archive/file-facts.ts'
import type { FiledKind } from '../archive/model.ts'
import { day, legalDay } from '../base/day.ts'
import type { DeliveryId, FactId, SubjectId } from '../base/id.ts'
import { itemsOn } from '../law/law.ts'
import { canonicalJson } from '../ledger/commitment.ts'
import { openSubjects } from '../matching/store.ts'
import { publishSubjects } from '../publication/publish.ts'
import { withdrawRecords } from '../publication/withdraw.ts'
import type { SubjectKind } from '../subject/kind.ts'
import { nameKey } from '../subject/name.ts'
import { workerOf } from '../testing-app.ts'

// An archive for tests of what is read from it: subjects and facts written by the functions that the line writes them with.

export type TestSubject = {
  readonly name: string
  readonly uscc?: string
  readonly kind?: SubjectKind
  readonly document?: string
}

/** Opens subjects by their code, or by an invented document where they are persons. */
export async function openTestSubjects(app: App, subjects: readonly TestSubject[]): Promise<SubjectId[]> {
  const since = day('2020-01-01')
  const openings = subjects.map(({ name, uscc, kind = 'enterprise', document }) => ({
    kind: uscc ? 'uscc' : 'resident-id',
    value: uscc ?? document ?? '',
    counterpart: { name, nameKey: nameKey(name), kind, ...(uscc ? { uscc } : {}) },
    since,
  }))
  const { owners } = await change(app, SYSTEM, { deed: 'test.open', entity: 'system' }, made =>
    openSubjects(made, app.ids, 'registered', openings),
  )
  return openings.map(({ kind, value }) => owners.get(`${kind} ${value}`) as SubjectId)
}

export type TestFact = {
  readonly subjectId: SubjectId
  readonly item: string
  readonly authority: string
  readonly decidedOn: string
  readonly content: Readonly<Record<string, string>>
  readonly kind?: FiledKind
  readonly replaces?: FactId
}

/** Files facts about subjects; their ids. Nothing is published by it. */
export async function fileTestFacts(app: App, facts: readonly TestFact[]): Promise<FactId[]> {
  const factIds = (await app.ids.take(facts.length)) as FactId[]
  const today = legalDay(app.now(), app.city.zone)
  const editions = new Map(itemsOn(app.law, today).map(item => [item.item, item.inForceFrom]))
  await change(app, SYSTEM, { deed: 'test.file', entity: 'system' }, made =>
    fileFacts(
      made,
      facts.map((fact, i) => ({
        factId: factIds[i] as FactId,
        subjectId: fact.subjectId,
        decidedOn: day(fact.decidedOn),
        item: fact.item,
        edition: editions.get(fact.item) ?? '',
        authority: fact.authority,
        kind: fact.kind ?? 'record',
        replaces: fact.replaces ?? null,
        receivedOn: today,
        reportDueOn: null,
        deliveryId: 1 as DeliveryId,
        rowNo: i + 1,
        rowHash: createHash('sha256').update(String(factIds[i])).digest('hex'),
        matchedBy: 'uscc+name',
        contentText: canonicalJson(fact.content),
      })),
    ),
  )
  return factIds
}

/** Files facts and publishes their subjects. */
export async function publishTestFacts(app: App, facts: readonly TestFact[]): Promise<FactId[]> {
  const factIds = await fileTestFacts(app, facts)
  await publishSubjects(workerOf(app), [...new Set(facts.map(fact => fact.subjectId))])
  return factIds
}

/** Annuls a record as the line does: the annulment and the withdrawal in one change. */
export async function annulTestRecord(app: App, fact: TestFact, recordId: FactId): Promise<void> {
  const [factId] = (await app.ids.take(1)) as [FactId]
  const { subjectId } = fact
  const today = legalDay(app.now(), app.city.zone)
  const edition = itemsOn(app.law, today).find(item => item.item === fact.item)?.inForceFrom ?? ''
  await change(app, SYSTEM, { deed: 'test.annul', entity: 'system' }, async made => {
    await fileFacts(made, [
      {
        factId,
        subjectId,
        decidedOn: day(fact.decidedOn),
        item: fact.item,
        edition,
        authority: fact.authority,
        kind: 'annulment',
        replaces: recordId,
        receivedOn: today,
        reportDueOn: null,
        deliveryId: 2 as DeliveryId,
        rowNo: 1,
        rowHash: createHash('sha256').update(String(factId)).digest('hex'),
        matchedBy: 'uscc+name',
        contentText: canonicalJson(fact.content),
      },
    ])
    await withdrawRecords(app, made, [{ subjectId, recordId, cause: 'annulled' }], 'record.replaced')
  })
}

/** A general penalty of the city's law enforcement bureau, for the public unless its content says otherwise. */
export function penaltyOf(
  subjectId: SubjectId,
  number: string,
  decidedOn: string,
  content: Readonly<Record<string, string>> = {},
): TestFact {
  return {
    subjectId,
    item: 'penalty-org',
    authority: 'urban-management',
    decidedOn,
    content: {
      CF_XDR_MC: '澜川云麓食品有限公司',
      CF_WSH: number,
      CF_WFXW: '经营标签不符合规定的食品',
      CF_SY: '销售未标明生产日期的预包装食品。',
      CF_YJ: '某法第六十七条',
      CF_CFLB: '罚款',
      CF_NR: '罚款2.5万元。',
      CF_NR_FK: '25000',
      CF_JDRQ: decidedOn,
      CF_YXQ: '2099-12-31',
      CF_CFJG: '澜川市城市管理局',
      CF_SJLY: '澜川市城市管理局',
      CF_SXFL: '一般',
      ...content,
    },
  }
}

/** An entry of the list of wage arrears, by the labour bureau. */
export function wageListing(
  subjectId: SubjectId,
  number: string,
  decidedOn: string,
  content: Readonly<Record<string, string>> = {},
): TestFact {
  return {
    subjectId,
    item: 'wage-arrears',
    authority: 'human-resources',
    decidedOn,
    content: {
      ZTMC: '澜川云麓食品有限公司',
      LRRQ: decidedOn,
      LRYY: '逾期未支付农民工工资',
      RDWSH: number,
      RDDW: '澜川市人力资源和社会保障局',
      ZYSXSS: '责令限期支付，逾期未支付。',
      XXTGDW: '澜川市人力资源和社会保障局',
      ...content,
    },
  }
}
