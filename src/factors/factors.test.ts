import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { sql } from '../db/database.ts'
import { bound } from '../http/serve.ts'
import { SESSION_COOKIE } from '../http/session.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { openPerson, PASSWORD, type Person, personOf } from './testing.ts'

let t: TestApp
let http: FastifyInstance
/** The same platform in a city that asks its staff for a second factor. */
let strict: FastifyInstance

before(async () => {
  t = await openTestApp()
  http = await openApiDoor(t.app)
  const app: App = { ...t.app, city: { ...t.app.city, secondFactor: 'required' } }
  strict = await openApiDoor(app)
})
after(async () => {
  await http.close()
  await strict.close()
  await t.close()
})
beforeEach(() => t.setNow(TEST_NOW))

const later = (seconds: number): void => t.setNow(new Date(TEST_NOW.getTime() + seconds * 1000))
const clerk = (): Promise<Person> => openPerson(t, http, ['clerk'])

/** Somebody with one-time codes, signed in with both factors. */
async function withCodes(): Promise<{ person: Person; recovery: string[] }> {
  const person = await clerk()
  await person.signIn()
  const recovery = await person.enrolTotp()
  return { person, recovery }
}

test('who has set up one-time codes gives one after the password; the session before it is another', async () => {
  const { person, recovery } = await withCodes()
  assert.equal(recovery.length, 10)
  later(60)
  const first = await person.signIn()
  assert.deepEqual([first.statusCode, first.json().step, first.json().roles, first.json().permissions], [201, 'factor', [], []])
  const before = person.token()
  const whole = await person.ask('POST', '/sessions/me/factor', { code: person.code() })
  assert.deepEqual([whole.statusCode, whole.json().step, whole.json().assurance], [200, 'whole', 'two-factor'])
  assert.notEqual(person.token(), before)
  const old = await http.inject({ url: '/api/v1/sessions/me', cookies: { [SESSION_COOKIE]: before } })
  assert.equal(old.statusCode, 401, 'the token from before the factor opens nothing')
})

test('RFC 6238 5.2 · a code is good once: for the same session, for another, and for the step before', async () => {
  const { person } = await withCodes()
  await person.signIn()
  const replay = await person.ask('POST', '/sessions/me/factor', { code: person.code() })
  assert.deepEqual([replay.statusCode, replay.json().code], [422, 'factor.code-wrong'], 'the code that enrolled')
  later(60)
  const used = person.code()
  assert.equal((await person.ask('POST', '/sessions/me/factor', { code: used })).statusCode, 200)
  await person.signIn()
  assert.equal((await person.ask('POST', '/sessions/me/factor', { code: used })).statusCode, 422)
  assert.equal((await person.ask('POST', '/sessions/me/factor', { code: person.code(-30) })).statusCode, 422, 'an earlier step')
  assert.equal(
    (await person.ask('POST', '/sessions/me/factor', { code: person.code(30) })).statusCode,
    200,
    'a phone half a minute ahead',
  )
})

test('two that give one code at the same moment are not both let in', async () => {
  const { person } = await withCodes()
  later(60)
  const twins = [personOf(t, http, person.login, '10.8.0.1'), personOf(t, http, person.login, '10.8.0.2')]
  for (const twin of twins) await twin.signIn()
  const answers = await Promise.all(twins.map(twin => twin.ask('POST', '/sessions/me/factor', { code: person.code() })))
  assert.deepEqual(answers.map(answer => answer.statusCode).sort(), [200, 422])
})

test('a recovery code opens once, however it is typed; the digests tell nobody a code', async () => {
  const { person, recovery } = await withCodes()
  later(60)
  const [code = ''] = recovery
  await person.signIn()
  const typed = ` ${code.toLowerCase().replace('-', ' ')} `
  assert.equal((await person.ask('POST', '/sessions/me/factor', { code: typed })).json().step, 'whole')
  assert.equal((await person.ask('GET', '/account/security')).json().recoveryCodes, 9)
  await person.signIn()
  assert.equal((await person.ask('POST', '/sessions/me/factor', { code })).statusCode, 422)
  const kept = await t.worker.db.rows<{ mac: Buffer }>(sql`select code_mac as mac from recovery_code`)
  assert.ok(kept.every(({ mac }) => !mac.toString('latin1').includes(code.replace('-', ''))))
  const acts = JSON.stringify(await t.worker.db.rows(sql`select deed, detail from act where entity like 'account:%'`))
  assert.ok(!acts.includes(code) && !acts.includes(code.replace('-', '')))
})

test('five wrong codes lock the codes and the password of that login, and nobody else’s', async () => {
  const { person } = await withCodes()
  later(60)
  await person.signIn()
  const give = async (code: string): Promise<string> => (await person.ask('POST', '/sessions/me/factor', { code })).json().code
  for (let i = 0; i < 5; i++) assert.equal(await give('000000'), 'factor.code-wrong')
  assert.equal(await give(person.code()), 'access.locked', 'the right one waits, too')
  assert.equal(await give('AAAAA-AAAAA'), 'access.locked', 'and a recovery code')
  assert.equal((await personOf(t, http, person.login, '10.9.0.9').signIn()).json().code, 'access.locked', 'and the password')
  assert.equal((await (await clerk()).signIn()).statusCode, 201)
  later(60 + 15 * 60 + 1)
  assert.equal((await person.signIn()).statusCode, 201)
  assert.equal((await person.ask('POST', '/sessions/me/factor', { code: person.code() })).statusCode, 200)
})

test('a password that was right does not forgive wrong codes', async () => {
  const { person } = await withCodes()
  later(60)
  for (let i = 0; i < 5; i++) {
    await person.signIn()
    await person.ask('POST', '/sessions/me/factor', { code: '000000' })
  }
  assert.equal((await person.signIn()).json().code, 'access.locked')
})

test('who knows the password only cannot set up a factor where there is one', async () => {
  const { person } = await withCodes()
  later(60)
  const thief = personOf(t, http, person.login)
  await thief.signIn()
  for (const path of ['/account/totp', '/account/totp/confirm', '/account/passkeys/challenge']) {
    const answer = await thief.ask('POST', path, path.endsWith('confirm') ? { code: '123456' } : {})
    assert.deepEqual([answer.statusCode, answer.json().code], [403, 'access.factor-needed'], path)
  }
})

test('before the second factor a session opens no door but those that take it on: every contract is tried', async () => {
  const { person } = await withCodes()
  later(60)
  await person.signIn()
  const open: string[] = []
  for (const door of bound) {
    if (door.needs === 'anyone' || door.path === '/sessions/me') continue
    const path = door.path.replaceAll(/:[a-zA-Z]+/g, '1')
    const answer = await person.ask(door.method, path, door.body === 'json' ? {} : undefined)
    const refusal = [answer.statusCode, answer.json().code]
    if (refusal[0] !== 403 || refusal[1] !== 'access.factor-needed') open.push(`${door.method} ${door.path}`)
  }
  // They take the session on, or say why not: a body that is none.
  assert.deepEqual(open.sort(), ['POST /account/passkeys', 'POST /account/totp/confirm', 'POST /sessions/me/factor'])
  assert.equal((await person.ask('GET', '/sessions/me')).json().permissions.length, 0)
  assert.ok(bound.length > 40)
})

test('a city that asks for it: staff may enrol and nothing else until they have, then they are in', async () => {
  const made = await clerk()
  const person = personOf(t, strict, made.login)
  const first = await person.signIn()
  assert.equal(first.json().step, 'enrol')
  assert.equal((await person.ask('GET', '/deliveries')).json().code, 'access.factor-needed')
  const before = person.token()
  assert.equal((await person.enrolTotp()).length, 10)
  assert.notEqual(person.token(), before)
  assert.equal((await person.ask('GET', '/deliveries')).statusCode, 200)
  const last = await person.ask('DELETE', '/account/totp')
  assert.deepEqual([last.statusCode, last.json().code], [409, 'factor.last-needed'])
})

test('a session for the second factor is over after twenty minutes', async () => {
  const { person } = await withCodes()
  await person.signIn()
  later(20 * 60 + 1)
  assert.equal((await person.ask('POST', '/sessions/me/factor', { code: person.code() })).statusCode, 401)
})

test('the first factor ends the other sessions, which never gave it', async () => {
  const person = await clerk()
  await person.signIn()
  const other = personOf(t, http, person.login, '10.9.1.1')
  await other.signIn()
  await person.enrolTotp()
  assert.equal((await other.ask('GET', '/sessions/me')).statusCode, 401)
  assert.equal((await person.ask('GET', '/sessions/me')).json().assurance, 'two-factor')
})

test('important things need a fresh session; what proves it is the factor where there is one, else the password', async () => {
  const { person } = await withCodes()
  later(11 * 60)
  const stale = await person.ask('POST', '/account/recovery-codes')
  assert.deepEqual([stale.statusCode, stale.json().code], [403, 'access.not-fresh'])
  assert.equal((await person.ask('POST', '/sessions/me/fresh', { password: PASSWORD })).json().code, 'factor.needed')
  assert.equal((await person.ask('POST', '/sessions/me/fresh', { code: person.code() })).statusCode, 200)
  assert.equal((await person.ask('POST', '/account/recovery-codes')).json().recoveryCodes.length, 10)
  const plain = await clerk()
  t.setNow(TEST_NOW)
  await plain.signIn()
  later(11 * 60)
  assert.equal((await plain.ask('POST', '/account/totp')).json().code, 'access.not-fresh')
  const wrong = await plain.ask('POST', '/sessions/me/fresh', { password: 'not this one' })
  assert.deepEqual([wrong.statusCode, wrong.json().code], [422, 'access.wrong-password'])
  assert.equal((await plain.ask('POST', '/sessions/me/fresh', { password: PASSWORD })).statusCode, 200)
  assert.equal((await plain.ask('POST', '/account/totp')).statusCode, 200)
})

test('changing the password asks for the old one, ends the other sessions and refuses a common one', async () => {
  const person = await clerk()
  await person.signIn()
  const other = personOf(t, http, person.login, '10.9.2.1')
  await other.signIn()
  const put = (old: string, password: string) => person.ask('PUT', '/account/password', { old, password })
  assert.equal((await put('not this one', 'hu-shang-xin-mima')).json().code, 'access.wrong-password')
  assert.equal((await put(PASSWORD, PASSWORD)).json().code, 'account.password-same')
  assert.equal((await put(PASSWORD, 'password123456')).json().code, 'account.password-common')
  assert.equal((await put(PASSWORD, 'hu-shang-xin-mima')).statusCode, 200)
  assert.equal((await other.ask('GET', '/sessions/me')).statusCode, 401)
  assert.equal((await person.ask('GET', '/sessions/me')).statusCode, 200)
  assert.equal((await other.signIn()).json().code, 'access.wrong-login')
  assert.equal((await other.signIn('hu-shang-xin-mima')).statusCode, 201)
})

test('one sees one’s own sessions, coarse and masked, ends one or all others, and nobody else’s', async () => {
  const person = await clerk()
  await person.signIn()
  const other = personOf(t, http, person.login, '10.9.3.1')
  await other.signIn()
  const stranger = await clerk()
  await stranger.signIn()
  const { sessions } = (await person.ask('GET', '/account/security')).json()
  assert.equal(sessions.length, 2)
  assert.deepEqual([sessions[0].isThis, sessions[0].device, sessions[1].network], [true, 'Chrome · Windows', '10.9.*.*'])
  const notOwn = await stranger.ask('DELETE', `/sessions/${sessions[1].sessionId}`)
  assert.deepEqual([notOwn.statusCode, notOwn.json().code], [404, 'session.unknown'])
  assert.equal((await person.ask('DELETE', `/sessions/${sessions[1].sessionId}`)).statusCode, 200)
  assert.equal((await other.ask('GET', '/sessions/me')).statusCode, 401)
  await other.signIn()
  assert.deepEqual((await person.ask('POST', '/sessions/end-others')).json(), { ended: 1 })
})

test('a program has no factors, sessions or password of its own', async () => {
  const { createToken } = await import('../access/accounts.ts')
  const { token } = await createToken(t.app, { name: '系统', unit: 'ecology-environment', roles: ['program'], days: 1 })
  for (const [method, url] of [
    ['GET', '/api/v1/account/security'],
    ['POST', '/api/v1/account/totp'],
    ['POST', '/api/v1/sessions/end-others'],
  ] as const) {
    const answer = await http.inject({ method, url, headers: { authorization: `Bearer ${token}` } })
    assert.equal(answer.statusCode, 403, url)
  }
})

test('a change of one’s security without the CSRF value is refused', async () => {
  const { person } = await withCodes()
  const cookies = { [SESSION_COOKIE]: person.token() }
  for (const [method, url] of [
    ['POST', '/api/v1/account/recovery-codes'],
    ['DELETE', '/api/v1/account/totp'],
    ['PUT', '/api/v1/account/password'],
    ['POST', '/api/v1/sessions/me/factor'],
  ] as const) {
    const answer = await http.inject({ method, url, cookies, payload: {} })
    assert.deepEqual([answer.statusCode, answer.json().code], [403, 'access.csrf'], url)
  }
})
