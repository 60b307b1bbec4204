import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDatabase } from '../../src/db/database.ts'
import { CODES, putExampleRows, RICH, RICH_RECORD } from './example-rows.ts'
import { PAGES } from './pages.ts'
import { openTestPortal, putRecord, putSubject, TEST_DAY, type TestPortal } from './testing.ts'

let portal: TestPortal
before(async () => {
  portal = await openTestPortal()
  await putExampleRows(portal.owner)
})
after(() => portal.close())

/** An address for each path of the table of pages; a page without one fails the first test. */
const ADDRESSES: Readonly<Record<string, string>> = {
  '/search': '/search?q=明信',
  '/subjects/:id': `/subjects/${RICH}`,
  '/subjects/:id/records/:recordId': `/subjects/${RICH}/records/${RICH_RECORD}`,
  '/subjects/:id/sections/:section': `/subjects/${RICH}/sections/administration`,
  '/code/:uscc': '/code/none',
  '/lists/:list': '/lists/market-regulation-serious',
  '/verify/:code': `/verify/${CODES.valid}`,
  '/catalogue/:item': '/catalogue/penalty-org',
  '/commitments/current/:number': '/commitments/current/86010020261102000001',
  '/law/:instrument': '/law/ndrc-36',
  '/procedures/:procedure': '/procedures/objection',
}
const addressOf = (path: string): string => encodeURI(ADDRESSES[path] ?? path)

type Got = { status: number; text: string; headers: Record<string, unknown> }
async function get(url: string, headers: Record<string, string> = {}): Promise<Got> {
  const answer = await portal.http.inject({
    url: /[^\u0000-\u007f]/.test(url) ? encodeURI(url) : url,
    headers: { accept: 'text/html', ...headers },
  })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers }
}
const json = async (url: string): Promise<{ status: number; data: Record<string, unknown> }> => {
  const { status, text } = await get(url, { accept: 'application/json' })
  return { status, data: JSON.parse(text) }
}
const plain = (markup: string): string => markup.replace(/<[^>]+>/g, '').replace(/\s+/g, '')

for (const page of PAGES) {
  const address = addressOf(page.path)
  test(`${page.path} answers a person: one h1, the title begins with it, no sentence is missing`, async () => {
    const { status, text, headers } = await get(address)
    assert.equal(status, page.path === '/code/:uscc' ? 404 : 200, text.slice(0, 200))
    const heads = [...text.matchAll(/<h1>(.*?)<\/h1>/g)]
    assert.equal(heads.length, 1)
    const title = /<title>(.*?)<\/title>/.exec(text)?.[1] ?? ''
    assert.ok(plain(title).startsWith(plain(heads[0]?.[1] ?? 'x')), `${title} / ${heads[0]?.[1]}`)
    assert.doesNotMatch(text, /(?<!assets\/)portal\.[a-z]|\{[a-z]+\}|undefined|\[object|NaN/)
    assert.match(text, /lang="zh-CN"/)
    assert.match(text, /示例城市/)
    assert.doesNotMatch(text, /<script(?![^>]* src=)|<style| style="| on[a-z]+="/)
    assert.match(String(headers['content-security-policy']), /default-src 'self'.*frame-ancestors 'none'/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['cache-control'], 'no-cache')
    assert.equal(headers['strict-transport-security'], undefined)
    assert.equal(text.includes('noindex, noarchive'), !page.mayBeIndexed)
  })
  test(`${page.path} answers a program with the same, by Accept and by its link`, async () => {
    const asked = await json(address)
    assert.equal(typeof asked.data, 'object')
    const linked = await get(`${address}${address.includes('?') ? '&' : '?'}format=json`)
    assert.deepEqual(JSON.parse(linked.text), asked.data)
  })
}

test('every page with a name is on the map of the site, and every link of the frame leads somewhere', async () => {
  const { text } = await get('/sitemap')
  for (const page of PAGES) if (page.label) assert.ok(text.includes(`href="${page.path}"`), page.path)
  const links = new Set([...text.matchAll(/href="(\/[^"#?]*)/g)].map(found => found[1] ?? ''))
  // The account is the API door's: all-pages.browser.test.ts walks it.
  links.delete('/my')
  for (const link of links) assert.equal((await get(link)).status, 200, link)
})

test('M098 · a record shows its number, body, day, end, source and reasons with their articles', async () => {
  const { text } = await get(`/subjects/${RICH}/records/${RICH_RECORD}`)
  for (const part of [
    '澜市监罚〔2026〕118号',
    '澜川市市场监督管理局',
    '2027-11-02',
    '异议处理中',
    '/law/ndrc-36',
    '/catalogue/penalty-org',
  ])
    assert.ok(text.includes(part), part)
  assert.match(plain(text), /罚款金额\(万元\)5处罚决定日期/)
})

test('M098 · past its last day a record is nowhere, by the date alone, and answers like one that never was', async () => {
  const [subjectId, recordId] = [2001, 7001]
  await putSubject(portal.owner, { subjectId, name: '澜川市期满试验有限公司' })
  await putRecord(portal.owner, {
    ...{ subjectId, recordId, documentNo: '澜期满罚〔2026〕1号', shownUntil: '2026-11-20' as never, list: 'wage-arrears' },
    decidedOn: '2026-11-19' as never,
  })
  const places = [
    `/subjects/${subjectId}`,
    `/subjects/${subjectId}/sections/administration`,
    '/publicity/penalties?from=2026-11-19',
    '/lists/wage-arrears',
    '/publicity/penalties?from=2026-11-19&format=csv',
    '/',
  ]
  for (const place of places.slice(0, -1)) assert.match((await get(place)).text, /澜期满罚/, place)
  portal.setDay('2026-11-21')
  for (const place of places) assert.doesNotMatch((await get(place)).text, /澜期满罚/, place)
  const over = await json(`/subjects/${subjectId}/records/${recordId}`)
  const never = await json(`/subjects/${subjectId}/records/999999`)
  portal.setDay(TEST_DAY)
  assert.deepEqual(over, never)
  assert.equal(over.status, 404)
  assert.equal(over.data['code'], 'record.not-on-display')
})

test('a record not yet begun, and one under another subject, answer the same 404', async () => {
  await putRecord(portal.owner, { subjectId: 1002, recordId: 7100, shownFrom: '2026-11-25' as never })
  for (const address of [`/subjects/1002/records/7100`, `/subjects/1002/records/${RICH_RECORD}`, '/subjects/x/records/y'])
    assert.equal((await json(address)).data['code'], 'record.not-on-display')
})

test('principle 9 · no natural person is found, shown or listed, even where one stood in the table', async () => {
  await putSubject(portal.owner, { subjectId: 2100, name: '张三丰某某', kind: 'natural-person', uscc: '91860100MA0000000X' })
  assert.equal((await get('/subjects/2100')).status, 404)
  assert.equal((await get('/subjects/2100/sections/administration')).status, 404)
  assert.equal((await get('/code/91860100MA0000000X')).status, 404)
  assert.deepEqual((await json('/search?q=张三丰')).data['subjects'], [])
})

test('what departments sent cannot become markup, in any place where it is drawn', async () => {
  const evil = `<img src=x onerror=alert(1)>"'&`
  await putSubject(portal.owner, {
    subjectId: 2200,
    name: `坏名${evil}有限公司`,
    formerNames: [{ name: `旧坏${evil}`, from: null, until: null }],
  })
  await putRecord(portal.owner, {
    ...{
      subjectId: 2200,
      recordId: 7200,
      title: evil,
      documentNo: `坏${evil}号`,
      authorityName: evil,
      sortKind: evil,
      list: 'tax-serious',
    },
    body: {
      fields: [{ code: 'X', name: evil, value: evil }],
      because: [{ code: 'publication.end-by-sender', basis: null, facts: { until: evil } }],
    },
  })
  for (const place of [
    '/subjects/2200',
    '/subjects/2200/records/7200',
    '/search?q=坏名',
    '/reports?q=坏名',
    '/publicity/penalties',
    '/lists/tax-serious',
    `/search?q=${encodeURIComponent(evil + evil)}`,
  ]) {
    const { text } = await get(place)
    assert.doesNotMatch(text, /<img src=x/, place)
  }
})

test('the register filters by body, kind, district and number, and narrows to thirty days unless asked', async () => {
  const rows = async (query: string): Promise<Record<string, unknown>[]> =>
    (await json(`/publicity/penalties?${query}`)).data['records'] as Record<string, unknown>[]
  for (const row of await rows('authority=emergency&kind=警告&district=860103')) {
    assert.equal(row['authority'], 'emergency')
    assert.match(String(row['kind']), /警告/)
  }
  assert.deepEqual(
    (await rows('no=澜应急罚〔2026〕7号')).map(row => row['documentNo']),
    ['澜应急罚〔2026〕7号'],
  )
  await putRecord(portal.owner, {
    subjectId: 1002,
    recordId: 7300,
    documentNo: '澜旧罚1号',
    decidedOn: '2026-09-01' as never,
    authority: 'transport',
  })
  assert.equal((await rows('authority=transport')).length, 0)
  assert.equal((await rows('authority=transport&from=2026-08-30')).length, 1)
  const wrong = await get('/publicity/penalties?from=2020-01-01&to=2026-02-30')
  assert.equal(wrong.status, 400)
  assert.match(wrong.text, /<title>有2处需要修改/)
})

test('pages by key: forward through all, back again, nothing twice and nothing lost', async () => {
  const seen: unknown[] = []
  let next: string | null = ''
  const firsts: unknown[][] = []
  while (next !== null) {
    const { data } = await json(`/publicity/penalties?authority=emergency${next ? `&older=${next}` : ''}`)
    const ids = (data['records'] as { recordId: number }[]).map(row => row.recordId)
    firsts.push(ids)
    seen.push(...ids)
    next = data['next'] as string | null
  }
  assert.equal(seen.length, 45)
  assert.equal(new Set(seen).size, 45)
  const second = await get(
    `/publicity/penalties?authority=emergency&older=${firsts[0]?.length ? await keyAfter(firsts[0].at(-1)) : ''}`,
  )
  const back = /rel="prev" href="([^"]+)"/.exec(second.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  assert.deepEqual(
    ((await json(back)).data['records'] as { recordId: number }[]).map(row => row.recordId),
    firsts[0],
  )
})

async function keyAfter(recordId: unknown): Promise<string> {
  const row = await portal.owner.row<{ key: string }>({
    text: `select decided_on || '.' || record_id as key from pub.record where record_id = $1`,
    values: [recordId],
  })
  return row?.key ?? ''
}

test('the file of a condition has its time in line one, an end in every row, and no formula', async () => {
  await putRecord(portal.owner, {
    subjectId: 1002,
    recordId: 7400,
    documentNo: '=1+1',
    authority: 'health',
    decidedOn: '2026-11-10' as never,
  })
  const { text, headers } = await get('/publicity/penalties?authority=health&format=csv')
  assert.equal(headers['content-type'], 'text/csv; charset=utf-8')
  const [first, heads, row] = text.replace(/^\ufeff/, '').split('\r\n')
  assert.match(first ?? '', /查询时间/)
  assert.match(heads ?? '', /公示截止/)
  assert.match(row ?? '', /^'=1\+1,.*2027-11-02,公示中,$/)
})

test('subjects with more records than a page holds lead to pages of the section', async () => {
  const { text } = await get(`/subjects/${RICH}`)
  assert.match(text, /查看全部24条/)
  const first = await json(`/subjects/${RICH}/sections/administration`)
  assert.equal((first.data['records'] as unknown[]).length, 20)
  const rest = await json(`/subjects/${RICH}/sections/administration?older=${first.data['next']}`)
  assert.equal((rest.data['records'] as unknown[]).length, 4)
  assert.match(text, /有履行能力而拒不履行/)
  assert.match(text, /法院决定，以法院公布为准/)
})

test('a subject with hundreds of records shows the same sections, counted', async () => {
  await putSubject(portal.owner, { subjectId: 2300, name: '澜川市多记录试验有限公司' })
  for (let i = 0; i < 405; i++) await putRecord(portal.owner, { subjectId: 2300, recordId: 20_000 + i, documentNo: `多${i}号` })
  const { data } = await json('/subjects/2300')
  assert.deepEqual((data['counts'] as { count: number }[])[0], { label: '行政管理', count: 405 })
  assert.equal((data['records'] as unknown[]).length, 20)
})

test('assets have addresses of their contents and are kept for ever; the budget of the first visit holds', async () => {
  const { gzipSync } = await import('node:zlib')
  const { text } = await get(`/subjects/${RICH}`)
  const size = (body: string): number => gzipSync(body).length
  const style = await get(/href="(\/assets\/style[^"]+)"/.exec(text)?.[1] ?? '')
  const script = await get(/src="(\/assets\/portal[^"]+)"/.exec(text)?.[1] ?? '')
  assert.match(String(style.headers['cache-control']), /immutable/)
  assert.match(String(script.headers['content-type']), /javascript/)
  assert.ok(size(style.text) < 16_000, `${size(style.text)}`)
  assert.ok(size(script.text) < 12_000)
  assert.ok(size(text) < 20_000)
})

test('M062 · the login of the portal reads schema pub and nothing else', async () => {
  const own = openDatabase(portal.portalUrl, { max: 1 })
  const tables = await portal.owner.rows<{ name: string; schema: string }>({
    text: `select n.nspname as schema, format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  })
  assert.ok(tables.length > 20)
  for (const { name, schema } of tables) {
    const reading = own.rows({ text: `select 1 as one from ${name} limit 1` })
    if (schema === 'pub') await reading
    else await assert.rejects(reading, { code: '42501' }, name)
  }
  await assert.rejects(own.run({ text: 'delete from pub.record' }), { code: '42501' })
  await own.close()
})

test('a fault says what to do and carries a number, without its cause', async () => {
  await portal.owner.run({ text: 'revoke select on pub.figure from credit_portal' })
  const { status, text } = await get('/')
  await portal.owner.run({ text: 'grant select on pub.figure to credit_portal' })
  assert.ok(status >= 500)
  assert.match(text, /编号[0-9a-f-]{36}/)
  assert.doesNotMatch(text, /permission denied|pub\.figure/)
})
