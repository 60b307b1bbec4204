import assert from 'node:assert/strict'
import type { z } from 'zod'
import type { listMeasureOpenings } from '../src/cases/measure-contract.ts'
import type { CheckAnswer } from '../src/checks/contract.ts'
import type { listInitiated, listOwnMeasures } from '../src/measures/contract.ts'
import type { InitiatedView, MeasureView } from '../src/measures/shapes.ts'
import { type Case, does, opens } from './cases.ts'
import type { Answer, Player } from './player.ts'
import type { Story } from './tell.ts'

/* What the doors of joint measures are asked: what may be asked for, what the window is prompted with and answers, what the subject sees. */

type Prompt = CheckAnswer['measures'][number]
type Opening = z.output<typeof listMeasureOpenings.output>['records'][number]['measures'][number]

/** What a unit may ask for about a subject, by the register's number of the measure. */
export async function openingOf(officer: Player, subjectId: number, measure: string): Promise<Opening> {
  const why = new URLSearchParams({ purpose: '案件办理', businessNo: '惩-1' })
  const answer = await officer.get(`/api/v1/subjects/${subjectId}/measure-openings?${why}`)
  assert.equal(answer.status, 200, answer.text)
  const { records } = answer.json<z.output<typeof listMeasureOpenings.output>>()
  const one = records.flatMap(record => record.measures).find(it => it.measure === measure)
  assert.ok(one, `${measure} may be asked for: ${answer.text}`)
  return one
}

/** Asks the body of the approvals for a measure; refused or not is told by `opens`. */
export async function asks(
  officer: Player,
  subjectId: number,
  opening: Opening,
  said: { fact: string; reason: string },
): Promise<Case> {
  const { aboutRef, trigger } = opening
  const fields = { trigger, unit: 'approval', ...said }
  return await opens(officer, subjectId, { procedure: 'measure', aboutRef, act: 'initiate', fields })
}

/** The body drafts the decision and its second officer confirms it: in force. */
export async function takes(s: Story, key: Case, defence: string): Promise<void> {
  assert.equal(await does(s.as('approval-officer'), key, 'decide', { defence }), 'decided')
  assert.equal(await does(s.as('approval-officer2'), key, 'begin'), 'in-force')
  await s.settle()
}

export type Matter = { readonly purpose: string; readonly businessNo: string }

/** What the window is prompted with about a firm in one matter. */
export async function promptsOf(s: Story, code: string, matter: Matter): Promise<Prompt[]> {
  const answer = await s.as('window').post('/api/v1/checks', { subject: code, ...matter })
  assert.equal(answer.status, 200, answer.text)
  return answer.json<CheckAnswer>().measures
}

type Said = { readonly answer: 'apply' | 'hold' | 'release'; readonly reason?: string }

export const answers = (s: Story, { subjectId, caseId }: Case, matter: Matter, said: Said): Promise<Answer> =>
  s.as('window').post(`/api/v1/subjects/${subjectId}/measures/${caseId}/answers`, { ...matter, ...said })

/** The one measure that a firm finds about itself in its account. */
export async function ownMeasure(firm: Player): Promise<MeasureView> {
  const answer = await firm.get('/api/v1/measures/mine')
  assert.equal(answer.status, 200, answer.text)
  const [one, ...others] = answer.json<z.output<typeof listOwnMeasures.output>>().measures
  assert.ok(one)
  assert.deepEqual(others, [])
  return one
}

/** What came of a measure, as it is fed back to the unit that asked for it. */
export async function backTo(officer: Player, { caseId }: Case): Promise<InitiatedView> {
  const answer = await officer.get('/api/v1/measures?state=ended')
  assert.equal(answer.status, 200, answer.text)
  const one = answer.json<z.output<typeof listInitiated.output>>().measures.find(it => it.caseId === caseId)
  assert.ok(one, answer.text)
  return one
}
