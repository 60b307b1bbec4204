import { findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE, permissionsFor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { addMonths, legalDay } from '../base/day.ts'
import type { AccountId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { acceptInvitation, inviteAgent } from '../mandates/invite-agent.ts'
import { listOfAccount } from '../mandates/store.ts'
import type { ExampleAccount } from './accounts.ts'
import { findExampleAccount, openExampleAccount } from './open-account.ts'

/* Accounts of persons of the example city: one who is a firm's agent by a mandate that ends, and one who speaks for himself. */

const AGENT = { login: 'agent', password: 'shili-jingban-1', name: '周晓岚', role: 'subject', unit: '' } as const
const CITIZEN = { login: 'citizen', password: 'shili-geren-1', role: 'subject', unit: '' } as const
/** How long the example's agent may act, in months: shorter than the reminder's thirty days it is not. */
const AGENT_MONTHS = 6

/** Makes the agent of the firm of this login and the citizen, or finds those made before. Leaves out whom the city has nobody for. */
export async function makeExampleSpeakers(app: App, firmLogin: string): Promise<ExampleAccount[]> {
  const made: ExampleAccount[] = []
  const firm = await findAccount(app.db, firmLogin)
  if (firm) made.push(await makeAgent(app, firm.accountId, firm.name))
  const citizen = await makeCitizen(app)
  return citizen ? [...made, citizen] : made
}

async function makeAgent(app: App, firmAccount: AccountId, firmName: string): Promise<ExampleAccount> {
  if (await findExampleAccount(app, AGENT)) return AGENT
  const [mandate] = await listOfAccount(app.db, firmAccount)
  const accountId = await openExampleAccount(app, { ...AGENT, unit: null, roles: ['subject'] })
  if (!mandate) return AGENT
  const principal = { ...personOf(app, firmAccount, firmName), subjectId: mandate.subjectId, mandateId: mandate.mandateId }
  const until = addMonths(legalDay(app.now(), app.city.zone), AGENT_MONTHS)
  const { code } = await inviteAgent(app, principal, { name: AGENT.name, extent: ['report.issue-own', 'look.read-own'], until })
  await acceptInvitation(app, personOf(app, accountId, AGENT.name), code)
  return AGENT
}

/** A person at the door, with all that speaking for a subject by office gives. */
function personOf(app: App, accountId: AccountId, name: string): Actor {
  const roles = ['subject']
  return { ...ANYONE, id: `account:${accountId}`, name, unit: OF_A_SUBJECT, roles, permissions: permissionsFor(app.law, roles) }
}

async function makeCitizen(app: App): Promise<ExampleAccount | undefined> {
  const made = await findExampleAccount(app, CITIZEN)
  if (made) return { ...CITIZEN, name: made.name }
  const person = await app.db.row<{ subject_id: SubjectId; name: string }>(sql`select c.subject_id, c.name from subject_card c
    where c.kind = 'natural-person' and exists (select from fact f where f.subject_id = c.subject_id) order by c.subject_id limit 1`)
  if (!person) return undefined
  const { subject_id: subjectId, name } = person
  await openExampleAccount(app, { ...CITIZEN, name, unit: null, roles: ['subject'], subjectId })
  return { ...CITIZEN, name }
}
