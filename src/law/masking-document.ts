import type { Law } from './law.ts'
import { VALUE_KINDS, VIEWERS } from './masking-model.ts'
import { bases, CONFIDENCE, table } from './print.ts'

const LEVEL = { full: '全部', partial: '部分', hidden: '不显示' } as const

/** `docs/law/masking.md`: what of a person's data is shown to whom, and on what ground. */
export function maskingDocument(law: Law): string {
  const { viewers, kinds, levels } = law.masking
  const cell = (kind: (typeof VALUE_KINDS)[number], viewer: (typeof VIEWERS)[number]): string => {
    const row = levels.get(`${kind} ${viewer}`)
    if (!row) return ''
    return row.keep === undefined ? LEVEL[row.level] : `前${row.keep[0]}后${row.keep[1]}`
  }
  const rows = VALUE_KINDS.map(kind => [kinds.get(kind) ?? kind, ...VIEWERS.map(viewer => cell(kind, viewer))])
  const grounds = [...new Set(levels.values())].map(row => [
    kinds.get(row.kind) ?? row.kind,
    row.viewers.map(viewer => viewers.get(viewer) ?? viewer).join('、'),
    row.keep === undefined ? LEVEL[row.level] : `前${row.keep[0]}后${row.keep[1]}`,
    bases(law, row.basis),
    CONFIDENCE[row.confidence],
    row.note ?? '',
  ])
  const heads = ['信息', ...VIEWERS.map(viewer => viewers.get(viewer) ?? viewer)]
  return `# 谁看到什么\n\n一列属于哪一类，由目录里这一列的类型、遮盖方式和是否公开决定。证件号码对任何人都不全部显示。\n\n${table(heads, rows)}\n## 依据\n\n${table(['信息', '谁', '显示', '依据', '可信程度', '说明'], grounds)}`
}
