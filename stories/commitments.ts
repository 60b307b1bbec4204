import assert from 'node:assert/strict'
import type { Case } from './cases.ts'
import type { Firm } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, registrationOf } from './rows.ts'
import type { Story } from './tell.ts'

/* What people do with commitments over HTTP. */

type Template = { readonly name: string; readonly digest: string; readonly paragraphs: string[] }
type Matter = { readonly matter: string; readonly name: string; readonly template: Template }

/** A matter of a unit's list with the text in force, as everybody reads it. */
export async function matterOf(reader: Player, id: string): Promise<Matter> {
  const { matters } = (await reader.get('/api/v1/commitments/matters')).json<{ matters: Matter[] }>()
  const found = matters.find(one => one.matter === id)
  assert.ok(found, `${id} takes a commitment`)
  return found
}

/** The firm, known from its registration. */
export async function registered(s: Story, firm: Firm | undefined): Promise<{ subjectId: number; own: Player }> {
  assert.ok(firm)
  await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(firm)))
  const subjectId = await s.found(firm.name)
  return { subjectId, own: await s.asFirm(subjectId, firm.name) }
}

export const signing = (own: Player, fields: Readonly<Record<string, string>>) =>
  own.post('/api/v1/cases/mine', { procedure: 'commitment', act: 'sign', fields })

/** Signs in the account; fails where it is refused. */
export async function signs(own: Player, fields: Readonly<Record<string, string>>): Promise<Case> {
  const answer = await signing(own, fields)
  assert.equal(answer.status, 201, answer.text)
  return answer.json<Case>()
}

export type Shown = { readonly number: string; readonly subjectName: string; readonly matter: string }

/** What the portal shows of commitments that are to be kept. */
export async function shownNow(s: Story): Promise<Shown[]> {
  return (await s.anyone.get('/commitments/current')).json<{ commitments: Shown[] }>().commitments
}

/** In which matters an officer at a window finds that a subject may promise. */
export async function mayPromise(officer: Player, subjectId: number): Promise<Map<string, string | null>> {
  const path = `/api/v1/subjects/${subjectId}/commitment-matters?purpose=行政许可&businessNo=许-7`
  const answer = await officer.get(encodeURI(path))
  assert.equal(answer.status, 200, answer.text)
  const { matters } = answer.json<{ matters: { matter: string; why: string | null }[] }>()
  return new Map(matters.map(one => [one.matter, one.why]))
}
