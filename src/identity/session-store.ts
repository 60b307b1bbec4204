import type { Change } from '../access/change.ts'
import { endSessionsByNumber } from '../access/sessions.ts'
import type { AccountId } from '../base/id.ts'
import { type Query, sql } from '../db/database.ts'

/* SQL on federated_session. */

/** What a session keeps of the provider it began at: its person and session there as blind indexes in hex, and the sealed ID token. */
export type FederatedSession = {
  readonly provider: string
  readonly person: string
  readonly session: string | null
  readonly idToken: Buffer
}

/** Inside the change that begins the session: it has the number of the act. */
export async function insertFederatedSession({ tx, actId, at }: Change, kept: FederatedSession): Promise<void> {
  await tx.run(sql`insert into federated_session (session_id, provider, provider_person, provider_session, id_token, made_at)
    values (${actId}, ${kept.provider}, ${kept.person}, ${kept.session}, ${kept.idToken}, ${at})`)
}

export type KeptIdToken = { readonly provider: string; readonly idToken: Buffer }

/** By which provider a session began, and its sealed ID token; undefined for a session by password. */
export async function findFederatedSession(query: Query, sessionId: number): Promise<KeptIdToken | undefined> {
  return await query.row<KeptIdToken>(
    sql`select provider, id_token as "idToken" from federated_session where session_id = ${sessionId}`,
  )
}

/** What a provider says has ended: a session of its own, everything of a person's, or a session that must be that person's. */
export type EndedThere = { readonly persons: readonly string[] | null; readonly sessions: readonly string[] | null }

/** Ends here what has ended at the provider; whose sessions they were. Several indexes where keys are changing. */
export async function endFederatedSessions(made: Change, provider: string, ended: EndedThere): Promise<AccountId[]> {
  const { persons, sessions } = ended
  if (persons === null && sessions === null) return []
  const rows = await made.tx.rows<{ id: number }>(sql`delete from federated_session where provider = ${provider}
    and (${sessions}::text[] is null or provider_session = any(${sessions}::text[]))
    and (${persons}::text[] is null or provider_person = any(${persons}::text[])) returning session_id as id`)
  return await endSessionsByNumber(
    made,
    rows.map(row => row.id),
  )
}

/** Ends an account's sessions that began at a provider. */
export async function endSessionsFrom(made: Change, provider: string, accountId: AccountId): Promise<void> {
  const rows = await made.tx.rows<{
    id: number
  }>(sql`select f.session_id as id from federated_session f join session s using (session_id)
    where f.provider = ${provider} and s.account_id = ${accountId}`)
  await endSessionsByNumber(
    made,
    rows.map(row => row.id),
  )
}

/** Sweeps what is kept for sessions that have ended. */
export async function sweepFederatedSessions(query: Query): Promise<number> {
  return await query.run({
    text: 'delete from federated_session f where not exists (select from session s where s.session_id = f.session_id)',
  })
}
