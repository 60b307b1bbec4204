import type { FastifyInstance } from 'fastify'
import { openSession } from '../access/sessions.ts'
import { openActivated } from '../access/testing.ts'
import type { App } from '../app.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { API } from '../http/serve.ts'
import { findSession, SESSION_COOKIE } from '../http/session.ts'
import type { AgentView, BindingView, InvitationView, MandateView } from './contract.ts'

// People for tests of mandates: accounts of persons, with sessions that stand, as the doors see them.

export const TEST_PASSWORD = 'lan-chuan-17-bamboo'

/** What the doors of mandates answer, read loosely: a field that did not come is undefined. */
export type TestAnswer = {
  readonly code: string
  readonly title: string
  readonly csrf: string
  readonly mandateId: MandateId
  readonly subjectId: SubjectId | null
  readonly permissions: readonly string[]
  readonly mandates: readonly MandateView[]
  readonly agents: readonly AgentView[]
  readonly invitations: readonly InvitationView[]
  readonly bindings: readonly BindingView[]
  readonly bindingId: number
  readonly receipt: string
  readonly looks: readonly { by?: string; mandate: unknown; receipt: string }[]
  readonly next: number | null
  readonly subjectName: string
  readonly activation: { readonly code: string } | null
}

export type TestPerson = {
  readonly accountId: AccountId
  readonly login: string
  /** Asks a door, signed in; a session that is over begins anew, and has chosen nobody then. */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object): Promise<{ status: number; body: TestAnswer }>
}

/** An account of a person of this name, signed in: speaking for a subject, bound by the operator, or for none yet. */
export async function openTestPerson(app: App, http: FastifyInstance, name: string, subjectId?: SubjectId): Promise<TestPerson> {
  const login = `person-${await app.ids.next()}`
  const account = { login, name, unit: null, roles: ['subject'], password: TEST_PASSWORD }
  const accountId = await openActivated(app, { ...account, ...(subjectId === undefined ? {} : { subjectId }) })
  return signedIn(app, http, login, accountId)
}

/** An officer of a unit, signed in. */
export async function openTestOfficer(
  app: App,
  http: FastifyInstance,
  name: string,
  unit: string,
  role = 'window-officer',
): Promise<TestPerson> {
  const login = `officer-${await app.ids.next()}`
  const accountId = await openActivated(app, { login, name, unit, roles: [role], password: TEST_PASSWORD })
  return signedIn(app, http, login, accountId)
}

async function signedIn(app: App, http: FastifyInstance, login: string, accountId: AccountId): Promise<TestPerson> {
  const caller = { address: '10.0.0.9', agent: '', before: '' }
  const open = async (): Promise<string> => (await openSession(app, { accountId, assurance: 'federated', caller })).token
  let token = await open()
  return {
    accountId,
    login,
    ask: async (method, path, payload) => {
      if (!(await findSession(app, token))) token = await open()
      const csrf = (await findSession(app, token))?.csrf ?? ''
      const answer = await http.inject({
        method,
        url: API + path,
        headers: { cookie: `${SESSION_COOKIE}=${token}`, 'x-csrf': csrf },
        ...(payload === undefined ? {} : { payload }),
      })
      return { status: answer.statusCode, body: answer.json() }
    },
  }
}
