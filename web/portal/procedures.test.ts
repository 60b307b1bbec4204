import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestPortal, TEST_DAY, type TestPortal } from './testing.ts'

let portal: TestPortal
before(async () => {
  portal = await openTestPortal()
})
after(() => portal.close())

const get = async (url: string, accept = 'text/html'): Promise<{ status: number; text: string; robots: unknown }> => {
  const answer = await portal.http.inject({ url, headers: { accept } })
  return { status: answer.statusCode, text: answer.body, robots: answer.headers['x-robots-tag'] }
}
const plain = (markup: string): string => markup.replace(/<[^>]+>/g, '').replace(/\s+/g, '')

test('M146 · anybody reads the steps of an objection: who acts, in how many days, by which article', async () => {
  const { status, text, robots } = await get('/procedures/objection')
  assert.equal(status, 200)
  assert.equal(robots, undefined, 'search engines may keep it')
  const steps = [...text.matchAll(/<h3>(.*?)<\/h3><p class="whose">(.*?)<\/p>/g)].map(found => [found[1], found[2]])
  assert.deepEqual(steps.slice(0, 3), [
    ['提出异议', '由您开始'],
    ['待核查', '由承办单位办理'],
    ['待补充材料', '等您办理'],
  ])
  const said = plain(text)
  // The city goes by the project's default set: its days are marked, whatever the procedure's own row says of itself.
  assert.match(text, /<b>答复期限：7个工作日<\/b> <span class="mark mark-unverified">/)
  assert.match(said, /不收费/)
  assert.match(text, /href="\/law\/hen-reg#art-41"/)
  assert.match(text, /<a class="button" href="\/my">/)
  // The project's own default is marked as not verified, where it stands.
  assert.match(text, /补充材料期限：10个工作日<\/b> <span class="mark mark-unverified">/)
  assert.match(said, /行政复议自收到《异议答复书》之日起六十日内/)
})

test('M146 · every state that an act leads to is on the page', async () => {
  const { text } = await get('/procedures/objection')
  const led = new Set([...text.matchAll(/href="#(state-[a-z-]+)"/g)].map(found => found[1] ?? ''))
  assert.ok(led.size >= 5)
  for (const id of led) assert.equal(text.split(`id="${id}"`).length, 2, id)
})

test('M146 · a program reads the same, with basis and confidence of each value', async () => {
  const { text } = await get('/procedures/objection', 'application/json')
  const data = JSON.parse(text)
  assert.equal(data.procedure, 'objection')
  assert.equal(data.steps[0].clocks[0].span, '7个工作日')
  assert.deepEqual(data.steps[0].clocks[0].basis, ['hen-reg#41'])
  assert.equal(data.steps[1].clocks[1].confidence, 'proposal')
  const index = JSON.parse((await get('/procedures', 'application/json')).text)
  assert.ok(index.procedures.some((one: { procedure: string }) => one.procedure === 'objection'))
})

test('a procedure that nobody wrote, and an edition that never was, are not found', async () => {
  assert.equal((await get('/procedures/nothing')).status, 404)
  assert.equal((await get('/procedures/objection?edition=2020-01-01')).status, 404)
  assert.equal((await get('/procedures/objection?edition=2026-04-01')).status, 200)
})

test('before its first day a procedure is not in force: the list is without it, its page says from when', async () => {
  assert.match((await get('/')).text, /class="tile" href="\/procedures\/objection"/)
  portal.setDay('2026-03-31')
  const [list, page, home] = [await get('/procedures'), await get('/procedures/objection'), await get('/')]
  portal.setDay(TEST_DAY)
  assert.doesNotMatch(list.text, /\/procedures\/objection/)
  assert.match(page.text, /这一版自2026-04-01起施行，现在还没有施行。/)
  assert.match(home.text, /class="tile" href="\/help#objection"/)
})

test('an article tells which procedures rest on it', async () => {
  const { text } = await get('/law/hen-reg')
  assert.match(text, /<a href="\/procedures\/objection\?edition=2026-04-01">办事规程：异议·提出异议<\/a>/)
})
