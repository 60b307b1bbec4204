import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openActivated } from '../access/testing.ts'
import { API, bound } from '../http/serve.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { openApiDoor } from './api-door.ts'

/* What every door of the API has in common, asked at the whole of it. */

const LOGIN = { login: 'window', password: 'chuang-kou-1' }
const SENTENCE = /接口接受 JSON/
let platform: TestApp
let http: FastifyInstance

before(async () => {
  platform = await openTestApp()
  await openActivated(platform.app, { ...LOGIN, name: '窗口人员', unit: 'approval', roles: ['window-officer'] })
  http = await openApiDoor(platform.app)
})
after(async () => {
  await http.close()
  await platform.close()
})

/** What a page of another site may send without being asked for leave: the three types of a form, written as each is. */
const SENT_BY_FORMS = [
  ['application/x-www-form-urlencoded', new URLSearchParams(LOGIN).toString()],
  ['text/plain', JSON.stringify(LOGIN)],
  ['text/plain; a=application/json', JSON.stringify(LOGIN)],
  ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="login"\r\n\r\nwindow\r\n--x--\r\n'],
] as const

for (const [type, payload] of SENT_BY_FORMS)
  test(`no door that reads JSON takes ${type}: 415 and a sentence, and nobody is signed in`, async () => {
    const doors = bound.filter(door => door.body === 'json')
    assert.ok(doors.some(door => door.path === '/sessions' && door.method === 'POST') && doors.length > 5)
    for (const { method, path } of doors) {
      const url = API + path.replaceAll(/:[a-zA-Z]+/g, '1')
      const answer = await http.inject({ method, url, headers: { 'content-type': type }, payload })
      assert.equal(answer.statusCode, 415, `${method} ${path}`)
      assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8')
      const { code, title } = answer.json()
      assert.equal(code, 'request.media-type')
      assert.match(title, SENTENCE)
      assert.deepEqual(answer.cookies, [])
    }
  })

test('a form without a file is refused at the doors that take files, too', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const { method, path } of bound.filter(door => door.body === 'multipart')) {
    const answer = await http.inject({ method, url: API + path, headers, payload: 'source=x' })
    assert.deepEqual([answer.statusCode, SENTENCE.test(answer.json().title)], [415, true], path)
  }
})

for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON'])
  test(`${type} signs in`, async () => {
    const headers = { 'content-type': type }
    const answer = await http.inject({ method: 'POST', url: `${API}/sessions`, headers, payload: JSON.stringify(LOGIN) })
    assert.equal(answer.statusCode, 201)
    assert.equal(answer.cookies[0]?.name, 'mingxin_session')
  })
