import type { Actor } from '../access/actor.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { makeCheck } from '../checks/commands.ts'
import type { Prompt } from '../checks/prompt.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import { drainTasks } from '../platform/worker.ts'
import { fileTestFacts, openTestSubjects, type TestFact, wageListing } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { measureRef } from './measure-case.ts'
import type { CaseKey } from './model.ts'
import { runClocks } from './run-clocks.ts'

// A firm on the list of wage arrears, two officers who ask, two of the body that is asked, and the way of a measure between them.

export const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
export const asker = as('account:41', 'human-resources', 'case-officer')
export const askerToo = as('account:42', 'human-resources', 'case-officer')
export const officer = as('account:51', 'approval', 'case-officer')
export const colleague = as('account:52', 'approval', 'case-officer')
export const window = as('account:53', 'approval', 'window-officer')

export type Firm = {
  readonly subjectId: SubjectId
  readonly code: string
  readonly me: Actor
  readonly recordId: FactId
  readonly fact: TestFact
}

export const ASKED = {
  trigger: 'm01-11:list-wage-arrears',
  unit: 'approval',
  fact: '责令限期支付，逾期未支付农民工工资',
  reason: '在名单期间申请许可，属于第四十八条所列事项',
}
export const PROPOSED = {
  officer: '周明',
  ends: 'event',
  scope: '名单期间申请建筑施工许可的，依规定限制',
  because: '列入名单，符合第四十八条',
}

/** The code of the refusal that a work ends with. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal || end?.reason instanceof NotFound) return end.reason.code
  throw end?.reason
}

export type Kept = { until_day: string | null; until_event: string | null; officer: string; because: string | null }

/** Where measures are asked for and taken, on one database. */
export class MeasureDesk {
  private readonly t: TestApp
  private n: number

  constructor(t: TestApp, first: number) {
    this.t = t
    this.n = first
  }

  onDay(text: string): void {
    this.t.setNow(new Date(`${text}T04:00:00Z`))
  }

  async firm(): Promise<Firm> {
    this.n += 1
    const code = inventedUscc('enterprise', this.n)
    const [subjectId] = (await openTestSubjects(this.t.app, [{ name: `澜川措施示例${this.n}有限公司`, uscc: code }])) as [
      SubjectId,
    ]
    const fact = wageListing(subjectId, `澜人社欠薪列〔2026〕${this.n}号`, '2026-06-01')
    const [recordId] = (await fileTestFacts(this.t.app, [fact])) as [FactId]
    return { subjectId, code, me: { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId }, recordId, fact }
  }

  initiate({ subjectId, recordId }: Firm, more: Record<string, string> = {}, measure = 'm01-11', by = asker): Promise<CaseKey> {
    return openCase(this.t.app, by, {
      ...{ procedure: 'measure', act: 'initiate', subjectId, aboutRef: measureRef(recordId, measure) },
      fields: { ...ASKED, ...more },
    })
  }

  step(by: Actor, key: CaseKey, act: string, fields: Record<string, string> = {}): Promise<unknown> {
    return takeStep(this.t.app, by, key, { act, fields })
  }

  async stateOf({ caseId }: CaseKey): Promise<string | undefined> {
    return (await this.t.worker.db.row<{ state: string }>(sql`select state from case_file where case_id = ${caseId}`))?.state
  }

  async prompts({ code }: Firm, by: Actor = window, businessNo = '许-1'): Promise<Prompt[]> {
    return (await makeCheck(this.t.app, by, { subject: code, purpose: '行政许可', businessNo })).measures
  }

  async kept({ caseId }: CaseKey): Promise<Kept | undefined> {
    return await this.t.worker.db.row<Kept>(
      sql`select until_day, until_event, officer, because from measure left join measure_end using (subject_id, case_id) where case_id = ${caseId}`,
    )
  }

  async opensLetter({ subjectId, me }: Firm, { caseId }: CaseKey, notice: string): Promise<void> {
    const found = await this.t.worker.db.row<{ notice_id: number }>(
      sql`select notice_id from notice where case_id = ${caseId} and notice = ${notice} order by notice_id desc`,
    )
    await openNotice(this.t.app, me, { subjectId, noticeId: found?.notice_id ?? 0 }, [subjectId])
    await drainTasks(this.t.worker)
  }

  async asked(one: Firm): Promise<CaseKey> {
    const key = await this.initiate(one)
    await this.step(askerToo, key, 'ask')
    return key
  }

  /** Told on 8 June, nothing stated; on 16 June the time to state is over. */
  async heard(one: Firm): Promise<CaseKey> {
    const key = await this.asked(one)
    await this.step(officer, key, 'propose', PROPOSED)
    await this.opensLetter(one, key, 'measure-intention')
    this.onDay('2026-06-16')
    await runClocks(this.t.worker)
    return key
  }

  async inForce(one: Firm): Promise<CaseKey> {
    const key = await this.heard(one)
    await this.step(officer, key, 'decide', { defence: '主体没有陈述申辩' })
    await this.step(colleague, key, 'begin')
    await drainTasks(this.t.worker)
    return key
  }
}
