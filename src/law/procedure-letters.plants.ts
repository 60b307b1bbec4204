import { change, type Plant } from './plant.ts'

const PLACING = 'law/procedures/placing@2024-01-01.yaml'
const OBJECTING = 'law/procedures/objecting@2024-01-01.yaml'
const KEEPING = '[{ template: keeping, to: subject, fill: { because: finding } }]'

/** Letters of procedures: which there are, who gets them, what fills them, what a bad end must say. */
export const PROCEDURE_LETTER_PLANTS: readonly Plant[] = [
  change('law.procedure-template-unknown', [OBJECTING, 'template: extending', 'template: lengthening']),
  change('law.procedure-letter-to', [OBJECTING, 'template: upholding, to: subject', 'template: upholding, to: decider']),
  change('law.procedure-letter-fill', [
    OBJECTING,
    KEEPING,
    KEEPING.replace('because: finding', 'because: finding, odd: finding'),
  ]),
  change('law.procedure-letter-fill', [OBJECTING, KEEPING, KEEPING.replace('because: finding', 'because: nothing')]),
  change('law.procedure-letter-blank', [PLACING, 'fill: { way-out: reasons }', 'fill: {}']),
  change('law.procedure-without-remedies', [OBJECTING, KEEPING, '[{ template: upholding, to: subject }]']),
]
