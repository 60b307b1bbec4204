import {
  clock,
  type Deed,
  type Move,
  office,
  officer,
  opens,
  receivers,
  type Scene,
  second,
  shown,
  subject,
} from './scene-model.ts'

/* Listings that have gone on for weeks and months: served, asked to be left, left, revoked. What a day can reach is made by listings.ts. */

type Moves = readonly [Deed, ...Move[]]

const DEFENCE = '期满没有陈述申辩；逐项核对材料，事实成立。'

/** Proposed, told and decided, and listed so many working days ago: nobody answered the notice. */
const listed = (ago: number, proposed: Deed['fields'], number: string): Moves => [
  officer(ago + 9, 'propose', proposed),
  second(ago + 8, 'confirm-notice'),
  opens(ago + 8, 'listing-notice'),
  clock(ago + 2, 'statement-over'),
  officer(ago + 1, 'decide', { 'decision-number': number, defence: DEFENCE }),
  second(ago, 'list'),
]

/* A key-attention list: six months, and after three one may ask to leave. */

const ATTENTION = {
  ground: 'site-attention:overdue-rectification',
  degree: 'site-attention:关注',
  fact: '责令整改的两处脚手架逾期没有整改，尚未达到处罚的程度。',
  proof: '整改通知书送达回证\n复查照片',
  document: '澜建改〔示例〕40号',
  'not-excluded': 'yes',
}
/** More working days than three months, and than six months, ever have. */
const THREE_MONTHS = 67
const SIX_MONTHS = 133
const LEAVES = { conditions: '整改完毕，三个月内没有新的同类问题，附复查记录。' }
const GRANTED = { because: '经核实，整改完毕，三个月内没有新的同类问题。' }

const attention = (state: string, no: number, ago: number, moves: readonly Move[]): Scene => ({
  ...{ id: `listing-${state}`, procedure: 'listing', unit: 'housing-construction', about: 'firm', aboutRef: 'site-attention' },
  moves: [...listed(ago, ATTENTION, `澜建关注〔示例〕${no}号`), ...moves],
})

/* A list of serious dishonesty whose entries were wrong. */

const SERIOUS = {
  ground: 'work-safety-serious:concealed',
  fact: '发生一起坍塌事故，未造成人员死亡，三日后才报告。',
  proof: '事故调查报告\n询问笔录',
  document: '澜应急罚〔示例〕8号',
  'heard-penalty': 'yes',
}
const ANNULLED = { because: '所依据的处罚决定已被撤销。', redress: '删除信息，通知曾取得它的单位，恢复名誉。' }

const serious = (state: string, moves: Moves): Scene => ({
  ...{ id: `listing-${state}`, procedure: 'listing', unit: 'emergency', about: 'firm', aboutRef: 'work-safety-serious' },
  moves,
})

/** Those that few days reach come first. */
export const LIST_SCENES: readonly Scene[] = [
  attention('left', 31, SIX_MONTHS + 3, [clock(2, 'term-over'), receivers(2, 'leave')]),
  attention('leaving', 32, SIX_MONTHS + 2, [shown(8, 'system'), clock(1, 'term-over')]),
  attention('left-early', 33, THREE_MONTHS + 8, [
    subject(6, 'ask-exit', LEAVES),
    officer(4, 'grant-exit', GRANTED),
    receivers(4, 'leave-early'),
  ]),
  attention('leaving-early', 34, THREE_MONTHS + 5, [
    shown(9, 'system'),
    subject(4, 'ask-exit', LEAVES),
    officer(2, 'grant-exit', GRANTED),
  ]),
  attention('exit-asked', 35, THREE_MONTHS + 2, [subject(1, 'ask-exit', LEAVES)]),
  serious('serving', [officer(2, 'propose', SERIOUS), second(0, 'confirm-notice')]),
  serious('annulling', [
    ...listed(12, SERIOUS, '澜应急列〔示例〕94号'),
    shown(8, 'window'),
    office(3, 'point-out', { 'why-wrong': '所依据的处罚决定已被复议机关撤销。' }),
    officer(1, 'annul', ANNULLED),
  ]),
  serious('annulled', [
    ...listed(20, SERIOUS, '澜应急列〔示例〕95号'),
    subject(9, 'claim-wrong', { 'why-wrong': '处罚决定写的是另一家单位，名称相近。' }),
    officer(7, 'annul', ANNULLED),
    receivers(7, 'close-annulment'),
  ]),
]
