import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caseTests, says } from './cases-testing.ts'

// A commitment is signed on the page that shows its text.

const t = caseTests()

test('M116 · M121 · a subject reads the whole text, signs, and finds its commitment among its cases; what is wrong is said on the page', async () => {
  const { visitor } = await t.firm()
  says(await visitor.open('/my/cases'), '签署信用承诺')
  says(await visitor.open('/my/commitments/new'), '食品经营许可（变更）', '主动公示信用承诺书')
  const page = await visitor.open('/my/commitments/new?matter=approval%3Afood-business-missing')
  says(page, '容缺受理承诺书', '〔暂缺的材料〕', '由澜川市行政审批服务局受理', '不填的，即为清单所列：食品安全管理制度文本')
  const digest = /name="digest" value="([0-9a-f]{64})"/.exec(page.html)?.[1] ?? ''
  const fields = { matter: 'approval:food-business-missing', digest, openness: 'public', project: '', promise: '' }
  says(await visitor.send('/my/commitments/new', { ...fields, 'valid-until': '2020-01-01' }), '承诺期限不能早于今天')
  says(await visitor.send('/my/commitments/new', { ...fields, digest: '0', 'valid-until': '2026-11-25' }), '样式和您看到的不一致')
  const done = await visitor.send('/my/commitments/new', { ...fields, 'valid-until': '2026-11-25' })
  assert.match(done.path, /^\/my\/cases\/\d+\?done=1$/)
  says(done, '签署承诺', '待受理')
})
