import type { CommitmentMatters, CommitmentTemplate } from './commitment-model.ts'
import type { Law } from './law.ts'
import type { DayCount } from './list-model.ts'
import { bases, CONFIDENCE, months, table } from './print.ts'

const BY = { subject: '承诺人', unit: '受理或者认定单位', platform: '平台' } as const
const AT = { opening: '作出承诺时', fulfilment: '认定履行时' } as const
const NEEDS = { heard: '听取承诺人陈述申辩', 'written-decision': '书面认定', 'second-person': '第二人确认' } as const
const ACCEPTS = {
  'informed-commitment': '告知承诺',
  'missing-material': '容缺受理',
  'proof-commitment': '证明事项告知承诺',
} as const
const CLOSED = { 'serious-list': '在严重失信主体名单上', 'unrepaired-breach': '有违诺尚未修复' } as const

/** `docs/law/commitments.md`: types and what follows a breach, the twenty columns, every template, every unit's matters. */
export function commitmentsDocument(law: Law): string {
  const { register, templates, matters } = law.commitments
  if (register === null) return '# 信用承诺\n'
  const types = register.types.flatMap(one =>
    one.consequences.map((it, index) => [
      index === 0 ? `${one.code} ${one.text}` : '',
      index === 0 ? one.means : '',
      it.text,
      bases(law, it.basis),
      CONFIDENCE[it.confidence],
      it.note ?? '',
    ]),
  )
  const item = law.items.get(register.item)?.at(-1)
  const columns = register.register.map(one => {
    const field = item?.fieldByCode.get(one.column)
    return [field?.name ?? one.column, BY[one.by], AT[one.at], field?.required ? '必填' : '']
  })
  const words = [
    ['公开类型', register.openness.map(one => one.text).join('、')],
    ['履行状态', register.fulfilment.map(one => `${one.text}${one.breach ? '（违诺）' : ''}`).join('、')],
    ['办理状态', register.supervision.map(one => one.text).join('、')],
    ['违诺入库以前', register.breach.needs.map(one => NEEDS[one]).join('、')],
    ['可以不适用承诺办理', register.exclusions.map(one => one.text).join('；')],
  ]
  return [
    '# 信用承诺\n',
    `## 类型和违诺后果\n\n${table(['类型', '是什么', '违诺的后果', '依据', '可信程度', '说明'], types)}`,
    `## 登记的二十栏\n\n${table(['栏', '谁填', '何时', ''], columns)}`,
    `## 用语和规则\n\n${table(['', ''], words)}`,
    `## 承诺书样式\n\n文字是本项目拟的。**粗体**是法律部分，在任何一件里都不得改动。\n\n${[...templates.values()].flat().map(templateText).join('\n')}`,
    `## 各单位的事项清单\n\n${[...matters.values()].map(one => mattersText(law, one)).join('\n') || '无。\n'}`,
  ].join('\n')
}

function templateText(one: CommitmentTemplate): string {
  const span = `${one.inForceFrom}起${one.inForceUntil === null ? '' : `至${one.inForceUntil}`}`
  const held = one.validMonths === null ? '到承诺的事项办结为止' : `有效${months(one.validMonths)}`
  const lines = one.paragraphs.map(it => (it.legal ? `**${it.text}**` : it.text).replaceAll('\n', '  \n'))
  return `### ${one.name}（${span}，${held}）\n\n${lines.map((text, index) => `${index + 1}. ${text.replaceAll('\n', '\n   ')}`).join('\n')}\n`
}

const days = (one: DayCount | undefined): string =>
  one === undefined ? '' : `${one.count}${one.unit === 'working' ? '个工作日' : '日'}`

function mattersText(law: Law, { unit, approvals, tenders }: CommitmentMatters): string {
  const closed = (ids: readonly (keyof typeof CLOSED)[]): string => ids.map(id => CLOSED[id]).join('；')
  const rows = approvals.map(one => [
    one.name,
    `${ACCEPTS[one.accepts]}${one.greenChannel ? '，绿色通道' : ''}`,
    one.replaces.join('、'),
    [one.supplyWithin ? `${days(one.supplyWithin)}内补交` : '', one.verifyWithin ? `${days(one.verifyWithin)}内核查` : '']
      .filter(Boolean)
      .join('；'),
    closed(one.closedTo),
    bases(law, one.basis),
    CONFIDENCE[one.confidence],
  ])
  const bonds = tenders.map(one => [
    one.name,
    `以承诺代替${one.inPlaceOf}`,
    one.inPlaceOf,
    one.ifBroken,
    closed(one.closedTo),
    bases(law, one.basis),
    CONFIDENCE[one.confidence],
  ])
  const heads = ['事项', '办理方式', '代替什么', '时限或者违诺', '不适用', '依据', '可信程度']
  return `### ${law.units.get(unit)?.name ?? unit}\n\n${table(heads, [...rows, ...bonds])}`
}
