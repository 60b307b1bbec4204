import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { putExampleRows } from './example-rows.ts'
import { openTestPortal, type TestPortal } from './testing.ts'

// 公告送达 on the portal: letters that did not reach whom they are for, until the day on which they count as served.

let portal: TestPortal
before(async () => {
  portal = await openTestPortal()
  await putExampleRows(portal.owner)
})
after(() => portal.close())

type Shown = { number: string; subjectName: string; subjectId: number | null; publishedOn: string; servedOn: string }
const list = async (url: string): Promise<{ announcements: Shown[]; next: string | null }> =>
  (await portal.http.inject({ url, headers: { accept: 'application/json' } })).json()

test('M205 · M209 · what is announced stands a page at a time with its days; what is over is gone, whether or not its row is', async () => {
  const seen: Shown[] = []
  let url: string | null = '/announcements'
  while (url) {
    const { announcements, next } = await list(url)
    seen.push(...announcements)
    url = next && `/announcements?older=${next}`
  }
  assert.equal(new Set(seen.map(one => one.number)).size, 23)
  assert.equal(
    seen.find(one => one.number === '澜应急文〔2026〕1号'),
    undefined,
  )
  assert.ok(seen.every(one => one.servedOn === '2026-12-02'))
  const person = seen.find(one => one.number === '澜应急文〔2026〕3号')
  assert.deepEqual([person?.subjectName, person?.subjectId], ['周**', null], 'no page leads to a person')
})

test('M209 · the page names letter, number, unit and days, tells nothing of the letter, and is not for search engines', async () => {
  const { body } = await portal.http.inject({ url: '/announcements', headers: { accept: 'text/html' } })
  const text = body.replace(/<[^>]+>/g, '')
  for (const said of ['受送达人', '列入名单决定书', '澜川市应急管理局', '2026-11-02', '2026-12-02', '视为送达'])
    assert.ok(text.includes(said), said)
  assert.match(body, /noindex/)
  assert.ok(!body.includes('990001'))
})
