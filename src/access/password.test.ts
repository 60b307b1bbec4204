import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPassword } from './password.ts'

const KNOWN = [
  'clerk.market',
  '市市场监管局报送员',
  'market-regulation',
  '澜川市市场监督管理局',
  '澜川市',
  '信用澜川（示例）',
  'mingxin',
]
const codeOf = async (password: string, isStaff = true, breachedFile: string | null = null): Promise<string> => {
  const verdict = await checkPassword(password, { isStaff, known: KNOWN, breachedFile })
  return verdict.ok ? 'fit' : verdict.code
}

for (const [password, code] of [
  ['short-secret', 'fit'],
  ['a-shorter-1', 'account.password-too-short'],
  ['九个字还差一点点儿呢', 'account.password-too-short'],
  ['山高月小水落石出清风徐来', 'fit'],
  ['shili-baosong-1', 'fit'],
  ['correct horse battery staple', 'fit'],
  ['x'.repeat(201), 'account.password-too-long'],
  ['password2026!', 'account.password-common'],
  ['P@ssw0rd1234', 'account.password-common'],
  ['Admin@123456', 'account.password-common'],
  ['woaini1314520', 'account.password-common'],
  ['qwertyuiop123', 'account.password-common'],
  ['1qaz2wsx3edc', 'account.password-common'],
  ['abcdefghijkl', 'account.password-common'],
  ['138001380001', 'account.password-common'],
  ['counterstrike', 'account.password-common'],
  ['Manchester-2026!', 'account.password-common'],
  ['unbelievable', 'account.password-common'],
  ['aaaaaaaaaaaab', 'account.password-common'],
  ['zzzzyyyyxxxxwwww', 'account.password-common'],
  ['clerk.market-2026', 'account.password-own-name'],
  ['clerkmarketclerk', 'account.password-own-name'],
  ['澜川市市场监督管理局12', 'account.password-own-name'],
  ['mingxin-2026-01', 'account.password-own-name'],
] as const)
  test(`NIST SP 800-63B · a staff password of ${password.length} characters, ${password.slice(0, 20)}: ${code}`, async () => {
    assert.equal(await codeOf(password), code)
  })

test('a subject’s password may be two characters shorter', async () => {
  assert.equal(await codeOf('lanze-2-yu', false), 'fit')
  assert.equal(await codeOf('lanze-2-yu', true), 'account.password-too-short')
})
