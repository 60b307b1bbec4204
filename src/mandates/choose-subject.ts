import { randomUUID } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { NotAllowed, NotFound } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { isInForce } from './rules.ts'
import { listOfAccount } from './store.ts'

/** The account behind an actor's id; null for programs, the platform and nobody. */
export function accountOf(actor: Pick<Actor, 'id'>): AccountId | null {
  const found = /^account:(\d+)$/.exec(actor.id)
  return found ? (Number(found[1]) as AccountId) : null
}

export type Chosen = { readonly csrf: string; readonly subjectId: SubjectId }

/**
 * From now on the session acts by this mandate of its own account. The session's CSRF value changes with it, so that a form drawn for one
 * subject is not sent for another; the new value is answered. Refuses `mandate.unknown` for what is not the account's, or not in force,
 * and programs (`access.own-account-only`).
 */
export async function chooseSubject(app: App, actor: Actor, mandateId: MandateId): Promise<Chosen> {
  const accountId = accountOf(actor)
  if (accountId === null || !actor.session) throw new NotAllowed('access.own-account-only')
  const { sessionId } = actor.session
  const csrf = randomUUID()
  const deed = { deed: 'session.choose-subject', entity: actor.id }
  // The act is that of the person, not of the subject left behind.
  return await change(app, { ...actor, mandateId: null }, deed, async made => {
    const mandate = (await listOfAccount(made.tx, accountId)).find(one => one.mandateId === mandateId)
    if (!mandate || !isInForce(mandate, mandate.ends, made.at, made.today)) throw new NotFound('mandate.unknown')
    const chosen = await made.tx.run(
      sql`update session set mandate_id = ${mandateId}, csrf = ${csrf} where session_id = ${sessionId} and account_id = ${accountId}`,
    )
    if (chosen === 0) throw new NotFound('mandate.unknown')
    made.tell({ subjectId: mandate.subjectId, chosen: mandateId })
    return { csrf, subjectId: mandate.subjectId }
  })
}
