import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openActivated } from '../../src/access/testing.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { openTestApp, type TestApp } from '../../src/testing-app.ts'

const PASSWORD = 'wo-de-xin-yong-1'
let platform: TestApp

before(async () => {
  platform = await openTestApp()
  await openActivated(platform.app, { login: 'guest.one', name: '某甲', unit: null, roles: ['subject'], password: PASSWORD })
})
after(() => platform.close())

test('over https the value of a form stands in a cookie that no neighbouring host can set', async () => {
  const http = await openApiDoor({ ...platform.app, publicUrl: 'https://credit.example.cn' })
  for (const address of ['/signin', '/signin/reset', '/my/activate']) {
    const [set] = (await http.inject(address)).cookies
    assert.deepEqual([set?.name, set?.path, set?.secure, set?.domain], ['__Host-mingxin_form', '/', true, undefined], address)
  }
  const payload = new URLSearchParams({ login: 'guest.one', password: PASSWORD, form: 'planted' }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const [name, status] of [
    ['mingxin_form', 403],
    ['__Host-mingxin_form', 303],
  ] as const) {
    const sent = await http.inject({ method: 'POST', url: '/signin', cookies: { [name]: 'planted' }, headers, payload })
    assert.equal(sent.statusCode, status, name)
  }
  await http.close()
})
