import { cite } from './citation.ts'
import type { Law } from './law.ts'
import type { Confidence, SubjectKind } from './model.ts'

/** How sure a value is, in the words of the generated documents. */
export const CONFIDENCE: Readonly<Record<Confidence, string>> = {
  primary: '已核对原文',
  secondary: '据转载',
  computed: '已验算',
  memory: '待核对',
  proposal: '本项目缺省',
  unknown: '未知',
}

/** Kinds of subject, in the words of the generated documents. */
export const SUBJECTS: Readonly<Record<SubjectKind, string>> = {
  enterprise: '企业',
  branch: '分支机构',
  'sole-trader': '个体工商户',
  'co-operative': '农民专业合作社',
  'public-institution': '事业单位',
  'social-organisation': '社会组织',
  'government-body': '机关',
  'natural-person': '自然人',
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
