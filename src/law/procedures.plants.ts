import { add, also, bringing, change, type Plant, seenIn, textOf } from './plant.ts'

/* Procedures that no case may run by: what a table names, asks and cites. The ways through a table: procedure-ways.plants.ts. */

const PLACING = 'law/procedures/placing@2024-01-01.yaml'
const OBJECTING = 'law/procedures/objecting@2024-01-01.yaml'
const BEFORE = 'law/procedures/objecting@2020-01-01.yaml'
const MENDING = 'law/procedures/repair-here@2024-01-01.yaml'

const BEFORE_ENDS = 'inForceUntil: 2023-12-31'
const PROOF = '- { paper: proof, name: 证明材料, required: false }'
const WRONG = '- { field: wrong, name: 哪里不对, kind: long-text }'
const FIRST_BASIS = 'basis: [rule#1]\nconfidence: primary\nstates:'
const LODGED = '  - { state: lodged, name: 核查中, means: 正在核查。, turn: decider }\n'
const STATEMENT_CLOCK = textOf(PLACING)
  .split('\n')
  .find(line => line.includes('clock: statement')) as string
const DECISION_CLOCK = STATEMENT_CLOCK.replace('statement', 'spare').replace('陈述申辩期限', '另一期限')
const MENDING_TEXT = textOf(OBJECTING)
  .replace('procedure: objecting', 'procedure: repair-here')
  .replace('prefix: OB', 'prefix: RE')
  .replace(PROOF, `- { paper: one, name: 甲, required: true }\n      - { paper: two, name: 乙, required: true }`)

const EDITION_PLANTS: readonly Plant[] = [
  change('law.procedure-prefix-taken', [PLACING, 'prefix: PL', 'prefix: OB']),
  seenIn(OBJECTING, change('law.procedure-overlap', [BEFORE, BEFORE_ENDS, 'inForceUntil: 2024-01-01'], 'inForceFrom: 2024')),
  seenIn(OBJECTING, change('law.procedure-gap', [BEFORE, BEFORE_ENDS, 'inForceUntil: 2023-12-30'], 'inForceFrom: 2024')),
  change(
    'law.procedure-range-inverted',
    [PLACING, 'inForceFrom: 2024-01-01', 'inForceFrom: 2024-01-01\ninForceUntil: 2023-12-31'],
    'inForceUntil: 2023',
  ),
  add('law.procedure-transition-state', OBJECTING, textOf(OBJECTING).replaceAll('awaiting', 'waiting'), 'transition:'),
  add(
    'law.procedure-transition-clock',
    OBJECTING,
    textOf(OBJECTING)
      .replaceAll('[supplement]', '[addition]')
      .replace('answer, supplement]', 'answer, addition]')
      .replace('clock: supplement', 'clock: addition')
      .replace('ended: supplement', 'ended: addition'),
    'transition:',
  ),
]

const NAME_PLANTS: readonly Plant[] = [
  change('law.procedure-state-twice', [OBJECTING, LODGED, LODGED + LODGED.replace('核查中', '再核查')], '再核查'),
  change('law.procedure-act-twice', [OBJECTING, 'act: supplement-over', 'act: supplement']),
  change(
    'law.procedure-clock-twice',
    [PLACING, STATEMENT_CLOCK, `${STATEMENT_CLOCK}\n${STATEMENT_CLOCK.replace('陈述申辩期限', '另一期限')}`],
    '另一期限',
  ),
  change('law.procedure-clock-unused', [PLACING, STATEMENT_CLOCK, `${STATEMENT_CLOCK}\n${DECISION_CLOCK}`], 'clock: spare'),
  change('law.procedure-name-twice', [PLACING, 'name: 待确认', 'name: 待决定'], 'state: suggested'),
  change('law.procedure-name-twice', [PLACING, 'name: 决定期限', 'name: 陈述申辩期限'], 'clock: decision'),
  change('law.procedure-name-twice', [OBJECTING, 'name: 延长\n', 'name: 请补充\n'], 'name: 请补充'),
  change('law.procedure-article-unknown', [PLACING, FIRST_BASIS, FIRST_BASIS.replace('rule#1', 'rule#9')], 'rule#9'),
  change('law.procedure-basis-not-in-force', [PLACING, FIRST_BASIS, FIRST_BASIS.replace('rule#1', 'new-act')], 'new-act'),
  change('law.procedure-basis-not-in-force', [PLACING, FIRST_BASIS, FIRST_BASIS.replace('rule#1', 'old-act')], 'old-act'),
  seenIn(
    PLACING,
    also(
      change(
        'law.procedure-basis-ends',
        [
          'law/instruments/acts.yaml',
          'id: plan, title: 某方案, number: null, issuer: null, level: policy, inForceFrom: 2000-01-01, inForceUntil: null',
          'id: plan, title: 某方案, number: null, issuer: null, level: policy, inForceFrom: 2000-01-01, inForceUntil: 2030-12-31',
        ],
        '[rule#1, plan]',
      ),
      [PLACING, FIRST_BASIS, FIRST_BASIS.replace('rule#1', 'rule#1, plan')],
    ),
  ),
]

const ASKING_PLANTS: readonly Plant[] = [
  change('law.procedure-field-twice', [OBJECTING, WRONG, `${WRONG}\n      ${WRONG.replace('哪里不对', '又一处')}`], '又一处'),
  change('law.procedure-paper-twice', [OBJECTING, PROOF, `${PROOF}\n      ${PROOF.replace('证明材料', '另一份')}`], '另一份'),
  change('law.procedure-choices', [PLACING, 'choices: { first: 第一种, other: 其他 }', 'choices: { first: 第一种 }']),
  change('law.procedure-choices', [OBJECTING, WRONG, WRONG.replace('long-text', 'text, choices: { a: 甲, b: 乙 }')]),
  change('law.procedure-asks-forbidden', [OBJECTING, PROOF, '- { paper: course, name: 信用培训证明, required: true }']),
  change('law.procedure-asks-forbidden', [OBJECTING, WRONG, '- { field: donation, name: 公益捐款数额, kind: number }']),
  change('law.procedure-training-condition', [OBJECTING, PROOF, '- { paper: training, name: 证明, required: false }']),
  change('law.procedure-training-condition', [OBJECTING, WRONG, WRONG.replace('field: wrong', 'field: training-by')]),
  change('law.procedure-training-condition', [
    OBJECTING,
    'guards: [record-own, record-standing]',
    'guards: [record-own, training-told]',
  ]),
  add(
    'law.procedure-asks-more',
    MENDING,
    MENDING_TEXT.replace(
      '    guards: [record-own',
      '      - { paper: three, name: 丙, required: true }\n    guards: [record-own',
    ),
    'papers:',
  ),
  change('law.procedure-guard-unfit', [PLACING, 'guards: [list-openable]', 'guards: [list-openable, record-own]']),
  change('law.procedure-guard-unfit', [OBJECTING, 'guards: [record-own', 'guards: [list-openable, record-own']),
  change('law.procedure-guard-unfit', [OBJECTING, WRONG, WRONG.replace('long-text', 'choice, choicesOf: list-grounds')]),
  change('law.procedure-choices', [PLACING, 'kind: choice, choices:', 'kind: choice, choicesOf: list-grounds, choices:']),
  change('law.procedure-clock-mixed', [
    OBJECTING,
    'by: [clock]\n    when: { ended: supplement }',
    'by: [clock, decider]\n    when: { ended: supplement }',
  ]),
  bringing(
    change('law.procedure-when-missing', [OBJECTING, '    when: { confirmed: receivers }\n', ''], 'by: [clock]'),
    'law.procedure-turn-idle',
  ),
  change(
    'law.procedure-when-misplaced',
    [OBJECTING, 'to: kept\n    by: [decider]', 'to: kept\n    by: [decider]\n    when: { opened: true }'],
    'when: { opened',
  ),
  change(
    'law.procedure-clock-fills',
    [
      OBJECTING,
      '    when: { confirmed: receivers }\n',
      '    when: { confirmed: receivers }\n    papers: [{ paper: proof, name: 证明, required: false }]\n',
    ],
    'papers: [{ paper',
  ),
  bringing(
    change(
      'law.procedure-second-alone',
      [PLACING, 'to: heard\n    by: [second]\n    confirms: suggest\n', 'to: heard\n    by: [second]\n'],
      'by: [second]',
    ),
    'law.procedure-second-cannot-refuse',
  ),
  bringing(
    change(
      'law.procedure-second-alone',
      [PLACING, 'to: suggested\n    by: [decider]', 'to: suggested\n    by: [decider]\n    confirms: propose'],
      '',
    ),
    'law.procedure-confirms-nothing',
  ),
  change(
    'law.procedure-transfer-nowhere',
    [OBJECTING, 'name: 转给哪个单位, kind: unit }', 'name: 转给哪个单位, kind: text }'],
    'effects: [transfer-case]',
  ),
  change(
    'law.procedure-extension-untold',
    [OBJECTING, '    notices: [{ template: extending, to: subject }]\n', ''],
    'clocks: { extend: [answer] }',
  ),
  change(
    'law.procedure-extension-unreasoned',
    [OBJECTING, 'name: 延长的理由, kind: long-text }', 'name: 延长的理由, kind: long-text, told: false }'],
    'clocks: { extend: [answer] }',
  ),
  change(
    'law.procedure-ill-end-untold',
    [PLACING, '    notices: [{ template: decision, to: subject, fill: { way-out: reasons } }]\n', ''],
    'to: listed',
  ),
  change(
    'law.procedure-ill-end-unreasoned',
    [OBJECTING, 'name: 核查结果和理由, kind: long-text }', 'name: 核查结果和理由, kind: long-text, required: false }'],
    'to: kept',
  ),
]

export const PROCEDURE_PLANTS: readonly Plant[] = [...EDITION_PLANTS, ...NAME_PLANTS, ...ASKING_PLANTS]
