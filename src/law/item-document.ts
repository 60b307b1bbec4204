import type { PublicationRule } from './item-model.ts'
import type { ItemEdition, Law } from './law.ts'
import type { Field } from './model.ts'
import { bases, CONFIDENCE, SUBJECTS, table } from './print.ts'

const EFFECT = { adverse: '不利', favourable: '有利', neutral: '中性' } as const
const MODE = { public: '向社会公示', government: '政务共享', authorised: '授权查询' } as const
const TYPE: Readonly<Record<Field['type'], string>> = {
  text: '文字',
  name: '名称',
  'person-name': '姓名',
  day: '日期',
  amount: '金额',
  integer: '整数',
  decimal: '小数',
  'code-list': '代码',
  'multi-code-list': '多个代码',
  uscc: '统一社会信用代码',
  'organisation-code': '组织机构代码',
  'registration-number': '注册号',
  'tax-number': '税务登记号',
  'id-number': '证件号码',
  'document-number': '文号',
  telephone: '电话',
  address: '地址',
}
const MASK: Readonly<Record<Field['mask'], string>> = {
  none: '',
  'id-number': '证件号码',
  'person-name': '姓名',
  'free-text': '文中个人信息',
  telephone: '电话',
  address: '地址',
  'bank-account': '银行账号',
}

/** One item with all its editions, the youngest first. */
export function itemDocument(law: Law, editions: readonly ItemEdition[]): string {
  const latest = editions.at(-1)
  const title = `# ${latest?.name ?? ''}\n\n\`${latest?.item ?? ''}\`，第${latest?.class ?? ''}类：${law.classes.get(latest?.class ?? '')?.name ?? ''}。\n\n`
  return (
    title +
    [...editions]
      .reverse()
      .map(one => printEdition(law, one))
      .join('\n')
  )
}

function printEdition(law: Law, item: ItemEdition): string {
  const span = item.inForceUntil === null ? `${item.inForceFrom}起` : `${item.inForceFrom}至${item.inForceUntil}`
  const fields = item.fields.map(field => [
    `\`${field.code}\``,
    field.name,
    printType(law, field),
    field.required ? '必填' : '',
    field.public ? '公开' : '',
    MASK[field.mask],
    field.aliases.join('、'),
  ])
  const legacy = Object.entries(item.legacy).map(([edition, headings]) => {
    const rows = Object.entries(headings).map(([heading, code]) => [heading, `\`${code}\``])
    return `### 旧表（${edition}）\n\n${table(['旧列', '现列'], rows)}`
  })
  const columns = table(['列', '表头', '类型', '必填', '公开', '遮盖', '也接收的表头'], fields)
  return [
    `## ${span}\n\n${table(['', '', '依据', '可信程度', '说明'], printRules(law, item))}`,
    `### 列\n\n${columns}`,
    printCrossRules(law, item),
    ...legacy,
  ].join('\n')
}

type Sourced = {
  readonly basis: readonly string[]
  readonly confidence: ItemEdition['confidence']
  readonly note?: string | undefined
}

function printRules(law: Law, item: ItemEdition): string[][] {
  const row = (what: string, text: string, from: Sourced): string[] => [
    what,
    text,
    bases(law, from.basis),
    CONFIDENCE[from.confidence],
    from.note ?? '',
  ]
  const { report, publish } = item.clocks
  const { publicWhen, onlyWhen } = item.disclosure
  const said = ({ field, is }: { field: string; is: readonly string[] }): string =>
    `“${item.fieldByCode.get(field)?.name ?? field}”为${is.join('、')}的`
  const chosen = `${publicWhen ? `；${said(publicWhen)}向社会公示` : ''}${onlyWhen ? `；只有${said(onlyWhen)}给主体以外的人看` : ''}`
  return [
    row('归集', `${item.subjects.map(kind => SUBJECTS[kind]).join('、')}；${EFFECT[item.effect]}`, item),
    row('公开方式', MODE[item.disclosure.mode] + chosen, item.disclosure),
    row('公示期', printPublication(item.publication), item.publication),
    row('报送', 'monthly' in report ? '至少每月一次' : `${report.workingDays}个工作日内`, report),
    ...(publish === null ? [] : [row('公示', `${publish.workingDays}个工作日内`, publish)]),
    ...(item.nameChange ? [row('曾用名', printNameChange(item, item.nameChange.matters), item.nameChange)] : []),
    row('保存', item.retention.years === null ? '主体存续期间' : `${item.retention.years}年`, item.retention),
  ]
}

function printNameChange({ roles, fieldByCode }: ItemEdition, matters: readonly string[]): string {
  const column = (code: string | undefined): string => `“${fieldByCode.get(code ?? '')?.name ?? ''}”`
  const { changedMatter, decidedOn, valueBefore, valueAfter } = roles
  return `${column(changedMatter)}为${matters.join('、')}的，自${column(decidedOn)}起由${column(valueBefore)}改为${column(valueAfter)}`
}

function printPublication(rule: PublicationRule): string {
  switch (rule.rule) {
    case 'never':
      return '不公示'
    case 'standing':
      return '主体存续期间'
    case 'while-valid':
      return `${rule.atMostMonths === undefined ? '有效期内' : `有效期内，最长${rule.atMostMonths}个月`}${(rule.breaches ?? []).map(printBreach).join('')}`
    case 'while-listed':
      return rule.termMonths === null ? '至移出' : `至移出，最长${rule.termMonths}个月`
    case 'by-regime':
      return '按处罚的分类，见[公示期](periods.md)'
    case 'fixed':
      return `${rule.months}个月`
  }
}

function printBreach({ when, gravity, atLeastMonths, atMostMonths }: Breached): string {
  const kind = gravity === 'serious' ? '严重' : '一般'
  return `；${Object.values(when)
    .map(one => one.join('、'))
    .join('，')}的，自认定之日起${atLeastMonths}至${atMostMonths}个月（${kind}）`
}

type Breached = NonNullable<Extract<PublicationRule, { rule: 'while-valid' }>['breaches']>[number]

function printType(law: Law, field: Field): string {
  const list = field.list === undefined ? '' : `（${law.codeLists.get(field.list)?.name ?? field.list}）`
  const unit = field.unit === undefined ? '' : { yuan: '（元）', 'wan-yuan': '（万元）' }[field.unit]
  return (
    TYPE[field.type] +
    list +
    unit +
    (field.length === undefined ? '' : `，最长${field.length}字`) +
    (field.longTerm ? '，可填长期' : '')
  )
}

function printCrossRules(law: Law, item: ItemEdition): string {
  if (item.rules.length === 0) return ''
  const rows = item.rules.map(rule => {
    const { rule: name, basis, confidence, note, ...columns } = rule
    const facts = Object.entries(columns).map(([key, value]) => `${key}=${[value].flat().join('、')}`)
    return [`\`${name}\``, facts.join('；'), bases(law, basis), CONFIDENCE[confidence], note ?? '']
  })
  return `### 列之间的规则\n\n${table(['规则', '列', '依据', '可信程度', '说明'], rows)}`
}
