import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { SYSTEM } from '../../src/access/actor.ts'
import { change } from '../../src/access/change.ts'
import type { FactId, SubjectId } from '../../src/base/id.ts'
import { makeCheck } from '../../src/checks/commands.ts'
import { sql } from '../../src/db/database.ts'
import { refreshCorrectionTimes } from '../../src/publication/correction-times.ts'
import { withdrawRecords } from '../../src/publication/withdraw.ts'
import { confirmCorrection } from '../../src/receivers/confirm.ts'
import { investigator, officer, why } from '../../src/receivers/testing.ts'
import { openTestSubjects, publishTestFacts, wageListing } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { workerOf } from '../../src/testing-app.ts'
import { PASSWORD } from '../../stories/cast.ts'
import { openStage, type Stage } from '../../stories/stage.ts'
import { lookAt } from './browser-testing.ts'

/* A firm's listing was repaired: on its phone it sees how many of those who had it have confirmed; the public how long that takes. */

const NAME = '澜川珩汐食品有限公司'
const HOUR = 3_600_000
let stage: Stage
let browser: Browser
let firm: SubjectId
let uscc = ''

before(async () => {
  stage = await openStage()
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  uscc = inventedUscc('enterprise', 951)
  const [opened] = await openTestSubjects(stage.app, [{ name: NAME, uscc }])
  firm = opened as SubjectId
  await stage.asFirm(firm, NAME)
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

const later = (hours: number): void => stage.test.setNow(new Date(stage.app.now().getTime() + hours * HOUR))

/** Listed, checked by a window and an investigator, and an hour later repaired; the notices. */
async function repaired(number: string): Promise<{ noticeId: number; receiver: string }[]> {
  const { app } = stage
  const [recordId] = (await publishTestFacts(app, [wageListing(firm, number, '2026-06-01')])) as [FactId]
  later(1)
  await makeCheck(app, officer, { subject: uscc, ...why })
  await makeCheck(app, investigator, { subject: uscc, ...why })
  later(1)
  await change(app, SYSTEM, { deed: 'test.repair', entity: 'system' }, made =>
    withdrawRecords(app, made, [{ subjectId: firm, recordId }], 'record.repaired'),
  )
  return await stage.test.worker.db.rows<{ noticeId: number; receiver: string }>(
    sql`select notice_id as "noticeId", receiver from receiver_notice join correction using (subject_id, correction_id) where record_ids @> ${[recordId]} order by receiver`,
  )
}

async function confirm(noticeId: number, actor = officer): Promise<void> {
  await confirmCorrection(stage.app, actor, { subjectId: firm, noticeId }, 'deleted')
}

async function signIn(): Promise<Page> {
  const own = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'zh-CN', bypassCSP: true })
  const page = await own.newPage()
  await page.goto(`${stage.address}/signin`)
  await page.getByLabel('账号').fill(`firm.${firm}`)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '我的信用', exact: true }).waitFor()
  return page
}

test('M260 · the account tells at once that others have yet to confirm, then how many have, then that all have', async () => {
  const before = await signIn()
  await before.goto(`${stage.address}/my/corrections`)
  await before.getByText('还没有需要别的单位确认的更正').waitFor()
  await before.context().close()
  const [window, bureau] = await repaired('示人社失〔2026〕951号')
  assert.deepEqual([window?.receiver, bureau?.receiver], ['approval', 'ecology-environment'])
  await confirm(window?.noticeId ?? 0)
  const page = await signIn()
  await page.getByRole('heading', { name: '1项更正，别的单位还在确认' }).waitFor()
  await lookAt(page, 'my-with-correction')
  await page.getByRole('link', { name: '更正进度' }).click()
  await page.getByText('曾取得它的2个单位正在确认更正，已确认1个。').waitFor()
  await page.getByText('示人社失〔2026〕951号').waitFor()
  await lookAt(page, 'my-corrections')
  await confirm(bureau?.noticeId ?? 0, investigator)
  await page.goto(`${stage.address}/my/corrections`)
  await page.getByText('曾取得它的2个单位已全部确认更正。').waitFor()
  await page.goto(`${stage.address}/my`)
  assert.equal(await page.getByText('别的单位还在确认').count(), 0)
  await page.context().close()
})

test('principle 10 · the public page of clocks tells how long corrections take, to a reader and to a program', async () => {
  const page = await (await browser.newContext({ locale: 'zh-CN', bypassCSP: true })).newPage()
  await page.goto(`${stage.address}/clocks`)
  await page.getByText('还没有满五件全部确认完毕的更正').waitFor()
  for (let no = 0; no < 5; no++) {
    const [window, bureau] = await repaired(`示人社失〔2026〕96${no}号`)
    later(20 + 12 * no)
    await confirm(window?.noticeId ?? 0)
    await confirm(bureau?.noticeId ?? 0, investigator)
  }
  await refreshCorrectionTimes(workerOf(stage.app))
  await page.goto(`${stage.address}/clocks`)
  const table = page.getByRole('table', { name: '到最后一个单位确认用了多久' })
  await table.getByText('2026-11').waitFor()
  await lookAt(page, 'clocks-corrections')
  const answer = await page.request.get(`${stage.address}/clocks?format=json`)
  const { corrections } = (await answer.json()) as { corrections: Record<string, unknown>[] }
  assert.equal(corrections.length, 1)
  assert.deepEqual([corrections[0]?.['month'], corrections[0]?.['complete']], ['2026-11-01', 6])
  await page.context().close()
})
