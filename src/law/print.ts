import { cite } from './citation.ts'
import type { Law } from './law.ts'
import type { Confidence } from './model.ts'

/** How sure a value is, in the words of the generated documents. */
export const CONFIDENCE: Readonly<Record<Confidence, string>> = {
  primary: '已核对原文',
  secondary: '据转载',
  computed: '已验算',
  memory: '待核对',
  proposal: '本项目缺省',
  unknown: '未知',
}

/** Cited acts, one after another. */
export const bases = (law: Law, cited: readonly string[]): string => cited.map(one => cite(law, one)).join('、')

/** 12 → 12个月; null → nothing. */
export const months = (count: number | null): string => (count === null ? '' : `${count}个月`)

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** A Markdown table; without rows a sentence. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '无。\n'
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`
  return line(heads) + line(heads.map(() => '---')) + rows.map(line).join('')
}
