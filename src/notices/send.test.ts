import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { setAddress } from './address.ts'
import { openNotice } from './proof.ts'
import { sendMessage } from './send.ts'
import type { Message, Sender } from './senders.ts'
import { smsSender } from './sms-gateway.ts'
import { serveTestNotice } from './testing.ts'
import { openMailServer, type Says, type TlsMode } from './testing-mail.ts'

/* Messages that a letter waits, against real servers on this machine: an HTTP gateway and a mail server that answer, refuse, stay silent. */

let t: TestApp
let owner: Database
let folder: string
let firm: SubjectId
let silent: SubjectId
const KEY = 'test-only-gateway-secret'
const now = (): Date => TEST_NOW
const message: Message = { serial: 'N1-sms-1', to: '13800000000', subject: '您有一份文书待查收', text: '请登录查看。' }

before(async () => {
  t = await openTestApp()
  owner = openDatabase(t.database.url, { max: 1 })
  folder = await mkdtemp(join(tmpdir(), 'mingxin-senders-'))
  await writeFile(join(folder, 'sms.secret'), `${KEY}\n`, { mode: 0o600 })
  await writeFile(join(folder, 'mail.secret'), 'test-only-mail', { mode: 0o600 })
  const [one, two] = await openTestSubjects(t.app, [
    { name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) },
    { name: '澜川青禾食品有限公司', uscc: inventedUscc('enterprise', 9) },
  ])
  firm = one as SubjectId
  silent = two as SubjectId
  const address = { recipient: '', telephone: '13800000000', email: 'office@example.cn', postal: '' }
  await setAddress(t.app, { ...actorFor('subject', 'subject'), subjectId: firm }, address)
})
after(async () => {
  await rm(folder, { recursive: true })
  await owner.close()
  await t.close()
})

type Heard = { readonly headers: IncomingHttpHeaders; readonly body: string }

/** An HTTP gateway that answers as it is told; null: never. */
async function gateway(answers: readonly (number | null)[]) {
  const heard: Heard[] = []
  const http = createServer((request, response) => {
    let body = ''
    request.on('data', part => (body += part))
    request.on('end', () => {
      const status = answers[Math.min(heard.length, answers.length - 1)]
      heard.push({ headers: request.headers, body })
      if (status !== null) response.writeHead(status ?? 500).end('{}')
    })
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}/messages`
  const send = smsSender({ gateway: address, account: 'credit', secret: 'sms.secret' }, folder, now)
  const close = async (): Promise<void> => {
    http.closeAllConnections()
    await new Promise(resolve => http.close(resolve))
  }
  return { heard, send, close }
}

const mailServer = (says?: Says, tls?: TlsMode) => openMailServer(folder, now, says, tls)

const steps = async (noticeId: number, channel: string): Promise<string[]> =>
  (
    await owner.rows<{
      told: string
    }>(sql`select serial || ' ' || outcome || coalesce(' ' || reason, '') as told from notice_service
      where notice_id = ${noticeId} and channel = ${channel} order by at, service_id`)
  ).map(row => row.told)

test('a message to the gateway is signed, carries its serial number and nothing of the letter', async () => {
  const { heard, send, close } = await gateway([200])
  assert.deepEqual(await send(message), { taken: true })
  await close()
  const { headers, body } = heard[0] as Heard
  assert.deepEqual(JSON.parse(body), { serial: 'N1-sms-1', to: '13800000000', text: '请登录查看。' })
  assert.equal(headers['x-signature'], createHmac('sha256', KEY).update(`${TEST_NOW.toISOString()}\n${body}`).digest('hex'))
  assert.deepEqual([headers['x-account'], headers['x-serial']], ['credit', 'N1-sms-1'])
})

for (const [status, outcome] of [
  [202, 'taken'],
  [400, 'refused'],
  [404, 'refused'],
  [401, 'thrown'],
  [429, 'thrown'],
  [302, 'thrown'],
  [503, 'thrown'],
] as const)
  test(`a gateway that answers ${status}: ${outcome}`, async () => {
    const { send, close } = await gateway([status])
    const found = await send(message).then(
      answer => (answer.taken ? 'taken' : answer.reason),
      () => 'thrown',
    )
    await close()
    assert.equal(found, outcome)
  })

test('a secret that others may read, or that is not there, sends nothing', async () => {
  const { heard, send, close } = await gateway([200])
  await chmod(join(folder, 'sms.secret'), 0o604)
  await assert.rejects(send(message), /others may read/)
  await chmod(join(folder, 'sms.secret'), 0o600)
  await assert.rejects(
    smsSender({ gateway: 'http://127.0.0.1:1/', account: 'a', secret: 'none' }, folder, now)(message),
    /ENOENT/,
  )
  await close()
  assert.equal(heard.length, 0)
})

test('a mail is submitted with its serial number as its id; Chinese and dots travel unharmed', async () => {
  const server = await mailServer()
  const text = '【信用示例】您有一份文书待查收。'.repeat(8)
  assert.deepEqual(await server.sender()({ ...message, to: 'office@example.cn', text }), { taken: true })
  await server.close()
  const [mail = ''] = server.taken
  const [head = '', body = ''] = mail.split('\r\n\r\n')
  assert.match(head, /^Message-ID: <N1-sms-1@credit\.example>$/m)
  assert.match(head, /^To: <office@example\.cn>$/m)
  const words = [...(/^Subject: ([\s\S]*?)\r\n\S/m.exec(head)?.[1] ?? '').matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)]
  assert.equal(words.map(([, word = '']) => Buffer.from(word, 'base64').toString()).join(''), message.subject)
  assert.equal(Buffer.from(body, 'base64').toString(), text)
  assert.ok(mail.split('\r\n').every(line => line.length <= 78 && /^[\x20-\x7e]*$/.test(line)))
  assert.deepEqual(
    server.commands.map(line => line.split(':')[0]),
    ['EHLO credit.example', 'MAIL FROM', 'RCPT TO', 'DATA', 'QUIT'],
  )
})

const mails: readonly (readonly [string, Readonly<Record<string, string | null>>, string])[] = [
  ['refuses the recipient for good', { RCPT: '550 nobody' }, 'refused'],
  ['asks to come again', { RCPT: '450 later' }, 'thrown'],
  ['refuses the sender', { MAIL: '550 not you' }, 'thrown'],
  ['is full when it has the message', { '.': '452 full' }, 'thrown'],
  ['greets nobody', { greeting: '554 no service' }, 'thrown'],
  ['hangs up on DATA', { DATA: '421 bye' }, 'thrown'],
]
for (const [what, says, outcome] of mails)
  test(`a mail server that ${what}: ${outcome}`, async () => {
    const server = await mailServer(says)
    const found = await server
      .sender()({ ...message, to: 'office@example.cn' })
      .then(
        answer => (answer.taken ? 'taken' : answer.reason),
        () => 'thrown',
      )
    await server.close()
    assert.equal(found, outcome)
  })

test('an address that would speak for itself is never said to the server', async () => {
  const server = await mailServer()
  const answer = await server.sender()({ ...message, to: 'a@example.cn>\r\nRCPT TO:<b@example.cn' })
  await server.close()
  assert.deepEqual([answer, server.commands], [{ taken: false, reason: 'refused' }, []])
})

test('where the city asks for TLS and the server offers none, nothing is said but hello', async () => {
  const server = await mailServer({ STARTTLS: '502 not here' })
  await assert.rejects(server.sender({ security: 'starttls' })({ ...message, to: 'office@example.cn' }), /502 to STARTTLS/)
  await server.close()
  assert.ok(!server.commands.some(line => /MAIL|AUTH/.test(line)))
})

for (const mode of ['tls', 'starttls'] as const)
  test(`over ${mode} a password is given to a server with a certificate that is trusted, to no other`, async context => {
    const [key, cert] = [join(folder, `${mode}.key`), join(folder, `${mode}.pem`)]
    const how = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout ${key} -out ${cert}`
    try {
      execFileSync('openssl', how.split(' '), { stdio: 'ignore' })
    } catch {
      context.skip('no openssl on this machine to make a certificate')
      return
    }
    const server = await mailServer({}, { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8'), mode })
    const login = { user: 'credit', secret: 'mail.secret' }
    const mail = { ...message, to: 'office@example.cn' }
    await assert.rejects(server.sender({ security: mode, login })(mail), /self.signed|certificate/)
    assert.ok(!server.commands.some(line => line.startsWith('AUTH')))
    assert.deepEqual(await server.sender({ security: mode, login, authority: cert })(mail), { taken: true })
    await server.close()
    const auth = server.commands.find(line => line.startsWith('AUTH PLAIN '))?.slice('AUTH PLAIN '.length)
    assert.equal(Buffer.from(auth ?? '', 'base64').toString(), '\0credit\0test-only-mail')
  })

const withSms = (send: Sender): App => ({ ...t.worker, senders: { sms: send, email: null } })
const sending = (subjectId: SubjectId, noticeId: number) => ({
  subjectId,
  noticeId,
  serial: `N${noticeId}-sms-1`,
  channel: 'sms' as const,
})

test('what may have left twice carries the same serial number and is told once', async () => {
  const { noticeId } = await serveTestNotice(t.app, firm, 'listing-notice')
  const { heard, send, close } = await gateway([503, 200])
  const app = withSms(send)
  await assert.rejects(sendMessage(app, sending(firm, noticeId)), /503/)
  assert.deepEqual(await steps(noticeId, 'sms'), [`N${noticeId}-sms-1 queued`])
  // Two workers at once, as after a crash between sending and writing it down.
  await Promise.all([sendMessage(app, sending(firm, noticeId)), sendMessage(app, sending(firm, noticeId))])
  await sendMessage(app, sending(firm, noticeId))
  await close()
  assert.deepEqual([...new Set(heard.map(one => one.headers['x-serial']))], [`N${noticeId}-sms-1`])
  assert.deepEqual(await steps(noticeId, 'sms'), [`N${noticeId}-sms-1 queued`, `N${noticeId}-sms-1 sent`])
  const said = JSON.parse(heard[0]?.body ?? '{}') as { text: string }
  assert.match(said.text, /您有一份文书（市市场监管局信文〔2026〕\d+号）待查收。请登录http.*\/my\/notices查看/)
  assert.doesNotMatch(said.text, /云麓|列入|告知|示例事项/)
})

test('no address, no sender, refused for good: told as such, and nothing counts as served', async () => {
  const { send, close } = await gateway([400])
  const without = await serveTestNotice(t.app, silent, 'listing-notice')
  await sendMessage(withSms(send), sending(silent, without.noticeId))
  assert.deepEqual((await steps(without.noticeId, 'sms')).slice(1), [`N${without.noticeId}-sms-1 impossible no-address`])
  const other = await serveTestNotice(t.app, firm, 'listing-notice')
  await sendMessage({ ...t.worker, senders: { sms: null, email: null } }, sending(firm, other.noticeId))
  assert.deepEqual((await steps(other.noticeId, 'sms')).slice(1), [`N${other.noticeId}-sms-1 impossible no-sender`])
  const refused = await serveTestNotice(t.app, firm, 'listing-notice')
  await sendMessage(withSms(send), sending(firm, refused.noticeId))
  assert.deepEqual((await steps(refused.noticeId, 'sms')).slice(1), [`N${refused.noticeId}-sms-1 refused refused`])
  await close()
  const row = await owner.row<{ count: number }>(sql`select count(*)::int as count from notice where served_on is not null`)
  assert.equal(row?.count, 0)
})

test('a letter that was opened meanwhile needs no message', async () => {
  const { heard, send, close } = await gateway([200])
  const { noticeId } = await serveTestNotice(t.app, firm, 'listing-notice')
  await openNotice(t.app, { ...actorFor('subject', 'subject'), subjectId: firm }, { subjectId: firm, noticeId }, [firm])
  await sendMessage(withSms(send), sending(firm, noticeId))
  await close()
  assert.equal(heard.length, 0)
})
