import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { look, lookMiss } from '../access/look.ts'
import type { App } from '../app.ts'
import { fileFacts } from '../archive/file-facts.ts'
import type { NewFact } from '../archive/model.ts'
import { addDays, day } from '../base/day.ts'
import type { DeliveryId, FactId, SubjectId } from '../base/id.ts'
import { sha256 } from './merkle.ts'

/** Files `count` invented facts in one change; every tenth replaces the one before it. Their ids. */
export async function fileInvented(app: App, count: number, padding = 40): Promise<FactId[]> {
  const factIds = (await app.ids.take(count)) as FactId[]
  await change(app, SYSTEM, { deed: 'test.file', entity: 'system', detail: { count } }, made =>
    fileFacts(
      made,
      factIds.map((factId, i) => inventedFact(factId, i, factIds[i - 1], padding)),
    ),
  )
  return factIds
}

function inventedFact(factId: FactId, i: number, before: FactId | undefined, padding: number): NewFact {
  const decidedOn = addDays(day('2026-01-05'), i % 300)
  return {
    factId,
    subjectId: (1000 + (i % 977)) as SubjectId,
    decidedOn,
    item: 'administrative-penalty',
    edition: '2026-01-01',
    authority: 'market-bureau',
    kind: i % 10 === 9 && before ? 'correction' : 'record',
    replaces: i % 10 === 9 && before ? before : null,
    receivedOn: addDays(decidedOn, 3),
    reportDueOn: i % 3 === 0 ? null : addDays(decidedOn, 9),
    deliveryId: 7 as DeliveryId,
    rowNo: i + 1,
    rowHash: sha256(Buffer.from(`row ${factId}`)).toString('hex'),
    matchedBy: 'code',
    contentText: `{"document":"测罚〔2026〕${factId}号","reason":"${'虚构'.repeat(padding)}"}`,
  }
}

/** A registered look at these subjects, which reads nothing. */
export async function lookAt(app: App, ...subjectIds: number[]): Promise<void> {
  await look(app, reason, subjectIds as SubjectId[], { text: 'select 1 as one' })
}

/** A look that found nobody. */
export async function lookAtNobody(app: App): Promise<void> {
  await lookMiss(app, reason, 'nobody')
}

const reason = {
  actor: { ...SYSTEM, id: 'account:7', unit: 'market-bureau' },
  outlet: 'check',
  purpose: '行政许可审查',
  businessNo: 'XK-2026-1',
  basis: null,
  shown: ['administrative-penalty', 'red-list'],
}
