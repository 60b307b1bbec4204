import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createAccount } from '../access/accounts.ts'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { setFirstPassword } from '../access/first-password.ts'
import type { App } from '../app.ts'
import { grantRequest } from '../authorisation/answer.ts'
import { makeRequest } from '../authorisation/request.ts'
import { accountOf, banker, consentOf, openBankTest, wishOf } from '../authorisation/testing.ts'
import type { AccountId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { type KeyEntry, makeKey, masterDirOf, readKeys } from '../crypto/key-file.ts'
import { openKeys } from '../crypto/keys.ts'
import { readMasters } from '../crypto/master-key.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { openPerson, type Person, personOf } from '../factors/testing.ts'
import { activateAccount, issueActivation } from '../mandates/activation.ts'
import { openTestPerson } from '../mandates/testing.ts'
import { TEST_NOW, type TestApp } from '../testing-app.ts'
import { openApiDoor } from './api-door.ts'
import { checkKeys } from './keys-check.ts'
import { requireUnneeded } from './keys-retire.ts'
import { CODES } from './waiting-codes.ts'

// The key of sessions is replaced while codes of every kind wait: each of them still opens once, and the old key stays until they have ended.

const ROTATED = new Date(TEST_NOW.getTime() + 60_000)
const NAMES = ['激活码', '代办人邀请码', '授权二维码', '恢复码', '重设密码的一次性代码', '新账号的启用码']

let t: TestApp
let firm: SubjectId
let other: SubjectId
let owner: Database
let keyDir = ''
let old: KeyEntry | undefined
let young: KeyEntry | undefined
let rotated: App
let http: FastifyInstance
let httpLater: FastifyInstance
let clerk: Person
let second: Person
const held = { activation: '', invitation: '', authorisation: '', recovery: '', reset: '', first: '' }

const sessionKeys = async () => (await readKeys(keyDir)).filter(entry => entry.purpose === 'session')
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'done'
  } catch (error) {
    return error instanceof Refusal ? error.code : String((error as { code?: string }).code)
  }
}
const retire = (id: string, now: Date) =>
  requireUnneeded(
    { db: owner, keyDir, filesDir: join(t.app.config.dataDir ?? '', 'files'), now },
    { id, purpose: 'session' },
    t.app.words,
  )

before(async () => {
  ;({ platform: t, firm, other } = await openBankTest())
  keyDir = join(t.app.config.dataDir ?? '', 'keys')
  owner = openDatabase(t.database.url, { max: 1 })
  http = await openApiDoor(t.app)
  await giveCodes()
  const [master] = await readMasters(masterDirOf(keyDir))
  await makeKey(keyDir, { purpose: 'session', suite: 'intl', madeAt: TEST_NOW, madeBy: '密钥管理员甲', master, useFrom: ROTATED })
  ;[old, young] = await sessionKeys()
  t.setNow(ROTATED)
  const keys = await openKeys({ dir: keyDir, mayCreate: false, production: false, now: t.app.now })
  rotated = { ...t.app, keys }
  httpLater = await openApiDoor(rotated)
})
after(async () => {
  await httpLater.close()
  await http.close()
  await owner.close()
  await t.close()
})

/** One code of every kind, made under the key there was at first. */
async function giveCodes(): Promise<void> {
  const { app } = t
  const issue = { deed: 'subject.bind-confirm', entity: 'account:900001' }
  held.activation = (await change(app, SYSTEM, issue, made => issueActivation(app, made, 900_001 as AccountId, '某甲'))).code
  const principal = await openTestPerson(app, http, '某乙', firm)
  const invited = await principal.ask('POST', '/mandates/invitations', {
    name: '周某',
    extent: ['look.read-own'],
    until: '2027-03-31',
  })
  held.invitation = invited.body.code
  held.authorisation = (await makeRequest(app, banker, wishOf())).code
  clerk = await openPerson(t, http, ['clerk'])
  await clerk.signIn()
  held.recovery = (await clerk.enrolTotp())[0] ?? ''
  const [system, security] = await Promise.all(
    ['system-administrator', 'security-administrator'].map(role => openPerson(t, http, [role], { unit: 'credit-office' })),
  )
  await system?.signIn()
  await security?.signIn()
  second = await openPerson(t, http, ['clerk'])
  const account = await t.worker.db.row<{ id: number }>(sql`select account_id as id from account where login = ${second.login}`)
  const asked = await system?.ask('POST', `/accounts/${account?.id}/password-resets`, { reason: '忘记密码', takesFactor: false })
  const confirmed = await security?.ask('POST', `/password-resets/${asked?.json().resetId}/confirm`, { takesFactor: false })
  held.reset = confirmed?.json().code
  held.first = (await createAccount(app, { login: 'xin-tong-shi', name: '某丙', unit: 'health', roles: ['clerk'] })).code
}

test('Decision 4 · a session key is not taken away while codes wait that only it recognises; the refusal says which and until when', async () => {
  assert.ok(Object.values(held).every(code => code.length > 8))
  const error = await retire(old?.id ?? '', ROTATED).then(
    () => null,
    (fault: unknown) => fault as Refusal,
  )
  assert.equal(error?.code, 'keys.codes-waiting')
  const said = t.app.words.say('keys.codes-waiting', error?.facts)
  for (const name of NAMES) assert.ok(said.includes(name), said)
  assert.match(said, /激活码1个，最迟2026-12-05 12:00到期/)
  assert.match(said, /恢复码10个，没有到期日/)
  assert.equal(error?.facts['count'], 15)
  await retire(young?.id ?? '', ROTATED)
})

test('Decision 4 · keys check names the session key that codes need, and misses it where it is gone', async () => {
  const place = { db: owner, keyDir, filesDir: join(t.app.config.dataDir ?? '', 'files'), now: ROTATED, production: false }
  const { uses, flaws } = await checkKeys({ ...place, contents: false })
  assert.deepEqual(flaws, [])
  for (const { place: name } of CODES)
    assert.ok(
      uses.some(use => use.place === name && use.keyId === old?.id),
      name,
    )
})

test('Decision 4 · wrong tries from before a rotation of the key still count after it', async () => {
  t.setNow(TEST_NOW)
  const person = await openPerson(t, http, ['clerk'], { address: '10.66.0.1' })
  for (let i = 0; i < 5; i++) await person.signIn('bu-shi-zhe-ge-mima')
  t.setNow(ROTATED)
  const later = personOf({ ...t, app: rotated }, httpLater, person.login, '10.66.0.2')
  assert.equal((await later.signIn()).json().code, 'access.locked')
})

const uses: Readonly<Record<(typeof CODES)[number]['kind'], () => Promise<string>>> = {
  activation: () => codeOf(activateAccount(rotated, held.activation, 'ji-huo-jia', 'lan-chuan-17-bamboo')),
  invitation: async () => {
    const agent = await openTestPerson(rotated, httpLater, '周某')
    const { status, body } = await agent.ask('POST', '/mandates/acceptances', { code: held.invitation })
    return status < 300 ? 'done' : body.code
  },
  authorisation: async () => {
    const subject = accountOf(other)
    return await codeOf(
      consentOf(rotated, other, held.authorisation).then(consent =>
        grantRequest(rotated, subject, { code: held.authorisation }, consent),
      ),
    )
  },
  recovery: async () => {
    const person = personOf({ ...t, app: rotated }, httpLater, clerk.login)
    await person.signIn()
    const answer = await person.ask('POST', '/sessions/me/factor', { code: held.recovery })
    return answer.statusCode < 300 ? 'done' : answer.json().code
  },
  reset: async () => {
    const answer = await personOf({ ...t, app: rotated }, httpLater, second.login).ask('POST', '/password-resets/use', {
      login: second.login,
      code: held.reset,
      password: 'huan-yi-ge-mima-1',
    })
    return answer.statusCode < 300 ? 'done' : answer.json().code
  },
  first: () => {
    const caller = { address: '10.66.0.3', agent: '', before: '' }
    return codeOf(setFirstPassword(rotated, { login: 'xin-tong-shi', code: held.first, password: 'wo-de-xin-mima-1', caller }))
  },
}
const SPENT = {
  activation: 'activation.used',
  invitation: 'invitation.settled',
  authorisation: 'authorisation.request-answered',
  recovery: 'factor.code-wrong',
  reset: 'reset.code-wrong',
  first: 'first-code.wrong',
} as const
for (const { kind } of CODES)
  test(`Decision 4 · a code of ${kind} from before a rotation of the key opens after it, once`, async () => {
    assert.equal(await uses[kind](), 'done')
    assert.equal(await uses[kind](), SPENT[kind])
  })

test('Decision 4 · once the codes are used, over or made anew, the old key may go; codes of unknown key count for every key', async () => {
  assert.equal(await codeOf(retire(old?.id ?? '', ROTATED)), 'keys.codes-waiting')
  const person = personOf({ ...t, app: rotated }, httpLater, clerk.login)
  await owner.run(sql`update recovery_code set mac_key = null`)
  assert.equal(await codeOf(retire(young?.id ?? '', ROTATED)), 'keys.codes-waiting')
  await owner.run(sql`update account set closed_at = ${ROTATED} where login = ${person.login}`)
  await retire(old?.id ?? '', ROTATED)
  await retire(young?.id ?? '', ROTATED)
})

test('Decision 4 · every column of macs is a place of codes, or known to be looked up by nobody’s code', async () => {
  const columns = await owner.rows<{
    place: string
  }>(sql`select c.table_name || '.' || c.column_name as place from information_schema.columns c
    join pg_class k on k.relname = c.table_name and not k.relispartition and k.relnamespace = 'public'::regnamespace
    where c.table_schema = 'public' and c.column_name like '%mac' order by 1`)
  const others = [
    // Digests of contents, under a key that is not replaced.
    ...['former_content.content_mac', 'record_key.content_mac', 'waiting_row.content_mac'],
    // Tries of the last minutes: forgotten with their key, nobody is kept out.
    'sign_in_attempt.login_mac',
  ]
  assert.deepEqual(
    columns.map(({ place }) => place),
    [...CODES.map(({ place }) => place), ...others].sort(),
  )
})
