/* What becomes of the example city's campaigns: who did what, so many days ago. Every day is counted back from the city's last one. */

type Mover = 'subject' | 'officer' | 'clock'

export type OrderMove = {
  readonly ago: number
  readonly by: Mover
  readonly act: string
  readonly fields?: Readonly<Record<string, string>>
  readonly paper?: string
}

/** An order to rectify: when it was given, by when it is to be done, when its letter was opened, and what followed. */
export type OrderWay = {
  readonly ordered: number
  readonly until: number
  readonly served: number | null
  readonly moves: readonly OrderMove[]
}

export const ORDERED = {
  fact: '检查时发现，店内没有公示食品经营许可证和量化分级结果。',
  duties: '在店内显著位置公示许可证和量化分级结果\n报送公示的照片',
  consequence: '逾期未整改的，依次提示约谈、警示约谈；法律另有规定的，依法另行办理。',
}

const CALLED = {
  matter: '限期整改逾期，许可证仍没有公示。',
  'interview-time': '收到本通知书以后第十日上午9时',
  place: '澜川市市场监督管理局302室',
  duty: '说明没有整改的原因和打算。',
  attend: '负责人或者其委托的人',
}

const done = (ago: number): OrderMove => ({
  ...{ ago, by: 'subject', act: 'report', paper: 'done' },
  fields: { done: '已经在收银台旁公示，照片附后。' },
})
const accepted = (ago: number): OrderMove => ({ ago, by: 'officer', act: 'accept', fields: { result: '现场核实，已经公示。' } })
const statementOver = (ago: number): OrderMove => ({ ago, by: 'clock', act: 'statement-over' })

const late = (ago: number): OrderMove => ({ ago, by: 'clock', act: 'late' })

/** The ways of orders, by name. From service to the end of the time to answer there is room for the longest holidays. */
export const WAYS = {
  'done-long-ago': { ordered: 150, until: 120, served: 149, moves: [done(140), accepted(136)] },
  'revoked-long-ago': {
    ...{ ordered: 148, until: 118, served: 147 },
    moves: [{ ago: 144, by: 'officer', act: 'revoke', fields: { result: '核实以后，这一户已经停业，通知书撤回。' } }],
  },
  'done-lately': { ordered: 40, until: 12, served: 39, moves: [done(30), accepted(26)] },
  'told-lately': { ordered: 4, until: -26, served: null, moves: [] },
  stating: { ordered: 5, until: -25, served: 3, moves: [] },
  rectifying: { ordered: 40, until: -10, served: 39, moves: [statementOver(18)] },
  reported: { ordered: 30, until: -5, served: 29, moves: [done(3)] },
  overdue: { ordered: 45, until: 20, served: 44, moves: [statementOver(25), late(18)] },
  prompted: {
    ...{ ordered: 47, until: 21, served: 46 },
    moves: [statementOver(26), late(19), { ago: 9, by: 'officer', act: 'call-prompt', fields: CALLED }],
  },
  owing: { ordered: 50, until: 18, served: 49, moves: [statementOver(30), late(12)] },
  paid: { ordered: 60, until: 30, served: 59, moves: [done(45), accepted(41)] },
} as const satisfies Readonly<Record<string, OrderWay>>
type WayName = keyof typeof WAYS

export type CampaignScene = {
  readonly name: string
  readonly theme: string
  readonly aim: string
  readonly instrument?: string
  readonly documentNo?: string
  readonly documentBody?: string
  readonly unit: string
  readonly officers: readonly [string, string]
  readonly units: readonly string[]
  readonly goals: Readonly<Record<string, number>>
  /** Days ago of the first and the last day, and of the report; null: not concluded. */
  readonly began: number
  readonly ends: number
  readonly concluded: number | null
  readonly summary: string
  readonly ways: readonly WayName[]
}

const times = (way: WayName, count: number): WayName[] => Array.from({ length: count }, () => way)

export const CAMPAIGNS: readonly CampaignScene[] = [
  {
    ...{ name: '餐饮门店许可公示专项治理', theme: 'key-sector', instrument: 'gbf-2019-35' },
    ...{ unit: 'market-regulation', officers: ['case.market', 'case.market2'], units: ['health'] },
    ...{ aim: '督促餐饮门店在店内公示许可证和量化分级结果，逐户核实。', goals: { urged: 10 } },
    ...{ began: 151, ends: 100, concluded: 99 },
    summary: '没有公示的门店多数是换证以后没有更新。以后发证时附公示牌，年度检查时一并核对。',
    ways: [...times('done-long-ago', 9), 'revoked-long-ago'],
  },
  {
    ...{ name: '食品经营许可公示专项治理', theme: 'integrity-gap', documentNo: '澜市监〔示例〕18号' },
    ...{ documentBody: '澜川市市场监督管理局', unit: 'market-regulation', officers: ['case.market', 'case.market2'] },
    ...{ units: ['ecology-environment'], goals: { urged: 20, done: 18 } },
    ...{ aim: '督促食品经营单位公示许可证，逾期的提醒、约谈，逐户跟到改好。' },
    ...{ began: 51, ends: -60, concluded: null, summary: '' },
    ways: [...times('done-lately', 6), 'told-lately', 'stating', 'rectifying', 'reported', 'overdue', 'prompted'],
  },
]

/** Cases about bodies of the state. */
export const GOVERNMENT: readonly { readonly way: WayName; readonly fact: string; readonly duties: string }[] = [
  {
    ...{ way: 'owing', fact: '设备采购合同约定验收后三十日付款，验收已过一年，尾款8万元没有付。' },
    duties: '付清尾款\n报送付款凭证',
  },
  {
    ...{ way: 'paid', fact: '公开承诺的补助没有按期发放，涉及一户企业。' },
    duties: '发放补助\n报送发放凭证',
  },
]
