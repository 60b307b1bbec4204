import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openActivated } from '../../src/access/testing.ts'
import { makeRequest } from '../../src/authorisation/request.ts'
import { type BankTest, banker, openBankTest, wishOf } from '../../src/authorisation/testing.ts'
import type { SubjectId } from '../../src/base/id.ts'
import { codeOfUri } from '../../src/factors/testing.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { TEST_NOW } from '../../src/testing-app.ts'
import { openVisitor, plain, type Visited, type Visitor } from './testing.ts'

/* A yes asks anew who says it; what was chosen stays, and a no and a revocation ask for nothing (decision 18). */

const PASSWORD = 'lan-chuan-17-bamboo'
const CLASSES = ['penalties', 'payments']
let bank: BankTest
let http: FastifyInstance
let minutes = 0
function later(more: number): void {
  minutes += more
  bank.platform.setNow(new Date(TEST_NOW.getTime() + minutes * 60_000))
}

before(async () => {
  bank = await openBankTest()
  const account = (login: string, subjectId: SubjectId) =>
    openActivated(bank.app, { login, name: login, unit: null, roles: ['subject'], password: PASSWORD, subjectId })
  await account('head', bank.firm)
  await account('other', bank.other)
  http = await openApiDoor(bank.app)
})
after(async () => {
  await http.close()
  await bank.platform.close()
})
beforeEach(() => later(0))

async function signIn(login: string): Promise<Visitor> {
  const visitor = openVisitor(http)
  await visitor.open('/my')
  await visitor.send('/signin', { login, password: PASSWORD })
  return visitor
}

/** A request that the bank has just made, and its page. */
async function asked(visitor: Visitor, query = ''): Promise<{ address: string; page: Visited }> {
  const { code } = await makeRequest(bank.app, banker, wishOf({ classes: CLASSES }))
  const address = `/my/grant/${code}`
  return { address, page: await visitor.open(address + query) }
}

const asksFor = ({ html }: Visited): string | undefined => /<fieldset class="proof">.*?<input id="([a-z-]+)"/s.exec(html)?.[1]
const chosen = ({ html }: Visited): readonly [term: string | undefined, ticked: boolean] => [
  /value="(\d+)" selected/.exec(html)?.[1],
  /name="sensitive" value="payments" checked/.test(html),
]
const YES = { answer: 'granted', days: '30', sensitive: 'payments' }

test('M461 · whoever signed in long ago proves anew who he is in the form itself, and grants what he chose by one press', async () => {
  const head = await signIn('head')
  assert.equal(asksFor((await asked(head)).page), undefined, 'just signed in')
  later(11)
  const { address, page } = await asked(head)
  assert.equal(asksFor(page), 'password')
  assert.match(plain(page.html), /离上次验证已超过10分钟/)
  const empty = await head.send(address, YES)
  assert.deepEqual([empty.status, asksFor(empty), ...chosen(empty)], [422, 'password', '30', true])
  const wrong = await head.send(address, { ...YES, password: 'not-the-password' })
  assert.deepEqual([wrong.status, asksFor(wrong), ...chosen(wrong)], [422, 'password', '30', true], plain(wrong.html))
  assert.match(plain(wrong.html), /密码不正确/)
  assert.ok(!wrong.html.includes('not-the-password'), 'a password is never sent back')
  const granted = await head.send(address, { ...YES, password: PASSWORD })
  assert.deepEqual([granted.status, /^\/my\/grants\/\d+\?done=granted$/.test(granted.path)], [200, true], plain(granted.html))
  assert.match(plain(granted.html), /缴费和欠缴/, 'the class that was ticked')
  assert.equal(asksFor((await asked(head)).page), undefined, 'the proof holds for ten minutes')
})

test('M461 · a proof that was given stays given where the act is refused after it', async () => {
  const head = await signIn('head')
  later(11)
  const { address } = await asked(head)
  const refused = await head.send(address, { ...YES, days: '400', password: PASSWORD })
  assert.deepEqual([refused.status, asksFor(refused)], [422, undefined], plain(refused.html))
  const granted = await head.send(address, YES)
  assert.match(granted.path, /done=granted$/, plain(granted.html))
})

test('M461 · M458 · with a second factor its code is asked for, the password is not; a page that was drawn in time is asked too', async () => {
  const other = await signIn('other')
  await other.open('/my/security')
  const started = await other.send('/my/security/totp')
  const secret = /class="code[^"]*"[^>]*>([A-Z2-7 ]+)</.exec(started.html)?.[1]?.replaceAll(' ', '') ?? ''
  const code = (): string => codeOfUri(secret, bank.app.now())
  await other.send('/my/security/totp/confirm', { 'totp-code': code() })
  later(9)
  const { address, page } = await asked(other)
  assert.equal(asksFor(page), undefined)
  later(2)
  const stale = await other.send(address, { ...YES, password: PASSWORD })
  assert.deepEqual([stale.status, asksFor(stale), ...chosen(stale)], [422, 'factor-code', '30', true])
  const wrong = await other.send(address, { ...YES, 'factor-code': '000000' })
  assert.deepEqual([wrong.status, asksFor(wrong), ...chosen(wrong)], [422, 'factor-code', '30', true])
  const granted = await other.send(address, { ...YES, 'factor-code': code() })
  assert.match(granted.path, /done=granted$/, plain(granted.html))
})

test('PIPL 15 · a no and a revocation are one press, however long ago one signed in', async () => {
  const head = await signIn('head')
  const { address } = await asked(head)
  const granted = await head.send(address, YES)
  const one = granted.path.split('?')[0] ?? ''
  later(30)
  await head.open(one)
  const revoked = await head.send(one)
  assert.match(plain(revoked.html), /已撤回，立即生效/)
  const again = await asked(head)
  assert.equal(asksFor(again.page), 'password')
  const refused = await head.send(again.address, { answer: 'refused' })
  assert.match(plain(refused.html), /已答复不同意/)
})

test('PIPL 29 · an address ticks nothing for anybody', async () => {
  const head = await signIn('head')
  later(11)
  const { page } = await asked(head, '?sensitive=payments&days=30')
  const [term, isTicked] = chosen(page)
  assert.deepEqual([term === '30', isTicked], [false, false])
})
