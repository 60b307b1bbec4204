import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { type Given, giveMandate } from './give.ts'
import { findPersonAccount, openPersonSubject, type PersonTyped, readPerson, recordPerson } from './person.ts'

/* What the unified identity says of a person becomes his account's mandates. The provider was checked before; nothing here is typed by hand. */

/** Claims about somebody speaking for a subject. `subjectId` absent: for himself, as the natural person of the claims. */
export type Claimed = Pick<Given, 'accountId' | 'extent' | 'until'> & {
  readonly person: PersonTyped
  readonly subject: { readonly subjectId: SubjectId; readonly capacity: 'legal-representative' | 'agent' } | null
  /** The provider's name for itself, and the number of its message. */
  readonly issuer: string
  readonly messageNo: string | null
}

/**
 * Binds an account by claims: the person's own file, or a subject for which the provider says he is legal representative or agent. The
 * account is noted as this person's; where the person has another account already, that one is refused (`account.person-has-one`): one
 * person, one account. Otherwise refuses what `readPerson` and `giveMandate` refuse.
 */
export async function bindByClaims(app: App, actor: Actor, claimed: Claimed): Promise<MandateId> {
  const today = legalDay(app.now(), app.city.zone)
  const person = readPerson(app, today, claimed.person)
  const { accountId, extent, until } = claimed
  const deed = { deed: 'mandate.bind-by-claims', entity: `account:${accountId}`, detail: { issuer: claimed.issuer } }
  return await change(app, actor, deed, async made => {
    const owner = await recordPerson(made, person, accountId)
    requireOne(owner, accountId)
    const subjectId = claimed.subject?.subjectId ?? (await openPersonSubject(app, made, person))
    const capacity = claimed.subject?.capacity ?? 'self'
    const evidence = { kind: 'unified-identity', number: claimed.messageNo, businessNo: null }
    made.tell({ subjectId })
    return await giveMandate(app, made, {
      ...{ accountId, subjectId, capacity, extent, until, evidence },
      personName: person.name,
      boundBy: 'oidc',
    })
  })
}

function requireOne(owner: AccountId, accountId: AccountId): void {
  if (owner !== accountId) throw new Refusal('account.person-has-one')
}

/** The account of the person whom claims describe; undefined where he has none, or has not activated it. Refuses what `readPerson` refuses. */
export async function findAccountByClaims(app: App, person: PersonTyped): Promise<AccountId | undefined> {
  return await findPersonAccount(app.db, readPerson(app, legalDay(app.now(), app.city.zone), person))
}
