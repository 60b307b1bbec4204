import assert from 'node:assert/strict'
import type { FactId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import type { OutletId } from '../disclosure/outlets.ts'
import { publishSubjects } from '../publication/publish.ts'
import type { TestApp } from '../testing-app.ts'
import type { About } from './outlet-probes.ts'
import { firm, penalty, registration, wageListing } from './sent-rows.ts'
import { send, subjectOf } from './testing.ts'

/* Records of which it is asked at every outlet whether they are found there: one of a register, one of a list. */

/** Outlets at which a record is seen with its state, whatever that is: by its subject, and by an officer with a registered look. */
export const FULL: ReadonlySet<OutletId> = new Set(['account', 'console-archive', 'archive-copy', 'api-records'])
export const RECORDS = ['penalty', 'wage'] as const
/** Where each of the two is found while it stands. */
export const FOUND: Readonly<Record<(typeof RECORDS)[number], readonly OutletId[]>> = {
  penalty: [
    ...(['portal-page', 'portal-register', 'open-data', 'public-report', 'special-report'] as const),
    ...(['authorised-records', 'api-authorised-records', ...FULL] as const),
  ],
  wage: [
    ...(['portal-page', 'portal-list', 'public-report', 'special-report', 'check', 'check-batch', 'api-check'] as const),
    ...(['authorised-records', 'api-authorised-records', ...FULL] as const),
  ],
}

/** `mark` stands in what it says, `number` is its document's. */
export type Known = About & {
  readonly recordId: FactId
  readonly mark: string
  readonly number: string
  readonly what: (typeof RECORDS)[number]
}

/** A published record of the n-th firm; `decidedOn` of a penalty, as its sender writes it. */
export async function publishedRecord(t: TestApp, what: Known['what'], n: number, decidedOn?: string): Promise<Known> {
  const [mark, number] = [`处境${n}事实`, `澜处〔2026〕${n}号`]
  await send(t.app, 'market-registration', [registration(n)])
  const day: Record<string, string> = decidedOn === undefined ? {} : { 处罚决定日期: decidedOn }
  if (what === 'penalty') await send(t.app, 'ecology-penalty', [penalty(n, number, { 违法事实: mark, ...day })])
  else await send(t.app, 'wage-arrears', [wageListing(n, number, { 主要失信事实: mark })])
  const subjectId = await subjectOf(t.app, firm(n).code)
  await publishSubjects(t.worker, [subjectId])
  const row = await t.worker.db.row<{ id: FactId }>(
    sql`select fact_id as id from fact_content where subject_id = ${subjectId} and content::text like ${`%${mark}%`}`,
  )
  assert.ok(row)
  return { subjectId, ...firm(n), recordId: row.id, mark, number, what }
}

/** The mark of a record stands in what it says; in a list or a register only its number does. */
export const isIn = (text: string, { mark, number }: Pick<Known, 'mark' | 'number'>): boolean =>
  text.includes(mark) || text.includes(number)
