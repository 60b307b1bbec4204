import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openActivated } from '../../src/access/testing.ts'
import { revokeAuthorisation } from '../../src/authorisation/revoke.ts'
import { accountOf, authorise, type BankTest, openBankTest } from '../../src/authorisation/testing.ts'
import type { SubjectId } from '../../src/base/id.ts'
import { codeOfUri } from '../../src/factors/testing.ts'
import { EXTENTS } from '../../src/mandates/model.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { openVisitor, plain, type Visitor } from './testing.ts'

const PASSWORD = 'lan-chuan-17-bamboo'
const ASKED = /这个账号还没有设置第二步验证/g
const PAGES = ['/my', '/my/grants', '/my/agents']
let bank: BankTest
let http: FastifyInstance

before(async () => {
  bank = await openBankTest()
  const account = (login: string, subjectId: SubjectId) =>
    openActivated(bank.app, { login, name: login, unit: null, roles: ['subject'], password: PASSWORD, subjectId })
  await account('head', bank.firm)
  await account('citizen', bank.person)
  http = await openApiDoor(bank.app)
})
after(async () => {
  await http.close()
  await bank.platform.close()
})

async function signIn(login: string): Promise<Visitor> {
  const visitor = openVisitor(http)
  await visitor.open('/my')
  await visitor.send('/signin', { login, password: PASSWORD })
  return visitor
}

/** How often each of the three pages asks. */
async function asks(visitor: Visitor): Promise<number[]> {
  const counts: number[] = []
  for (const path of PAGES) {
    const page = await visitor.open(path)
    assert.equal(page.status, 200, path)
    counts.push(plain(page.html).match(ASKED)?.length ?? 0)
  }
  return counts
}

test('M458 · whoever speaks for an organisation by office is asked once per page for a second factor, until there is one', async () => {
  const head = await signIn('head')
  assert.deepEqual(await asks(head), [1, 1, 1])
  assert.ok((await head.open('/my')).html.includes('href="/my/security">设置第二步验证'))
  await head.open('/my/security')
  const started = await head.send('/my/security/totp')
  const secret =
    /class="code[^"]*"[^>]*>([A-Z2-7 ]+)</.exec(started.html)?.[1]?.replaceAll(' ', '') ?? assert.fail(plain(started.html))
  await head.send('/my/security/totp/confirm', { 'totp-code': codeOfUri(secret, bank.app.now()) })
  assert.deepEqual(await asks(head), [0, 0, 0])
})

test('M458 · a person for himself is asked while somebody reads by his authorisation or acts as his agent, and not before or after', async () => {
  const citizen = await signIn('citizen')
  assert.deepEqual(await asks(citizen), [0, 0, 0])
  const { authorisationId } = await authorise(bank.app, bank.person)
  assert.deepEqual(await asks(citizen), [1, 1, 1])
  await revokeAuthorisation(bank.app, accountOf(bank.person), authorisationId)
  assert.deepEqual(await asks(citizen), [0, 0, 0])
  await citizen.open('/my/agents/invite')
  await citizen.send('/my/agents/invite', { agent: '周某', extent: [...EXTENTS], until: '2027-03-31', mobile: '' })
  assert.deepEqual(await asks(citizen), [1, 1, 1])
  await citizen.open('/my/agents')
  await citizen.send('/my/agents/withdraw')
  assert.deepEqual(await asks(citizen), [0, 0, 0])
})

test('M061 · every matter that an agent can be given has its name and its explanation on the pages of agents', async () => {
  const citizen = await signIn('citizen')
  const { words } = bank.app
  const invite = plain((await citizen.open('/my/agents/invite')).html)
  await citizen.send('/my/agents/invite', { agent: '周某', extent: [...EXTENTS], until: '2027-03-31', mobile: '' })
  const agents = plain((await citizen.open('/my/agents')).html)
  for (const extent of EXTENTS) {
    assert.ok(words.has(`mandate.extent-${extent}`) && words.has(`mandate.extent-hint-${extent}`), extent)
    assert.ok(
      invite.includes(words.say(`mandate.extent-${extent}`)) && invite.includes(words.say(`mandate.extent-hint-${extent}`)),
      extent,
    )
    assert.ok(agents.includes(words.say(`mandate.extent-${extent}`)), extent)
  }
})
