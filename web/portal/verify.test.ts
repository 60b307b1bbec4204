import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CODES, putExampleRows } from './example-rows.ts'
import { openTestPortal, TEST_DAY, type TestPortal, words } from './testing.ts'

let portal: TestPortal
before(async () => {
  portal = await openTestPortal()
  await putExampleRows(portal.owner)
})
after(() => portal.close())

async function get(
  url: string,
  accept = 'text/html',
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  const answer = await portal.http.inject({ url, headers: { accept } })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers }
}
const json = async (url: string): Promise<{ status: number; data: Record<string, unknown> }> => {
  const { status, text } = await get(url, 'application/json')
  return { status, data: JSON.parse(text) }
}

for (const [name, state, status, sentence] of [
  ['valid', 'valid', 200, 'verify.valid'],
  ['expired', 'expired', 200, 'verify.expired'],
  ['superseded', 'superseded', 200, 'verify.superseded'],
  ['withdrawn', 'withdrawn', 200, 'verify.withdrawn'],
  ['strange', 'unknown', 404, 'verify.unknown'],
] as const)
  test(`M147 · verification says ${state} to a person and to a program`, async () => {
    const { status: found, data } = await json(`/verify/${CODES[name]}`)
    assert.equal(found, status)
    assert.equal(data['state'], state)
    assert.equal(data['sentence'], words.say(sentence))
    const page = await get(`/verify/${CODES[name]}`)
    assert.equal(page.status, status)
    assert.ok(page.text.includes(words.say(`portal.verify-${state}`)))
    assert.doesNotMatch(page.text, /未取得许可/)
  })

test('M145 · a report is valid on its last day and expired on the next', async () => {
  portal.setDay('2026-12-20')
  assert.equal((await json(`/verify/${CODES.valid}`)).data['state'], 'valid')
  portal.setDay('2026-12-21')
  assert.equal((await json(`/verify/${CODES.valid}`)).data['state'], 'expired')
  portal.setDay(TEST_DAY)
})

test('M147 · a code is forgiven its case, blanks and O for 0; a typing mistake is named', async () => {
  const typed = CODES.valid
    .toLowerCase()
    .replaceAll('0', 'o')
    .replace(/(.{4})/g, '$1 ')
  const moved = await get(`/verify?code=${encodeURIComponent(typed)}`)
  assert.equal(moved.status, 303)
  assert.equal(moved.headers['location'], `/verify/${CODES.valid}`)
  const wrong = await get('/verify?code=1234')
  assert.equal(wrong.status, 400)
  assert.match(wrong.text, /您输入了4位/)
})
