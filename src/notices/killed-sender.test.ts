import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { startWorker } from '../platform/worker.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { setAddress } from './address.ts'
import { openNotice } from './proof.ts'
import { smsSender } from './sms-gateway.ts'
import { serveTestNotice } from './testing.ts'
import type { KilledSender } from './testing-killed-sender.ts'

let t: TestApp
let folder: string
let firm: SubjectId
before(async () => {
  t = await openTestApp()
  folder = await mkdtemp(join(tmpdir(), 'mingxin-killed-sender-'))
  await writeFile(join(folder, 'sms.secret'), 'test-only\n', { mode: 0o600 })
  const [one] = await openTestSubjects(t.app, [{ name: '澜川半途食品有限公司', uscc: inventedUscc('enterprise', 88) }])
  firm = one as SubjectId
  const address = { recipient: '', telephone: '13800000000', email: '', postal: '' }
  await setAddress(t.app, { ...actorFor('subject', 'subject'), subjectId: firm }, address)
})
after(async () => {
  await rm(folder, { recursive: true })
  await t.close()
})

/** A gateway that takes every message; the serial numbers that it heard. */
async function gateway() {
  const heard: string[] = []
  const http = createServer((request, response) => {
    request.resume().on('end', () => {
      heard.push(String(request.headers['x-serial']))
      response.writeHead(200).end('{}')
    })
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}/messages`
  return { heard, address, close: () => new Promise(resolve => http.close(resolve).closeAllConnections()) }
}

const outcomes = async (noticeId: number): Promise<string[]> =>
  (
    await t.worker.db.rows<{ told: string }>(sql`select serial || ' ' || outcome as told from notice_service
      where notice_id = ${noticeId} and channel = 'sms' order by at, service_id`)
  ).map(row => row.told)

async function runKilled(told: KilledSender): Promise<string | null> {
  const program = join(import.meta.dirname, 'testing-killed-sender.ts')
  const child = spawn(process.execPath, [program, JSON.stringify(told)], { stdio: ['ignore', 'ignore', 'inherit'] })
  return await new Promise(resolve => child.on('close', (_, signal) => resolve(signal)))
}

test('principle 11 · a worker killed with -9 between sending and writing it down: the next sends again at once under the same number, and it counts once', async () => {
  const { noticeId } = await serveTestNotice(t.app, firm, 'listing-notice')
  const { heard, address, close } = await gateway()
  const serial = `N${noticeId}-sms-1`
  const shared = { urls: t.urls, dataDir: t.app.config.dataDir ?? '', now: TEST_NOW.toISOString() }
  assert.equal(await runKilled({ ...shared, gateway: address, folder }), 'SIGKILL')
  assert.deepEqual(
    [heard, await outcomes(noticeId)],
    [[serial], [`${serial} queued`]],
    'it has left, and nobody has written it down',
  )

  const sms = smsSender({ gateway: address, account: 'credit', secret: 'sms.secret' }, folder, () => TEST_NOW)
  const worker = await startWorker({ ...t.worker, senders: { ...t.worker.senders, sms } })
  const began = performance.now()
  while ((await outcomes(noticeId)).length < 2 && performance.now() - began < 60_000) await sleep(20)
  await worker.stop()
  await close()
  assert.deepEqual(heard, [serial, serial], 'what may have left twice carries the same number')
  assert.deepEqual(await outcomes(noticeId), [`${serial} queued`, `${serial} sent`])

  const own = { ...actorFor('subject', 'subject'), subjectId: firm }
  await openNotice(t.app, own, { subjectId: firm, noticeId }, [firm])
  await openNotice(t.app, own, { subjectId: firm, noticeId }, [firm])
  const row = await t.worker.db.row<{ n: number }>(
    sql`select count(*)::int as n from notice_service where notice_id = ${noticeId} and outcome = 'opened'`,
  )
  assert.equal(row?.n, 1, 'served once')
})
