import { clock, type Deed, type Move, officer, opens, type Scene, type SceneDay, second, subject } from './scene-model.ts'

/* Orders to put something right, kept or overdue, and interviews. Nothing of it is public, nobody is restricted by it. */

type Moves = readonly [Deed, ...Move[]]

const orders = (ago: number, until: SceneDay): Deed =>
  officer(ago, 'order', {
    fact: '检查发现，听澜路工地三处临边没有防护。',
    duties: '补装临边防护\n报送整改后的照片',
    until,
    consequence: '逾期未整改的，依次提示约谈、警示约谈；法律另有规定的，依法另行办理。',
  })
const reads = (ago: number): Move => opens(ago, 'rectification-order')
const reports = (ago: number, act: string): Deed => ({
  ...subject(ago, act, { done: '三处临边防护已经补装，照片附后。' }),
  papers: ['done'],
})

const CALLED = {
  matter: '限期整改逾期，临边防护仍未补装',
  'interview-time': '约定之日上午9时',
  place: '市住建局四楼会议室',
  duty: '说明没有整改的原因和打算',
  attend: '法定代表人或者其委托的人',
}
const WARNED = { ...CALLED, before: '提示约谈时答应限期补装，仍未补装' }
const records = (ago: number, act: string, until: SceneDay): Deed =>
  officer(ago, act, { attended: 'came', minutes: '法定代表人到场，说明材料未到，答应在期限以前补装。', until })

/* Each goes on from the one before; the number is that of its last act. */
const overdue = (ago: number): Moves => [
  orders(ago + 17, { ago: ago + 1 }),
  reads(ago + 16),
  clock(ago + 10, 'statement-over'),
  clock(ago, 'late'),
]
const prompted = (ago: number): Moves => [...overdue(ago + 2), officer(ago, 'call-prompt', CALLED)]
const overdueAgain = (ago: number): Moves => [
  ...prompted(ago + 20),
  records(ago + 15, 'record-prompt', { ago: ago + 1 }),
  clock(ago, 'late-after-prompt'),
]
const warned = (ago: number): Moves => [
  ...overdueAgain(ago + 4),
  officer(ago + 2, 'propose-warning', WARNED),
  second(ago, 'confirm-warning'),
]
const unrectified = (ago: number): Moves => [
  ...warned(ago + 20),
  records(ago + 15, 'record-warning', { ago: ago + 1 }),
  clock(ago, 'late-after-warning'),
]

const scene = (procedure: string, state: string, moves: Moves): Scene => ({
  ...{ id: `${procedure}-${state}`, procedure, unit: 'housing-construction', about: 'firm' },
  moves,
})
const order = (state: string, moves: Moves): Scene => scene('rectification', state, moves)

const ORDERS: readonly Scene[] = [
  order('serving', [orders(1, { ahead: 20 })]),
  order('stating', [orders(3, { ahead: 20 }), reads(2)]),
  order('rectifying', [orders(12, { ahead: 14 }), reads(11), clock(5, 'statement-over')]),
  order('reported', [orders(7, { ahead: 10 }), reads(6), reports(2, 'report')]),
  order('rectified', [
    ...([orders(14, { ahead: 5 }), reads(13), reports(9, 'report')] as const),
    officer(4, 'accept', { result: '现场核查，三处防护齐全，整改完成。' }),
  ]),
  order('revoked', [
    ...([orders(9, { ahead: 10 }), reads(8)] as const),
    subject(6, 'state', { statement: '三处临边属于另一标段，附施工图。' }),
    officer(4, 'revoke', { result: '经核实，临边属于另一标段，通知书撤回。' }),
  ]),
  order('overdue', overdue(4)),
  order('prompted', prompted(3)),
  order('prompt-term', [...prompted(8), records(3, 'record-prompt', { ahead: 14 })]),
  order('reported-after-prompt', [...prompted(9), reports(2, 'report-after-prompt')]),
  order('overdue-again', overdueAgain(2)),
  order('warning-proposed', [...overdueAgain(3), officer(1, 'propose-warning', WARNED)]),
  order('warned', warned(2)),
  order('warning-term', [...warned(9), records(4, 'record-warning', { ahead: 14 })]),
  order('reported-after-warning', [...warned(8), reports(3, 'report-after-warning')]),
  order('unrectified', unrectified(2)),
  order('handed-over', [
    ...unrectified(5),
    officer(3, 'hand-over', { because: '三处防护仍未补装，交质量安全监督站依法研究办理。' }),
  ]),
]

const INTERVIEW = { ...CALLED, matter: '一个月内三次被投诉夜间施工', duty: '说明情况，带施工日志' }
const EXPLAINS = { statement: '投诉的是相邻的另一个工地，附施工许可。' }

export const CONDUCT_SCENES: readonly Scene[] = [
  ...ORDERS,
  scene('interview', 'called', [officer(2, 'call', INTERVIEW)]),
  scene('interview', 'held', [
    officer(12, 'call', INTERVIEW),
    officer(5, 'record', { attended: 'came', minutes: '法定代表人到场，出示施工日志，答应夜间停工。' }),
  ]),
  scene('interview', 'cancelled', [
    officer(8, 'call', INTERVIEW),
    subject(6, 'explain', EXPLAINS),
    officer(5, 'cancel', { result: '经核实，投诉的是相邻的另一个工地。' }),
  ]),
]
