import { add, bringing, change, type Plant, seenIn, textOf } from './plant.ts'
import type { FlawCode } from './rules.ts'
import { SOURCED } from './testing-catalogue.ts'

const PENALTY = 'law/catalogue/items/penalty@2024-01-01.yaml'
const OLD_PENALTY = 'law/catalogue/items/penalty@2020-01-01.yaml'
const LISTING = 'law/catalogue/items/black-firms@2024-01-01.yaml'
const PEOPLE = 'law/catalogue/items/people@2024-01-01.yaml'
const RENAMING = 'law/catalogue/items/renaming@2024-01-01.yaml'
const CLASSES = 'law/catalogue/classes.yaml'
const KINDS = 'law/catalogue/code-lists/penalty-kind.yaml'
const UNITS = 'city/small/units.yaml'
const PLAIN = 'law/catalogue/items/plain-04@2024-01-01.yaml'
const SPECIAL = 'law/reports/special@2020-01-01.yaml'
const PUBLIC_PEOPLE = [PEOPLE, 'disclosure: { mode: government', 'disclosure: { mode: public'] as const

/** Classes, code lists, items, columns, roles and rules. */
/** An item whose rows can say that what was promised was not kept, wrong in one thing. */
const breach = (code: FlawCode, when: string, from: string, atLeast = 3): Plant =>
  change(code, [
    PENALTY,
    'rule: by-regime',
    `rule: while-valid, breaches: [{ when: { ${when} }, ${from}, gravity: general, atLeastMonths: ${atLeast}, atMostMonths: 12, ${SOURCED} }]`,
  ])

export const CATALOGUE_PLANTS: readonly Plant[] = [
  change('law.item-person-without-law', [PEOPLE, 'basis: [act#4]', 'basis: [plan]']),
  change('law.item-person-without-law', [PEOPLE, 'basis: [act#4]\nconfidence: primary', 'basis: [act#4]\nconfidence: proposal']),
  bringing(
    change('law.class-duplicate', [CLASSES, "id: '13', name: 第13类", "id: '01', name: 又一类"]),
    'law.class-missing',
    'law.item-class-unknown',
  ),
  bringing(
    change(
      'law.class-missing',
      [CLASSES, "  - { id: '13', name: 第13类, sinceYear: 2021, basis: [act#1], confidence: primary }\n", ''],
      "id: '01'",
    ),
    'law.item-class-unknown',
  ),
  seenIn(CLASSES, change('law.class-without-item', [PLAIN, "class: '04'", "class: '05'"], "id: '04'")),
  add(
    'law.code-list-duplicate',
    'city/small/catalogue/code-lists/yes-no.yaml',
    textOf('law/catalogue/code-lists/yes-no.yaml'),
    'list: yes-no',
  ),
  change('law.code-duplicate', [KINDS, "code: '2'", "code: '1'"]),
  change('law.code-text-duplicate', [KINDS, 'aliases: [处以罚款]', 'aliases: [警告]']),
  bringing(change('law.item-class-unknown', [PEOPLE, "class: '01'", "class: '14'"]), 'law.class-without-item'),
  change(
    'law.item-range-inverted',
    [PEOPLE, 'inForceFrom: 2024-01-01', 'inForceFrom: 2024-01-01\ninForceUntil: 2023-12-31'],
    'inForceUntil',
  ),
  seenIn(
    PENALTY,
    change('law.item-overlap', [OLD_PENALTY, 'inForceUntil: 2023-12-31', 'inForceUntil: 2024-01-01'], 'inForceFrom'),
  ),
  seenIn(PENALTY, change('law.item-overlap', [OLD_PENALTY, 'inForceUntil: 2023-12-31\n', ''], 'inForceFrom')),
  seenIn(PENALTY, change('law.item-gap', [OLD_PENALTY, 'inForceUntil: 2023-12-31', 'inForceUntil: 2023-12-30'], 'inForceFrom')),
  change('law.item-adverse-by-name', [PENALTY, 'mayFileByNameAlone: false', 'mayFileByNameAlone: true']),
  change('law.item-person-public', [PUBLIC_PEOPLE, [PEOPLE, 'rule: never', 'rule: standing']]),
  change('law.item-prohibited-heading', [PEOPLE, 'name: 编号', 'name: 血型']),
  change('law.item-prohibited-heading', [PEOPLE, 'name: 编号', 'name: 编号, aliases: [收 入]']),
  change('law.item-section-missing', [PEOPLE, 'section: other', 'section: honours']),
  seenIn(
    PEOPLE,
    change(
      'law.item-without-unit',
      [UNITS, 'items: [penalty, black-firms, people, renaming,', 'items: [penalty, black-firms,'],
      'item: people',
    ),
  ),
  bringing(change('law.field-code-duplicate', [PENALTY, 'code: UNTIL', 'code: NUMBER']), 'law.role-column-optional'),
  change('law.field-heading-duplicate', [PENALTY, 'name: 截止日期', 'name: 决定日期']),
  change('law.field-heading-duplicate', [PENALTY, 'aliases: [主体名称]', 'aliases: [决定 日期]'], 'code: DECIDED'),
  change('law.field-list-missing', [PENALTY, 'list: penalty-kind, ', ''], 'code: KINDS'),
  change('law.field-list-unknown', [PENALTY, 'list: penalty-kind', 'list: penalty-kinds']),
  change('law.field-list-misplaced', [PENALTY, 'type: document-number', 'type: document-number, list: yes-no']),
  change(
    'law.field-id-number-public',
    [
      PENALTY,
      'type: multi-code-list, list: penalty-kind, required: true',
      'type: multi-code-list, list: penalty-kind, required: true }\n  - { code: HOLDER, name: 证件, type: id-number, public: true',
    ],
    'code: HOLDER',
  ),
  change('law.field-person-public', [PEOPLE, 'mask: id-number, public: false', 'mask: id-number, public: true']),
  change(
    'law.role-column-optional',
    [PENALTY, 'name: 文号, type: document-number, required: true', 'name: 文号, type: document-number'],
    'documentNumber',
  ),
  change('law.amount-without-unit', [PENALTY, ', unit: wan-yuan', ''], 'code: FINE'),
  change('law.unit-misplaced', [PENALTY, 'type: document-number', 'type: document-number, unit: yuan']),
  change('law.long-term-misplaced', [PENALTY, 'type: document-number', 'type: document-number, longTerm: true']),
  change('law.role-column-missing', [PENALTY, 'decidedOn: DECIDED', 'decidedOn: DECIDED_ON']),
  change('law.role-column-missing', [PENALTY, 'documentNumber: [NUMBER]', 'documentNumber: [NUMBER, PAGE]']),
  change('law.role-column-type', [PENALTY, 'fine: FINE', 'fine: UNTIL']),
  change('law.role-column-type', [PENALTY, 'penaltyKinds: KINDS', 'penaltyKinds: NUMBER']),
  change(
    'law.role-column-optional',
    [PENALTY, 'name: 决定日期, type: day, required: true', 'name: 决定日期, type: day'],
    'decidedOn',
  ),
  change('law.role-uscc-type', [PENALTY, 'name: 代码, type: uscc', 'name: 代码, type: text'], 'uscc: CODE'),
  change('law.role-column-type', [RENAMING, 'valueAfter: AFTER', 'valueAfter: CHANGED']),
  change('law.change-role-missing', [RENAMING, '  valueAfter: AFTER\n', ''], 'changedMatter'),
  change('law.change-role-missing', [RENAMING, '  changedMatter: MATTER\n', ''], 'valueBefore'),
  change('law.change-role-misplaced', [RENAMING, 'nature: registration', 'nature: status'], 'changedMatter'),
  change(
    'law.change-role-misplaced',
    [RENAMING, '  changedMatter: MATTER', '  registrationStatus: MATTER\n  changedMatter: MATTER'],
    'changedMatter',
  ),
  change('law.change-values-same', [RENAMING, 'valueAfter: AFTER', 'valueAfter: BEFORE']),
  change(
    'law.name-change-without-roles',
    [RENAMING, '  changedMatter: MATTER\n  valueBefore: BEFORE\n  valueAfter: AFTER\n', ''],
    'nameChange',
  ),
  change(
    'law.name-change-column-optional',
    [RENAMING, 'name: 变更前, type: text, required: true', 'name: 变更前, type: text'],
    'valueBefore: BEFORE',
  ),
  change('law.name-change-matter-twice', [RENAMING, 'matters: [名称变更, 名称]', 'matters: [名称变更, 名称, 名 称]']),
  change('law.name-change-matter-unknown', [
    [RENAMING, 'matters: [名称变更, 名称]', 'matters: [是, 名称]'],
    [RENAMING, 'name: 变更事项, type: text', 'name: 变更事项, type: code-list, list: yes-no'],
  ]),
  change('law.rule-column-missing', [
    PENALTY,
    'rule: not-after-report-day, field: DECIDED',
    'rule: not-after-report-day, field: SIGNED',
  ]),
  change(
    'law.rule-column-missing',
    [PENALTY, 'rules:\n', 'rules:\n  - { rule: filled-together, fields: [FINE, PAID], basis: [act], confidence: primary }\n'],
    'filled-together',
  ),
  change('law.rule-column-type', [
    PENALTY,
    'rule: not-after-report-day, field: DECIDED',
    'rule: not-after-report-day, field: NUMBER',
  ]),
  change('law.rule-value-unknown', [PENALTY, 'values: [罚款]', 'values: [罚金]']),
  change('law.legacy-column-missing', [PENALTY, "'2016': { 行政相对人名称: NAME }", "'2016': { 行政相对人名称: XDR_MC }"]),
  change('law.by-regime-without-kinds', [PENALTY, '  penaltyKinds: KINDS\n', ''], 'publication'),
  change('law.while-listed-without-list', [PENALTY, 'rule: by-regime', 'rule: while-listed, termMonths: 12']),
  bringing(change('law.while-listed-without-end', [LISTING, 'termMonths: 36', 'termMonths: null']), 'law.list-term-differs'),
  change('law.listing-without-list', [
    [LISTING, 'nature: listing', 'nature: listing # here'],
    [LISTING, 'list: firms\n', ''],
    [LISTING, 'rule: while-listed, termMonths: 36', 'rule: fixed, months: 36'],
  ]),
  change('law.list-unknown', [LISTING, 'list: firms', 'list: companies']),
  seenIn(LISTING, change('law.list-disabled', ['law/lists/firms.yaml', 'enabled: true', 'enabled: false'], 'list: firms')),
  add('law.list-duplicate', 'city/small/lists/firms.yaml', textOf('law/lists/firms.yaml'), 'list: firms'),
  change('law.list-without-law', ['law/lists/firms.yaml', 'basis: [act#5]', 'basis: [plan, rule]']),
  change('law.list-measure-unknown', ['law/lists/firms.yaml', 'measures: [entry-ban]', 'measures: [entry-bans]']),
  change('law.list-measure-closed', ['law/lists/firms.yaml', 'measures: [entry-ban]', 'measures: [x01]']),
  change('law.retention-too-short', [PENALTY, 'retention: { years: 5', 'retention: { years: 2']),
  change('law.retention-too-short', [LISTING, 'retention: { years: 5', 'retention: { years: 2']),
  change('law.publish-clock-not-public', [
    PEOPLE,
    'publish: null',
    'publish: { workingDays: 7, basis: [act], confidence: primary }',
  ]),
  change('law.public-never-shown', [PENALTY, 'rule: by-regime', 'rule: never']),
  change('law.publication-not-public', [PEOPLE, 'rule: never', 'rule: standing']),
  change('law.public-when-column-unknown', [
    PENALTY,
    'disclosure: { mode: public',
    'disclosure: { mode: government, publicWhen: { field: OPEN, is: [是] }',
  ]),
  change('law.public-when-value-unknown', [
    PENALTY,
    'disclosure: { mode: public',
    'disclosure: { mode: government, publicWhen: { field: KINDS, is: [是] }',
  ]),
  breach('law.breach-column-unknown', 'KINDS: [罚款]', 'from: FOUND'),
  breach('law.breach-column-unknown', 'KIND: [罚款]', 'from: DECIDED'),
  breach('law.breach-value-unknown', 'KINDS: [未履行]', 'from: DECIDED'),
  breach('law.breach-months-inverted', 'KINDS: [罚款]', 'from: DECIDED', 13),
  change('law.prohibited-duplicate', ['law/prohibited.yaml', 'id: income', 'id: blood']),
  change('law.prohibited-pattern', ['law/prohibited.yaml', "'^[ABO]型$'", "'^[ABO型$'"]),
  seenIn(
    LISTING,
    change(
      'law.violation-section-missing',
      [SPECIAL, '  - { no: 二, section: serious-lists, title: 名单 }\n', ''],
      'report: { section: serious-lists',
    ),
  ),
  bringing(
    change(
      'law.violation-not-adverse',
      [PEOPLE, 'heading: 人员, order: 1', 'heading: 人员, order: 1, violation: true'],
      'violation: true',
    ),
    'law.violation-section-missing',
  ),
]
