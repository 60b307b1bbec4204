import { join } from 'node:path'
import type { App } from '../app.ts'
import type { AccountId, SubjectId } from '../base/id.ts'
import { ROOT } from '../base/root.ts'
import { sql } from '../db/database.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import type { Law } from '../law/law.ts'
import { openLaw } from '../law/load.ts'
import { createAccount, type NewAccount } from './accounts.ts'
import { type Permission, permissionsFor as permissionsUnder, type Role } from './actor.ts'
import { setFirstPassword } from './first-password.ts'

let law: Law | undefined

/** The law of the example city, read once for a test file. */
export function exampleRoles(): Pick<Law, 'roles' | 'permissions'> {
  law ??= openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
  return law
}

/** What these roles may do together in the example city, for tests that make an actor without signing in. */
export function permissionsFor(roles: readonly Role[]): readonly Permission[] {
  return permissionsUnder(exampleRoles(), roles)
}

export type TestAccount = {
  readonly accountId?: number
  readonly login?: string
  readonly name?: string
  readonly unit: string
  readonly roles: readonly Role[]
  readonly subjectId?: SubjectId | null
}

/** Opens an account and lets its owner set this password with the code, as everybody does. */
export async function openActivated(
  app: App,
  { password, ...wanted }: NewAccount & { readonly password: string },
): Promise<AccountId> {
  const { accountId, code } = await createAccount(app, wanted)
  await setFirstPassword(app, { login: wanted.login, code, password, caller: { address: '127.0.0.1', agent: '', before: '' } })
  return accountId
}

/** An account with its roles in force, without a password that opens it and without the rules of conferring. */
export async function openTestAccount({ changes, ids, now }: App, account: TestAccount): Promise<AccountId> {
  const accountId = (account.accountId ?? (await ids.next())) as AccountId
  const { login = `login-${accountId}`, name = `经办${accountId}`, unit, roles, subjectId = null } = account
  await changes.run(sql`insert into account (account_id, login, name, unit, password, made_at, activated_at)
    values (${accountId}, ${login}, ${name}, ${subjectId === null ? unit : OF_A_SUBJECT}, '-', ${now()}, ${now()})`)
  await changes.run(sql`insert into role_grant (account_id, grant_no, role, valid_from, reason, proposed_by, proposed_at, decision, decided_by, decided_at)
    select ${accountId}, no, role, '2020-01-01', 'test', 'system', ${now()}, 'confirmed', 'system', ${now()}
    from unnest(${roles}::text[]) with ordinality as t (role, no)`)
  // A number is one noun's only, so the mandate may have the account's.
  if (subjectId !== null)
    await changes.run(sql`insert into mandate (subject_id, mandate_id, account_id, capacity, valid_from, bound_by, made_at, act_id)
      values (${subjectId}, ${accountId}, ${accountId}, 'legal-representative', '2020-01-01', 'operator', ${now()}, 0)`)
  return accountId
}
