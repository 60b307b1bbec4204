import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestPortal, type TestPortal } from './testing.ts'
import { readView } from './view.ts'

let portal: TestPortal
before(async () => {
  portal = await openTestPortal()
})
after(() => portal.close())

async function get(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  const answer = await portal.http.inject({ url, headers: { accept: 'text/html', ...headers } })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers }
}

test('the view is kept in a cookie without scripts, and leads back to our own pages only', async () => {
  const set = await get('/view?set=200&back=%2Flists%3Fa%3D1', { cookie: 'view=100h' })
  assert.equal(set.status, 303)
  assert.equal(set.headers['location'], '/lists?a=1')
  assert.match(String(set.headers['set-cookie']), /^view=200h; Path=\/; .*HttpOnly/)
  for (const foreign of ['//evil.invalid', 'https://evil.invalid', '/\\evil.invalid', 'x'])
    assert.equal((await get(`/view?set=care&back=${encodeURIComponent(foreign)}`)).headers['location'], '/')
  assert.match((await get('/lists', { cookie: 'view=150c' })).text, /<html lang="zh-CN" class="size-150 care">/)
})

test('a cookie with nonsense is the plain view', () => {
  for (const cookie of [undefined, '', 'view=', 'view=999zzz', 'view=<b>', 'other=1'])
    assert.deepEqual(readView(cookie), { size: 100, contrast: false, care: false, cursor: false }, cookie)
  assert.equal(readView('a=1; view=150cm; b=2').size, 150)
})
