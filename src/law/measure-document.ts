import type { Law } from './law.ts'
import { bases, CONFIDENCE, table } from './print.ts'

const KIND = { 'by-law': '依法减损权益', 'in-course-of-duty': '履职管理', 'at-own-discretion': '自主参考' } as const
const TARGET = { organisation: '单位', person: '个人', both: '单位和个人' } as const

/** `docs/law/measures.md`: every row of the measure register, open or closed. */
export function measuresDocument(law: Law): string {
  const rows = [...law.measures.values()].map(one => [
    one.name,
    KIND[one.kind],
    TARGET[one.target],
    bases(law, one.statutes) || '无',
    one.body ?? '无',
    one.term ?? '无',
    one.enabled ? '是' : '否',
    CONFIDENCE[one.confidence],
    one.note ?? '',
  ])
  const heads = ['措施', '性质', '对象', '法律依据', '实施机关', '期限', '启用', '可信程度', '说明']
  return `# 惩戒措施\n\n没有法律依据、实施机关或期限的措施不启用。\n\n${table(heads, rows)}`
}
