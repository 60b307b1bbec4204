import assert from 'node:assert/strict'
import type { z } from 'zod'
import type { CaseView } from '../src/cases/shapes.ts'
import type { NoticeDetail, NoticeView } from '../src/notices/contract.ts'
import type { NoticeView as CorrectionView } from '../src/receivers/contract.ts'
import type { OwnFile } from '../src/rights/contract.ts'
import type { Case } from './cases.ts'
import type { Answer, Player } from './player.ts'
import type { Stage } from './stage.ts'

/* What the doors of cases, letters and corrections are asked in the stories of due process. */

type Doing = {
  readonly act: string
  readonly fields?: Readonly<Record<string, string>>
  readonly papers?: readonly { readonly paper: string; readonly paperId: number }[]
}
type Lodging = Doing & { readonly procedure: string; readonly aboutRef: string }

/** The record of a document, as its subject finds it in its own file. */
export async function ownRecord(firm: Player, documentNo: string): Promise<string> {
  const file = (await firm.get('/api/v1/rights/own-file')).json<z.infer<typeof OwnFile>>()
  const record = file.records.find(one => JSON.stringify(one).includes(documentNo))
  assert.ok(record, documentNo)
  return String(record.recordId)
}

/** A case that a subject opens about itself. */
export async function lodged(firm: Player, lodging: Lodging): Promise<Case> {
  return done<Case>(await firm.post('/api/v1/cases/mine', lodging), 201)
}

/** A step of the subject; the state that the case is in now. */
export async function ownStep(firm: Player, { caseId }: Case, doing: Doing): Promise<string> {
  return done<{ state: string }>(await firm.post(`/api/v1/cases/mine/${caseId}/steps`, doing), 200).state
}

/** A step of an officer, on what he has read of the case just now; the state that the case is in after it. */
export async function officeStep(officer: Player, key: Case, doing: Doing): Promise<string> {
  const { entryNo } = await caseAtDesk(officer, key)
  return done<{ state: string }>(
    await officer.post(`/api/v1/subjects/${key.subjectId}/cases/${key.caseId}/steps`, { ...doing, seen: entryNo }),
    200,
  ).state
}

export async function caseAtDesk(officer: Player, { subjectId, caseId }: Case): Promise<CaseView> {
  return done<CaseView>(await officer.get(`/api/v1/subjects/${subjectId}/cases/${caseId}`), 200)
}

/** A PDF that goes with the next step. */
export async function ownPaper(firm: Player, fileName: string): Promise<number> {
  const sent = await firm.upload(
    '/api/v1/cases/mine/papers',
    'paper',
    fileName,
    '%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n',
  )
  return done<{ paperId: number }>(sent, 201).paperId
}

/** Opens the letters of a name in the account: the text of the last, with its remedies. */
export async function opensLetter(firm: Player, name: string): Promise<z.infer<typeof NoticeDetail>> {
  const { notices } = done<{ notices: z.infer<typeof NoticeView>[] }>(await firm.get('/api/v1/notices/mine'), 200)
  const one = notices.find(notice => notice.name === name)
  assert.ok(one, `${name} among ${notices.map(notice => notice.name).join('、')}`)
  const path = `/api/v1/notices/mine/${one.noticeId}`
  const before = done<z.infer<typeof NoticeDetail>>(await firm.get(path), 200)
  assert.equal(before.letter, null, 'unopened: its number and name alone')
  done(await firm.post(`${path}/opening`, {}), 200)
  const letter = done<z.infer<typeof NoticeDetail>>(await firm.get(path), 200)
  assert.ok(letter.letter && letter.servedOn)
  return letter
}

/** The one correction that a unit is asked to confirm now. */
export async function openCorrection(receiver: Player, subjectId: number): Promise<z.infer<typeof CorrectionView>> {
  const { corrections } = done<{ corrections: z.infer<typeof CorrectionView>[] }>(
    await receiver.get('/api/v1/receivers/corrections'),
    200,
  )
  const [one, ...others] = corrections.filter(correction => correction.subjectId === subjectId)
  assert.ok(one)
  assert.deepEqual(others, [])
  return one
}

export async function confirms(
  receiver: Player,
  { subjectId, noticeId }: { subjectId: number; noticeId: number },
): Promise<void> {
  done(await receiver.post(`/api/v1/receivers/corrections/${subjectId}/${noticeId}/confirmations`, { how: 'deleted' }), 201)
}

/** The code of a public report that anybody issues. */
export async function issued(s: Stage, subjectId: number): Promise<string> {
  return done<{ code: string }>(await s.anyone.post(`/api/v1/subjects/${subjectId}/reports`, { kind: 'public' }), 201).code
}

/** Everything that leaves for anybody about a subject: its page, the pages named, a report issued now. */
export async function everywhere(s: Stage, subjectId: number, pages: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const paths = [`/subjects/${subjectId}`, '/', ...pages]
  const read = await Promise.all(paths.map(async path => [path, await s.anyone.reads(path)] as const))
  const report = await s.anyone.get(`/api/v1/reports/${await issued(s, subjectId)}`)
  return new Map([...read, ['report', JSON.stringify(report.json())]])
}

export async function assertNowhere(s: Stage, subjectId: number, pages: readonly string[], what: string): Promise<void> {
  for (const [place, text] of await everywhere(s, subjectId, pages)) assert.ok(!text.includes(what), `${what} at ${place}`)
}

function done<T>(answer: Answer, status: number): T {
  assert.equal(answer.status, status, answer.text)
  return answer.json<T>()
}
