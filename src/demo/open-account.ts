import { type AccountRow, createAccount, findAccount, type NewAccount } from '../access/accounts.ts'
import { reissueFirstCode, setFirstPassword } from '../access/first-password.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'

/* The example city's accounts are activated as their owners would: with the code of their opening, by the command behind the page. */

type Known = { readonly login: string; readonly password: string }

/** Whoever starts the example city sits at this machine. */
const AT_THE_MACHINE = { address: '127.0.0.1', agent: '', before: '' }

/** Opens an account and sets its printed password, or finds it. */
export async function openExampleAccount(app: App, { password, ...wanted }: NewAccount & Known): Promise<AccountId> {
  const found = await findExampleAccount(app, { login: wanted.login, password })
  if (found) return found.accountId
  const { accountId, code } = await createAccount(app, wanted)
  await setFirstPassword(app, { login: wanted.login, code, password, caller: AT_THE_MACHINE })
  return accountId
}

/** An example account made before. One whose making was cut short before its password was set gets it now. */
export async function findExampleAccount(app: App, { login, password }: Known): Promise<AccountRow | undefined> {
  const found = await findAccount(app.db, login)
  if (!found || found.isActivated) return found
  const { code } = await reissueFirstCode(app, login)
  await setFirstPassword(app, { login, code, password, caller: AT_THE_MACHINE })
  return found
}
