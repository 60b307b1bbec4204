import type { Law } from './law.ts'
import type { Measure, Reached } from './measure-model.ts'
import { type MeasurePart, missingMeasureParts, termText } from './measures.ts'
import { bases, CONFIDENCE, months, table } from './print.ts'

const KIND = { 'by-law': '依法减损权益', 'in-course-of-duty': '履职管理', 'at-own-discretion': '自主参考' } as const
const TARGET = { organisation: '单位', person: '个人', both: '单位和个人' } as const
const DECIDED = { body: '', court: '人民法院决定，照录，不计算', tax: '税务机关决定，照录，不计算' } as const
const REACHED: Readonly<Record<Reached, string>> = {
  subject: '本人',
  'legal-representative': '法定代表人',
  principal: '主要负责人',
  'responsible-person': '直接责任人员',
  'actual-controller': '实际控制人',
  relative: '亲属',
  affiliate: '关联企业',
}
/** What a measure lacks, as a page names it. */
export const MEASURE_PART_NAMES: Readonly<Record<MeasurePart, string>> = {
  measure: '措施',
  prohibited: '不得实施',
  enabled: '没有启用',
  statute: '法条',
  body: '机关',
  trigger: '触发',
  term: '期限',
  review: '复核',
  published: '公布',
}

/** `docs/law/measures.md`: every row of the register, open or closed, with what a closed one lacks. */
export function measuresDocument(law: Law): string {
  const all = [...law.measures.values()]
  const of = (row: Measure['row']): Measure[] => all.filter(one => one.row === row)
  const lead =
    '平台从不自动执行。没有法律依据、实施机关、触发、期限或者没有公布的措施不启用；终身的和以事件为终点的定期复核；亲属和关联企业永远不在其中。'
  return `# 惩戒措施\n\n${lead}\n\n## 国家清单的十四项\n\n本身不是依据，全部关着。\n\n${listTable(law, of('national-list'))}\n## 有法条的分项\n\n${subTable(law, of('sub-measure'))}\n## 永远不得实施的\n\n${listTable(law, of('prohibited'))}`
}

function listTable(law: Law, rows: readonly Measure[]): string {
  const cells = rows.map(one => [
    one.name,
    KIND[one.kind],
    TARGET[one.target],
    bases(law, one.statutes),
    CONFIDENCE[one.confidence],
    one.note ?? '',
  ])
  return table(['措施', '性质', '对象', '依据', '可信程度', '说明'], cells)
}

function subTable(law: Law, rows: readonly Measure[]): string {
  const cells = rows.map(one => [
    one.name,
    KIND[one.kind],
    `${TARGET[one.target]}：${one.reaches.map(it => REACHED[it]).join('、')}`,
    bases(law, one.statutes) || '无',
    [one.body ?? '无', DECIDED[one.decidedBy]].filter(Boolean).join('；'),
    [...one.trigger.lists.map(id => law.lists.get(id)?.name ?? id), ...one.trigger.decisions].join('；') || '无',
    `${termText(one.term) ?? '无'}${one.termReview ? `；每${months(one.termReview.months)}复核` : ''}`,
    one.published ? `${one.published.since}（${CONFIDENCE[one.published.confidence]}）` : '无',
    one.enabled
      ? '是'
      : `否，缺${
          missingMeasureParts(one)
            .map(part => MEASURE_PART_NAMES[part])
            .join('、') || '启用'
        }`,
    CONFIDENCE[one.confidence],
    one.note ?? '',
  ])
  return table(['措施', '性质', '对象', '法律依据', '实施机关', '触发', '期限', '公布', '启用', '可信程度', '说明'], cells)
}
