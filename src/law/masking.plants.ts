import { change, type Plant } from './plant.ts'

const FILE = 'law/access/masking.yaml'
const ALL = 'viewers: [subject, reporting-unit, other-unit, window-officer, case-officer, receiver, program, auditor, public]'
const row = (kind: string, rest = 'level: hidden'): string => `kind: ${kind}, ${ALL}, ${rest}`

/** What is shown to whom: no cell without a level, none with two, no number open. */
export const MASKING_PLANTS: readonly Plant[] = [
  change('law.masking-gap', [FILE, row('address'), row('address').replace(', public]', ']')], 'levels:'),
  change('law.masking-twice', [FILE, row('address'), row('address').replace('public]', 'public, public]')]),
  change('law.masking-keep', [FILE, row('telephone'), row('telephone', 'level: partial')]),
  change('law.masking-keep', [FILE, row('address'), row('address', 'level: partial, keep: [1, 1]')]),
  change('law.masking-keep', [FILE, row('id-number'), row('id-number', 'level: hidden, keep: [1, 1]')]),
  change('law.masking-number-open', [FILE, row('id-number'), row('id-number', 'level: full')]),
  change('law.masking-number-open', [FILE, row('id-number'), row('id-number', 'level: partial, keep: [6, 5]')]),
  change('law.masking-number-open', [FILE, row('bank-account'), row('bank-account', 'level: partial, keep: [1, 4]')]),
  change('law.masking-names', [FILE, '  - { id: free-text, name: free-text }\n', ''], 'kinds:'),
]
