import assert from 'node:assert/strict'
import { licence } from '../src/invariants/sent-rows.ts'
import type { Case } from './cases.ts'
import type { Firm } from './cast.ts'
import type { Answer, Player } from './player.ts'
import { fileOf, registrationOf } from './rows.ts'
import type { Story } from './tell.ts'

/* What people do with declarations of their own accord over HTTP. */

type Rules = {
  readonly digest: string
  readonly families: readonly { readonly family: string; readonly name: string; readonly verifiedBy: string }[]
  readonly routes: readonly { readonly name: string; readonly by: string }[]
  readonly statements: readonly { readonly title: string; readonly paragraphs: readonly string[] }[]
}

/** What may be declared and what one agrees to, as everybody reads it. */
export async function rulesOf(reader: Player): Promise<Rules> {
  return (await reader.get('/api/v1/declarations/rules')).json<Rules>()
}

/** The firm, known from its registration, with a licence of the health commission. */
export async function licensed(s: Story, firm: Firm, number: string): Promise<{ subjectId: number; own: Player }> {
  await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(firm)))
  const row = { ...licence(0, number), 机构名称: firm.name, 统一社会信用代码: firm.code, 法定代表人: firm.representative }
  await s.as('health-clerk').sends('health-licence', '许可.csv', fileOf(row))
  const subjectId = await s.found(firm.name)
  return { subjectId, own: await s.asFirm(subjectId, firm.name) }
}

type Fields = Readonly<Record<string, string>>

export const declaring = (own: Player, fields: Fields): Promise<Answer> =>
  own.post('/api/v1/cases/mine', {
    procedure: 'declaration',
    act: 'declare',
    fields: { truth: 'yes', authorise: 'yes', ...fields },
  })

/** Declares in the account; fails where it is refused. */
export async function declares(own: Player, fields: Fields): Promise<Case> {
  const answer = await declaring(own, fields)
  assert.equal(answer.status, 201, answer.text)
  return answer.json<Case>()
}
