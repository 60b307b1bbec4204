import assert from 'node:assert/strict'
import { confirms, lodged, officeStep, openCorrection, ownRecord } from './case-desk.ts'
import { type Case, seesOwn } from './cases.ts'
import type { Firm } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, outcomeOf, penaltyOf } from './rows.ts'
import type { Stage } from './stage.ts'

/* What the stories of repair share: a penalty whose shortest period ends on the way, what a firm applies with, the repair itself. */

export const REGISTER = '/publicity/penalties?from=2026-08-01&to=2026-12-31'
export const BUSINESS = '许-88'
export const GROUNDS = {
  ground: 'performed',
  performed: '罚款已经缴清，治理设施整改完毕，已通过验收。',
  'performed-on': '2026-09-10',
  commitment: 'yes',
} as const

export type Fined = {
  readonly firm: Player
  readonly subjectId: number
  readonly recordId: string
  /** A system that has a copy. */
  readonly holder: Player
}

/** A general penalty of 28 August 2026, and the account of the firm that was fined. */
export async function fined(s: Stage, who: Firm, number: string): Promise<Fined> {
  const row = penaltyOf(who, number, { 处罚决定日期: '2026/08/28' })
  const { counts } = await s.as('clerk').sends('ecology-penalty', '处罚.csv', fileOf(row))
  assert.deepEqual(outcomeOf(counts), { filed: 1 })
  const subjectId = await s.found(who.name)
  const firm = await s.asFirm(subjectId, who.name)
  return { firm, subjectId, recordId: await ownRecord(firm, number), holder: await fetched(s, subjectId) }
}

export const lodging = (recordId: string) => ({ procedure: 'repair', act: 'lodge', aboutRef: recordId, fields: GROUNDS })

/** The system of the approval bureau fetches the file: it has a copy from now on. */
async function fetched(s: Stage, subjectId: number): Promise<Player> {
  const program = await s.asProgram('approval')
  const read = await program.get(`/api/v1/subjects/${subjectId}/records?purpose=行政许可&businessNo=${BUSINESS}`)
  assert.equal(read.status, 200, read.text)
  return program
}

/** From the application to the last confirmation, all in order. */
export async function repaired(s: Stage, { firm, subjectId, recordId, holder }: Fined): Promise<Case> {
  const key = await lodged(firm, lodging(recordId))
  await officeStep(s.as('ecology-officer'), key, { act: 'accept' })
  await officeStep(s.as('ecology-officer'), key, { act: 'propose-grant', fields: { finding: '罚款已缴清，整改已验收。' } })
  await officeStep(s.as('ecology-second'), key, { act: 'grant' })
  await confirms(holder, await openCorrection(holder, subjectId))
  await s.settle()
  assert.equal((await seesOwn(firm, key)).state, 'repaired')
  return key
}
