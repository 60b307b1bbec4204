import fc from 'fast-check'
import { firm, penalty } from './sent-rows.ts'
import type { SentRow } from './testing.ts'

/** What one department may report about a few firms: new, again, changed, annulled, wrong, of another name. */
export const reported = fc.record({
  firm: fc.nat(5),
  number: fc.nat(7),
  what: fc.constantFrom('report', 'report', 'report', 'other-text', 'annul', 'no-number', 'other-name', 'other-firm'),
})
export type Reported = { readonly firm: number; readonly number: number; readonly what: string }

export function rowOf(run: number, { firm: n, number, what }: Reported): SentRow {
  const text = `澜追〔2026〕${run}-${number}号`
  switch (what) {
    case 'other-text':
      return penalty(run * 10 + n, text, { 违法事实: `复核后认定第${number}项` })
    case 'annul':
      return penalty(run * 10 + n, text, { 操作类型: '撤销' })
    case 'no-number':
      return penalty(run * 10 + n, '无')
    case 'other-name':
      return penalty(run * 10 + n, text, { 行政相对人名称: `${firm(run * 10 + n).name}分部` })
    case 'other-firm':
      return penalty(run * 10 + 9, text)
    default:
      return penalty(run * 10 + n, text)
  }
}
