import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, toPieces } from './pieces.ts'

const rows: [string, ReturnType<typeof toPieces>][] = [
  ['警告；罚款', '警告；罚款'],
  ['', ''],
  ['91860100A158150966', '91860100A158150966'],
  ['2026-03-02', [{ c: '2026-03-02' }]],
  ['自2026-03-02起', ['自', { c: '2026-03-02' }, '起']],
  ['2026-03-02 10:15:30', [{ c: '2026-03-02 10:15:30' }]],
  ['于2026年3月2日送达', ['于', { c: '2026年3月2日' }, '送达']],
  ['示市监罚〔2026〕12号', [{ c: '示市监罚〔2026〕12号' }]],
  ['罚款1.25万元。', ['罚款', { c: '1.25万元' }, '。']],
  ['罚款12,500.00元', ['罚款', { c: '12,500.00元' }]],
  ['第一行\n第二行', ['第一行', { n: 1 }, '第二行']],
  ['电话0000-1234567', ['电话', { c: '0000-1234567' }]],
  ['a'.repeat(40), ['a', 'a', 'a', 'a', 'a'].map(letter => ({ c: letter.repeat(8) }))],
]
for (const [text, pieces] of rows) {
  test(`what never wraps in “${text.slice(0, 24).replace('\n', '⏎')}”`, () => {
    assert.deepEqual(toPieces(text), pieces)
    const back = Array.isArray(pieces) ? pieces.map(p => (typeof p === 'string' ? p : 'c' in p ? p.c : '\n')).join('') : pieces
    assert.equal(back, text)
  })
}

test('a Chinese character is two columns wide, and the widest line counts', () => {
  assert.equal(columnsOf('ab'), 2)
  assert.equal(columnsOf('甲a\n乙丙'), 4)
  assert.equal(columnsOf('𠮷'), 2)
})
