import { findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE, permissionsFor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { consult, grantRequest } from '../authorisation/answer.ts'
import { readAuthorised } from '../authorisation/read.ts'
import { makeRequest } from '../authorisation/request.ts'
import { givenBy } from '../authorisation/views.ts'
import type { AuthorisationId } from '../base/id.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { listOfAccount } from '../mandates/store.ts'

const NUMBER = '示例贷字2026-001'

/**
 * What the example city's firm with a penalty lets its bank see, so that whoever looks around finds an authorisation to read under and to take
 * back: asked for and granted by the platform's own commands. Does nothing where there is one already, or where an account is missing.
 */
export async function makeExampleGrant(
  app: App,
  lender: { readonly login: string; readonly unit: string },
  firmLogin: string,
): Promise<void> {
  const [bank, firm] = [await actorBehind(app, lender.login, lender.unit), await actorBehind(app, firmLogin, null)]
  if (!bank || !firm || firm.subjectId === null) return
  if ((await givenBy(app, firm, { limit: 1 })).authorisations.length > 0) return
  await grantTo(app, bank, firm)
}

async function grantTo(app: App, bank: Actor, firm: Actor): Promise<AuthorisationId> {
  const { code } = await makeRequest(app, bank, {
    purpose: 'loan',
    businessNo: NUMBER,
    classes: ['registered', 'penalties', 'lists', 'payments'],
    times: 'any',
  })
  const { text } = await consult(app, firm, { code })
  // Its sensitive class is not among what is granted: nobody ticked it.
  return await grantRequest(app, firm, { code }, { sensitive: [], textDigest: text.digest.toString('hex') })
}

/** A firm lets the bank see its penalties, and the bank reads them: from then on it has a copy. Does nothing where an account is missing. */
export async function readExampleGrant(
  app: App,
  lender: { readonly login: string; readonly unit: string },
  firmLogin: string,
): Promise<void> {
  const [bank, firm] = [await actorBehind(app, lender.login, lender.unit), await actorBehind(app, firmLogin, null)]
  if (!bank || !firm || firm.subjectId === null) return
  const authorisationId = await grantTo(app, bank, firm)
  await readAuthorised(app, bank, { subjectId: firm.subjectId, authorisationId }, { classes: ['penalties'], businessNo: NUMBER })
}

/** The actor behind a login: of a unit, or for the subject by its mandate. */
async function actorBehind(app: App, login: string, unit: string | null): Promise<Actor | undefined> {
  const found = await findAccount(app.db, login)
  if (!found) return undefined
  const [mandate] = unit === null ? await listOfAccount(app.db, found.accountId) : []
  const roles = [unit === null ? 'subject' : 'receiver']
  const speaking = mandate ? { subjectId: mandate.subjectId, mandateId: mandate.mandateId } : {}
  const { accountId, name } = found
  const permissions = permissionsFor(app.law, roles)
  // Whoever starts the example city stands in for both: as if they had signed in just now.
  const session = { sessionId: 0, stage: 'whole', freshAt: app.now() } as const
  return { ...ANYONE, id: `account:${accountId}`, name, unit: unit ?? OF_A_SUBJECT, roles, permissions, session, ...speaking }
}
