import assert from 'node:assert/strict'
import { runClocks } from '../src/cases/run-clocks.ts'
import type { CaseView } from '../src/cases/shapes.ts'
import { workerOf } from '../src/testing-app.ts'
import type { Answer, Player } from './player.ts'
import type { Story } from './tell.ts'

/* What people do in a case over HTTP: officers by the subject's case, the subject by its own account. */

export type Case = { readonly subjectId: number; readonly caseId: number }

type Fields = Readonly<Record<string, string>>

/** Opens a case; fails where it is refused. */
export async function opens(
  officer: Player,
  subjectId: number,
  opening: { readonly procedure: string; readonly aboutRef?: string; readonly act: string; readonly fields: Fields },
): Promise<Case> {
  const answer = await officer.post(`/api/v1/subjects/${subjectId}/cases`, opening)
  assert.equal(answer.status, 201, answer.text)
  return answer.json<Case>()
}

/** Does an act as an officer; answered as it comes, refused or not. */
export const tries = (officer: Player, { subjectId, caseId }: Case, act: string, fields: Fields = {}): Promise<Answer> =>
  officer.post(`/api/v1/subjects/${subjectId}/cases/${caseId}/steps`, { act, fields })

/** Does an act as an officer; the state after it. */
export async function does(officer: Player, key: Case, act: string, fields: Fields = {}): Promise<string> {
  return stateOf(await tries(officer, key, act, fields))
}

/** Does an act as the subject in its own account. */
export const triesOwn = (subject: Player, { caseId }: Case, act: string, fields: Fields = {}): Promise<Answer> =>
  subject.post(`/api/v1/cases/mine/${caseId}/steps`, { act, fields })

export async function doesOwn(subject: Player, key: Case, act: string, fields: Fields = {}): Promise<string> {
  return stateOf(await triesOwn(subject, key, act, fields))
}

function stateOf(answer: Answer): string {
  assert.equal(answer.status, 200, answer.text)
  return answer.json<{ state: string }>().state
}

/** The case as its subject sees it. */
export async function seesOwn(subject: Player, { caseId }: Case): Promise<CaseView> {
  const answer = await subject.get(`/api/v1/cases/mine/${caseId}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<CaseView>()
}

/** Why an act is refused, as a person reads it. */
export function refusalOf(answer: Answer, code: string): string {
  const problem = answer.json<{ code: string; title: string }>()
  assert.equal(problem.code, code, answer.text)
  return problem.title
}

/** The subject opens the letter of a name in its account: it is served, and what waits for that is done. */
export async function opensLetter(s: Story, subject: Player, key: Case, name: string): Promise<void> {
  const letter = (await seesOwn(subject, key)).letters.findLast(one => one.name === name)
  assert.ok(letter, `${name} lies in the account`)
  const answer = await subject.post(`/api/v1/notices/mine/${letter.noticeId}/opening`, {})
  assert.ok(answer.status < 300, answer.text)
  await s.settle()
}

/** The platform does what is due: clocks that have ended, what waits in the queue. */
export async function clockWorks(s: Story): Promise<void> {
  await runClocks(workerOf(s.app))
  await s.settle()
}
