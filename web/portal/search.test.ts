import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Database } from '../../src/db/database.ts'
import { openDatabase } from '../../src/db/database.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { marked } from './pages/search.ts'
import { type SearchQuery, type SearchResult, searchSubjects } from './search.ts'
import { openTestPortal, putSubject, type TestPortal } from './testing.ts'

let portal: TestPortal
let db: Database
const code = (n: number): string => inventedUscc('enterprise', n)

before(async () => {
  portal = await openTestPortal()
  db = openDatabase(portal.portalUrl, { max: 2 })
  const { owner } = portal
  await putSubject(owner, { subjectId: 1, name: '澜川市云帆科技有限公司', uscc: code(1) })
  await putSubject(owner, { subjectId: 2, name: '云帆贸易有限公司', uscc: code(2), district: '860103' })
  await putSubject(owner, { subjectId: 3, name: '云帆', kind: 'social-organisation' })
  await putSubject(owner, {
    ...{ subjectId: 4, name: '远航物流有限公司', uscc: code(4), status: '注销', oldCodes: ['860102000099887'] },
    formerNames: [{ name: '云帆物流有限公司', from: '2010-01-01', until: '2016-05-05' }],
  })
  await putSubject(owner, { subjectId: 5, name: '帆云科技（澜川）有限公司', uscc: code(5) })
  await putSubject(owner, { subjectId: 6, name: "O'REILLY\\帆云 100%有限公司" })
})
after(async () => {
  await db.close()
  await portal.close()
})

async function search(query: SearchQuery): Promise<SearchResult> {
  const found = await searchSubjects(db, query)
  assert.ok(found.ok)
  return found.value
}
const ids = (found: SearchResult): number[] => found.subjects.map(one => one.subjectId)

for (const [q, expected, why] of [
  ['云帆', [3, 2, 1, 4], 'exact, then by beginning, then containing, then by a former name'],
  ['云帆科技', [1], 'a longer part'],
  ['帆云', [5, 6], 'the order of characters counts'],
  ['帆云科技(澜川)', [5], 'brackets of either width'],
  ['云帆 澜川', [1], 'words in any order'],
  ['有限公司', [2, 4, 1, 5, 6], 'a frequent word'],
  ["O'REILLY\\", [6], 'quotes and backslashes are text'],
  ['100%有', [6], 'a per cent sign is text'],
  ['从未有过', [], 'nothing'],
] as const)
  test(`two characters of a name are enough: ${why}`, async () => assert.deepEqual(ids(await search({ q })), expected))

test('a code is found by its beginning, an old code too, a whole one leads straight on', async () => {
  assert.deepEqual(ids(await search({ q: code(2).slice(0, 14) })), [2])
  assert.deepEqual(ids(await search({ q: code(2).slice(0, 14).toLowerCase() })), [2])
  const old = await search({ q: '860102000099887' })
  assert.deepEqual(
    old.subjects.map(one => [one.subjectId, one.hit, one.found?.name]),
    [[4, 'old-code', '860102000099887']],
  )
  assert.equal((await search({ q: ` ${code(5).slice(0, 8)} ${code(5).slice(8)} ` })).exact, 5)
})

test('a former name is found and says its years', async () => {
  const hit = (await search({ q: '云帆物流' })).subjects[0]
  assert.deepEqual(
    [hit?.subjectId, hit?.hit, hit?.found],
    [4, 'former-name', { name: '云帆物流有限公司', from: '2010-01-01', until: '2016-05-05' }],
  )
})

test('filters narrow by kind, district and state', async () => {
  assert.deepEqual(ids(await search({ q: '云帆', kind: 'social-organisation' })), [3])
  assert.deepEqual(ids(await search({ q: '云帆', district: '860103' })), [2])
  assert.deepEqual(ids(await search({ q: '云帆', status: '注销' })), [4])
})

test('one character, blanks and signs alone are too short', async () => {
  for (const q of ['云', ' ', '（）', '9', '一 二']) {
    const found = await searchSubjects(db, { q })
    assert.deepEqual(found.ok ? 'found' : found.code, 'search.too-short', q)
  }
})

test('pages follow each other without a gap or a repeat', async () => {
  const seen: number[] = []
  let after: string | undefined
  do {
    const page = await search({ q: '有限公司', limit: 2, after })
    seen.push(...ids(page))
    after = page.next ?? undefined
  } while (after)
  assert.deepEqual(seen, [2, 4, 1, 5, 6])
})

test('beyond the bound the answer says so, and a name that begins with the text is still there', async () => {
  for (let i = 0; i < 1100; i += 1) await putSubject(portal.owner, { subjectId: 10_000 + i, name: `甲${i}听雪堂` })
  await putSubject(portal.owner, { subjectId: 99_999, name: '听雪' })
  const found = await search({ q: '听雪', limit: 3 })
  assert.equal(found.narrowed, true)
  assert.equal(found.subjects[0]?.subjectId, 99_999)
  assert.equal((await search({ q: '听雪', kind: 'branch' })).narrowed, true)
})

test('near-namesakes: the text asked for is bold, the one or two differing characters are underlined', () => {
  assert.equal(marked('明信安康公司', '明信', '明信安泰公司').text, '<b>明信</b>安<u>康</u>公司')
  assert.equal(marked('明信安康公司', '安康', undefined).text, '明信<b>安康</b>公司')
  assert.equal(marked('<明信', '明信', '《明信').text, '<u>&lt;</u><b>明信</b>')
  assert.equal(marked('旧名不同', '新', '完全不像').text, '旧名不同')
})
