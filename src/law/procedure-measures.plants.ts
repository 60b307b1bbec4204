import { bringing, change, type Plant } from './plant.ts'

const RESTRICTING = 'law/procedures/restricting@2024-01-01.yaml'
const UNITS = 'city/small/units.yaml'
const BEGINS = 'effects: [begin-measure]'
const GUARDS = '[measure-openable, record-standing, measure-body-right, measure-term-right, notice-served]'

const unasked = (code: Plant['code'], guard: string): Plant =>
  change(
    code,
    [
      RESTRICTING,
      `guards: ${GUARDS}`,
      `guards: ${GUARDS.replace(guard, '').replace('[, ', '[').replace(', ,', ',').replace(', ]', ']')}`,
    ],
    BEGINS,
  )

/** Procedures by which a measure begins: nothing that principle 5 asks for may be left out. */
export const PROCEDURE_MEASURE_PLANTS: readonly Plant[] = [
  unasked('law.procedure-measure-unopened', 'measure-openable'),
  unasked('law.procedure-measure-groundless', 'record-standing'),
  unasked('law.procedure-measure-bodiless', 'measure-body-right'),
  unasked('law.procedure-measure-termless', 'measure-term-right'),
  unasked('law.procedure-measure-unserved', 'notice-served'),
  change(
    'law.procedure-measure-unnamed',
    [RESTRICTING, 'field: officer, name: 责任人, kind: text', 'field: officer, name: 责任人, kind: text, required: false'],
    BEGINS,
  ),
  change('law.procedure-measure-others', [RESTRICTING, 'guards: [measure-subject-meant]', 'guards: []'], BEGINS),
  change(
    'law.procedure-measure-unreported',
    [
      RESTRICTING,
      '    notices: [{ template: reporting, to: initiator }]\n    effects: [begin-measure]',
      '    effects: [begin-measure]',
    ],
    BEGINS,
  ),
  change(
    'law.procedure-measure-endless',
    [RESTRICTING, 'clock: term, name: 措施期限, duty: term', 'clock: term, name: 措施期限, duty: initiator'],
    BEGINS,
  ),
  bringing(
    change('law.procedure-measure-unreviewed', [RESTRICTING, 'start: [term, review]', 'start: [term]'], BEGINS),
    'law.procedure-clock-unused',
  ),
  change(
    'law.procedure-measure-unasked',
    [RESTRICTING, 'from: [in-force]\n    to: same\n    by: [subject]', 'from: [stating]\n    to: same\n    by: [subject]'],
    BEGINS,
  ),
  change(
    'law.procedure-measure-unliftable',
    [RESTRICTING, 'to: lifted\n    by: [decider]', 'to: lifted\n    by: [initiator]'],
    BEGINS,
  ),
  change(
    'law.procedure-measure-ground-kept',
    [
      RESTRICTING,
      'from: [asked, serving, stating, heard, suggested]\n    to: gone',
      'from: [serving, stating, heard, suggested]\n    to: gone',
    ],
    'state: asked',
  ),
  change(
    'law.procedure-measure-end-untold',
    [
      RESTRICTING,
      'when: { gone: ground }\n    clocks: { stop: [term, review] }\n    notices: [{ template: dropping, to: subject }]\n',
      'when: { gone: ground }\n    clocks: { stop: [term, review] }\n',
    ],
    'effects: [end-measure]',
  ),
  change(
    'law.procedure-responder-unnamed',
    [RESTRICTING, 'kind: unit }', 'kind: unit, required: false }'],
    'effects: [ask-responder]',
  ),
  change('law.unit-measure-unknown', [UNITS, 'measures: [entry-ban]', 'measures: [other-ban]']),
  change('law.unit-measure-unknown', [UNITS, 'measures: [entry-ban]', 'measures: [limit]']),
]
