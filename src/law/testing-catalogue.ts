/* The catalogue of the small law: acts, classes, code lists, items. */

const ACTS = `instruments:
  - { id: act, title: 某法, number: null, issuer: null, level: law, inForceFrom: 2000-01-01, inForceUntil: null, confidence: primary }
  - { id: old-act, title: 旧法, number: null, issuer: null, level: law, inForceFrom: 2000-01-01, inForceUntil: 2009-12-31, repealedBy: act, confidence: primary }
  - { id: new-act, title: 新法, number: null, issuer: null, level: law, inForceFrom: 2024-07-01, inForceUntil: null, confidence: primary }
  - { id: plan, title: 某方案, number: null, issuer: null, level: policy, inForceFrom: 2000-01-01, inForceUntil: null, confidence: primary }
  - { id: bill, title: 某法草案, number: null, issuer: null, level: draft, inForceFrom: 2000-01-01, inForceUntil: null, confidence: primary }
  - id: rule
    title: 某办法
    number: null
    issuer: null
    level: departmental-rule
    inForceFrom: 2000-01-01
    inForceUntil: null
    confidence: primary
    articles:
      - { article: '1', text: 一, textSource: 公报, enteredBy: 某人, enteredOn: 2024-01-01 }
      - { article: '2' }
`

export const SOURCED = 'basis: [act#1], confidence: primary'

const CLASSES = `classes:\n${Array.from({ length: 13 }, (_, index) => {
  const id = String(index + 1).padStart(2, '0')
  return `  - { id: '${id}', name: 第${id}类, sinceYear: 2021, ${SOURCED} }\n`
}).join('')}`

const PENALTY_KINDS = `list: penalty-kind
name: 处罚类别
values:
  - { code: '1', text: 警告 }
  - { code: '2', text: 罚款, aliases: [处以罚款] }
basis: [act#9]
confidence: primary
`

const YES_NO = `list: yes-no
name: 是否
values: [{ code: '1', text: 是 }, { code: '0', text: 否 }]
basis: [act#9]
confidence: primary
`

const PENALTY = `item: penalty
name: 行政处罚
class: '02'
nature: decision
effect: adverse
subjects: [enterprise, sole-trader]
basis: [act#9]
confidence: primary
inForceFrom: 2024-01-01
disclosure: { mode: public, ${SOURCED} }
publication: { rule: by-regime, ${SOURCED} }
clocks:
  report: { workingDays: 7, ${SOURCED} }
  publish: { workingDays: 7, ${SOURCED} }
retention: { years: 5, ${SOURCED} }
mayFileByNameAlone: false
roles:
  subjectName: NAME
  uscc: CODE
  decidedOn: DECIDED
  documentNumber: [NUMBER]
  penaltyKinds: KINDS
  fine: FINE
fields:
  - { code: NAME, name: 名称, aliases: [主体名称], type: name, required: true, public: true }
  - { code: CODE, name: 代码, type: uscc, public: true }
  - { code: NUMBER, name: 文号, type: document-number, required: true }
  - { code: DECIDED, name: 决定日期, type: day, required: true }
  - { code: KINDS, name: 类别, type: multi-code-list, list: penalty-kind, required: true }
  - { code: FINE, name: 罚款金额, type: amount, unit: wan-yuan }
  - { code: UNTIL, name: 截止日期, type: day, longTerm: true }
rules:
  - { rule: not-after-report-day, field: DECIDED, ${SOURCED} }
  - { rule: amount-when-listed, field: FINE, list: KINDS, values: [罚款], ${SOURCED} }
legacy:
  '2016': { 行政相对人名称: NAME }
report: { section: administration, heading: 行政处罚, order: 1, violation: true }
`

const OLD_PENALTY = PENALTY.replace('inForceFrom: 2024-01-01', 'inForceFrom: 2020-01-01\ninForceUntil: 2023-12-31')

const LISTING = `item: black-firms
name: 某名单
class: '03'
nature: listing
effect: adverse
subjects: [enterprise]
basis: [act#3]
confidence: primary
inForceFrom: 2024-01-01
disclosure: { mode: public, ${SOURCED} }
publication: { rule: while-listed, termMonths: 36, ${SOURCED} }
clocks:
  report: { monthly: true, ${SOURCED} }
  publish: null
retention: { years: 5, ${SOURCED} }
roles: { subjectName: NAME, uscc: CODE, decidedOn: DECIDED, documentNumber: [NUMBER] }
fields:
  - { code: NAME, name: 名称, type: name, required: true }
  - { code: CODE, name: 代码, type: uscc }
  - { code: NUMBER, name: 文号, type: document-number, required: true }
  - { code: DECIDED, name: 列入日期, type: day, required: true }
report: { section: serious-lists, heading: 名单, order: 1, violation: true }
list: firms
`

const PEOPLE = `item: people
name: 某类人员
class: '01'
nature: status
effect: neutral
subjects: [natural-person]
basis: [act#4]
confidence: primary
inForceFrom: 2024-01-01
disclosure: { mode: government, ${SOURCED} }
publication: { rule: never, ${SOURCED} }
clocks:
  report: { monthly: true, ${SOURCED} }
  publish: null
retention: { years: 5, ${SOURCED} }
roles: { subjectName: NAME, idNumber: ID_NUMBER, decidedOn: DECIDED, documentNumber: [NUMBER] }
fields:
  - { code: NAME, name: 姓名, type: person-name, required: true }
  - { code: ID_NUMBER, name: 证件号码, type: id-number, mask: id-number, public: false }
  - { code: NUMBER, name: 编号, type: document-number, required: true }
  - { code: DECIDED, name: 认定日期, type: day, required: true }
report: { section: other, heading: 人员, order: 1 }
`

const RENAMING = `item: renaming
name: 登记变更
class: '02'
nature: registration
effect: neutral
subjects: [enterprise]
basis: [act#4]
confidence: primary
inForceFrom: 2024-01-01
disclosure: { mode: government, ${SOURCED} }
publication: { rule: never, ${SOURCED} }
clocks:
  report: { monthly: true, ${SOURCED} }
  publish: null
retention: { years: 5, ${SOURCED} }
roles:
  subjectName: NAME
  uscc: CODE
  decidedOn: CHANGED
  documentNumber: [MATTER, CHANGED]
  changedMatter: MATTER
  valueBefore: BEFORE
  valueAfter: AFTER
nameChange: { matters: [名称变更, 名称], ${SOURCED} }
fields:
  - { code: NAME, name: 名称, type: name, required: true }
  - { code: CODE, name: 代码, type: uscc, required: true }
  - { code: MATTER, name: 变更事项, type: text, required: true }
  - { code: BEFORE, name: 变更前, type: text, required: true }
  - { code: AFTER, name: 变更后, type: text, required: true }
  - { code: CHANGED, name: 变更日期, type: day, required: true }
report: { section: other, heading: 登记变更, order: 2 }
`

const plain = (id: string): string =>
  PEOPLE.replace('item: people', `item: plain-${id}`)
    .replace("class: '01'", `class: '${id}'`)
    .replace('[natural-person]', '[enterprise]')

/** The items that only give each class one. */
export const PLAIN = ['04', '05', '06', '07', '08', '09', '10', '11', '12', '13']

/** Path → text. */
export const CATALOGUE: Readonly<Record<string, string>> = {
  'law/instruments/acts.yaml': ACTS,
  'law/catalogue/classes.yaml': CLASSES,
  'law/catalogue/code-lists/penalty-kind.yaml': PENALTY_KINDS,
  'law/catalogue/code-lists/yes-no.yaml': YES_NO,
  'law/catalogue/items/penalty@2020-01-01.yaml': OLD_PENALTY,
  'law/catalogue/items/penalty@2024-01-01.yaml': PENALTY,
  'law/catalogue/items/black-firms@2024-01-01.yaml': LISTING,
  'law/catalogue/items/people@2024-01-01.yaml': PEOPLE,
  'law/catalogue/items/renaming@2024-01-01.yaml': RENAMING,
  ...Object.fromEntries(PLAIN.map(id => [`law/catalogue/items/plain-${id}@2024-01-01.yaml`, plain(id)])),
}
