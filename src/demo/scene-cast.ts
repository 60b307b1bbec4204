import { createAccount, findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE, permissionsFor, type Role } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import type { Chosen } from './scene-choice.ts'
import type { Scene, SceneUnit } from './scene-model.ts'

/* The people of a scene: the officers of its unit as they sign in, and the firm. */

/** Officers of each unit that appears, by login: who proposes, who confirms. */
const OFFICERS = {
  'market-regulation': ['case.market', 'case.market2'],
  'ecology-environment': ['case.ecology', 'case.ecology2'],
  'housing-construction': ['case.housing', 'case.housing2'],
  emergency: ['case.emergency', 'case.emergency2'],
  approval: ['case.approval', 'case.approval2'],
} as const satisfies Record<SceneUnit, readonly [string, string]>

export type SceneCast = {
  readonly subject: Actor
  readonly officer: Actor
  readonly second: Actor
  readonly 'credit-office': Actor
  /** Who checks before an approval. */
  readonly window: Actor
}

/** Everybody of a scene; undefined where the city lacks an account of one of them. */
export async function castOf(app: App, { unit, account }: Scene, chosen: Chosen): Promise<SceneCast | undefined> {
  const [one, other] = OFFICERS[unit]
  const officer = await officerBehind(app, one, unit, 'case-officer')
  const second = await officerBehind(app, other, unit, 'case-officer')
  const office = await officerBehind(app, 'credit.office', 'credit-office', 'credit-office')
  const window = await officerBehind(app, 'window.approval', 'approval', 'window-officer')
  if (!officer || !second || !office || !window) return undefined
  return { subject: await subjectActor(app, account, chosen), officer, second, 'credit-office': office, window }
}

async function officerBehind(app: App, login: string, unit: string, role: Role): Promise<Actor | undefined> {
  const account = await findAccount(app.db, login)
  if (!account) return undefined
  const permissions = permissionsFor(app.law, [role])
  return { ...ANYONE, id: `account:${account.accountId}`, name: account.name, unit, roles: [role], permissions }
}

/** The login of an account that is opened for a firm of a scene and that nobody can sign in to. */
export const loginOf = (subjectId: SubjectId): string => `example.${subjectId}`

/** The firm itself, by the account that it has, or by one that is opened for it. */
async function subjectActor(app: App, login: string | undefined, { subjectId, name }: Chosen): Promise<Actor> {
  const known = login ?? loginOf(subjectId)
  const found = await findAccount(app.db, known)
  const roles: Role[] = ['subject']
  const { accountId } = found ?? (await createAccount(app, { login: known, name, unit: null, roles, subjectId }))
  const permissions = permissionsFor(app.law, roles)
  return { ...ANYONE, id: `account:${accountId}`, name, unit: OF_A_SUBJECT, roles, permissions, subjectId }
}
