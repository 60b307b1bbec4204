import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import type { BrowserContext, Page } from 'playwright-core'
import type { Actor } from '../../src/access/actor.ts'
import { openActivated } from '../../src/access/testing.ts'
import type { SubjectId } from '../../src/base/id.ts'
import { openCase, takeStep } from '../../src/cases/act-on-case.ts'
import type { CaseId, CaseKey } from '../../src/cases/model.ts'
import { keepPaper } from '../../src/cases/papers.ts'
import { sql } from '../../src/db/database.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { actorFor } from '../../src/testing-app.ts'
import { axeFindings, type ConsoleUnderTest } from './testing.ts'

/* Cases for the pages of officers: objections that subjects lodge about penalties of one unit, each on a day of its own. */

// biome-ignore lint/style/noProcessEnv: read by tests alone: a folder for pictures of what was looked at
const PICTURES = process.env['MINGXIN_PICTURES'] ?? ''

/** The address of a case in the console. */
export const casePath = (key: CaseKey | undefined): string => `/subjects/${key?.subjectId}/cases/${key?.caseId}`

/** A page as it is looked at: axe finds nothing serious, nothing is too wide; with a picture where a folder is given. */
export async function lookedAt(page: Page, name: string): Promise<void> {
  if (PICTURES !== '') {
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
  }
  assert.deepEqual(await axeFindings(page), [], name)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.equal(wide, 0, `${name}: too wide`)
}

/** Who speaks for a subject, as the door makes him. */
export const speakerOf = (subjectId: SubjectId): Actor => ({
  ...actorFor('subject', 'subject'),
  id: `account:${subjectId}`,
  subjectId,
})

/** A paper that the door takes for what it says it is. */
export const PAPER = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')

/** One objection lodged on each of these days, about penalties that the unit decided, no two of one record. The clock stands on the last day afterwards. */
export async function lodgeObjections(
  { test }: Pick<ConsoleUnderTest, 'test'>,
  unit: string,
  days: readonly string[],
): Promise<CaseKey[]> {
  const records = await test.worker.db.rows<{ subjectId: SubjectId; recordId: number }>(
    sql`select subject_id as "subjectId", record_id as "recordId" from pub.record where authority = ${unit} and register = 'penalties'
      and not exists (select from case_file c where c.subject_id = record.subject_id and c.about_ref = record.record_id::text)
      order by record_id limit ${days.length}`,
  )
  assert.equal(records.length, days.length, `${unit} has penalties enough on display`)
  const keys: CaseKey[] = []
  for (const [at, { subjectId, recordId }] of records.entries()) {
    test.setNow(new Date(`${days[at]}T05:00:00Z`))
    const me = speakerOf(subjectId)
    const { paperId } = await keepPaper(test.app, me, PAPER, '缴款凭证.pdf')
    const { caseId } = await openCase(test.app, me, {
      ...{ subjectId, procedure: 'objection', act: 'lodge', aboutRef: String(recordId) },
      fields: { wrong: 'content', 'should-be': `罚款数额应为${at + 1}万元，决定书上写的也是${at + 1}万元。` },
      papers: [{ paper: 'proof', paperId }],
    })
    keys.push({ subjectId, caseId: caseId as CaseId })
  }
  return keys
}

/** A firm with a penalty of a unit whose shortest period is over, and the repair that it applies for. */
export async function lodgeRepair({ test }: Pick<ConsoleUnderTest, 'test'>): Promise<Repair> {
  const name = '澜川市霁岚修造有限公司'
  const [subjectId] = await openTestSubjects(test.app, [{ name, uscc: inventedUscc('enterprise', 810_001) }])
  const documentNo = '示罚〔2026〕81号'
  const [recordId] = await publishTestFacts(test.app, [penaltyOf(subjectId as SubjectId, documentNo, '2026-02-10')])
  const { caseId } = await openCase(test.app, speakerOf(subjectId as SubjectId), {
    ...{ subjectId: subjectId as SubjectId, procedure: 'repair', act: 'lodge', aboutRef: String(recordId) },
    fields: { ground: 'performed', performed: '罚款已缴清，已整改', 'performed-on': '2026-03-01', commitment: 'yes' },
  })
  return { subjectId: subjectId as SubjectId, caseId: caseId as CaseId, recordId: Number(recordId), name, documentNo }
}

type Repair = CaseKey & { readonly recordId: number; readonly name: string; readonly documentNo: string }

/** The password of the officers that a test makes. */
export const OFFICERS_PASSWORD = 'shili-jingban-9'

/** Two case officers of a unit, signed in. */
export async function twoOfficers(under: ConsoleUnderTest, unit: string): Promise<[BrowserContext, BrowserContext]> {
  const signedIn = async (login: string): Promise<BrowserContext> => {
    const password = OFFICERS_PASSWORD
    await openActivated(under.test.app, { login, name: login, unit, roles: ['case-officer'], password })
    const context = await under.context()
    const answer = await context.request.post(`${under.address}/api/v1/sessions`, { data: { login, password } })
    assert.ok(answer.ok(), await answer.text())
    return context
  }
  return [await signedIn('case.one'), await signedIn('case.two')]
}

/** The subject hands in what it was asked for. */
export async function supplement({ test }: Pick<ConsoleUnderTest, 'test'>, key: CaseKey): Promise<void> {
  const me = speakerOf(key.subjectId)
  const { paperId } = await keepPaper(test.app, me, PAPER, '补充材料.pdf')
  await takeStep(test.app, me, key, { act: 'supplement', papers: [{ paper: 'supplement', paperId }] })
}
