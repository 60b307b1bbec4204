import { clock, type Deed, type Move, officer, opens, type Scene, type SceneDay, second, subject } from './scene-model.ts'

/* What becomes of commitments by which an application was taken without one of its materials. */

const MATTER = 'approval:food-business-missing'

/** The text that is signed is filled in when it is: its digest is the law's of the day. */
const signs = (ago: number, until: SceneDay): Deed => subject(ago, 'sign', { matter: MATTER, until, openness: 'public' })
const takes = (ago: number): Deed => officer(ago, 'take')
const readsNotice = (ago: number): Move => opens(ago, 'commitment-breach-notice')

const BREACH = {
  degree: 'none',
  unperformed: '食品安全管理制度文本没有补交',
  fact: '期满没有补交所缺的材料，电话催办两次。',
  evidence: '受理通知书\n催办记录',
}

/** Signed, taken, not kept by its day, and told so that many working days ago. */
const told = (ago: number): readonly [Deed, ...Move[]] => [
  signs(ago + 9, { ago: ago + 2 }),
  takes(ago + 8),
  officer(ago, 'give-notice', BREACH),
]
const heard = (ago: number): readonly [Deed, ...Move[]] => [...told(ago + 1), readsNotice(ago)]

const STATES = { statement: '制度文本在盖章途中，请求宽限三日。' }
const BREAKS = { because: '期满没有陈述申辩，材料至今没有补交。', liability: '撤回受理' }

const ANSWERED = { ...BREAKS, because: '请求宽限的三日已过，材料仍未补交。' }

const scene = (state: string, moves: Scene['moves']): Scene => ({
  ...{ id: `commitment-${state}`, procedure: 'commitment', unit: 'approval', about: 'firm' },
  moves,
})

export const COMMITMENT_SCENES: readonly Scene[] = [
  scene('signed', [signs(1, { ahead: 7 })]),
  scene('supervised', [signs(3, { ahead: 5 }), takes(2)]),
  scene('noticing', told(1)),
  scene('heard-from', heard(2)),
  scene('to-decide', [...heard(8), subject(5, 'state', STATES), clock(2, 'silent')]),
  scene('proposed', [...heard(8), subject(4, 'state', STATES), clock(2, 'silent'), officer(1, 'propose-breach', ANSWERED)]),
  scene('broken', [...heard(14), clock(8, 'silent'), officer(6, 'propose-breach', BREAKS), second(5, 'confirm-breach')]),
  scene('corrected', [
    ...heard(9),
    subject(8, 'correct', { mended: '制度文本已经补交，见窗口回执。' }),
    officer(6, 'accept-correction', { found: '已经收到，符合要求。' }),
  ]),
  scene('fulfilled', [
    ...([signs(9, { ago: 2 }), takes(8)] as const),
    subject(5, 'prove', { performed: '食品安全管理制度文本已经补交。' }),
    officer(3, 'fulfil', { found: '材料齐全，符合要求。' }),
  ]),
  scene('not-taken', [
    signs(6, { ahead: 2 }),
    officer(4, 'not-take', { 'why-not': '所缺的是主要材料，不能容缺，请补齐以后再申请。' }),
  ]),
  scene('withdrawn', [signs(4, { ahead: 5 }), subject(3, 'withdraw')]),
]
