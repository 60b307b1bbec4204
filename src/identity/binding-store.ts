import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { type Query, type Row, sql } from '../db/database.ts'

/* SQL on federated_person. */

/** Who came: by which provider, and as whom there: the blind index of the stable id, the one under today's key first. */
export type Comer = { readonly provider: string; readonly indexes: readonly string[] }

export type Holder = 'staff' | 'subject'
export type Bound = { readonly accountId: AccountId; readonly isClosed: boolean }

/** The blind index of what a provider calls a person or a session, under every key. Kinds do not meet. */
export function comerOf(app: App, provider: string, what: 'person' | 'sub' | 'sid', id: string): Comer {
  const indexes = app.keys.blindIndexes(`identity ${what}`, Buffer.from(`${provider} ${id}`))
  return { provider, indexes: indexes.map(index => index.toString('hex')) }
}

/** The account that this person is bound to as one who works for a unit, or as one who speaks for subjects. */
export async function findBound(query: Query, { provider, indexes }: Comer, holder: Holder): Promise<Bound | undefined> {
  return await query.row<Bound & Row>(sql`select f.account_id as "accountId", a.closed_at is not null as "isClosed"
    from federated_person f join account a using (account_id)
    where f.provider = ${provider} and f.person_index = any(${indexes}::text[]) and f.holder = ${holder} and f.ended_at is null`)
}

/** Holds everybody who comes as this person until the change ends: of two sign-ins at once the second finds what the first has bound. */
export async function holdComer(made: Change, { provider, indexes }: Comer): Promise<void> {
  await made.tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`identity ${provider} ${indexes.at(-1)}`}, 0))`)
}

export type NewBinding = {
  readonly holder: Holder
  readonly accountId: AccountId
  readonly boundBy: 'claims' | 'employee-number' | 'invitation'
}

export async function insertBinding(app: App, made: Change, { provider, indexes }: Comer, wanted: NewBinding): Promise<void> {
  const { holder, accountId, boundBy } = wanted
  const bindingId = await app.ids.next()
  await made.tx.run(sql`insert into federated_person (binding_id, provider, person_index, holder, account_id, bound_by, bound_at, act_id)
    values (${bindingId}, ${provider}, ${indexes[0]}, ${holder}, ${accountId}, ${boundBy}, ${made.at}, ${made.actId})`)
  made.tell({ accountId, bound: boundBy })
}
