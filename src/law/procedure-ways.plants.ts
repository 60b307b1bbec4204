import { add, also, bringing, change, type Plant, textOf } from './plant.ts'

/* Ways through a procedure that no case may take: without exit, without a clock, without a letter, by one person alone. */

const PLACING = 'law/procedures/placing@2024-01-01.yaml'
const OBJECTING = 'law/procedures/objecting@2024-01-01.yaml'
const RULED = 'basis: [rule#1]\n    confidence: primary\n'

/** An act more, after all others. */
const act = (name: string, rest: string): string => `  - act: ${name}\n    name: 另一步\n    does: 另一步。\n${rest}    ${RULED}`
const LAST_OF_PLACING = `notices: [{ template: dropping, to: subject }]\n    ${RULED}`
const LAST_OF_OBJECTING = `clocks: { stop: [answer, supplement] }\n    effects: [end-contested]\n    ${RULED}`
const one = (code: Plant['code'], file: string, name: string, rest: string, line: string): Plant =>
  change(
    code,
    file === PLACING
      ? [file, LAST_OF_PLACING, LAST_OF_PLACING + act(name, rest)]
      : [file, LAST_OF_OBJECTING, LAST_OF_OBJECTING + act(name, rest)],
    line,
  )

const STATE_PLANTS: readonly Plant[] = [
  change('law.procedure-state-unknown', [OBJECTING, 'to: confirming\n', 'to: confirmed\n']),
  change('law.procedure-state-unknown', [OBJECTING, 'from: [confirming]', 'from: [confirmed]']),
  change('law.procedure-state-unknown', [PLACING, 'from: []\n    to: proposed', 'from: []\n    to: same'], 'to: same'),
  bringing(
    change('law.procedure-clock-unknown', [PLACING, 'start: [statement]', 'start: [speech]']),
    'law.procedure-clock-unused',
  ),
  change('law.procedure-clock-unknown', [PLACING, 'when: { ended: statement }', 'when: { ended: speech }']),
  change('law.procedure-unopened', [PLACING, 'from: []', 'from: [heard]'], 'acts:'),
  change(
    'law.procedure-state-unreachable',
    [
      PLACING,
      '  - { state: dropped',
      '  - { state: lost, name: 不明, means: 不明。, turn: none, end: over }\n  - { state: dropped',
    ],
    'state: lost',
  ),
  also(
    one(
      'law.procedure-dead-end',
      PLACING,
      'lose',
      '    from: [heard]\n    to: lost\n    by: [decider]\n    clocks: { stop: [decision] }\n',
      'state: lost',
    ),
    [PLACING, '  - { state: listed', '  - { state: lost, name: 不明, means: 不明。, turn: none }\n  - { state: listed'],
  ),
  change('law.procedure-turn-idle', [PLACING, '正在研究您的意见。, turn: decider', '正在研究您的意见。, turn: clock']),
  change(
    'law.procedure-state-unclocked',
    [
      PLACING,
      'when: { ended: statement }\n    clocks: { stop: [statement], start: [decision] }',
      'when: { ended: statement }\n    clocks: { stop: [statement] }',
    ],
    'state: heard',
  ),
  change(
    'law.procedure-silence',
    [OBJECTING, 'when: { ended: supplement }', 'when: { confirmed: receivers }'],
    'state: awaiting',
  ),
  one('law.procedure-end-left', PLACING, 'again', '    from: [dropped]\n    to: dropped\n    by: [decider]\n', 'state: dropped'),
  change(
    'law.procedure-clock-left',
    [PLACING, 'by: [decider]\n    clocks: { stop: [decision] }', 'by: [decider]'],
    'state: dropped',
  ),
  change(
    'law.procedure-mark-left',
    [
      OBJECTING,
      'notices: [{ template: keeping, to: subject, fill: { because: finding } }]\n    effects: [end-contested]',
      'notices: [{ template: keeping, to: subject, fill: { because: finding } }]',
    ],
    'state: kept',
  ),
  change('law.procedure-end-turn', [OBJECTING, 'means: 异议不成立。, turn: none', 'means: 异议不成立。, turn: clock']),
]

const CLOCK_PLANTS: readonly Plant[] = [
  change('law.procedure-two-clocks', [
    OBJECTING,
    'clocks: { extend: [answer] }',
    'clocks: { extend: [answer], start: [answer] }',
  ]),
  change(
    'law.procedure-two-clocks',
    [OBJECTING, 'name: 补充期限, duty: subject', 'name: 补充期限, duty: decider'],
    'clocks: { suspend: [answer]',
  ),
  change(
    'law.procedure-clock-field',
    [OBJECTING, 'name: 要求的日期, kind: day }', 'name: 要求的日期, kind: day, required: false }'],
    'clocks: { suspend: [answer]',
  ),
  change(
    'law.procedure-extension-unlawful',
    [OBJECTING, '    extension: { times: 1, span: { count: 10, unit: working }, basis: [rule#1], confidence: primary }\n', ''],
    'clocks: { extend: [answer] }',
  ),
  change('law.procedure-clock-idle', [
    OBJECTING,
    'clocks: { extend: [answer] }',
    'clocks: { extend: [answer], resume: [answer] }',
  ]),
  bringing(
    change(
      'law.procedure-clock-not-running',
      [PLACING, 'clocks: { start: [statement] }\n', 'clocks: { start: [] }\n'],
      'when: { ended: statement }',
    ),
    'law.procedure-clock-unused',
  ),
  bringing(
    change(
      'law.procedure-clock-unstopped',
      [
        PLACING,
        'when: { ended: statement }\n    clocks: { stop: [statement], start: [decision] }',
        'when: { ended: statement }\n    clocks: { start: [decision] }',
      ],
      'when: { ended: statement }',
    ),
    'law.procedure-clock-left',
  ),
  bringing(
    add(
      'law.procedure-suspended-for-good',
      OBJECTING,
      textOf(OBJECTING).replaceAll(', resume: [answer]', ''),
      'suspend: [answer]',
    ),
    'law.procedure-suspension-unbounded',
  ),
  change(
    'law.procedure-suspension-unbounded',
    [OBJECTING, 'clocks: { extend: [answer] }', 'clocks: { extend: [answer], suspend: [answer] }'],
    'state: lodged',
  ),
  change(
    'law.procedure-clock-unserved',
    [
      PLACING,
      'clock: decision, name: 决定期限, duty: decider, span: { count: 30, unit: working }',
      'clock: decision, name: 决定期限, duty: decider, span: { count: 30, unit: working }, from: service',
    ],
    'start: [decision]',
  ),
  change(
    'law.procedure-never-sent',
    [PLACING, 'template: intention, to: subject', 'template: dropping, to: subject'],
    'when: { served: intention }',
  ),
  one(
    'law.procedure-lateness-against-subject',
    OBJECTING,
    'late',
    '    from: [lodged]\n    to: kept\n    by: [clock]\n    when: { ended: answer }\n    clocks: { stop: [answer] }\n    effects: [end-contested]\n',
    'when: { ended: answer }',
  ),
]

const GRAVE_PLANTS: readonly Plant[] = [
  bringing(
    change(
      'law.procedure-confirms-nothing',
      [PLACING, 'to: listed\n    by: [second]\n    confirms: suggest', 'to: listed\n    by: [second]\n    confirms: drop'],
      'confirms: drop',
    ),
    'law.procedure-ill-end-unreasoned',
    'law.procedure-second-cannot-refuse',
  ),
  change(
    'law.procedure-second-cannot-refuse',
    [PLACING, 'to: heard\n    by: [second]\n    confirms: suggest', 'to: heard\n    by: [decider]'],
    'confirms: suggest',
  ),
  bringing(
    change('law.procedure-unconfirmed', [OBJECTING, 'to: confirming', 'to: corrected'], 'effects: [end-contested, annul-record]'),
    'law.procedure-state-unreachable',
  ),
  change('law.procedure-mark-absent', [PLACING, 'effects: [list-subject]', 'effects: [list-subject, end-contested]']),
  change(
    'law.procedure-not-withdrawable',
    [OBJECTING, 'from: [lodged, awaiting]\n    to: withdrawn', 'from: [awaiting]\n    to: withdrawn'],
    'act: lodge',
  ),
  one(
    'law.procedure-grave-unserved',
    PLACING,
    'hurry',
    '    from: [proposed]\n    to: suggested\n    by: [decider]\n    clocks: { start: [decision] }\n',
    'effects: [list-subject]',
  ),
  one(
    'law.procedure-grave-unanswered',
    PLACING,
    'hurry',
    '    from: [hearing]\n    to: suggested\n    by: [decider]\n    clocks: { stop: [statement], start: [decision] }\n',
    'effects: [list-subject]',
  ),
  one(
    'law.procedure-grave-by-clock',
    PLACING,
    'list-at-once',
    '    from: [hearing]\n    to: listed\n    by: [clock]\n    when: { ended: statement }\n    clocks: { stop: [statement] }\n    effects: [list-subject]\n',
    'effects: [list-subject]',
  ),
  bringing(
    change(
      'law.procedure-grave-alone',
      [PLACING, 'to: listed\n    by: [second]\n    confirms: suggest', 'to: listed\n    by: [credit-office]'],
      'effects: [list-subject]',
    ),
    'law.procedure-ill-end-unreasoned',
    'law.procedure-second-cannot-refuse',
  ),
  change('law.procedure-repair-alone', [OBJECTING, 'annul-record', 'repair-record'], 'effects: [end-contested, repair-record]'),
]

export const PROCEDURE_WAY_PLANTS: readonly Plant[] = [...STATE_PLANTS, ...CLOCK_PLANTS, ...GRAVE_PLANTS]
