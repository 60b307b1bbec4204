import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestPortal, type TestPortal } from './testing.ts'

let portal: TestPortal
before(async () => {
  portal = await openTestPortal()
})
after(() => portal.close())

async function get(url: string): Promise<{ status: number; text: string }> {
  const answer = await portal.http.inject({ url, headers: { accept: 'text/html' } })
  return { status: answer.statusCode, text: answer.body }
}
const plain = (markup: string): string => markup.replace(/<[^>]+>/g, '').replace(/\s+/g, '')

test('M202 · a list says which of its parts nobody has written down, closed or open', async () => {
  const all = plain((await get('/lists')).text)
  assert.ok(all.includes('履行国防义务严重失信主体名单'))
  assert.match(all, /没有终点的名单不启用。只涉及自然人，不公开。（还缺：事前告知、期限、移出）/)
  assert.match(plain((await get('/lists/customs-dishonest')).text), /尚未写明事由、事前告知。写明以前，本平台不办理列入/)
  assert.doesNotMatch(plain((await get('/lists/wage-arrears')).text), /尚未写明/)
})

test('M202, M205, M215, M216 · a list says its grounds, exclusions, notice, periods, way out, remedies and annulment', async () => {
  const court = plain((await get('/lists/dishonest-judgment-debtor')).text)
  for (const said of [
    '什么情形列入',
    '违反限制消费令',
    '什么情形不列入',
    '未成年人',
    '至履行完毕或者有法定删除情形',
    '延长12至36个月',
  ])
    assert.ok(court.includes(said), said)
  const wages = plain((await get('/lists/wage-arrears')).text)
  for (const said of [
    '书面告知事由、依据、惩戒措施提示、移出条件和程序、救济途径',
    '自纠正之日起满6个月',
    '拖欠的工资已偿还',
    '3日内撤下',
  ])
    assert.ok(wages.includes(said), said)
  assert.doesNotMatch(wages, /portal\.|\{|undefined/)
})

test('M203, M210 · what is no serious list has no page among them', async () => {
  assert.doesNotMatch((await get('/lists')).text, /重点关注对象|纳税信用A级/)
  for (const list of ['site-attention', 'tax-a-honour']) assert.equal((await get(`/lists/${list}`)).status, 404)
})
