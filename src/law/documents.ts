import { loadWords } from '../words/words.ts'
import { authorisableDocument } from './authorisable-document.ts'
import { campaignsDocument } from './campaign-document.ts'
import { cite } from './citation.ts'
import { clocksDocument } from './clock-document.ts'
import { commitmentsDocument } from './commitment-document.ts'
import { declarationsDocument } from './declaration-document.ts'
import { itemDocument } from './item-document.ts'
import type { Law } from './law.ts'
import { listsDocument } from './list-document.ts'
import { maskingDocument } from './masking-document.ts'
import { measuresDocument } from './measure-document.ts'
import { noticesDocument } from './notice-document.ts'
import { bases, CONFIDENCE, months, table } from './print.ts'
import { documentOf, procedureDocument, proceduresDocument } from './procedure-document.ts'
import { repairDocument } from './repair-document.ts'

const HEAD = '<!-- 由law/和city/生成，不要手改。规定变了，改YAML，再运行npm run law:docs。 -->\n\n'

/** `docs/law/`: file name → Markdown. The same law gives the same text, byte for byte. */
export function lawDocuments(law: Law): Map<string, string> {
  const { say } = loadWords()
  const documents = new Map<string, string>([
    ['README.md', catalogueDocument(law)],
    ['authorisable.md', authorisableDocument(law)],
    ['masking.md', maskingDocument(law)],
    ['lists.md', listsDocument(law)],
    ['measures.md', measuresDocument(law)],
    ['notices.md', noticesDocument(law)],
    ['repair.md', repairDocument(law)],
    ['periods.md', periodsDocument(law)],
    ['procedures.md', proceduresDocument(law)],
    ['calendar.md', calendarDocument(law)],
    ['commitments.md', commitmentsDocument(law)],
    ['declarations.md', declarationsDocument(law)],
    ['campaigns.md', campaignsDocument(law)],
    ['clocks.md', clocksDocument(law)],
    ['code-lists.md', codeListsDocument(law)],
  ])
  for (const editions of law.procedures.values())
    for (const one of editions.slice(-1)) documents.set(documentOf(one), procedureDocument(law, editions, say))
  for (const [item, editions] of law.items) documents.set(`${item}.md`, itemDocument(law, editions))
  return new Map([...documents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => [name, `${HEAD}${text.trimEnd()}\n`]))
}

/** What the front page names beside the items. */
const OTHERS: readonly (readonly [what: string, file: string])[] = [
  ['公示期', 'periods'],
  ['信用修复', 'repair'],
  ['名单', 'lists'],
  ['惩戒措施', 'measures'],
  ['信用承诺', 'commitments'],
  ['自主申报', 'declarations'],
  ['办事规程', 'procedures'],
  ['专项治理', 'campaigns'],
  ['文书', 'notices'],
  ['异议办理时限', 'clocks'],
  ['可以授权他人查看的', 'authorisable'],
  ['谁看到什么', 'masking'],
  ['工作日', 'calendar'],
  ['代码表', 'code-lists'],
]

function catalogueDocument(law: Law): string {
  const latest = [...law.items.values()].flatMap(editions => editions.at(-1) ?? [])
  const classes = [...law.classes.values()].map(one => {
    const items = latest
      .filter(item => item.class === one.id)
      .sort((a, b) => a.report.order - b.report.order || (a.item < b.item ? -1 : 1))
    const rows = items.map(item => [
      `[${item.name}](${item.item}.md)`,
      item.inForceFrom,
      bases(law, item.basis),
      CONFIDENCE[item.confidence],
    ])
    return `## ${one.id} ${one.name}\n\n${table(['目录项', '现行版生效日', '依据', '可信程度'], rows)}`
  })
  const others = `${OTHERS.map(([what, file]) => `${what}见[${file}.md](${file}.md)`).join('，')}。`
  return `# 公共信用信息目录\n\n共${latest.length}项。${others}\n\n${classes.join('\n')}`
}

const GRAVITY = {
  minor: '轻微',
  general: '一般',
  serious: '严重',
  'by-amount': '按数额',
  'by-officer': '由作出决定的单位确定',
} as const

function periodsDocument(law: Law): string {
  const regimes = law.regimes.map(regime => {
    const rows = regime.cases.map(one => [
      caseText(law, one.when),
      one.shown ? '公示' : '不公示',
      months(one.atLeastMonths),
      months(one.atMostMonths),
      bases(law, one.basis),
      CONFIDENCE[one.confidence],
      one.note ?? '',
    ])
    const span = `${regime.appliesFrom}起${regime.appliesUntil === null ? '' : `至${regime.appliesUntil}`}`
    return `## ${regime.name}\n\n适用于${span}作出的处罚，自决定之日起算。\n\n${table(['情形', '公示', '最短', '最长', '依据', '可信程度', '说明'], rows)}`
  })
  const mirrors = law.mirrors.map(one => [
    law.domains.get(one.domain)?.name ?? one.domain,
    one.publisher,
    bases(law, one.basis),
    CONFIDENCE[one.confidence],
  ])
  const gravity = law.gravity.map(one => {
    const rows = one.kinds.map(kind => [
      kind.kind,
      GRAVITY[kind.gravity],
      bases(law, kind.basis),
      CONFIDENCE[kind.confidence],
      kind.note ?? '',
    ])
    return `### ${one.inForceFrom}起\n\n${table(['处罚类别', '分类', '依据', '可信程度', '说明'], rows)}\n${thresholds(law, one.thresholds)}`
  })
  const local = law.cityGravity.map(one => `### ${law.city.name}，${one.inForceFrom}起\n\n${thresholds(law, one.thresholds)}`)
  const transition = `新旧制度之间取最早的届满日（${bases(law, law.transition.basis)}，${CONFIDENCE[law.transition.confidence]}）。`
  return `# 公示期\n\n${transition}\n\n${regimes.join('\n')}\n## 以其他平台为准的领域\n\n${table(['领域', '平台', '依据', '可信程度'], mirrors)}\n## 处罚的分类\n\n${[...gravity, ...local].join('\n')}`
}

function caseText(law: Law, when: Law['regimes'][number]['cases'][number]['when']): string {
  const parts = [
    when.procedure === undefined ? '' : { simple: '简易程序', ordinary: '普通程序' }[when.procedure],
    when.onlyKinds === undefined ? '' : `仅有${when.onlyKinds.join('、')}`,
    when.anyKind === undefined ? '' : `含有${when.anyKind.join('、')}`,
    when.gravity === undefined ? '' : GRAVITY[when.gravity],
    when.domains === undefined ? '' : when.domains.map(id => law.domains.get(id)?.name ?? id).join('、'),
    when.otherwise === undefined ? '' : '其余情形',
  ]
  return parts.filter(Boolean).join('，')
}

function thresholds(law: Law, rows: Law['gravity'][number]['thresholds']): string {
  if (rows.length === 0) return '没有数额标准：罚款由作出决定的单位分类。\n'
  const printed = rows.map(one => [
    one.domain === '*' ? '其他领域' : (law.domains.get(one.domain)?.name ?? one.domain),
    `${one.generalFrom}元`,
    `${one.seriousFrom}元`,
    bases(law, one.basis),
    CONFIDENCE[one.confidence],
  ])
  return table(['领域', '较大数额起点', '巨额起点', '依据', '可信程度'], printed)
}

function calendarDocument(law: Law): string {
  const years = [...law.calendarYears]
    .sort((a, b) => b.year - a.year)
    .map(year => {
      const rows = year.holidays.map(one => [one.name, one.from, one.to])
      return `## ${year.year}年\n\n${cite(law, year.instrument)}，${CONFIDENCE[year.confidence]}。\n\n${table(['假日', '自', '至'], rows)}\n调休上班：${year.workedWeekends.join('、') || '无'}。\n`
    })
  return `# 工作日\n\n已公布至${law.calendar.knownUntil}。此后的工作日不推算，放假通知公布后再计算。\n\n${years.join('\n')}`
}

function codeListsDocument(law: Law): string {
  const lists = [...law.codeLists.values()]
    .sort((a, b) => (a.list < b.list ? -1 : 1))
    .map(list => {
      const rows = list.values.map(one => [one.code, one.text, one.aliases.join('、')])
      const open = list.openEnded ? '表外的值写作“其他-……”。' : ''
      return `## ${list.name}\n\n\`${list.list}\`。${open}依据：${bases(law, list.basis)}（${CONFIDENCE[list.confidence]}）。\n\n${table(['代码', '文字', '也接收'], rows)}`
    })
  return `# 代码表\n\n${lists.join('\n')}`
}
