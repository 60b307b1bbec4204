import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { type Database, sql, type Tx } from '../db/database.ts'
import { renewByPassword } from '../factors/give-code.ts'
import { signInWithPasskey } from '../factors/give-passkey.ts'
import { askPasskey, type GivenPasskey, requireParty } from '../factors/passkeys.ts'
import { renewRecoveryCodes } from '../factors/security.ts'
import { openPerson, PASSWORD, type Person } from '../factors/testing.ts'
import { findSession } from '../http/session.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { createAccount } from './accounts.ts'
import type { Actor } from './actor.ts'
import { changePassword } from './change-password.ts'
import { beginWithFirstPassword } from './first-password.ts'
import { stopOwnReset } from './own-resets.ts'
import { askReset, confirmReset, spendReset } from './reset-password.ts'

/* A reset is confirmed while whoever is in the account already does something: what was under way must not outlive it. */

const NEW = 'ling-yi-ge-mima-9'
const caller = { address: '10.6.0.1', agent: '', before: '' }
let t: TestApp
let http: FastifyInstance
let system: Person
let security: Person

before(async () => {
  t = await openTestApp()
  http = await openApiDoor(t.app)
  system = await openPerson(t, http, ['system-administrator'], { unit: 'credit-office' })
  security = await openPerson(t, http, ['security-administrator'], { unit: 'credit-office' })
})
after(async () => {
  await http.close()
  await t.close()
})
beforeEach(async () => {
  t.setNow(TEST_NOW)
  await system.signIn()
  await security.signIn()
})

const actorOf = async (person: Person): Promise<Actor> => (await findSession(t.app, person.token()))?.actor as Actor
const idOf = async (login: string): Promise<AccountId> =>
  (await t.worker.db.row<{ id: AccountId }>(sql`select account_id as id from account where login = ${login}`))?.id as AccountId
const askedFor = async (login: string, takesFactor: boolean): Promise<number> =>
  askReset(t.app, await actorOf(system), await idOf(login), { reason: '忘记密码', takesFactor })
const confirmed = async (resetId: number): Promise<string> =>
  (await confirmReset(t.app, await actorOf(security), resetId, true)).code
const use = (login: string, code: string) => spendReset(t.app, { login, code, password: NEW, caller })

/** The platform at which this happens before a change, the next or the `nth`, or in it once its work is done. */
function withIn(place: 'before' | 'inside', happens: () => Promise<void>, nth = 1): App {
  let count = 0
  const transaction: Database['transaction'] = async work => {
    if (++count !== nth) return await t.app.changes.transaction(work)
    if (place === 'before') await happens()
    return await t.app.changes.transaction(async (tx: Tx) => {
      const value = await work(tx)
      if (place === 'inside') await happens()
      return value
    })
  }
  return { ...t.app, changes: { ...t.app.changes, transaction } }
}

const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal || error instanceof NotAllowed ? error.code : String(error)),
  )

/** A passkey of a device of its own in somebody's account; answers what signs a challenge of the door. */
async function withPasskey(login: string): Promise<() => Promise<Pick<GivenPasskey, 'response'>>> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  // COSE_Key of RFC 9053 7.1: EC2, ES256, P-256.
  const key = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
  const passkeyId = await t.app.ids.next()
  const id = Buffer.from(`passkey-${passkeyId}`).toString('base64url')
  await t.app.changes.run(sql`insert into passkey (account_id, passkey_id, credential_id, public_key, sign_count, transports, name, made_at)
    values (${await idOf(login)}, ${passkeyId}, ${id}, ${key}, 0, ${[]}, '别人的', ${TEST_NOW})`)
  let count = 0
  return async () => {
    const party = requireParty(t.app)
    const { challenge } = (await askPasskey(t.app, 'sign-in', null)).options
    const client = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin: party.origin, crossOrigin: false }))
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++count)
    const data = Buffer.concat([createHash('sha256').update(party.id).digest(), Buffer.from([0x05]), counter])
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
    const response = {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, privateKey).toString('base64url'),
    }
    return { response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response } }
  }
}

/** Until a statement somewhere waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await t.worker.db.row(sql`select from pg_locks where not granted limit 1`)) return
    await new Promise(done => setTimeout(done, 10))
  }
}

const underWay: readonly (readonly [string, string, (app: App, actor: Actor, resetId: number) => Promise<unknown>])[] = [
  [
    'a change of the password',
    'access.wrong-password',
    (app, actor) => changePassword(app, actor, { old: PASSWORD, password: NEW, address: '10.6.0.2' }),
  ],
  ['a press that stops the reset', 'access.session-over', (app, actor, resetId) => stopOwnReset(app, actor, resetId)],
  [
    'a renewal by the password',
    'access.wrong-password',
    (app, actor) => renewByPassword(app, actor, { password: PASSWORD, address: '10.6.0.2' }),
  ],
]
for (const [what, refusal, work] of underWay)
  test(`M458 · ${what} that is under way when a reset is confirmed is refused, and the reset stands`, async () => {
    const person = await openPerson(t, http, ['clerk'])
    await person.signIn()
    const actor = await actorOf(person)
    const resetId = await askedFor(person.login, true)
    let code = ''
    const app = withIn('before', async () => {
      code = await confirmed(resetId)
    })
    assert.equal(await refusalOf(work(app, actor, resetId)), refusal)
    for (const password of [PASSWORD, NEW]) assert.equal((await person.signIn(password)).statusCode, 401, password)
    assert.deepEqual(await use(person.login, code), { isStaff: true, tookFactor: true })
  })

test('a change of the password in a session that was ended meanwhile changes nothing', async () => {
  const person = await openPerson(t, http, ['clerk'])
  await person.signIn()
  const actor = await actorOf(person)
  const app = withIn('before', async () => {
    await t.app.changes.run(sql`delete from session where account_id = ${await idOf(person.login)}`)
  })
  const change = changePassword(app, actor, { old: PASSWORD, password: NEW, address: '10.6.0.2' })
  assert.equal(await refusalOf(change), 'access.session-over')
  assert.equal((await person.signIn()).statusCode, 201, 'the password is the old one')
})

test('M458 · of new recovery codes that are under way when a reset is confirmed that leaves the factor, none is made', async () => {
  const person = await openPerson(t, http, ['clerk'])
  await person.signIn()
  await person.enrolTotp()
  const actor = await actorOf(person)
  const resetId = await askedFor(person.login, false)
  const app = withIn('before', async () => void (await confirmed(resetId)))
  assert.equal(await refusalOf(renewRecoveryCodes(app, actor)), 'access.session-over')
})

test('M458 · a first password is set and reset at once: nobody is signed in by it', async () => {
  const login = 'di-yi-mima'
  const { code } = await createAccount(t.app, { login, name: '某新', unit: 'ecology-environment', roles: ['clerk'] })
  const accountId = await idOf(login)
  // The second change is the session: the password is there by then.
  const app = withIn('before', async () => void (await confirmed(await askedFor(login, false))), 2)
  assert.equal(await refusalOf(beginWithFirstPassword(app, { login, code, password: NEW, caller })), 'access.wrong-login')
  assert.equal(await t.worker.db.row(sql`select from session where account_id = ${accountId}`), undefined)
})

test('M458 · a reset that takes the factor takes it with the confirmation: whoever put a passkey of his own there does not stop it with that', async () => {
  const person = await openPerson(t, http, ['clerk'])
  const answer = await withPasskey(person.login)
  const { actor } = await signInWithPasskey(t.app, await answer(), caller)
  const resetId = await askedFor(person.login, true)
  const code = await confirmed(resetId)
  assert.equal(await refusalOf(signInWithPasskey(t.app, await answer(), caller)), 'passkey.unknown')
  assert.equal(await refusalOf(stopOwnReset(t.app, actor, resetId)), 'access.session-over')
  assert.deepEqual(await use(person.login, code), { isStaff: true, tookFactor: true })
})

test('M458 · a passkey that signs in while a reset takes it leaves no session, whoever is first', async () => {
  const person = await openPerson(t, http, ['clerk'])
  const standing = async (): Promise<unknown> =>
    t.worker.db.row(sql`select from session where account_id = ${await idOf(person.login)}`)
  const answer = await withPasskey(person.login)
  const first = await askedFor(person.login, true)
  const late = withIn('before', async () => void (await confirmed(first)))
  assert.equal(await refusalOf(signInWithPasskey(late, await answer(), caller)), 'passkey.not-verified')
  assert.equal(await standing(), undefined)
  await t.app.changes.run(sql`update password_reset set closed_at = ${TEST_NOW} where reset_id = ${first}`)

  const again = await withPasskey(person.login)
  const second = await askedFor(person.login, true)
  let confirming: Promise<string> = Promise.resolve('')
  const early = withIn('inside', async () => {
    confirming = confirmed(second)
    await untilSomebodyWaits()
  })
  const signingIn = await refusalOf(signInWithPasskey(early, await again(), caller))
  const code = await confirming
  assert.ok(['done', 'access.session-over'].includes(signingIn), signingIn)
  assert.equal(await standing(), undefined, 'the session that was first has ended')
  assert.deepEqual(await use(person.login, code), { isStaff: true, tookFactor: true })
})
