import type { Law } from './law.ts'
import { bases, CONFIDENCE, months, table } from './print.ts'
import type { RepairRegime } from './repair-model.ts'

const CHECKED = { machine: '平台自行核对', officer: '由认定单位核实' } as const
const OF = { penalty: '行政处罚', 'serious-list': '严重失信主体名单', 'abnormal-register': '异常名录' } as const
const STEP = {
  push: '推送',
  accept: '决定是否受理',
  decide: '办结',
  extend: '延长',
  tell: '告知结果',
  object: '异议处理',
} as const
const FROM = { received: '收到', pushed: '推送', accepted: '受理', 'decision-due': '原办结期限届满', decided: '决定' } as const
const NEVER = { training: '培训', charity: '公益', fee: '收费', 'third-party-report': '第三方报告' } as const
const HEADS = ['', '内容', '依据', '可信程度', '说明'] as const

type Sourced = {
  readonly basis: readonly string[]
  readonly confidence: RepairRegime['confidence']
  readonly note?: string | undefined
}
const row = (law: Law, head: string, text: string, one: Sourced): string[] => [
  head,
  text,
  bases(law, one.basis),
  CONFIDENCE[one.confidence],
  one.note ?? '',
]

/** `docs/law/repair.md`: what repair asks for under each regime, who decides, within which days, and what follows. */
export function repairDocument(law: Law): string {
  const { transition, overrides, listsOwnRule, mirrors } = law.repair
  const regimes = [...law.repair.regimes.values()]
    .sort((a, b) => (beginOf(law, a) < beginOf(law, b) ? 1 : -1))
    .map(one => regimeText(law, one))
  const between = [
    row(law, '新旧之间', '程序依申请之日的规定，最短取较短的，最长取先届满的', transition),
    row(law, '名单', '名单有自己的提前移出规定的，依名单的规定', listsOwnRule),
    ...overrides.map(one =>
      row(law, one.name, `最短${months(one.atLeastMonths) || '没有'}，最长${months(one.atMostMonths) || '没有'}`, one),
    ),
    ...mirrors.map(one =>
      row(
        law,
        `以其他平台为准：${law.domains.get(one.domain)?.name ?? one.domain}`,
        `满${months(one.earlyAfterMonths)}${one.special ? `，${one.special.text}满${months(one.special.afterMonths)}` : ''}可以提前停止；${one.notEarly.join('、')}不提前停止；${one.clocks.acceptWorkingDays}个工作日内受理，${one.clocks.decideWorkingDays}个工作日内决定`,
        one,
      ),
    ),
  ]
  return `# 信用修复\n\n永不要求：${[...Object.values(NEVER)].join('、')}。最短、最长公示期见[periods.md](periods.md)。\n\n## 总则\n\n${table(HEADS, between)}\n${regimes.join('\n')}`
}

const beginOf = (law: Law, { regime }: RepairRegime): string => law.regimes.find(one => one.id === regime)?.appliesFrom ?? ''

function regimeText(law: Law, one: RepairRegime): string {
  const regime = law.regimes.find(it => it.id === one.regime)
  const span = `${regime?.appliesFrom ?? ''}起${regime?.appliesUntil ? `至${regime.appliesUntil}` : ''}提出的申请`
  const rows = [
    ...one.classes.map(it =>
      row(law, '类别', `${it.text}${it.repairable ? '' : '（不予修复）'}${monthsOf(law, one, it.case)}`, it),
    ),
    ...one.others.map(it => row(law, OF[it.what], `同“${one.classes.find(row => row.case === it.case)?.text ?? it.case}”`, it)),
    ...one.conditions.map(it => row(law, '条件', `${it.text}（${CHECKED[it.checked]}）`, it)),
    ...one.materials.map(it => row(law, '材料', `${it.name}${it.fetchedByUnit ? '（能取得的由认定单位自取）' : ''}`, it)),
    ...one.requires.map(it => row(law, '另须', it.what, it)),
    row(law, '向谁申请', one.window.name, one.window),
    ...one.deciders.map(it => row(law, `谁决定：${OF[it.of]}`, it.text, it)),
    ...clockRows(law, one),
    ...one.effects.map(it => row(law, '效力', it.text, it)),
    row(law, '最长公示期届满', `自动停止公示；${one.atMaximum.uncorrected}`, one.atMaximum),
    ...(one.notice ? [row(law, '告知', one.notice.text, one.notice)] : []),
    ...falseRows(law, one),
    ...(one.bankruptcy ? [row(law, '破产重整', `${one.bankruptcy.during}；${one.bankruptcy.after}`, one.bankruptcy)] : []),
    ...(one.pendingReview ? [row(law, '复议、诉讼期间', one.pendingReview.text, one.pendingReview)] : []),
  ]
  return `## ${one.name}\n\n${span}。依据：${bases(law, one.basis)}（${CONFIDENCE[one.confidence]}）。\n\n${table(HEADS, rows)}`
}

/** What the publication regime says of the case. */
function monthsOf(law: Law, one: RepairRegime, id: string): string {
  const found = law.regimes.find(it => it.id === one.regime)?.cases.find(it => it.case === id)
  if (found === undefined) return ''
  const least = found.atLeastMonths === null ? '没有最短期限' : `最短${months(found.atLeastMonths)}`
  return `；${least}${found.shown ? `，最长${months(found.atMostMonths)}` : '，不公示'}`
}

function clockRows(law: Law, { clocks }: RepairRegime): string[][] {
  return (Object.keys(STEP) as (keyof typeof STEP)[]).flatMap(step => {
    const clock = clocks[step]
    if (clock === undefined) return []
    const days = clock.workingDays === null ? '及时' : `${clock.workingDays}个工作日`
    return [
      row(law, STEP[step], `自${FROM[clock.from]}起${days}${step === 'extend' ? `，至多${clocks.extend?.times}次` : ''}`, clock),
    ]
  })
}

function falseRows(law: Law, { falseMaterial: one }: RepairRegime): string[][] {
  if (one === null) return []
  const bar = one.bars === 'applying' ? '不得申请修复' : '不得以信用承诺方式修复'
  return [
    row(
      law,
      '虚假材料',
      `${one.recorded ? '记入信用记录' : ''}${one.shownMonths ? `，公示${months(one.shownMonths)}` : ''}；${months(one.barredMonths)}内${bar}`,
      one,
    ),
  ]
}
