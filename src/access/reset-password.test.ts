import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { sql } from '../db/database.ts'
import { openPerson, type Person } from '../factors/testing.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'

let t: TestApp
let http: FastifyInstance
let system: Person
let security: Person

before(async () => {
  t = await openTestApp()
  http = await openApiDoor(t.app)
  const person = (role: string): Promise<Person> => openPerson(t, http, [role], { unit: 'credit-office' })
  system = await person('system-administrator')
  security = await person('security-administrator')
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

const later = (minutes: number): void => t.setNow(new Date(TEST_NOW.getTime() + minutes * 60_000))
const numberOf = async (person: Person): Promise<number> =>
  (await t.worker.db.row<{ id: number }>(sql`select account_id as id from account where login = ${person.login}`))?.id ?? 0

async function asked(person: Person, takesFactor = false): Promise<number> {
  const answer = await system.ask('POST', `/accounts/${await numberOf(person)}/password-resets`, {
    reason: '忘记密码',
    takesFactor,
  })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<{ resetId: number }>().resetId
}

const confirm = (resetId: number, takesFactor = false) =>
  security.ask('POST', `/password-resets/${resetId}/confirm`, { takesFactor })
const use = (person: Person, code: string, password = 'huan-yi-ge-mima-1') =>
  person.ask('POST', '/password-resets/use', { login: person.login, code, password })

test('M458 · a reset takes two administrators; its code opens once, forces a new password and ends every session', async () => {
  const person = await openPerson(t, http, ['clerk'])
  await person.signIn()
  const resetId = await asked(person)
  assert.equal((await person.ask('GET', '/sessions/me')).statusCode, 200, 'asking alone changes nothing')
  assert.equal(
    (await system.ask('POST', `/password-resets/${resetId}/confirm`, {})).statusCode,
    403,
    'the one who asked may not confirm',
  )
  assert.equal((await security.ask('GET', '/password-resets')).json().resets[0].login, person.login)
  const { code, takesFactor } = (await confirm(resetId)).json()
  assert.match(code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  assert.equal(takesFactor, false)
  assert.equal((await person.ask('GET', '/sessions/me')).statusCode, 401)
  assert.equal((await person.signIn()).json().code, 'access.wrong-login', 'the old password is over')
  assert.equal((await use(person, code, 'short')).json().code, 'account.password-too-short', 'and the code is still good')
  assert.equal((await use(person, code.toLowerCase())).statusCode, 200)
  assert.equal((await use(person, code)).json().code, 'reset.code-wrong')
  assert.equal((await person.signIn('huan-yi-ge-mima-1')).statusCode, 201)
  const acts = JSON.stringify(await t.worker.db.rows(sql`select detail from act where deed like 'reset.%'`))
  assert.ok(!acts.includes(code) && !acts.includes('忘记密码'))
})

test('the second factor stays unless asking and confirming both take it', async () => {
  for (const [asks, confirms, step] of [
    [true, false, 'factor'],
    [false, true, 'factor'],
    [true, true, 'whole'],
  ] as const) {
    const person = await openPerson(t, http, ['clerk'])
    await person.signIn()
    await person.enrolTotp()
    const { code } = (await confirm(await asked(person, asks), confirms)).json()
    await use(person, code)
    assert.equal((await person.signIn('huan-yi-ge-mima-1')).json().step, step, `${asks} ${confirms}`)
  }
})

test('a code is over after a day, a wrong one is refused like a login that nobody has, five wrong ones lock', async () => {
  const person = await openPerson(t, http, ['clerk'])
  const { code } = (await confirm(await asked(person))).json()
  const [wrong, nobody] = [await use(person, '0000-0000-0000-0000'), await use({ ...person, login: 'nobody-here' }, code)]
  assert.deepEqual([wrong.statusCode, wrong.json()], [422, nobody.json()])
  for (let i = 0; i < 4; i++) await use(person, '0000-0000-0000-0000')
  assert.equal((await use(person, code)).json().code, 'access.locked')
  later(16)
  assert.equal((await use(person, code)).statusCode, 200)
  const late = await openPerson(t, http, ['clerk'])
  t.setNow(TEST_NOW)
  await system.signIn()
  await security.signIn()
  const second = (await confirm(await asked(late))).json()
  later(24 * 60 + 1)
  assert.equal((await use(late, second.code)).json().code, 'reset.code-wrong')
})

test('nobody resets himself, asks twice, or confirms what is withdrawn; each needs a fresh session', async () => {
  const person = await openPerson(t, http, ['clerk'])
  const own = await system.ask('POST', `/accounts/${await numberOf(system)}/password-resets`, { reason: 'x' })
  assert.equal(own.json().code, 'reset.own')
  const mine = await asked(security)
  assert.equal((await confirm(mine)).json().code, 'reset.own')
  const resetId = await asked(person)
  const again = await system.ask('POST', `/accounts/${await numberOf(person)}/password-resets`, { reason: 'x' })
  assert.equal(again.json().code, 'reset.open')
  assert.equal((await system.ask('DELETE', `/password-resets/${resetId}`)).statusCode, 200)
  assert.equal((await confirm(resetId)).json().code, 'reset.unknown')
  later(11)
  const stale = await system.ask('POST', `/accounts/${await numberOf(person)}/password-resets`, { reason: 'x' })
  assert.equal(stale.json().code, 'access.not-fresh')
  assert.equal((await confirm(resetId)).json().code, 'access.not-fresh')
})

test('a reset that is confirmed is withdrawn by either administrator until its code is used; then the code opens nothing and another may be asked for', async () => {
  const person = await openPerson(t, http, ['clerk'])
  for (const by of [system, security]) {
    const resetId = await asked(person)
    const { code } = (await confirm(resetId)).json()
    const withdrawn = await by.ask('DELETE', `/password-resets/${resetId}`)
    assert.deepEqual([withdrawn.statusCode, withdrawn.json()], [200, { wasConfirmed: true }])
    assert.equal((await use(person, code)).json().code, 'reset.code-wrong')
    assert.equal((await by.ask('DELETE', `/password-resets/${resetId}`)).json().code, 'reset.unknown')
  }
  await person.signIn()
  const resetId = await asked(person)
  const { code } = (await confirm(resetId)).json()
  assert.equal((await use(person, code)).statusCode, 200)
  assert.equal((await system.ask('DELETE', `/password-resets/${resetId}`)).json().code, 'reset.unknown', 'used is used')
  const details = await t.worker.db.rows<{ detail: unknown }>(
    sql`select detail from act where deed = 'reset.close' and entity = ${`reset:${resetId}`}`,
  )
  assert.deepEqual(details, [])
})

test('the auditor reads how many tries there were and what became of them, never whose', async () => {
  const auditor = await openPerson(t, http, ['auditor'], { unit: 'audit-office' })
  await auditor.signIn()
  const person = await openPerson(t, http, ['clerk'])
  const count = async (outcome: string): Promise<number> => {
    const { counts } = (await auditor.ask('GET', '/sign-ins')).json<{
      counts: { step: string; outcome: string; count: number }[]
    }>()
    return counts.find(one => one.step === 'password' && one.outcome === outcome)?.count ?? 0
  }
  const before = [await count('wrong'), await count('locked'), await count('ok')] as [number, number, number]
  for (let i = 0; i < 6; i++) await person.signIn('not this one')
  assert.deepEqual([await count('wrong'), await count('locked'), await count('ok')], [before[0] + 5, before[1] + 1, before[2]])
  assert.ok(!(await auditor.ask('GET', '/sign-ins')).body.includes(person.login))
  assert.equal((await system.ask('GET', '/sign-ins')).statusCode, 403)
})
