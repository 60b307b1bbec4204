import { bringing, change, type Plant } from './plant.ts'

const OBJECTING = 'law/procedures/objecting@2024-01-01.yaml'

const CORRECT = `  - act: correct
    name: 更正
    does: 各处立即停止使用。
    from: [lodged]
    to: confirming
    by: [decider]
    clocks: { stop: [answer] }
`
const FIELD = '- { field: corrected, name: 更正的内容, kind: record-values }'
const proposing = (field: string): string => `  - act: propose-correct
    name: 提出更正
    does: 写明应当是什么。
    from: [lodged]
    to: correcting
    by: [decider]
    fields:
      ${field}
    effects: [try-correction]
    basis: [rule#1]
    confidence: primary
  - act: correct-back
    name: 退回
    does: 退给提出的人。
    from: [correcting]
    to: lodged
    by: [second]
    confirms: propose-correct
    basis: [rule#1]
    confidence: primary
`
const CONFIRM = CORRECT.replace('[lodged]', '[correcting]').replace(
  'by: [decider]',
  'by: [second]\n    confirms: propose-correct\n    guards: [record-correction-current]',
)
const STATES: [string, string, string] = [
  OBJECTING,
  '  - { state: confirming,',
  '  - { state: correcting, name: 更正待确认, means: 等另一人确认。, turn: second }\n  - { state: confirming,',
]
const EFFECT: [string, string, string] = [
  OBJECTING,
  'effects: [end-contested, annul-record]',
  'effects: [end-contested, correct-record]',
]
const lawful = (confirm: string, field = FIELD): [string, string, string][] => [
  STATES,
  EFFECT,
  [OBJECTING, CORRECT, proposing(field) + confirm],
]

/** Corrections of a record within its case: by two persons, of what was filled in and looked over, of a record that still says the same. */
export const PROCEDURE_CORRECTION_PLANTS: readonly Plant[] = [
  bringing(
    change('law.procedure-correction-alone', [EFFECT], 'effects: [end-contested, correct-record]'),
    'law.procedure-correction-stale',
  ),
  change(
    'law.procedure-correction-stale',
    lawful(CONFIRM.replace('\n    guards: [record-correction-current]', '')),
    'effects: [end-contested, correct-record]',
  ),
  change(
    'law.procedure-correction-blind',
    lawful(CONFIRM, FIELD.replace('record-values', 'long-text')),
    'effects: [end-contested, correct-record]',
  ),
  change('law.procedure-correction-blind', lawful(CONFIRM, FIELD.replace('field: corrected', 'field: other')), 'field: other'),
  bringing(
    change(
      'law.procedure-restored-unbounded',
      [OBJECTING, 'effects: [end-contested, annul-record]', 'effects: [end-contested, restore-listing]'],
      'effects: [end-contested, restore-listing]',
    ),
    'law.procedure-grave-alone',
    'law.procedure-grave-unserved',
  ),
  change('law.procedure-correction-blind', [OBJECTING, 'name: 哪里不对, kind: long-text', 'name: 哪里不对, kind: record-values']),
]
