import type { Query } from '../db/database.ts'
import { SYSTEM } from './actor.ts'

/**
 * SQL for the name of whoever an actor's id stands for: an officer's with the login, a program's, an operator's at the terminal; null for everyone else. A subject's own
 * account has no unit of the city and is not named: it may be a person's.
 */
export function actorNameSql(column: string): string {
  return `coalesce(
  (select a.name || '（' || a.login || '）' from account a where a.account_id = substring(${column} from '^account:([0-9]+)$')::bigint and a.unit <> 'subject'),
  (select t.name from access_token t where t.token_id = substring(${column} from '^token:([0-9]+)$')::bigint),
  (select p.name from program p where p.program_id = substring(${column} from '^program:([0-9]+)$')::bigint),
  substring(${column} from '^operator:(.+)$'),
  case when ${column} = '${SYSTEM.id}' then '${SYSTEM.name}' end)`
}

/** Names of actors by id, as `actorNameSql` gives them. */
export async function actorNames(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const rows = await query.rows<{ id: string; name: string | null }>({
    name: 'actor-names',
    text: `select asked.id, ${actorNameSql('asked.id')} as name from unnest($1::text[]) as asked (id)`,
    values: [[...new Set(ids)]],
  })
  return new Map(rows.map(row => [row.id, row.name]))
}
