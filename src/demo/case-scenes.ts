import { COMMITMENT_SCENES } from './commitment-scenes.ts'
import { CONDUCT_SCENES } from './conduct-scenes.ts'
import { DECLARATION_SCENES } from './declaration-scenes.ts'
import { LIST_SCENES } from './list-scenes.ts'
import {
  type Course,
  clock,
  type Deed,
  type Move,
  office,
  officer,
  opens,
  receivers,
  type Scene,
  second,
  subject,
} from './scene-model.ts'

/* What becomes of records: objections, repairs, repairs that were revoked; and all the example city's cases together. */

const objects = (ago: number, wrong: string, should: string): Deed => subject(ago, 'lodge', { wrong, 'should-be': should })
const wrongContent = (ago: number): Deed => objects(ago, 'content', '公示的内容与决定书正本不一致，请核对。')
const notMine = (ago: number): Deed => objects(ago, 'not-mine', '决定书写的不是我单位，名称相近。')
const changed = (ago: number): Deed => objects(ago, 'changed', '原决定已经变更，请按变更后的决定更正。')

const KEPT = { finding: '核对决定书正本和送达回证，公示内容一致。' }
const WRONG = { finding: '核对决定书正本，这条信息确系误报。' }
const NOT_SATISFIED = { 'why-review': '答复没有回应我单位提交的材料，申请复核。' }

/** What is corrected is made up from what the record says (scene-corrected.ts). */
const corrects = (ago: number): Deed =>
  officer(ago, 'propose-correct', { corrected: 'by-the-document', finding: '核对决定书正本，报送的内容有出入。' })

const OBJECTIONS: readonly Scene[] = [
  { id: 'objection-overdue', procedure: 'objection', unit: 'market-regulation', moves: [wrongContent(9)] },
  { id: 'objection-today', procedure: 'objection', unit: 'market-regulation', moves: [notMine(7)] },
  { id: 'objection-soon', procedure: 'objection', unit: 'market-regulation', moves: [changed(5)] },
  { id: 'objection-new', procedure: 'objection', unit: 'market-regulation', moves: [wrongContent(0)] },
  {
    ...{ id: 'objection-awaiting-material', procedure: 'objection', unit: 'market-regulation', account: 'firm.penalty' },
    moves: [wrongContent(3), officer(1, 'ask-material', { missing: '缴款凭证，或者决定书变更、撤销的文书' })],
  },
  { id: 'objection-own', procedure: 'objection', unit: 'ecology-environment', account: 'firm', moves: [wrongContent(0)] },
  {
    ...{ id: 'objection-supplemented', procedure: 'objection', unit: 'ecology-environment' },
    moves: [notMine(6), officer(4, 'ask-material', { missing: '营业执照副本' })],
  },
  {
    ...{ id: 'objection-answered', procedure: 'objection', unit: 'market-regulation' },
    moves: [wrongContent(6), officer(2, 'keep', KEPT)],
  },
  {
    ...{ id: 'objection-in-review', procedure: 'objection', unit: 'market-regulation' },
    moves: [changed(8), officer(4, 'keep', KEPT), subject(2, 'ask-review', NOT_SATISFIED)],
  },
  {
    ...{ id: 'objection-confirming', procedure: 'objection', unit: 'market-regulation', shownBefore: true },
    moves: [notMine(4), officer(1, 'delete', WRONG)],
  },
  {
    ...{ id: 'objection-correcting', procedure: 'objection', unit: 'market-regulation' },
    moves: [wrongContent(4), corrects(1)],
  },
  {
    ...{ id: 'objection-rewritten', procedure: 'objection', unit: 'market-regulation' },
    moves: [wrongContent(10), corrects(8), second(7, 'correct'), receivers(7)],
  },
  {
    ...{ id: 'objection-review-correcting', procedure: 'objection', unit: 'market-regulation' },
    moves: [
      wrongContent(8),
      officer(6, 'keep', KEPT),
      subject(4, 'ask-review', NOT_SATISFIED),
      office(2, 'review-propose-correct', {
        corrected: 'by-the-document',
        'review-finding': '复核了决定书正本，内容应当按正本更正。',
      }),
    ],
  },
  {
    ...{ id: 'objection-corrected', procedure: 'objection', unit: 'market-regulation' },
    moves: [notMine(12), officer(8, 'delete', WRONG), receivers(8)],
  },
  {
    ...{ id: 'objection-upheld', procedure: 'objection', unit: 'market-regulation' },
    moves: [
      wrongContent(12),
      officer(9, 'keep', KEPT),
      subject(7, 'ask-review', NOT_SATISFIED),
      office(5, 'review-keep', { 'review-finding': '复核了全部材料，信息与决定一致，维持。' }),
    ],
  },
  {
    ...{ id: 'objection-withdrawn', procedure: 'objection', unit: 'market-regulation' },
    moves: [changed(6), subject(5, 'withdraw')],
  },
]

const applies = (ago: number): Deed =>
  subject(ago, 'lodge', { ground: 'performed', performed: '罚款已缴清，违法行为已改正并通过验收。', commitment: 'yes' })
const appliesWithPlan = (ago: number, performed = '法院已批准重整计划，正在执行。'): Deed =>
  subject(ago, 'lodge', { ground: 'reorganisation', performed, commitment: 'yes' })
const grants = (ago: number): Deed => officer(ago, 'propose-grant', { finding: '缴款、整改、承诺逐项核实，最短公示期已满。' })
const shields = (ago: number): Deed => officer(ago, 'shield', { ruling: '（2026）澜01破示例号', 'ruled-on': '2026-04-10' })

const REPAIRS: readonly Scene[] = [
  { id: 'repair-today', procedure: 'repair', unit: 'ecology-environment', moves: [applies(3)] },
  { id: 'repair-accepted', procedure: 'repair', unit: 'ecology-environment', moves: [applies(4), officer(2, 'accept')] },
  {
    ...{ id: 'repair-proposed', procedure: 'repair', unit: 'ecology-environment' },
    moves: [applies(6), officer(4, 'accept'), grants(0)],
  },
  {
    ...{ id: 'repair-confirming', procedure: 'repair', unit: 'ecology-environment', shownBefore: true },
    moves: [applies(8), officer(7, 'accept'), grants(3), second(1, 'grant')],
  },
  {
    ...{ id: 'repair-repaired', procedure: 'repair', unit: 'ecology-environment' },
    moves: [applies(12), officer(11, 'accept'), grants(8), second(7, 'grant'), receivers(7)],
  },
  { id: 'repair-overdue', procedure: 'repair', unit: 'ecology-environment', moves: [appliesWithPlan(5)] },
  {
    ...{ id: 'repair-awaiting-material', procedure: 'repair', unit: 'ecology-environment' },
    moves: [appliesWithPlan(3), officer(1, 'ask-material', { missing: '法院批准重整计划的裁定书' })],
  },
  {
    ...{ id: 'repair-shielded', procedure: 'repair', unit: 'ecology-environment' },
    moves: [appliesWithPlan(5), officer(4, 'accept'), shields(3)],
  },
  {
    ...{ id: 'repair-plan-failing', procedure: 'repair', unit: 'ecology-environment' },
    moves: [
      appliesWithPlan(5),
      officer(4, 'accept'),
      shields(3),
      officer(1, 'propose-plan-failed', { because: '法院裁定终止重整计划的执行。', again: '履行全部义务以后可以再申请。' }),
    ],
  },
  {
    ...{ id: 'repair-plan-completing', procedure: 'repair', unit: 'ecology-environment' },
    moves: [
      appliesWithPlan(5),
      officer(4, 'accept'),
      shields(3),
      officer(0, 'propose-plan-completed', { completion: '（2026）澜01破示例号之二' }),
    ],
  },
  {
    ...{ id: 'repair-refused', procedure: 'repair', unit: 'ecology-environment' },
    moves: [
      appliesWithPlan(5),
      officer(4, 'accept'),
      officer(2, 'refuse', { because: '法院还没有批准重整计划。', again: '重整计划批准以后可以再申请。' }),
    ],
  },
  {
    ...{ id: 'repair-withdrawn', procedure: 'repair', unit: 'ecology-environment' },
    moves: [appliesWithPlan(4), subject(2, 'withdraw')],
  },
]

const REPAIR_REVOKED = {
  matter: '修复时提交的裁定书系伪造',
  fact: '法院回函，没有作出过申请人提交的裁定。',
  evidence: '法院回函\n裁定书复印件',
  measures: '恢复公示余下的期限\n限制期内不能再申请修复',
}
const proposesRevocation = (ago: number): Deed => officer(ago, 'propose-notice', REPAIR_REVOKED)
const readsNotice = (ago: number): Move => opens(ago, 'repair-revocation-notice')
const explains = (ago: number): Deed =>
  subject(ago, 'state', { statement: '裁定书由代办公司提供，我单位不知情；真实的裁定附后。' })
const revoking = (ago: number): Deed =>
  officer(ago, 'propose-revoke', {
    because: '材料真实由申请人负责，经法院核实裁定书系伪造。',
    until: '原公示期届满',
    again: '限制期满、履行义务以后可以再申请。',
  })

type Lodged = { readonly lodgedAgo: number; readonly grantedAgo: number }

/** A repair that was granted, and what was then found of it. */
const revocation = (id: string, { lodgedAgo, grantedAgo }: Lodged, moves: Course['moves']): Scene => ({
  ...{ id: `repair-revocation-${id}`, procedure: 'repair', unit: 'ecology-environment' },
  moves: [
    appliesWithPlan(lodgedAgo, '法院批准的重整计划已经执行完毕。'),
    officer(lodgedAgo, 'accept'),
    shields(lodgedAgo),
    officer(grantedAgo, 'propose-plan-completed', { completion: '（2026）澜01破示例号之三' }),
    second(grantedAgo, 'plan-completed'),
    receivers(grantedAgo),
  ],
  afterwards: { procedure: 'repair-revocation', moves },
})
const LONG_AGO = { lodgedAgo: 26, grantedAgo: 22 }
const LATELY = { lodgedAgo: 5, grantedAgo: 4 }

const OLD_REVOCATIONS: readonly Scene[] = [
  revocation('revoked', LONG_AGO, [
    ...([proposesRevocation(16), readsNotice(15), explains(12), clock(9, 'silent'), revoking(8)] as const),
    second(7, 'revoke'),
  ]),
  revocation('proposed', LONG_AGO, [proposesRevocation(12), readsNotice(11), clock(5, 'silent'), revoking(2)]),
]
const REVOCATIONS: readonly Scene[] = [
  revocation('noticing', LATELY, [proposesRevocation(1)]),
  revocation('heard-from', LATELY, [proposesRevocation(3), readsNotice(2)]),
  revocation('to-decide', LONG_AGO, [proposesRevocation(9), readsNotice(8), explains(6), clock(2, 'silent')]),
  revocation('kept', LATELY, [
    ...([proposesRevocation(3), readsNotice(3), explains(2)] as const),
    officer(1, 'keep', { finding: '经法院核实，补交的裁定真实，计划已执行完毕，修复的条件具备。' }),
  ]),
]

/** Those that few records fit come first. */
export const SCENES: readonly Scene[] = [
  ...OLD_REVOCATIONS,
  ...REPAIRS,
  ...REVOCATIONS,
  ...OBJECTIONS,
  ...LIST_SCENES,
  ...COMMITMENT_SCENES,
  ...CONDUCT_SCENES,
  ...DECLARATION_SCENES,
]
