import type { Actor } from '../access/actor.ts'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { withdrawRecords } from '../publication/withdraw.ts'
import { openTestSubjects, penaltyOf, publishTestFacts, wageListing } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { confirmCorrection } from './confirm.ts'
import type { Cause, How, NoticeKind } from './model.ts'

// Whoever was handed something, for tests of what is asked of them when it is taken away.

const HOUR = 3_600_000
export const officer = actorFor('approval', 'window-officer')
export const investigator = actorFor('ecology-environment', 'investigator')
export const machine: Actor = { ...actorFor('approval', 'program'), id: 'program:9' }
export const why = { purpose: '行政审批', businessNo: '审〔2026〕1号' }

export type Notice = {
  subjectId: SubjectId
  noticeId: number
  receiver: string
  program: string | null
  kind: NoticeKind
  outlets: string[]
  businessNos: string[]
  receipts: string[]
  entries: number
  dueOn: string | null
  cause: Cause
}

/** A firm with a penalty on display and a listing in force. */
export type Firm = Awaited<ReturnType<ReceiversTest['firm']>>

export class ReceiversTest {
  readonly platform: TestApp
  readonly app: App
  private next = 400

  private constructor(platform: TestApp) {
    this.platform = platform
    this.app = platform.app
  }

  static async open(): Promise<ReceiversTest> {
    return new ReceiversTest(await openTestApp())
  }

  /** Files it at the instant at which tests stand. */
  async firm() {
    this.platform.setNow(TEST_NOW)
    const no = this.next++
    const uscc = inventedUscc('enterprise', no)
    const [subjectId] = (await openTestSubjects(this.app, [{ name: `澜川第${no}建设有限公司`, uscc }])) as [SubjectId]
    const listed = wageListing(subjectId, `示人社失〔2026〕${no}号`, '2026-06-01')
    const penalised = penaltyOf(subjectId, `示罚〔2026〕${no}号`, '2026-05-06')
    const [penalty, listing] = (await publishTestFacts(this.app, [penalised, listed])) as [FactId, FactId]
    return { uscc, subjectId, penalty, listing, listed }
  }

  /** So many hours after the instant at which tests stand. */
  later(hours: number): void {
    this.platform.setNow(new Date(TEST_NOW.getTime() + hours * HOUR))
  }

  async takeAway(subjectId: SubjectId, recordId: FactId, told: { cause?: Cause; caseId?: number } = {}): Promise<void> {
    await change(this.app, SYSTEM, { deed: 'test.take-away', entity: 'system' }, made =>
      withdrawRecords(this.app, made, [{ subjectId, recordId }], 'record.removed', told),
    )
  }

  async notices(subjectId: SubjectId): Promise<Notice[]> {
    return await this.platform.worker.db.rows<Notice>(sql`select n.subject_id as "subjectId", n.notice_id as "noticeId", n.receiver, n.program, n.kind, n.outlets,
        n.business_nos as "businessNos", n.receipts, n.entries, n.due_on as "dueOn", c.cause
      from receiver_notice n join correction c using (subject_id, correction_id) where n.subject_id = ${subjectId} order by n.receiver, n.program nulls first, n.notice_id`)
  }

  async confirm(actor: Actor, { subjectId, noticeId }: Notice, how: How = 'deleted'): Promise<Date> {
    return await confirmCorrection(this.app, actor, { subjectId, noticeId }, how)
  }

  async close(): Promise<void> {
    await this.platform.close()
  }
}

/** A notice to a unit of a record that was taken away, as a door's example. */
export async function openTestNotice(app: App, subjectId: SubjectId, unit: string): Promise<number> {
  const [correctionId, noticeId] = (await app.ids.take(2)) as [number, number]
  await app.changes.run(sql`insert into correction (subject_id, correction_id, record_ids, cause, at, act_id)
    values (${subjectId}, ${correctionId}, ${[1]}, 'removed', ${app.now()}, 0)`)
  await app.changes.run(sql`insert into receiver_notice (subject_id, notice_id, correction_id, receiver, kind, at, act_id)
    values (${subjectId}, ${noticeId}, ${correctionId}, ${unit}, 'correct-copies', ${app.now()}, 0)`)
  return noticeId
}
