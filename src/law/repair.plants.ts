import { add, change, drop, type Plant, seenIn, textOf } from './plant.ts'

const OLD = 'law/repair/r-1.yaml'
const NEW = 'law/repair/r-2.yaml'
const BETWEEN = 'law/repair/transition.yaml'
const REGIMES = 'law/disclosure/regimes.yaml'
const SOURCED = 'basis: [act#1], confidence: primary'

/** Repair: no regime without a table, no class without a row, nothing asked for that may not be. */
export const REPAIR_PLANTS: readonly Plant[] = [
  seenIn(REGIMES, { ...drop('law.repair-regime-missing', OLD), line: 'id: R-1' }),
  add('law.repair-regime-unknown', 'law/repair/r-9.yaml', textOf(NEW).replace('regime: R-2', 'regime: R-9'), 'regime: R-9'),
  change('law.repair-class-unknown', [NEW, 'what: serious-list, case: serious', 'what: serious-list, case: grave']),
  change('law.repair-class-duplicate', [OLD, 'others:', `  - { case: rest, repairable: true, text: 又, ${SOURCED} }\nothers:`]),
  change('law.repair-class-missing', [NEW, `  - { case: field, repairable: true, text: field, ${SOURCED} }\n`, ''], 'classes:'),
  change('law.repair-condition-missing', [NEW, 'condition: duty-performed', 'condition: set-by-law'], 'conditions:'),
  change('law.repair-decider-missing', [NEW, 'of: abnormal-register', 'of: penalty'], 'deciders:'),
  change('law.repair-decider-wrong', [NEW, 'of: penalty, decider: deciding-unit', 'of: penalty, decider: listing-unit']),
  change('law.repair-extended-twice', [NEW, 'times: 1', 'times: 2']),
  change('law.repair-result-untold', [NEW, 'tell: { workingDays: 3', 'tell: { workingDays: null']),
  change('law.repair-never-incomplete', [NEW, '[training, charity, fee, third-party-report]', '[training, charity, fee]']),
  change('law.repair-requires-never', [NEW, 'requires: []', `requires: [{ what: 参加信用修复培训, ${SOURCED} }]`]),
  change('law.repair-requires-never', [NEW, 'text: 履行, checked', 'text: 履行并参加公益服务, checked']),
  change('law.repair-requires-never', [NEW, 'name: 承诺书', 'name: 第三方机构出具的报告']),
  change('law.repair-requirement-basis', [
    NEW,
    'requires: []',
    'requires: [{ what: 另一份证明, basis: [plan], confidence: primary }]',
  ]),
  change('law.repair-requirement-basis', [
    NEW,
    'deciders:',
    '  - { material: set-by-law, name: 另一份证明, fetchedByUnit: false, basis: [plan], confidence: primary }\ndeciders:',
  ]),
  change('law.repair-material-missing', [NEW, 'material: proof-of-performance', 'material: set-by-law'], 'materials:'),
  change('law.repair-bar-endless', [NEW, 'barredMonths: 36', 'barredMonths: null']),
  change('law.repair-override-basis', [
    BETWEEN,
    `atMostMonths: 12, ${SOURCED}`,
    'atMostMonths: 12, basis: [rule#1], confidence: primary',
  ]),
  change('law.repair-override-open', [BETWEEN, 'anyKind: [警告], ', '']),
  change('law.repair-override-inverted', [BETWEEN, 'atLeastMonths: 6', 'atLeastMonths: 13']),
  change('law.repair-kind-unknown', [BETWEEN, 'anyKind: [警告]', 'anyKind: [警示]']),
  change('law.repair-kind-unknown', [BETWEEN, 'notEarly: [罚款]', 'notEarly: [罚金]']),
  change('law.repair-mirror-unknown', [BETWEEN, 'domain: domain-2', 'domain: domain-1']),
]
