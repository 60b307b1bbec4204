import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { sql } from '../../src/db/database.ts'
import { codeOfUri } from '../../src/factors/testing.ts'
import { openTestSubjects } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { PASSWORD } from '../../stories/cast.ts'
import { openStage, type Stage } from '../../stories/stage.ts'
import { lookAt as look } from './browser-testing.ts'

/* The second step and the page of security as a person meets them: forms without scripts, passkeys with a virtual authenticator. */

let stage: Stage
let browser: Browser

before(async () => {
  // Browsers take a passkey for a name, never for an address of numbers.
  stage = await openStage({ host: 'localhost' })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

let made = 900_000
async function firm(): Promise<string> {
  const name = '澜川珩汐食品有限公司'
  const [subjectId] = await openTestSubjects(stage.test.worker, [{ name, uscc: inventedUscc('enterprise', ++made) }])
  await stage.asFirm(subjectId as number, name)
  return `firm.${subjectId}`
}

const context = (width = 360): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width, height: width > 1000 ? 720 : 640 }, locale: 'zh-CN', bypassCSP: true })

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(`${stage.address}/signin`)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

const later = (seconds: number): void => stage.test.setNow(new Date(stage.app.now().getTime() + seconds * 1000))

test('M458 · a firm without a second factor is asked for one on its overview, authorisations and agents, and led to where it is set up', async () => {
  const page = await (await context()).newPage()
  await signIn(page, await firm())
  for (const path of ['/my', '/my/grants', '/my/agents']) {
    await page.goto(`${stage.address}${path}`)
    await look(page, path)
    assert.equal(await page.getByRole('link', { name: '设置第二步验证' }).count(), 1, path)
  }
  await page.getByRole('link', { name: '设置第二步验证' }).click()
  await heading(page, '登录安全')
  await page.context().close()
})

test('M061 · a firm sets up one-time codes without a script, signs in with both, and finds its way when the code is wrong', async () => {
  const login = await firm()
  const own = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false, locale: 'zh-CN' })
  const page = await own.newPage()
  await signIn(page, login)
  await page.goto(`${stage.address}/my/security`)
  await page.getByRole('button', { name: '设置动态口令' }).click()
  await heading(page, '设置动态口令')
  const secret = (await page.locator('.code').first().textContent())?.replaceAll(' ', '') ?? ''
  await page.getByLabel('动态口令', { exact: true }).fill('000000')
  await page.getByRole('button', { name: '确认设置' }).click()
  const wrong = (await page.textContent('.errors')) ?? ''
  assert.match(wrong, /口令不正确.*核对手机时间/)
  assert.doesNotMatch(wrong, /恢复码/, 'whoever is only setting codes up has no recovery codes')
  assert.equal(await page.locator('.qr').count(), 0, 'the secret is not shown again')
  await page.getByLabel('动态口令', { exact: true }).fill(codeOfUri(secret, stage.app.now()))
  await page.getByRole('button', { name: '确认设置' }).click()
  await heading(page, '请保存恢复码')
  assert.equal(await page.locator('.codes li').count(), 10)
  await page.getByRole('link', { name: '已经保存' }).click()
  await heading(page, '登录安全')
  await page.getByRole('button', { name: '退出登录' }).click()
  later(60)
  await signIn(page, login)
  await heading(page, '第二步验证')
  await page.goto(`${stage.address}/my/reports`)
  await heading(page, '第二步验证')
  await page.getByLabel('动态口令或恢复码').fill('000000')
  await page.getByRole('button', { name: '验证', exact: true }).click()
  assert.match((await page.textContent('.errors')) ?? '', /口令不正确/)
  await page.getByLabel('动态口令或恢复码').fill(codeOfUri(secret, stage.app.now()))
  await page.getByRole('button', { name: '验证', exact: true }).click()
  await heading(page, '信用报告')
  await own.close()
})

test('a passkey is added, named, used to sign in alone and to prove again who it is; a removed one opens nothing', async () => {
  const login = await firm()
  const own = await context(1280)
  const page = await own.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  const cdp = await own.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
  } as const
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, automaticPresenceSimulation: true },
  })
  await signIn(page, login)
  await page.goto(`${stage.address}/my/security`)
  await look(page, 'security-empty')
  await page.getByRole('button', { name: '添加通行密钥' }).click()
  await page.getByText('请先给通行密钥起个名字').waitFor()
  await page.getByLabel('通行密钥名称').fill('办公室电脑')
  await page.getByRole('button', { name: '添加通行密钥' }).click()
  await page.getByRole('heading', { name: '请保存恢复码' }).waitFor()
  assert.equal(await page.locator('#new-codes li').count(), 10)
  await look(page, 'security-codes')
  await page.getByRole('link', { name: '已经保存' }).click()
  await page.getByText('办公室电脑').first().waitFor()
  await look(page, 'security-passkey')
  await page.getByRole('button', { name: '退出登录' }).click()
  await heading(page, '登录我的信用')
  await look(page, 'sign-in-passkey')
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await heading(page, '我的信用')
  later(11 * 60)
  await page.goto(`${stage.address}/my/security`)
  await page.getByRole('heading', { name: '再验证一次身份' }).waitFor()
  await look(page, 'security-stale')
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await page.getByText('修改“办公室电脑”').click()
  await page.getByRole('button', { name: '停用这个通行密钥' }).click()
  await page.getByText('还没有添加').waitFor()
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
  assert.equal(credentials.length, 1)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await page.getByText('平台不认识这个通行密钥').waitFor()
  assert.deepEqual(faults, [])
  await own.close()
})

test('without user verification a device makes no passkey; a counter that goes back is found out; a challenge is for one answer', async () => {
  const login = await firm()
  const own = await context(1280)
  const page = await own.newPage()
  const cdp = await own.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    automaticPresenceSimulation: true,
  } as const
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, isUserVerified: false },
  })
  await signIn(page, login)
  await page.goto(`${stage.address}/my/security`)
  await page.getByLabel('通行密钥名称').fill('手机')
  await page.getByRole('button', { name: '添加通行密钥' }).click()
  await page.getByText('没有完成').waitFor()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  await page.getByRole('button', { name: '添加通行密钥' }).click()
  await page.getByRole('heading', { name: '请保存恢复码' }).waitFor()
  const sent: string[] = []
  page.on('request', request => {
    if (request.url().endsWith('/sessions/passkey')) sent.push(request.postData() ?? '')
  })
  await page.goto(`${stage.address}/my/security`)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await heading(page, '我的信用')
  const replay = await page.request.post(`${stage.address}/api/v1/sessions/passkey`, { data: JSON.parse(sent[0] ?? '') })
  assert.deepEqual([replay.status(), (await replay.json()).code], [422, 'passkey.not-verified'], 'an answer is taken once')
  await stage.app.changes.run(sql`update passkey set sign_count = sign_count + 1000`)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await page.getByText('通行密钥没有通过验证').waitFor()
  await own.close()
})

test('the pages of signing in and of security: axe finds nothing and nothing is too wide', async () => {
  const login = await firm()
  const own = await context()
  const page = await own.newPage()
  await page.goto(`${stage.address}/signin/reset`)
  await look(page, 'reset')
  await page.getByRole('button', { name: '设置新密码' }).click()
  await look(page, 'reset-faults')
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('重置码').fill('0000')
  await page.getByLabel('新密码', { exact: true }).fill('huan-yi-ge-mima')
  await page.getByLabel('再输一次新密码').fill('huan-yi-ge-mima')
  await page.getByRole('button', { name: '设置新密码' }).click()
  assert.match((await page.textContent('.errors')) ?? '', /账号或重置码不正确/)
  await signIn(page, login)
  await page.goto(`${stage.address}/my/security/password`)
  await look(page, 'password')
  await page.getByRole('button', { name: '修改密码' }).click()
  await look(page, 'password-faults')
  await page.getByLabel('现在的密码').fill(PASSWORD)
  await page.getByLabel('新密码', { exact: true }).fill('huan-yi-ge-mima')
  await page.getByLabel('再输一次新密码').fill('huan-yi-ge-mima')
  await page.getByRole('button', { name: '修改密码' }).click()
  await heading(page, '登录安全')
  await page.getByText('密码已修改，其他设备上的登录已退出。').waitFor()
  await page.getByRole('button', { name: '设置动态口令' }).click()
  await look(page, 'totp')
  const uri = new URL((await page.getByRole('link', { name: '在本机的验证器里打开' }).getAttribute('href')) ?? '')
  assert.deepEqual([uri.protocol, uri.host], ['otpauth:', 'totp'], 'the app on this very phone takes the secret without a camera')
  const secret =
    (
      await page
        .locator('.steps .code')
        .first()
        .evaluate(one => one.firstChild?.textContent)
    )?.replaceAll(' ', '') ?? ''
  await page.getByLabel('动态口令', { exact: true }).fill(codeOfUri(secret, stage.app.now()))
  await page.getByRole('button', { name: '确认设置' }).click()
  await look(page, 'recovery-codes')
  await page.goto(`${stage.address}/my/security`)
  await look(page, 'security-totp')
  await stage.app.changes.run(sql`insert into password_reset (account_id, reset_id, reason, takes_factor, asked_by, asked_at, ends_at, unit, person_kind, person_value)
    select account_id, account_id, '本人到窗口重置', true, 'account:0', ${stage.app.now()}, ${new Date(stage.app.now().getTime() + 3_600_000)}, 'approval', 'resident-id', 'x'
    from account where login = ${login}`)
  await page.reload()
  await page.getByRole('button', { name: '不是我，阻止' }).waitFor()
  await look(page, 'security-reset')
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill('huan-yi-ge-mima')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await heading(page, '第二步验证')
  assert.equal(await page.getByRole('button', { name: '使用通行密钥' }).count(), 0, 'the account has no passkey')
  await look(page, 'second-step')
  await own.close()
})
