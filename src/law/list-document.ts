import type { Law } from './law.ts'
import type { DayCount, ListKind, ListRule } from './list-model.ts'
import { listsOfKind, missingParts, type OpenPart } from './lists.ts'
import { bases, CONFIDENCE, months, SUBJECTS, table } from './print.ts'

const PUBLISHER = { platform: '本平台', court: '人民法院' } as const
const ROLE = { mirror: '照录别处的认定', 'decided-here': '在本平台认定' } as const
const AUDIENCE = { public: '公开', government: '政务共享' } as const
const FROM = { decision: '决定', publication: '公布', listing: '列入', correction: '纠正' } as const
const HEARING = { 'where-penalty-heard': '所依据的处罚须听证的', 'on-request': '申请即办', none: '无' } as const
const CONTENTS = {
  grounds: '事由',
  basis: '依据',
  measures: '惩戒措施提示',
  exit: '移出条件和程序',
  remedies: '救济途径',
} as const
const REMEDY = {
  statement: '陈述申辩',
  objection: '异议',
  correction: '纠正',
  reconsideration: '行政复议',
  litigation: '诉讼',
} as const
const KINDS: Readonly<Record<ListKind, string>> = {
  serious: '严重失信主体名单',
  attention: '重点关注名单',
  honour: '守信激励名单',
}
/** The parts of a list as a page names them. */
export const PART_NAMES: Readonly<Record<OpenPart, string>> = {
  list: '名单',
  enabled: '没有启用',
  basis: '依据',
  grounds: '事由',
  notice: '事前告知',
  period: '期限',
  exit: '移出',
}

/** `docs/law/lists.md`: each list with grounds, exclusions, notice, period, exit and remedies, and what is missing. */
export function listsDocument(law: Law): string {
  const kinds = (Object.keys(KINDS) as ListKind[]).map(kind => {
    const lists = listsOfKind(law, kind)
    return `## ${KINDS[kind]}\n\n${lists.length === 0 ? '无。\n' : lists.map(list => listText(law, list)).join('\n')}`
  })
  const lead =
    '依据、事由、告知、期限、移出五样各写明并注出把握，才可以在本平台办理列入；缺哪样写在“还缺”里。照录别处认定的名单，本平台不办理列入和移出。'
  return `# 名单\n\n${lead}\n\n${kinds.join('\n')}`
}

const days = (one: DayCount | null): string =>
  one === null ? '没有写明' : `${one.count}${one.unit === 'working' ? '个工作日' : '日'}`

function listText(law: Law, list: ListRule): string {
  const rows = [
    ['认定机关', list.authority],
    ['认定单位', (list.units ?? []).map(id => law.units.get(id)?.name ?? id).join('、')],
    ['本平台', ROLE[list.platformRole]],
    ['列入对象', list.subjects.map(kind => SUBJECTS[kind]).join('、')],
    ['公布', `${PUBLISHER[list.publisher]}，${AUDIENCE[list.publication.audience]}${note(list.publication.note)}`],
    ['前提', list.precondition ?? ''],
    ['移出', list.exit.text],
    ['到期', list.exit.automatic ? '自动移出' : '须申请移出'],
    ['措施', list.measures.map(id => law.measures.get(id)?.name ?? id).join('；') || '无'],
    ['启用', list.enabled ? '是' : '否'],
    [
      '还缺',
      missingParts(list)
        .map(part => PART_NAMES[part])
        .join('、') || '不缺',
    ],
    ['依据', bases(law, list.basis)],
    ['可信程度', CONFIDENCE[list.confidence]],
    ['说明', list.note ?? ''],
  ].filter(([, said]) => said !== '')
  return `### ${list.name}\n\n${table(['', ''], rows)}\n${groundsText(law, list)}${clocksText(law, list)}`
}

const note = (text: string | undefined): string => (text === undefined ? '' : `（${text}）`)

type Sourced = {
  readonly basis: readonly string[]
  readonly confidence: ListRule['confidence']
  readonly note?: string | undefined
}
const sources = (law: Law, one: Sourced): string[] => [bases(law, one.basis), CONFIDENCE[one.confidence], one.note ?? '']

function groundsText(law: Law, list: ListRule): string {
  const grounds = list.grounds.map(one => ['列入事由', one.text, ...sources(law, one)])
  const not = list.notListable.map(one => [`不列入${named(list, one.grounds)}`, one.text, ...sources(law, one)])
  const handling = list.handling.map(one => ['做法', `${one.degree}：${one.does}`, ...sources(law, one)])
  return `${table(['', '内容', '依据', '可信程度', '说明'], [...grounds, ...not, ...handling])}\n`
}

/** 〔某事由〕 where a row holds for some grounds only. */
function named(list: ListRule, ids: readonly string[] | undefined): string {
  if (ids === undefined) return ''
  return `（${ids.map(id => list.grounds.find(one => one.id === id)?.text ?? id).join('；')}）`
}

function clocksText(law: Law, list: ListRule): string {
  const { notice, exit, annulment } = list
  const rows = [
    ...(notice === null
      ? []
      : [
          [
            '事前告知',
            `${notice.contents.map(one => CONTENTS[one]).join('、')}；陈述申辩${days(notice.statement)}；听证：${HEARING[notice.hearing]}`,
            ...sources(law, notice),
          ],
        ]),
    ...list.periods.map(one => [`期限${named(list, one.grounds)}`, periodText(one), ...sources(law, one)]),
    ...(exit.early === null
      ? []
      : [
          [
            '提前移出',
            `自${FROM[exit.early.from]}满${months(exit.early.afterMonths)}；${exit.early.conditions.join('；')}；由${exit.early.decidedBy}决定；${days(exit.early.decideWithin)}内决定，${days(exit.early.deleteWithin)}内删除${exit.early.restoredWhenFalse ? '；弄虚作假的恢复列入' : ''}`,
            ...sources(law, exit.early),
          ],
        ]),
    ...list.remedies.map(one => [REMEDY[one.remedy], `向${one.to}提出${note(one.within)}`, ...sources(law, one)]),
    ...(annulment === null
      ? []
      : [['撤销', `${annulment.when.join('；')}的，${days(annulment.removeWithin)}内撤下`, ...sources(law, annulment)]]),
  ]
  return table(['', '内容', '依据', '可信程度', '说明'], rows)
}

function periodText({ months: count, until, from, extension }: ListRule['periods'][number]): string {
  const more = extension ? `；${extension.when}的延长${extension.atLeastMonths}至${extension.atMostMonths}个月` : ''
  return `自${FROM[from]}之日起${count === null ? `至${until}` : months(count)}${more}`
}
