import { inventedUscc } from '../subject/invented.ts'
import { makeUscc } from '../subject/uscc.ts'
import { add, also, bringing, change, type Plant, seenIn, textOf } from './plant.ts'
import type { FlawCode } from './rules.ts'

const REGIMES = 'law/disclosure/regimes.yaml'
const PURPOSES = 'law/access/purposes.yaml'
const QUOTAS = 'law/access/quotas.yaml'
const RECEIVERS = 'law/access/receivers.yaml'
const QUOTA = '{ id: token, name: 另一行, holder: token, perMinute: 10, perDay: null, misses: null }'
const YEAR = 'law/calendar/2025.yaml'
const DOMAINS = 'law/reports/domains.yaml'
const PUBLIC = 'law/reports/public@2020-01-01.yaml'
const SPECIAL = 'law/reports/special@2020-01-01.yaml'
const CITY = 'city/small/city.yaml'
const UNITS = 'city/small/units.yaml'
const SOURCE = 'city/small/sources/penalties.yaml'
const LISTING = 'law/catalogue/items/black-firms@2024-01-01.yaml'
const RULES = 'city/small/local-rules.yaml'
const FIRST_KIND = '      - { kind: 警告, gravity: minor, basis: [act#1], confidence: primary }\n'
const FIRST_REGIME = 'appliesUntil: 2022-12-31'

const emptySpecial = textOf(SPECIAL)
  .replace('2020-01-01', '2024-01-01')
  .replace(/sections:\n( {2}- .*\n)+/, 'sections: []\n')
const gravityText = textOf(REGIMES).slice(textOf(REGIMES).indexOf('gravity:\n') + 'gravity:\n'.length)
const secondTable = gravityText.replace('edition: first', 'edition: second')

/** Regimes, gravity, measures, the calendar and the reports. */
export const NATIONAL_PLANTS: readonly Plant[] = [
  bringing(change('law.regime-duplicate', [REGIMES, 'id: R-2', 'id: R-1']), 'law.repair-regime-unknown'),
  change('law.regime-range-inverted', [REGIMES, 'appliesUntil: null', 'appliesUntil: 2022-12-31'], 'appliesUntil: 2022-12-31'),
  change('law.regime-overlap', [REGIMES, FIRST_REGIME, 'appliesUntil: 2023-01-01'], 'appliesFrom: 2023-01-01'),
  change('law.regime-gap', [REGIMES, FIRST_REGIME, 'appliesUntil: 2022-12-30'], 'appliesFrom: 2023-01-01'),
  change('law.regime-case-unreachable', [REGIMES, 'when: { onlyKinds: [警告] }', 'when: { otherwise: true }'], 'case: rest'),
  change('law.regime-case-open', [REGIMES, 'when: { gravity: serious }', 'when: { procedure: simple }'], '    cases:'),
  bringing(change('law.regime-case-duplicate', [REGIMES, 'case: minor', 'case: field']), 'law.repair-class-unknown'),
  change('law.regime-case-empty', [REGIMES, 'when: { onlyKinds: [警告] }', 'when: {}']),
  change('law.regime-case-endless', [REGIMES, 'atLeastMonths: 12, atMostMonths: 24', 'atLeastMonths: 12, atMostMonths: null']),
  change('law.regime-months-inverted', [REGIMES, 'atLeastMonths: 12, atMostMonths: 24', 'atLeastMonths: 25, atMostMonths: 24']),
  change('law.regime-kind-unknown', [REGIMES, 'onlyKinds: [警告]', 'onlyKinds: [警示]']),
  change('law.regime-domain-unknown', [REGIMES, 'domains: [domain-1]', 'domains: [domain-46]']),
  bringing(change('law.mirror-domain-unknown', [REGIMES, 'domain: domain-2', 'domain: domain-46']), 'law.repair-mirror-unknown'),
  change(
    'law.gravity-kind-duplicate',
    [REGIMES, FIRST_KIND, FIRST_KIND + FIRST_KIND.replace('minor', 'general')],
    'gravity: general, basis',
  ),
  bringing(change('law.gravity-kind-missing', [REGIMES, FIRST_KIND, ''], '    kinds:'), 'law.repair-kind-unknown'),
  change('law.gravity-kind-unknown', [REGIMES, FIRST_KIND, FIRST_KIND + FIRST_KIND.replace('警告', '警示')], '警示'),
  change('law.gravity-starts-late', [REGIMES, 'inForceFrom: 2020-01-01', 'inForceFrom: 2021-01-01']),
  change('law.threshold-inverted', [REGIMES, 'generalFrom: 10000', 'generalFrom: 100000']),
  change('law.threshold-domain-unknown', [REGIMES, 'domain: domain-1, generalFrom', 'domain: domain-46, generalFrom']),
  add(
    'law.calendar-gap',
    'law/calendar/2027.yaml',
    textOf(YEAR).replaceAll('2025', '2027').replace('[2027-09-28]', '[]'),
    'year: 2027',
  ),
  change('law.calendar-instrument-unknown', [YEAR, 'instrument: plan', 'instrument: plans']),
  change('law.calendar-holiday-missing', [YEAR, '国庆节、中秋节', '国庆节'], 'holidays:'),
  change('law.calendar-range-inverted', [YEAR, 'to: 2025-02-07', 'to: 2025-01-31']),
  change('law.calendar-outside-year', [YEAR, 'from: 2025-01-01', 'from: 2024-11-30']),
  change('law.calendar-holidays-overlap', [YEAR, 'from: 2025-05-01', 'from: 2025-04-06']),
  change('law.calendar-worked-twice', [YEAR, '[2025-09-28]', '[2025-09-28, 2025-09-28]']),
  change('law.calendar-worked-weekday', [YEAR, '[2025-09-28]', '[2025-09-29]']),
  change('law.calendar-worked-holiday', [YEAR, '[2025-09-28]', '[2025-10-04]']),
  bringing(
    change(
      'law.domain-count',
      [DOMAINS, '  - { id: domain-45, name: 领域45, order: 45, batch: 1, basis: [act#1], confidence: primary }\n', ''],
      'domains:',
    ),
    'law.unit-domain-unknown',
  ),
  bringing(change('law.domain-duplicate', [DOMAINS, 'id: domain-45', 'id: domain-44']), 'law.unit-domain-unknown'),
  change('law.domain-order-duplicate', [DOMAINS, 'order: 45', 'order: 44']),
  seenIn(DOMAINS, change('law.domain-without-unit', [UNITS, 'domains: [domain-1, ', 'domains: ['], 'id: domain-1,')),
  add(
    'law.layout-overlap',
    'law/reports/public@2024-01-01.yaml',
    textOf(PUBLIC).replace('2020-01-01', '2024-01-01'),
    'inForceFrom',
  ),
  also(
    add(
      'law.layout-gap',
      'law/reports/public@2024-01-01.yaml',
      textOf(PUBLIC).replace('2020-01-01', '2024-01-01'),
      'inForceFrom',
    ),
    [PUBLIC, 'inForceFrom: 2020-01-01', 'inForceFrom: 2020-01-01\ninForceUntil: 2023-12-30'],
  ),
  also(add('law.layout-empty', 'law/reports/special@2024-01-01.yaml', emptySpecial, 'sections: []'), [
    SPECIAL,
    'inForceFrom: 2020-01-01',
    'inForceFrom: 2020-01-01\ninForceUntil: 2023-12-31',
  ]),
  change('law.gravity-day-duplicate', [REGIMES, 'gravity:\n', `gravity:\n${secondTable}`], 'inForceFrom: 2020-01-01'),
  change(
    'law.threshold-duplicate',
    [
      REGIMES,
      'generalFrom: 10000',
      'generalFrom: 1, seriousFrom: 2, basis: [act], confidence: primary }\n      - { domain: domain-1, generalFrom: 10000',
    ],
    'generalFrom: 10000',
  ),
  change(
    'law.layout-range-inverted',
    [PUBLIC, 'inForceFrom: 2020-01-01', 'inForceFrom: 2020-01-01\ninForceUntil: 2019-12-31'],
    'inForceUntil',
  ),
  change('law.layout-summary-count', [PUBLIC, '  - { label: 八, sections: [serious-lists] }\n', ''], 'summary:'),
  change('law.layout-summary-section', [PUBLIC, 'label: 八, sections: [serious-lists]', 'label: 八, sections: [honours]']),
  change(
    'law.layout-section-twice',
    [
      PUBLIC,
      '  - { no: 三, section: other, title: 其他 }\n',
      '  - { no: 三, section: other, title: 其他 }\n  - { no: 四, section: other, title: 其余 }\n',
    ],
    'no: 四',
  ),
  change('law.layout-without-windows', [SPECIAL, 'windows: [1, 2, 3]', 'windows: []'], 'layout: special'),
  change('law.layout-without-validity', [SPECIAL, 'validMonths: 1', 'validMonths: null']),
  change('law.layout-without-criminal-record', [SPECIAL, 'criminalRecord: 另行出具\n', ''], 'layout: special'),
]

const unit = (id: string, rest: string): string => `  - { id: ${id}, name: ${id}, kind: city-department, ${rest} }\n`
const CODE_1 = inventedUscc('government-body', 1)
const CODE_3 = inventedUscc('government-body', 3)
const OTHER_PROVINCE = makeUscc('1', '1', '870100', 'G0000003')
const extra = (code: FlawCode, rest: string): Plant =>
  change(code, [UNITS, 'units:\n', `units:\n${unit('extra', rest)}`], 'id: extra')

const LOCAL = 'city/small/catalogue/items/local-firms@2024-01-01.yaml'
const localItem = textOf(LISTING).replace('item: black-firms', 'item: local-firms').replace("class: '03'", "class: '13'")
/** A local item that is assigned, so that only what is planted in it is wrong. */
function local(code: FlawCode, from: string, to: string): Plant {
  const plant = change(code, [UNITS, 'items: [penalty', 'items: [local-firms, penalty'])
  return { ...plant, file: LOCAL, line: to, texts: { ...plant.texts, [LOCAL]: localItem.replace(from, () => to) } }
}
const thresholds = (domain: string, from: number): string =>
  `gravity:\n  - edition: local\n    inForceFrom: 2024-01-01\n    thresholds:\n      - { domain: ${domain}, generalFrom: ${from}, seriousFrom: 50000, basis: [act], confidence: primary }\n`

/** The city: itself, its units, its sources, and the limits of what it may add. */
export const CITY_PLANTS: readonly Plant[] = [
  change('law.city-zone-unknown', [CITY, 'zone: Asia/Shanghai', 'zone: Asia/Nowhere']),
  change(
    'law.county-duplicate',
    [CITY, "division: '860102' }", "division: '860102' }\n  - { id: east, name: 又东区, division: '860103' }"],
    '又东区',
  ),
  change('law.invented-prefix-assigned', [CITY, "inventedPrefixes: ['86']", "inventedPrefixes: ['86', '32']"]),
  change(
    'law.second-factor-optional',
    [
      [CITY, "inventedPrefixes: ['86']", 'inventedPrefixes: []\nsecondFactor: optional'],
      [UNITS, CODE_1, makeUscc('1', '1', '320100', 'G0000001')],
      [UNITS, inventedUscc('government-body', 2), makeUscc('1', '1', '320100', 'G0000002')],
    ],
    'secondFactor: optional',
  ),
  change('law.invented-without-notice', [CITY, 'notice: 示例，内容均为虚构', 'notice: null']),
  change('law.purpose-duplicate', [PURPOSES, 'id: own', 'id: licensing'], '{ id: licensing, name: 本人'),
  change('law.purpose-name-twice', [PURPOSES, 'name: 本人查询', 'name: 行政许可'], 'id: own'),
  change('law.purpose-offered', [PURPOSES, 'ground: own, offered: false', 'ground: own, offered: true'], 'id: own'),
  change('law.receiver-entry-beyond-register', [RECEIVERS, 'longestDays: 30', 'longestDays: 3600']),
  change('law.receiver-entry-beyond-register', [RECEIVERS, 'longestDays: 90', 'longestDays: 3600']),
  change('law.receiver-told-beyond-register', [RECEIVERS, 'months: 12', 'months: 600']),
  change('law.quota-missing', [QUOTAS, 'holder: token', 'holder: program'], 'id: anyone'),
  add('law.quota-duplicate', QUOTAS, `${textOf(QUOTAS)}  - ${QUOTA}\n`, QUOTA),
  change('law.unit-duplicate', [UNITS, 'units:\n', `units:\n${unit('bureau', `uscc: ${CODE_3}`)}`], '  - id: bureau'),
  change('law.unit-uscc-duplicate', [UNITS, 'units:\n', `units:\n${unit('extra', `uscc: ${CODE_1}`)}`], `    uscc: ${CODE_1}`),
  extra('law.unit-uscc-invalid', `uscc: ${CODE_3.slice(0, 17)}${CODE_3.endsWith('A') ? 'B' : 'A'}`),
  extra('law.unit-uscc-invalid', `uscc: ${CODE_3.toLowerCase()}`),
  extra('law.unit-uscc-prefix', `uscc: ${OTHER_PROVINCE}`),
  change('law.unit-uscc-prefix', [CITY, "inventedPrefixes: ['86']", 'inventedPrefixes: []'], ''),
  change('law.unit-name-ambiguous', [UNITS, 'name: 东区示例局', 'name: 示局']),
  change(
    'law.unit-name-ambiguous',
    [UNITS, 'name: 东区示例局', 'name: 东区示例局\n    aliases: [示例市 示例局]'],
    'aliases: [示例市 ',
  ),
  change('law.unit-county-unknown', [UNITS, 'county: east', 'county: west']),
  change('law.unit-parent-unknown', [UNITS, 'parent: bureau', 'parent: office']),
  change('law.unit-parent-cycle', [UNITS, '    shortName: 示局\n', '    parent: east-bureau\n    shortName: 示局\n']),
  change('law.unit-item-unknown', [UNITS, 'items: [penalty,', 'items: [penalty, permit,']),
  change('law.unit-item-twice', [UNITS, 'items: [penalty,', 'items: [penalty, penalty,']),
  change('law.unit-domain-unknown', [UNITS, 'domains: [domain-1,', 'domains: [domain-1, domain-46,']),
  extra('law.violation-without-domain', `uscc: ${CODE_3}, items: [penalty]`),
  change('law.source-unit-unknown', [SOURCE, 'unit: bureau', 'unit: office']),
  change('law.source-item-unknown', [SOURCE, 'item: penalty', 'item: permit']),
  change('law.source-not-assigned', [SOURCE, 'unit: bureau', 'unit: east-bureau'], 'item: penalty'),
  change('law.source-column-unknown', [SOURCE, '单位名称: NAME', '单位名称: FULL_NAME']),
  change('law.source-column-unknown', [SOURCE, 'constants: {}', 'constants: { PLACE: 某地 }']),
  change('law.source-column-unknown', [SOURCE, 'values: { KINDS: { 罚: 罚款 } }', 'values: { KIND: { 罚: 罚款 } }']),
  change('law.source-column-twice', [SOURCE, '单位名称: NAME', '单位名称: NAME, 公司: NAME']),
  change('law.source-required-missing', [SOURCE, 'ignored: [序号]', 'ignored: [序号, 决定日期, DECIDED]'], 'columns'),
  change('law.source-value-unknown', [SOURCE, '罚: 罚款', '罚: 罚金']),
  change('law.source-value-unknown', [SOURCE, 'constants: {}', 'constants: { KINDS: 罚金 }']),
  change('law.source-unit-not-amount', [SOURCE, 'units: { FINE: yuan }', 'units: { NUMBER: yuan }']),
  change('law.source-legacy-unknown', [SOURCE, "legacy: '2016'", "legacy: '2015'"]),
  change('law.source-ignored-mapped', [SOURCE, 'ignored: [序号]', 'ignored: [单位 名称]']),
  change('law.source-operation-mapped', [SOURCE, 'operation: 操作', 'operation: 单位名称']),
  change('law.source-expect-inverted', [SOURCE, 'atLeast: 1,', 'atLeast: 101,']),
  add(
    'law.overlay-replaces-item',
    'city/small/catalogue/items/people@2025-01-01.yaml',
    textOf('law/catalogue/items/people@2024-01-01.yaml').replace('2024-01-01', '2025-01-01'),
    'item: people',
  ),
  {
    ...local('law.overlay-person-public', 'subjects: [enterprise]', 'subjects: [enterprise, natural-person]'),
    line: 'disclosure',
    follows: ['law.list-subject-differs'],
  },
  local('law.overlay-publication-too-long', 'rule: while-listed, termMonths: 36', 'rule: fixed, months: 37'),
  local('law.overlay-publication-endless', 'rule: while-listed, termMonths: 36', 'rule: standing'),
  add('law.overlay-replaces-threshold', RULES, thresholds('domain-1', 100), 'domain: domain-1'),
  add('law.threshold-inverted', RULES, thresholds('domain-2', 50000), 'domain: domain-2'),
  add('law.threshold-domain-unknown', RULES, thresholds('domain-46', 100), 'domain: domain-46'),
]
