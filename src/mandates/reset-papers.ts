import { findAccount } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import { refuseTry, takeTry, tryWasRight } from '../access/brake.ts'
import { lookMiss } from '../access/look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { personNameKey } from '../subject/name.ts'
import { findPersonAccount, type Person } from './person.ts'

/*
 * Whether an account at a window is that of the person whose papers lie there. A window is no place to find out who has an account: of every
 * mismatch the same is said, each is in the register of looks, and after a handful the officer waits.
 */

/** One account asked for with somebody's papers: while asking for a reset, or while confirming one. */
export type PapersTried = {
  readonly person: Person
  /** '' where the document finds the account. */
  readonly login: string
  readonly address: string
  /** The reset that is confirmed, with the document of the first officer; null while asking. */
  readonly asked: AskedReset | null
}

export type AskedReset = { readonly resetId: number; readonly personKind: string; readonly personValue: string }

export type Holder = { readonly accountId: AccountId; readonly login: string }

/**
 * The account that this person holds. Refuses `reset.person-unmatched` (422), `reset.person-differs` (422) where the first officer typed
 * another document, `reset.locked` (429) after five mismatches of one officer within a quarter of an hour.
 */
export async function requireHolder(app: App, actor: Actor, tried: PapersTried): Promise<Holder> {
  const own = await takeTry(app, { step: 'papers', login: actor.id, address: tried.address }, 'reset.locked')
  const holder = await findHolder(app, tried)
  if (holder === undefined || !isDocumentOf(tried)) {
    const { kind, number, nameKey } = tried.person
    await lookMiss(app, missOf(app, actor, tried.asked), `${kind} ${number} ${nameKey}`)
    return await refuseTry(app, own, holder === undefined ? 'reset.person-unmatched' : 'reset.person-differs')
  }
  await tryWasRight(app, own)
  return holder
}

function missOf({ words }: App, actor: Actor, asked: AskedReset | null) {
  return {
    actor,
    outlet: 'console-archive',
    purpose: words.say('reset.look-purpose'),
    businessNo: asked ? words.say('reset.look-confirming', { resetId: asked.resetId }) : words.say('reset.look-asking'),
    isMadeNumber: true,
    shown: [],
  }
}

function isDocumentOf({ asked, person }: PapersTried): boolean {
  return asked === null || (asked.personKind === person.kind && person.values.includes(asked.personValue))
}

async function findHolder(app: App, { person, login }: PapersTried): Promise<Holder | undefined> {
  const accountId = login === '' ? await findPersonAccount(app.db, person) : (await findAccount(app.db, login))?.accountId
  const facts = accountId === undefined ? undefined : await factsOf(app, accountId)
  return accountId !== undefined && facts && isHolder(facts, person) ? { accountId, login: facts.login } : undefined
}

type Facts = {
  login: string
  name: string
  /** Documents by which its holder is known: `kind value`. */
  documents: string[]
  /** For each subject that it may speak for, whom it has registered as its representative; null for nobody. */
  representatives: (string | null)[]
}

async function factsOf({ db, now, city }: App, accountId: AccountId): Promise<Facts | undefined> {
  const at = now()
  const today = legalDay(at, city.zone)
  // A mandate that has yet to begin stands, too: whoever gets the account has it tomorrow.
  return await db.row<Facts>(sql`select a.login, a.name,
      array(select p.kind || ' ' || p.value from account_person p where p.account_id = a.account_id) as documents,
      array(select s.card->>'legalRepresentative' from mandate m left join pub.subject s using (subject_id)
        where m.account_id = a.account_id and (m.valid_until is null or m.valid_until >= ${today}::date)
          and not exists (select from mandate_end e where e.subject_id = m.subject_id and e.mandate_id = m.mandate_id
            and (e.last_day < ${today}::date or (e.last_day is null and e.at <= ${at}::timestamptz)))) as representatives
    from account a where a.account_id = ${accountId} and a.unit = ${OF_A_SUBJECT} and a.closed_at is null`)
}

/**
 * By its documents where it has any. Else by the name of its holder, or of the representative of every subject that it speaks for: an account
 * that speaks for two firms is not handed to the representative of one.
 */
function isHolder({ name, documents, representatives }: Facts, { kind, values, nameKey }: Person): boolean {
  if (documents.length > 0) return values.some(value => documents.includes(`${kind} ${value}`)) && personNameKey(name) === nameKey
  if (personNameKey(name) === nameKey) return true
  return representatives.length > 0 && representatives.every(one => one !== null && personNameKey(one) === nameKey)
}
