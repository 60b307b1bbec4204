import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { networkOf } from './device.ts'
import { countTry, type TryStep } from './tally.ts'

/*
 * The brake of the door. Tries are counted by keyed digest of the login and of the address (of IPv6 the network of one household, whose addresses
 * are as many as one likes); neither stands in the database in clear.
 * Passwords, codes and one-time reset codes are counted apart; too many wrong codes lock the login as too many wrong passwords do.
 */

const WINDOW_MINUTES = 15
/** Wrong tries within the window, for one login and from one address. */
export const TRIES_OF_LOGIN = 5
export const TRIES_FROM_ADDRESS = 40

/** What is tried: a login as it is compared (`loginKey`), from an address. */
export type Tried = { readonly step: TryStep; readonly login: string; readonly address: string }

/** A try as it was written down: its rows by digest and moment. Moments stay text, for a Date would lose their microseconds. */
export type Try = { readonly step: TryStep; readonly macs: readonly Buffer[]; readonly moments: readonly string[] }
const OWN = 'unnest($1::bytea[], $2::text[]) as own (mac, at)'

/** Under every key, the active one first: tries from before a rotation of the key still count. */
function digestsOf(app: App, text: string): Buffer[] {
  return app.keys.macs('session', `sign-in ${text}`)
}

/** How a login's tries at a step are told apart from its tries at another. */
const ofStep = (step: TryStep, login: string): string => (step === 'password' ? `login ${login}` : `${step} ${login}`)

/**
 * Writes the try down first and counts then: of many tries at once none slips past the count. Refuses `access.locked` (429); a locked try
 * is not counted, so nobody can keep a login locked. A password is refused too where too many codes were wrong.
 * `locked`: the refusal in other words, where it is no sign-in that is tried.
 */
export async function takeTry(app: App, { step, login, address }: Tried, locked = 'access.locked'): Promise<Try> {
  const now = app.now()
  const since = new Date(now.getTime() - WINDOW_MINUTES * 60_000)
  const logins = digestsOf(app, ofStep(step, login))
  const addresses = digestsOf(app, `address ${networkOf(address)}`)
  const codes = digestsOf(app, ofStep('code', login))
  const own = await writeTry(app, step, [...logins.slice(0, 1), ...addresses.slice(0, 1)], now)
  const row = await app.db.row<{ login: number; address: number; codes: number }>({
    name: 'count-tries',
    text: `select count(*) filter (where login_mac = any($1::bytea[]) and at > coalesce((select max(at) from sign_in_attempt o where o.login_mac = any($1) and o.ok), '-infinity')) as login,
      count(*) filter (where login_mac = any($2::bytea[])) as address,
      count(*) filter (where login_mac = any($4::bytea[]) and at > coalesce((select max(at) from sign_in_attempt o where o.login_mac = any($4) and o.ok), '-infinity')) as codes
      from sign_in_attempt where login_mac = any($1 || $2 || $4) and not ok and at > $3`,
    values: [logins, addresses, since, codes],
  })
  const mostCodes = step === 'code' ? TRIES_OF_LOGIN : TRIES_OF_LOGIN - 1
  if (row && row.login <= TRIES_OF_LOGIN && row.address <= TRIES_FROM_ADDRESS && row.codes <= mostCodes) return own
  await eraseTry(app, own)
  await countTry(app, step, 'locked')
  throw new Refusal(locked, null, { minutes: WINDOW_MINUTES }, 429)
}

async function eraseTry(app: App, { macs, moments }: Try): Promise<void> {
  await app.db.run({
    text: `delete from sign_in_attempt s using ${OWN} where s.login_mac = own.mac and s.at = own.at::timestamptz`,
    values: [macs, moments],
  })
}

/**
 * Takes a try that was right out of the count, and leaves the wrong ones before it in: where one tries about others, one right answer that
 * he knows gives nobody new guesses.
 */
export async function tryWasRight(app: App, own: Try): Promise<void> {
  await eraseTry(app, own)
  await countTry(app, own.step, 'ok')
}

/** Takes a try that went through out of the count, and all wrong ones of its login and step before it. */
export async function tryWentWell(app: App, { step, macs, moments }: Try): Promise<void> {
  await app.db.run({
    text: `update sign_in_attempt s set ok = true from ${OWN} where s.login_mac = own.mac and s.at = own.at::timestamptz`,
    values: [macs, moments],
  })
  await countTry(app, step, 'ok')
}

/** Counts a wrong try for the auditor and refuses it with this code. */
export async function refuseTry(app: App, { step }: Pick<Try, 'step'>, code: string, status = 422): Promise<never> {
  await countTry(app, step, 'wrong')
  throw new Refusal(code, null, {}, status)
}

/** One row for each digest, each at a moment of its own: two tries within one millisecond are two. */
async function writeTry(app: App, step: TryStep, macs: readonly Buffer[], now: Date): Promise<Try> {
  const written = new Map<string, { mac: Buffer; at: string }>()
  while (written.size < macs.length) {
    const rows = await app.db.rows<{ mac: Buffer; at: string }>({
      text: `insert into sign_in_attempt (login_mac, at, ok)
        select mac, greatest($2::timestamptz, (select max(at) + interval '1 microsecond' from sign_in_attempt s where s.login_mac = mac)), false
        from unnest($1::bytea[]) as t (mac) on conflict do nothing returning login_mac as mac, at::text`,
      values: [macs.filter(mac => !written.has(mac.toString('hex'))), now],
    })
    for (const row of rows) written.set(row.mac.toString('hex'), row)
  }
  const rows = [...written.values()]
  return { step, macs: rows.map(row => row.mac), moments: rows.map(row => row.at) }
}

/** Forgets tries that no longer count; run by the clock. */
export async function forgetOldTries(app: App): Promise<number> {
  const before = new Date(app.now().getTime() - 2 * WINDOW_MINUTES * 60_000)
  return await app.db.run(sql`delete from sign_in_attempt where at < ${before}`)
}
