import {
  clock,
  type Deed,
  type Move,
  office,
  officer,
  opens,
  receivers,
  type Scene,
  type SceneDay,
  second,
  shown,
  subject,
} from './scene-model.ts'

/* What becomes of what firms declare of their own accord: with a licence that the departments know, and with what only a person can verify. */

type Moves = readonly [Deed, ...Move[]]

/** Not an act of the table: the platform compares, and does the one that follows. */
export const COMPARE = 'compare'

const SWORN = { truth: 'yes', authorise: 'yes' }
const YEARS: SceneDay = { ahead: 700 }

/** A licence of the firm, by its own number and name: scene-declared.ts looks them up. The digest is that of the day's text. */
const licence = (ago: number, openness = 'public', until: SceneDay = YEARS): Moves => [
  subject(ago, 'declare', { family: 'qualification', number: 'own-licence', title: '许可证', until, openness, ...SWORN }),
  clock(ago, COMPARE),
]

const SYSTEM = { family: 'operation', title: '质量管理体系认证', content: '按质量管理体系组织生产，认证证书在有效期内。' }

/** What stands in no data: compared, and passed to a person. */
const claim = (ago: number, until: SceneDay = YEARS): Moves => [
  subject(ago, 'declare', { ...SYSTEM, until, openness: 'public', ...SWORN }),
  clock(ago, COMPARE),
]
const verified = (ago: number, until: SceneDay = YEARS): Moves => [
  ...claim(ago + 3, until),
  officer(ago, 'verify', { finding: '核对了认证证书原件和认证机构的公示。' }),
]
const refused = (ago: number): Moves => [
  ...claim(ago + 4),
  officer(ago, 'refuse', { because: '没有提交认证证书，认证机构的公示里也没有。' }),
]
const told = (ago: number): Moves => [
  ...verified(ago + 6),
  officer(ago, 'give-notice', { fact: '认证机构书面答复，证书已经撤销。', evidence: '认证机构复函\n公示截图' }),
]
const heard = (ago: number): Moves => [...told(ago + 1), opens(ago, 'declaration-untrue-notice')]
const answered = (ago: number): Moves => [
  ...heard(ago + 2),
  subject(ago, 'state', { statement: '证书正在重新审核，结论还没有出来。' }),
]
const proposed = (ago: number): Moves => [
  ...answered(ago + 2),
  officer(ago, 'propose-strike', { 'strike-because': '证书已经撤销，重新审核以前不能再称取得认证。' }),
]

const REVIEW = { 'why-review': '证书已经补发，附在补充材料里。' }

const scene = (state: string, moves: Moves, more: Partial<Scene> = {}): Scene => ({
  ...{ id: `declaration-${state}`, procedure: 'declaration', unit: 'market-regulation', about: 'firm' },
  ...more,
  moves,
})

export const DECLARATION_SCENES: readonly Scene[] = [
  scene('own', licence(6), { account: 'firm' }),
  scene('own-refused', refused(3), { account: 'firm.penalty' }),
  scene('with-clerk', claim(2)),
  scene('awaiting-material', [...claim(4), officer(2, 'ask-material', { missing: '认证证书扫描件' })]),
  scene('answered', refused(2)),
  scene('in-review', [...refused(5), subject(2, 'ask-review', REVIEW)]),
  scene('refused', [
    ...refused(9),
    subject(6, 'ask-review', REVIEW),
    office(3, 'review-refuse', { because: '补发的证书查无记录，维持不予采用。' }),
  ]),
  scene('verified', verified(4)),
  scene('noticing', told(1)),
  scene('heard-from', heard(1)),
  scene('to-decide', answered(1)),
  scene('proposed', proposed(1)),
  scene('striking', [...proposed(3), shown(2, 'system'), second(1, 'confirm-strike')]),
  scene('struck', [...proposed(6), second(5, 'confirm-strike'), receivers(5, 'struck-everywhere')]),
  scene('withdrawing', [...verified(8), shown(4, 'system'), subject(1, 'take-back')]),
  scene('withdrawn', [...claim(5), subject(3, 'withdraw')]),
  scene('expired', [...verified(20, { ago: 6 }), clock(3, 'expire')]),
]
