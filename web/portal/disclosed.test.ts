import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '../../src/base/day.ts'
import { openTestPortal, putRecord, putSubject, type TestPortal } from './testing.ts'

/* What the inventory asks to be shown to everybody, row by row, and with it the day on which each thing ends. */

const FIRM = 7001
let portal: TestPortal

before(async () => {
  portal = await openTestPortal()
  await putSubject(portal.owner, { subjectId: FIRM, name: '澜川市试公示建材有限公司', uscc: '91860102A81683829T' })
  const common = {
    subjectId: FIRM,
    subjectName: '澜川市试公示建材有限公司',
    decidedOn: day('2026-11-10'),
    shownFrom: day('2026-11-10'),
  }
  await putRecord(portal.owner, { ...common, recordId: 71, documentNo: '澜市监罚〔2026〕71号', shownUntil: day('2027-11-10') })
  await putRecord(portal.owner, {
    ...common,
    ...{
      recordId: 72,
      item: 'dishonest-judgment-debtor-org',
      section: 'serious-lists',
      register: null,
      list: 'dishonest-judgment-debtor',
    },
    ...{ heading: '失信被执行人', title: '失信被执行人', documentNo: '（2026）澜01执72号', shownUntil: day('2028-11-10') },
  })
  await putRecord(portal.owner, {
    ...common,
    ...{ recordId: 73, item: 'honour-org', section: 'honours', register: null, heading: '荣誉表彰', title: '诚信经营示范单位' },
    ...{ documentNo: '澜信用〔2026〕73号', shownUntil: day('2029-11-10') },
  })
})
after(() => portal.close())

async function page(url: string): Promise<string> {
  const answer = await portal.http.inject({ url, headers: { accept: 'text/html' } })
  assert.equal(answer.statusCode, 200, url)
  return answer.body.replace(/<[^>]+>/g, '').replace(/\s+/g, '')
}

test('M097 · a penalty stands in the public register with its number, its body and the end of its publication', async () => {
  const text = await page('/publicity/penalties')
  assert.ok(text.includes('澜市监罚〔2026〕71号') && text.includes('2027-11-10'))
})

test('M096 M106 · a judgment debtor that is an organisation stands on the court list, as the court publishes it', async () => {
  const text = await page('/lists/dishonest-judgment-debtor')
  assert.ok(text.includes('澜川市试公示建材有限公司') && text.includes('以法院公布为准'))
})

test('M101 · an honour is shown with who gave it and until when it holds', async () => {
  const text = await page('/honours')
  assert.ok(text.includes('诚信经营示范单位') && text.includes('澜川市试公示建材有限公司'))
})

test('M146 · the guidance says which reports there are, that they are free, and leads to the firm', async () => {
  const text = await page('/reports')
  assert.ok(text.includes('专项') && text.includes('公共信用信息报告'))
  const found = await page(`/reports?q=${encodeURIComponent('试公示')}`)
  assert.ok(found.includes('澜川市试公示建材有限公司'))
})
