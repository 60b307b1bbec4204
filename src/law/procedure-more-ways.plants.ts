import { add, bringing, change, type Plant, textOf } from './plant.ts'

/* Ways that only some cases take: a table is refused although the others are sound. */

const PLACING = 'law/procedures/placing@2024-01-01.yaml'
const OBJECTING = 'law/procedures/objecting@2024-01-01.yaml'
const RULED = 'basis: [rule#1]\n    confidence: primary\n'

/** An act more, after all others. */
const withAct = (file: string, name: string, rest: string): string =>
  `${textOf(file)}  - act: ${name}\n    name: 另一步\n    does: 另一步。\n${rest}    ${RULED}`
const one = (code: Plant['code'], file: string, rest: string, line: string): Plant =>
  add(code, file, withAct(file, 'another', rest), line)

const STATEMENT_OF_SUBJECT = 'clock: statement, name: 陈述申辩期限, duty: subject'

const ASKED_ON = '    fields:\n      - { field: asked-on, name: 要求的日期, kind: day }\n'

export const PROCEDURE_MORE_WAY_PLANTS: readonly Plant[] = [
  // Opened without the letter that the clock then waits for.
  one(
    'law.procedure-never-sent',
    PLACING,
    '    from: []\n    to: proposed\n    by: [initiator]\n',
    'when: { served: intention }',
  ),
  // One way to the end keeps the mark, another has ended it.
  one(
    'law.procedure-mark-left',
    OBJECTING,
    '    from: [lodged]\n    to: corrected\n    by: [decider]\n    clocks: { stop: [answer] }\n',
    'state: corrected',
  ),
  // The time to answer is the subject's, from the day of service; a clock of another's, or from another day, is none.
  change(
    'law.procedure-grave-unanswered',
    [PLACING, STATEMENT_OF_SUBJECT, STATEMENT_OF_SUBJECT.replace('duty: subject', 'duty: term')],
    'effects: [list-subject]',
  ),
  change(
    'law.procedure-grave-unanswered',
    [PLACING, 'span: { count: 10, unit: working }, from: service', 'span: { count: 10, unit: working }, from: act'],
    'effects: [list-subject]',
  ),
  // The clock that is waited for stands still there.
  change(
    'law.procedure-clock-not-running',
    [
      OBJECTING,
      'when: { ended: supplement }\n    clocks: { stop: [supplement], resume: [answer] }',
      'when: { ended: answer }\n    clocks: { stop: [supplement, answer], start: [answer] }',
    ],
    'when: { ended: answer }',
  ),
  // On one of two ways the clock was never started.
  one(
    'law.procedure-clock-not-running',
    PLACING,
    '    from: [proposed]\n    to: hearing\n    by: [clock]\n    when: { served: intention }\n',
    'when: { ended: statement }',
  ),
  // Proposed by another unit, which the second person does not belong to.
  change(
    'law.procedure-confirms-nothing',
    [PLACING, 'to: suggested\n    by: [decider]', 'to: suggested\n    by: [initiator]'],
    'confirms: suggest',
  ),
  // Two acts to confirm by, and both say yes.
  bringing(
    change(
      'law.procedure-second-cannot-refuse',
      [PLACING, 'to: heard\n    by: [second]', 'to: listed\n    by: [second]'],
      'confirms: suggest',
    ),
    'law.procedure-ill-end-untold',
    'law.procedure-clock-left',
  ),
  // A clock from what is no day, and from a day that is filled in too late.
  change(
    'law.procedure-clock-field',
    [OBJECTING, 'name: 要求的日期, kind: day }', 'name: 要求的日期, kind: text }'],
    'clocks: { suspend: [answer]',
  ),
  change(
    'law.procedure-clock-field',
    [
      [OBJECTING, `by: [decider]\n${ASKED_ON}`, 'by: [decider]\n'],
      [OBJECTING, 'to: withdrawn\n    by: [subject]\n', `to: withdrawn\n    by: [subject]\n${ASKED_ON}`],
    ],
    'clocks: { suspend: [answer]',
  ),
  change('law.procedure-limit-missing', [
    OBJECTING,
    'guards: [record-own, record-standing]',
    'guards: [record-own, rectification-day-right]',
  ]),
]
