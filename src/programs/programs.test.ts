import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { addDays, legalDay } from '../base/day.ts'
import { openDatabase, sql } from '../db/database.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { confirmProgram, type ProposedProgram, proposeProgram } from './commands.ts'
import { addKey, endKey } from './key-commands.ts'
import { requireNetwork } from './program-actor.ts'
import { CONFIRMER, makeKey, makeProgram, PROPOSER, programActorOf, send, signed, tokenFor, tokenRequest } from './testing.ts'

/* Who opens a program, what it may be given, and how its keys are exchanged while it works. */

let platform: TestApp
let http: FastifyInstance

before(async () => {
  platform = await openTestApp()
  http = await openApiDoor(platform.app)
})
after(async () => {
  await http.close()
  await platform.close()
})

const proposal = (more: Partial<ProposedProgram> = {}): ProposedProgram => ({
  ...{
    name: '业务系统',
    unit: 'market-regulation',
    purpose: '办理许可时核查',
    scopes: ['check.make'],
    quota: 'program-standard',
  },
  ...{ networks: [], endsOn: addDays(legalDay(TEST_NOW, 'Asia/Shanghai'), 30) },
  ...more,
})
const bank = (): string => [...platform.app.law.units.values()].find(unit => unit.kind === 'bank')?.id ?? ''

for (const [what, more, wanted] of [
  ['a unit that is none', { unit: 'nobody' }, 'account.unit-unknown'],
  ['no scope', { scopes: [] }, 'program.scope-not-open'],
  ['a scope that only administrators have', { scopes: ['program.manage'] }, 'program.scope-not-open'],
  ['a scope that only people have', { scopes: ['waiting.decide'] }, 'program.scope-not-open'],
  ['the right over its own keys, which it has anyway', { scopes: ['program.rotate-own'] }, 'program.scope-not-open'],
  ['a quota of people', { quota: 'staff' }, 'program.quota-unknown'],
  ['an address in place of a network', { networks: ['10.1.2.3'] }, 'program.network-malformed'],
  ['a network too small', { networks: ['10.1.2.0/33'] }, 'program.network-malformed'],
  ['a last day that is past', { endsOn: addDays(legalDay(TEST_NOW, 'Asia/Shanghai'), -1) }, 'program.end-out-of-range'],
  ['a last day in four years', { endsOn: addDays(legalDay(TEST_NOW, 'Asia/Shanghai'), 1461) }, 'program.end-out-of-range'],
] as const)
  test(`M447 · a program with ${what} is not registered`, async () => {
    await assert.rejects(proposeProgram(platform.app, PROPOSER, proposal(more)), { code: wanted })
  })

test('M452 · a bank’s program may be given nothing that shows records without the subject’s authorisation', async () => {
  assert.notEqual(bank(), '')
  for (const scope of ['check.make', 'archive.read', 'report.issue', 'delivery.send'])
    await assert.rejects(proposeProgram(platform.app, PROPOSER, proposal({ unit: bank(), scopes: [scope] })), {
      code: 'program.scope-not-open',
    })
  assert.ok(await proposeProgram(platform.app, PROPOSER, proposal({ unit: bank(), scopes: ['law.read'] })))
})

describe('M458 · two persons open a program', () => {
  test('before the second has confirmed, its key gets no token; whoever proposed it or added the key cannot confirm', async () => {
    const { app } = platform
    const proposed = await proposeProgram(app, PROPOSER, proposal())
    const key = await makeKey(app, CONFIRMER, proposed.programId, 'ed25519')
    const asked = () => send(http, signed(app, key, tokenRequest(proposed.clientId)))
    assert.deepEqual([(await asked()).statusCode, (await asked()).json().error], [401, 'invalid_client'])
    for (const same of [PROPOSER, CONFIRMER])
      await assert.rejects(confirmProgram(app, same, proposed.programId, [key.keyId]), { code: 'program.same-person' })
    await confirmProgram(app, { ...CONFIRMER, id: 'account:3' }, proposed.programId, [key.keyId])
    assert.equal((await asked()).statusCode, 200)
    await assert.rejects(confirmProgram(app, CONFIRMER, proposed.programId, []), { code: 'program.nothing-to-confirm' })
  })

  test('a key that an administrator adds later waits for the other one, too', async () => {
    const { app } = platform
    const program = await makeProgram(app)
    const key = await makeKey(app, PROPOSER, program.programId, 'hmac-sm3')
    const asked = () => send(http, signed(app, key, tokenRequest(program.clientId)))
    assert.equal((await asked()).statusCode, 401)
    await confirmProgram(app, CONFIRMER, program.programId, [key.keyId])
    assert.equal((await asked()).statusCode, 200)
  })

  test('what is confirmed is what was shown: a key that came after the look is not', async () => {
    const { app } = platform
    const proposed = await proposeProgram(app, PROPOSER, proposal())
    const shown = await makeKey(app, PROPOSER, proposed.programId, 'ed25519')
    const later = await makeKey(app, PROPOSER, proposed.programId, 'ed25519')
    for (const keyIds of [[shown.keyId], [], [shown.keyId, 'k0-none'], [shown.keyId, later.keyId, 'k0-none']])
      await assert.rejects(confirmProgram(app, CONFIRMER, proposed.programId, keyIds), { code: 'program.changed' })
    const asked = () => send(http, signed(app, later, tokenRequest(proposed.clientId)))
    assert.equal((await asked()).statusCode, 401)
    await confirmProgram(app, CONFIRMER, proposed.programId, [later.keyId, shown.keyId])
    assert.equal((await asked()).statusCode, 200)
  })

  test('the database itself refuses one person twice', async () => {
    const { app } = platform
    const { programId } = await proposeProgram(app, PROPOSER, proposal())
    const twice = app.changes.run(
      sql`update program set confirmed_at = now(), confirmed_by = ${PROPOSER.id} where program_id = ${programId}`,
    )
    await assert.rejects(twice, { code: '23514' })
  })

  test('principle 11 · each of these is an act, and none holds a key', async () => {
    const { app } = platform
    const program = await makeProgram(app, {}, 'hmac-sm3')
    await tokenFor(http, app, program)
    const acts = await app.changes.rows<{ deed: string; detail: unknown }>(
      sql`select deed, detail from act where entity = ${`program:${program.programId}`} order by at, act_id`,
    )
    assert.deepEqual(acts.map(act => act.deed).sort(), ['program-key.add', 'program.confirm', 'program.propose', 'program.token'])
    assert.ok(Buffer.isBuffer(program.key.secret))
    assert.ok(!JSON.stringify(acts).includes(program.key.secret.toString('base64url')))
  })
})

describe('M458 · keys are exchanged without a pause', () => {
  test('a program that sends all the time is never refused while it adds a key, switches and ends the old one', async () => {
    const { app } = platform
    const program = await makeProgram(app, { quota: 'program-large' })
    let { key } = program
    let token = await tokenFor(http, app, program)
    let isOver = false
    const answers: number[] = []
    const traffic = async () => {
      while (!isOver) {
        const headers = { authorization: `Bearer ${token}` }
        const answer = await send(http, signed(app, key, { method: 'GET', url: '/api/v1/deliveries?limit=1', headers }))
        answers.push(answer.statusCode)
      }
    }
    const running = [traffic(), traffic(), traffic(), traffic()]
    const authorised = () => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' })
    for (const algorithm of ['hmac-sm3', 'ed25519', 'hmac-sm3'] as const) {
      const old = key
      const { publicKey, privateKey } = generateKeyPairSync('ed25519')
      const given = algorithm === 'ed25519' ? { publicKey: JSON.stringify(publicKey.export({ format: 'jwk' })) } : {}
      const body = JSON.stringify({ algorithm, ...given })
      const url = '/api/v1/programs/self/keys'
      const made = await send(http, signed(app, old, { method: 'POST', url, headers: authorised(), body }))
      assert.equal(made.statusCode, 201)
      const { keyId, secret } = made.json()
      key = { keyId, algorithm, secret: secret ? Buffer.from(secret, 'base64url') : privateKey }
      token = await tokenFor(http, app, { ...program, key })
      // Requests on their way were signed with the old one.
      await new Promise(resolve => setTimeout(resolve, 60))
      const ending = { method: 'POST' as const, url: `${url}/${old.keyId}/end`, headers: authorised(), body: '{}' }
      assert.equal((await send(http, signed(app, key, ending))).statusCode, 200)
      await new Promise(resolve => setTimeout(resolve, 60))
    }
    isOver = true
    await Promise.all(running)
    assert.ok(answers.length > 50, `${answers.length} requests`)
    assert.deepEqual([...new Set(answers)], [200])
  })

  test('a program cannot end its last key, nor add keys without end, nor touch another’s', async () => {
    const { app } = platform
    const [program, other] = [await makeProgram(app), await makeProgram(app)]
    const own = programActorOf(program.programId)
    await assert.rejects(endKey(app, own, program.programId, { keyId: program.key.keyId }), { code: 'program-key.last' })
    await assert.rejects(endKey(app, own, program.programId, { keyId: other.key.keyId }), { code: 'program-key.unknown' })
    for (let i = 0; i < 4; i++) await makeKey(app, own, program.programId, 'hmac-sm3')
    await assert.rejects(addKey(app, own, program.programId, { algorithm: 'hmac-sm3' }), { code: 'program-key.too-many' })
  })

  test('a key has a term: before and behind it nothing is signed with it', async () => {
    const { app } = platform
    const program = await makeProgram(app)
    const at = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000)
    const made = await addKey(app, programActorOf(program.programId), program.programId, {
      ...{ algorithm: 'hmac-sm3', fromAt: at(10), untilAt: at(20) },
    })
    const key = { keyId: made.keyId, algorithm: 'hmac-sm3' as const, secret: Buffer.from(made.secret ?? '', 'base64url') }
    const statuses: number[] = []
    for (const minutes of [9, 10, 19, 20]) {
      platform.setNow(at(minutes))
      statuses.push((await send(http, signed(app, key, tokenRequest(program.clientId)))).statusCode)
    }
    platform.setNow(TEST_NOW)
    assert.deepEqual(statuses, [401, 200, 200, 401])
  })
})

for (const [networks, address, isIn] of [
  [[], '203.0.113.9', true],
  [['10.1.0.0/16'], '10.1.255.9', true],
  [['10.1.0.0/16'], '::ffff:10.1.255.9', true],
  [['10.1.0.0/16'], '10.2.0.1', false],
  [['10.1.0.0/16', '2001:db8::/32'], '2001:db8:1::9', true],
  [['2001:db8::/32'], '2001:db9::1', false],
  [['2001:db8::/32'], '10.1.0.1', false],
] as const)
  test(`M458 · ${address} ${isIn ? 'comes' : 'does not come'} from ${networks.join(' ') || 'anywhere'}`, () => {
    const let_in = () => requireNetwork({ networks }, address)
    if (isIn) let_in()
    else assert.throws(let_in, { code: 'program.network' })
  })

test('M458 · a program comes in from its networks only, for a token as for everything else', async () => {
  const { app } = platform
  const program = await makeProgram(app, { networks: ['127.0.0.0/8'] })
  const request = signed(app, program.key, tokenRequest(program.clientId))
  const from = async (remoteAddress: string, sent = request) =>
    await http.inject({
      method: sent.method,
      url: sent.url,
      headers: { ...sent.headers },
      payload: sent.body ?? '',
      remoteAddress,
    })
  assert.deepEqual((await from('198.51.100.7')).json().error, 'unauthorized_client')
  const again = signed(app, program.key, tokenRequest(program.clientId))
  assert.equal((await from('127.0.0.9', again)).statusCode, 200)
})

test('M452 · a program of an organisation that was closed comes in no more, from the same second', async () => {
  const { app } = platform
  const owner = openDatabase(platform.database.url, { max: 1 })
  const version = (no: number, state: 'open' | 'closed') =>
    owner.run(sql`insert into organisation (organisation_id, version, name, uscc, kind, state, reason, proposed_by, proposed_at, decision, decided_by, decided_at)
      values ('test-bank', ${no}, '示例银行', ${inventedUscc('enterprise', 77)}, 'bank', ${state}, '登记', 'account:1', ${app.now()}, 'confirmed', 'account:2', ${app.now()})`)
  await version(1, 'open')
  const program = await makeProgram(app, { unit: 'test-bank', scopes: ['law.read'] })
  const token = await tokenFor(http, app, program)
  const request = { method: 'GET', url: '/api/v1/programs/self', headers: { authorization: `Bearer ${token}` } } as const
  assert.equal((await send(http, signed(app, program.key, request))).statusCode, 200)
  await version(2, 'closed')
  assert.equal((await send(http, signed(app, program.key, request))).json().code, 'program.token-over')
  assert.equal((await send(http, signed(app, program.key, tokenRequest(program.clientId)))).statusCode, 401)
  await owner.close()
})
