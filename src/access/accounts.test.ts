import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify'
import { day } from '../base/day.ts'
import { sql } from '../db/database.ts'
import { answerProblems } from '../http/problem.ts'
import { SESSION_COOKIE, SESSION_HOURS } from '../http/session.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { runToken, runUser } from './account-command.ts'
import { closeAccount, closeToken, createAccount, createToken } from './accounts.ts'
import { forgetOldTries, TRIES_FROM_ADDRESS, TRIES_OF_LOGIN } from './brake.ts'
import { setFirstPassword } from './first-password.ts'
import { bindSessions } from './session-routes.ts'
import { forgetOldSessions } from './sessions.ts'
import { beginSession } from './sign-in.ts'
import { openActivated } from './testing.ts'

const PASSWORD = 'twelve letters'
let test_: TestApp
let http: FastifyInstance
let made = 0

before(async () => {
  test_ = await openTestApp()
  http = fastify()
  await http.register(cookie)
  http.setErrorHandler(answerProblems(test_.app.words))
  bindSessions(http, test_.app)
})
after(async () => {
  await http.close()
  await test_.close()
})

const later = (minutes: number): void => test_.setNow(new Date(TEST_NOW.getTime() + minutes * 60_000))

async function clerk(): Promise<string> {
  const login = `clerk-${++made}`
  await openActivated(test_.app, { login, name: '经办人', unit: 'ecology-environment', roles: ['clerk'], password: PASSWORD })
  return login
}

const signInAs = (login: string, password = PASSWORD, address = '10.0.0.1') =>
  http.inject({ method: 'POST', url: '/api/v1/sessions', payload: { login, password }, remoteAddress: address })

/** The token of a session: in its cookie and nowhere else. */
const tokenIn = (answer: LightMyRequestResponse): string => answer.cookies.find(one => one.name === SESSION_COOKIE)?.value ?? ''

test('a password is kept as argon2id with a salt of its own and nowhere else', async () => {
  const [one, other] = [await clerk(), await clerk()]
  const rows = await test_.worker.db.rows<{ password: string }>(
    sql`select password from account where login = any(${[one, other]})`,
  )
  for (const row of rows) assert.match(row.password, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.notEqual(rows[0]?.password, rows[1]?.password)
  const acts = await test_.worker.db.rows<{ detail: unknown }>(sql`select detail from act where deed = 'account.create'`)
  assert.doesNotMatch(JSON.stringify(acts), /twelve|argon/)
})

test('signing in answers the session in a cookie that scripts cannot read and other sites cannot send', async () => {
  const answer = await signInAs((await clerk()).toUpperCase())
  assert.equal(answer.statusCode, 201)
  const [set] = answer.cookies
  assert.equal(set?.name, SESSION_COOKIE)
  assert.deepEqual([set?.httpOnly, set?.sameSite, set?.path], [true, 'Strict', '/'])
  assert.equal(set?.secure, undefined)
  assert.match(set?.value ?? '', /^mxs_[\w-]{43}$/)
  assert.ok(!answer.body.includes(set?.value ?? ''), 'the token stands in the cookie alone')
  const me = answer.json()
  assert.equal(me.unitName, '澜川市生态环境局')
  assert.ok(me.permissions.includes('delivery.send'))
  const kept = await test_.worker.db.rows(sql`select from session where encode(token_hash, 'escape') like '%mxs_%'`)
  assert.equal(kept.length, 0)
})

test('a change without the CSRF value is refused, with it done; the session is over afterwards', async () => {
  const signedIn = await signInAs(await clerk())
  const [token, csrf] = [tokenIn(signedIn), signedIn.json().csrf]
  const cookies = { [SESSION_COOKIE]: token }
  const without = await http.inject({ method: 'DELETE', url: '/api/v1/sessions/me', cookies })
  assert.deepEqual([without.statusCode, without.json().code], [403, 'access.csrf'])
  const wrong = await http.inject({
    method: 'DELETE',
    url: '/api/v1/sessions/me',
    cookies,
    headers: { 'x-csrf': csrf.replace(/^./, 'x') },
  })
  assert.equal(wrong.json().code, 'access.csrf')
  assert.equal((await http.inject({ url: '/api/v1/sessions/me', cookies })).json().csrf, csrf)
  const done = await http.inject({ method: 'DELETE', url: '/api/v1/sessions/me', cookies, headers: { 'x-csrf': csrf } })
  assert.deepEqual(done.json(), { ended: true })
  const over = await http.inject({ url: '/api/v1/sessions/me', cookies })
  assert.deepEqual([over.statusCode, over.json().code], [401, 'access.sign-in-needed'])
})

test('a session ends after an hour without a request, and after ten hours whatever is asked', async () => {
  const ask = async (token: string) =>
    (await http.inject({ url: '/api/v1/sessions/me', cookies: { [SESSION_COOKIE]: token } })).statusCode
  const token = tokenIn(await signInAs(await clerk()))
  later(50)
  assert.equal(await ask(token), 200)
  later(50 + 61)
  assert.equal(await ask(token), 401)
  later(0)
  const busy = tokenIn(await signInAs(await clerk()))
  for (let at = 50; at < SESSION_HOURS * 60; at += 50) {
    later(at)
    assert.equal(await ask(busy), 200)
  }
  later(SESSION_HOURS * 60 + 1)
  assert.equal(await ask(busy), 401)
  assert.ok((await forgetOldSessions(test_.worker)) > 0)
  later(0)
})

test('a closed account is out at once and cannot come back', async () => {
  const login = await clerk()
  const token = tokenIn(await signInAs(login))
  await closeAccount(test_.app, login)
  assert.equal((await http.inject({ url: '/api/v1/sessions/me', cookies: { [SESSION_COOKIE]: token } })).statusCode, 401)
  assert.equal((await signInAs(login)).json().code, 'access.wrong-login')
})

test('a wrong password and a login that nobody has are answered alike', async () => {
  const [known, unknown] = [await signInAs(await clerk(), 'not this one'), await signInAs('nobody-at-all', 'not this one')]
  assert.equal(known.statusCode, 401)
  assert.deepEqual(known.json(), unknown.json())
})

test('after too many wrong tries the right password is refused too, until the window is over', async () => {
  const login = await clerk()
  for (let i = 0; i < TRIES_OF_LOGIN; i++)
    assert.equal((await signInAs(login, 'not this one', `10.1.0.${i}`)).json().code, 'access.wrong-login')
  const locked = await signInAs(login, PASSWORD, '10.1.0.99')
  assert.deepEqual([locked.statusCode, locked.json().code, locked.json().facts], [429, 'access.locked', { minutes: 15 }])
  later(14)
  assert.equal((await signInAs(login)).json().code, 'access.locked')
  later(16)
  assert.equal((await signInAs(login)).statusCode, 201)
  later(0)
})

test('a success in between starts the count anew', async () => {
  const login = await clerk()
  for (let round = 0; round < 2; round++) {
    for (let i = 1; i < TRIES_OF_LOGIN; i++) await signInAs(login, 'not this one', '10.2.0.1')
    later(round + 1)
    assert.equal((await signInAs(login, PASSWORD, '10.2.0.1')).statusCode, 201)
  }
  later(0)
})

test('many tries at once: no more passwords are looked at than the brake allows', async () => {
  const login = await clerk()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => signInAs(login, 'not this one', `10.3.0.${i}`)))
  const wrong = answers.filter(answer => answer.json().code === 'access.wrong-login').length
  assert.ok(wrong <= TRIES_OF_LOGIN, `${wrong} were tried`)
})

test('one address that tries many logins is braked, and neither login nor address is kept in clear', async () => {
  const address = '203.0.113.77'
  const tryOne = (i: number) =>
    beginSession(test_.app, `somebody-${i}`, 'not this one', { address, agent: '', before: '' }).catch(error => error.code)
  for (let i = 0; i < TRIES_FROM_ADDRESS; i++) assert.equal(await tryOne(i), 'access.wrong-login')
  assert.equal(await tryOne(99), 'access.locked')
  const rows = await test_.worker.db.rows<{ text: string }>(sql`select s::text as text from sign_in_attempt s`)
  assert.doesNotMatch(JSON.stringify(rows), /somebody|203\.0\.113/)
  later(40)
  assert.ok((await forgetOldTries(test_.worker)) > TRIES_FROM_ADDRESS)
  later(0)
})

test('one household of IPv6 is one address, however many it has', async () => {
  const tryOne = (i: number) =>
    beginSession(test_.app, `guest-${i}`, 'not this one', {
      address: `2001:db8:7:1::${(i + 1).toString(16)}`,
      agent: '',
      before: '',
    }).catch(error => error.code)
  for (let i = 0; i < TRIES_FROM_ADDRESS; i++) assert.equal(await tryOne(i), 'access.wrong-login')
  assert.equal(await tryOne(99), 'access.locked')
})

test('a password that is changed while somebody signs in with the old one begins no session', async () => {
  const { app, worker } = test_
  const login = await clerk()
  const caller = { address: '10.0.9.9', agent: '', before: '' }
  let signingIn: Promise<unknown> | undefined
  await app.changes.transaction(async tx => {
    // As a reset does: another password, and every session ends. The old one is still what everybody else sees.
    await tx.run(sql`update account set password = 'another' where login = ${login}`)
    signingIn = beginSession(app, login, PASSWORD, caller).then(
      () => 'signed in',
      error => error.code,
    )
    // Until it waits for this change, or is through.
    const isWaiting = () =>
      worker.db.row(sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    let isThrough = false
    void signingIn.then(() => {
      isThrough = true
    })
    while (!isThrough && !(await isWaiting()));
    await tx.run(sql`delete from session s using account a where a.account_id = s.account_id and a.login = ${login}`)
  })
  assert.equal(await signingIn, 'access.wrong-login')
  const left = await worker.db.rows(sql`select from session join account using (account_id) where login = ${login}`)
  assert.equal(left.length, 0)
})

const refusals = [
  ['account.login-malformed', { login: 'Zwei Worte' }],
  ['account.login-person-number', { login: `zhang.${inventedResidentId(1, day('1990-03-07')).toLowerCase()}` }],
  ['account.unit-unknown', { unit: 'no-such-unit' }],
  ['account.role-unknown', { roles: ['king'] }],
  ['account.subject-needed', { roles: ['subject', 'clerk'] }],
  ['account.subject-needed', { subjectId: 7 }],
  ['subject.unknown', { subjectId: 4_000_000_000, roles: ['subject'], unit: null }],
  ['role.exclusive', { roles: ['auditor', 'clerk'], unit: 'audit-office' }],
  ['role.exclusive', { roles: ['privacy-officer', 'credit-office'], unit: 'credit-office' }],
  ['role.not-of-unit', { roles: ['credit-office'] }],
  ['role.not-of-unit', { roles: ['program'] }],
] as const
for (const [code, wrong] of refusals) {
  test(`an account is refused with ${code}: ${Object.values(wrong)}`, async () => {
    const account = { login: `new-${code}`, name: '新', unit: 'health', roles: ['clerk'], password: PASSWORD, ...wrong }
    await assert.rejects(openActivated(test_.app, account as never), { code })
    const found = await test_.worker.db.rows(sql`select from account where login like ${'new-account%'}`)
    assert.equal(found.length, 0)
  })
}

test('a login is given once', async () => {
  const login = await clerk()
  await assert.rejects(createAccount(test_.app, { login, name: '又', unit: 'health', roles: ['clerk'] }), {
    code: 'account.login-taken',
  })
})

test('a token opens the door until it is closed or ends', async () => {
  const wanted = { name: '前置机', unit: 'health', roles: ['program'], days: 30 } as const
  const { token, tokenId } = await createToken(test_.app, wanted)
  const ask = () => http.inject({ url: '/api/v1/sessions/me', headers: { authorization: `Bearer ${token}` } })
  assert.deepEqual((await ask()).json().roles, ['program'])
  await closeToken(test_.app, tokenId)
  assert.equal((await ask()).statusCode, 401)
  // Closed at the terminal, which is another process: the door has remembered nothing.
  const other = await createToken(test_.app, wanted)
  const asked = () => http.inject({ url: '/api/v1/sessions/me', headers: { authorization: `Bearer ${other.token}` } })
  assert.equal((await asked()).statusCode, 200)
  await test_.app.changes.run(sql`update access_token set closed_at = ${TEST_NOW} where token_id = ${other.tokenId}`)
  assert.equal((await asked()).statusCode, 401)
  await assert.rejects(createToken(test_.app, { ...wanted, days: 0 }), { code: 'token.days-out-of-range' })
})

test('the commands make an account and a token and print each secret once; nobody types or reads a password there', async () => {
  const lines: string[] = []
  const out = (line: string): number => lines.push(line)
  const opened = () => JSON.parse(lines.pop() ?? '{}') as { code: string; password?: string }
  const args = ['add', '--login', 'by-command', '--name', '命令', '--unit', 'health', '--role', 'clerk,window-officer', '--json']
  assert.equal(await runUser(args, test_.app, out), 0)
  const { code: first, ...rest } = opened()
  assert.deepEqual(Object.keys(rest), ['accountId', 'login', 'endsAt'])
  assert.equal(await runUser(['code', '--login', 'by-command', '--json'], test_.app, out), 0)
  const { code } = opened()
  const caller = { address: '10.0.8.1', agent: '', before: '' }
  const set = (typed: string) => setFirstPassword(test_.app, { login: 'by-command', code: typed, password: PASSWORD, caller })
  await assert.rejects(set(first), { code: 'first-code.wrong' })
  await set(code)
  assert.deepEqual((await signInAs('by-command')).json().roles, ['clerk', 'window-officer'])
  await assert.rejects(runUser(['code', '--login', 'by-command'], test_.app, out), { code: 'first-code.activated' })
  await assert.rejects(runUser(['code', '--login', 'nobody-here'], test_.app, out), { code: 'account.unknown' })
  const spoken = ['add', '--login', 'spoken', '--name', '命令', '--unit', 'health', '--role', 'clerk']
  assert.equal(await runUser(spoken, test_.app, out), 0)
  assert.match(
    lines.pop() ?? '',
    /尚未启用[\s\S]*启用码（只显示这一次，3天内有效）：([0-9A-Z]{4}-){3}[0-9A-Z]{4}[\s\S]*\/signin\/first/,
  )
  assert.equal(await runToken(['create', '--name', '程序', '--unit', 'health', '--json'], test_.app, out), 0)
  assert.match(JSON.parse(lines.pop() ?? '{}').token, /^mxt_/)
  assert.equal(await runUser(['close', '--login', 'by-command'], test_.app, out), 0)
  assert.equal((await signInAs('by-command')).json().code, 'access.wrong-login')
  for (const wrong of [
    ['add'],
    ['add', '--logn', 'x'],
    [...spoken, '--password-stdin'],
    ['rename', '--login', 'x'],
    ['add', '--login', 'x', 'y'],
  ]) {
    assert.equal(await runUser(wrong, test_.app, out), 2)
  }
})
