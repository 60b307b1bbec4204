import { add, also, bringing, change, type Plant } from './plant.ts'
import { SOURCED } from './testing-catalogue.ts'
import { CLOCKS } from './testing-clocks.ts'

const FILE = 'law/clocks/objection.yaml'
const CHOICE = 'city/small/clocks.yaml'
const CITY = 'city/small/city.yaml'
const choose = (set: string, rest = ''): string => `objection: { set: ${set}, basis: [act#1], confidence: primary }\n${rest}`
const province = CLOCKS.slice(CLOCKS.indexOf('  - set: province'))
const second = (from: string, set = 'province', place = "'99'"): string =>
  province.replace('set: province', `set: ${set}`).replace("place: '99'", `place: ${place}`).replace('2020-01-01', from)
const OWN = '{ step: own-scope, count: 3,'
const WHOLE = '{ step: with-provider, count: 7,'
const MARK = '{ step: mark, count: at-once,'

/** Terms by place: nothing counted below one, no day without a set or with two, no total shorter than its parts. */
export const CLOCK_PLANTS: readonly Plant[] = [
  change('law.clock-count', [FILE, OWN, '{ step: own-scope, count: 0,']),
  change('law.clock-count', [FILE, OWN, '{ step: own-scope, count: 2.5,']),
  change('law.value-not-allowed', [FILE, OWN, '{ step: own, count: 3,']),
  change('law.clock-day-off', [FILE, OWN, '{ step: own-scope, count: 3, unit: calendar,']),
  change('law.clock-day-off', [FILE, OWN, '{ step: own-scope, count: 3, dayOff: moves,']),
  change('law.clock-day-off', [FILE, MARK, '{ step: mark, count: at-once, unit: months, dayOff: stays,']),
  change('law.clock-range-inverted', [FILE, 'inForceUntil: 2029-12-31', 'inForceUntil: 2019-12-31']),
  change('law.clock-set-overlap', [FILE, CLOCKS, CLOCKS + second('2029-12-31')], 'inForceFrom: 2029-12-31'),
  change(
    'law.clock-set-gap',
    [FILE, CLOCKS, CLOCKS + second('2030-01-02').replace('2029-12-31', '2031-12-31')],
    'inForceFrom: 2030-01-02',
  ),
  change('law.clock-place-twice', [FILE, CLOCKS, CLOCKS + second('2020-01-01', 'other')], "place: '99'"),
  change(
    'law.clock-step-twice',
    [FILE, MARK, `{ step: mark, count: 1, ${SOURCED} }\n      - ${MARK}`],
    'step: mark, count: at-once',
  ),
  change('law.clock-step-missing', [FILE, OWN, '{ step: remove, count: 3,'], 'set: default'),
  change('law.clock-step-missing', [FILE, 'starts: runs-on', 'starts: anew'], 'set: default'),
  change('law.clock-step-missing', [FILE, WHOLE, '{ step: provider, count: 7,'], 'set: default'),
  change('law.clock-total-short', [FILE, WHOLE, '{ step: with-provider, count: 2,']),
  change(
    'law.clock-basis-not-in-force',
    [FILE, 'inForceFrom: 2020-01-01\n    inForceUntil: 2029', 'inForceFrom: 1990-01-01\n    inForceUntil: 2029'],
    'transfer:',
  ),
  change('law.clock-default', [FILE, 'set: default', 'set: plain'], 'place: null'),
  change('law.clock-default', [FILE, 'place: null', "place: '98'"]),
  change('law.basis-unknown', [FILE, 'basis: [rule#1]', 'basis: [rules#1]'], 'basis: [rules#1]'),
  add('law.clock-set-unknown', CHOICE, choose('provinces'), 'objection:'),
  bringing(
    also(add('law.clock-set-elsewhere', CHOICE, choose('province'), 'objection:'), [
      CITY,
      "inventedPrefixes: ['86']",
      'inventedPrefixes: []',
    ]),
    'law.unit-uscc-prefix',
  ),
]
