import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inventedUscc } from '../subject/invented.ts'
import type { DatabaseEdition } from './editions.ts'
import type { Flaw } from './flaw.ts'
import { loadLaw } from './load.ts'

/*
 * A small law without a flaw, for tests that plant one. Path → text; paths as flaws print them, the city is `small`.
 */

export type LawTexts = Record<string, string>

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

const SOURCED = 'basis: [act#1], confidence: primary'

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

const plain = (id: string): string =>
  PEOPLE.replace('item: people', `item: plain-${id}`)
    .replace("class: '01'", `class: '${id}'`)
    .replace('[natural-person]', '[enterprise]')

const PLAIN = ['04', '05', '06', '07', '08', '09', '10', '11', '12', '13']

const REGIMES = `regimes:
  - id: R-1
    name: 前一制度
    ${SOURCED.replace(', ', '\n    ')}
    appliesFrom: 2020-01-01
    appliesUntil: 2022-12-31
    startsOn: decision
    cases:
      - { case: warning, when: { onlyKinds: [警告] }, shown: false, atLeastMonths: null, atMostMonths: null, ${SOURCED} }
      - { case: rest, when: { otherwise: true }, shown: true, atLeastMonths: 3, atMostMonths: 36, ${SOURCED} }
  - id: R-2
    name: 后一制度
    ${SOURCED.replace(', ', '\n    ')}
    appliesFrom: 2023-01-01
    appliesUntil: null
    startsOn: decision
    cases:
      - { case: field, when: { domains: [domain-1] }, shown: true, atLeastMonths: 12, atMostMonths: 24, ${SOURCED} }
      - { case: minor, when: { gravity: minor }, shown: false, atLeastMonths: null, atMostMonths: 3, ${SOURCED} }
      - { case: general, when: { gravity: general }, shown: true, atLeastMonths: 3, atMostMonths: 12, ${SOURCED} }
      - { case: serious, when: { gravity: serious }, shown: true, atLeastMonths: 12, atMostMonths: 36, ${SOURCED} }
transition: { rule: earliest-end, ${SOURCED} }
mirrors:
  - { domain: domain-2, publisher: 某系统, ${SOURCED} }
gravity:
  - edition: first
    inForceFrom: 2020-01-01
    kinds:
      - { kind: 警告, gravity: minor, ${SOURCED} }
      - { kind: 罚款, gravity: by-amount, ${SOURCED} }
    simpleProcedure: { gravity: minor, ${SOURCED} }
    thresholds:
      - { domain: domain-1, generalFrom: 10000, seriousFrom: 100000, ${SOURCED} }
`

const CALENDAR = (year: number): string => `year: ${year}
instrument: plan
confidence: primary
holidays:
  - { name: 元旦, from: ${year}-01-01, to: ${year}-01-01 }
  - { name: 春节, from: ${year}-02-01, to: ${year}-02-07 }
  - { name: 清明节, from: ${year}-04-04, to: ${year}-04-06 }
  - { name: 劳动节, from: ${year}-05-01, to: ${year}-05-05 }
  - { name: 端午节, from: ${year}-06-10, to: ${year}-06-12 }
  - { name: 国庆节、中秋节, from: ${year}-10-01, to: ${year}-10-08 }
workedWeekends: [${year === 2024 ? '2024-09-29' : '2025-09-28'}]
`

const PROHIBITED = `prohibited:
  - { id: blood, name: 血型, about: natural-person, allowed: never, headings: [血型], valuePatterns: ['^[ABO]型$'], ${SOURCED} }
  - { id: income, name: 收入, about: natural-person, allowed: with-consent, headings: [收入], ${SOURCED} }
`

const DOMAIN_IDS = Array.from({ length: 45 }, (_, index) => `domain-${index + 1}`)
const DOMAINS = `domains:\n${DOMAIN_IDS.map((id, index) => `  - { id: ${id}, name: 领域${index + 1}, order: ${index + 1}, batch: 1, ${SOURCED} }\n`).join('')}`

const PUBLIC = `layout: public
title: 报告
inForceFrom: 2020-01-01
${SOURCED.replace(', ', '\n')}
summary:
${['一', '二', '三', '四', '五', '六', '七'].map(label => `  - { label: ${label}, sections: [administration] }\n`).join('')}  - { label: 八, sections: [serious-lists] }
sections:
  - { no: 一, section: administration, title: 行政管理 }
  - { no: 二, section: serious-lists, title: 名单 }
  - { no: 三, section: other, title: 其他 }
emptyText: 无
statements: []
validMonths: null
`

const SPECIAL = `layout: special
title: 专项报告
inForceFrom: 2020-01-01
${SOURCED.replace(', ', '\n')}
summary: []
sections:
  - { no: 一, section: administration, title: 行政管理 }
  - { no: 二, section: serious-lists, title: 名单 }
emptyText: 无
statements: []
windows: [1, 2, 3]
validMonths: 1
criminalRecord: 另行出具
`

const LIST = `list: firms
name: 某名单
authority: 某机关
termMonths: 36
exit: 期满移出
publisher: platform
measures: [entry-ban]
enabled: true
basis: [act#5]
confidence: primary
`

const MEASURES = `measures:
  - { id: entry-ban, name: 限制准入, kind: by-law, target: both, statutes: [act#6], body: 某机关, term: 三年, enabled: true, confidence: primary }
  - { id: x01, name: 一处失信处处受限, kind: by-law, target: both, statutes: [], body: null, term: null, enabled: false, confidence: primary }
`

const CITY = `city: small
name: 示例市
platformName: 示例平台
notice: 示例，内容均为虚构
zone: Asia/Shanghai
division: '860100'
counties:
  - { id: east, name: 东区, division: '860102' }
inventedPrefixes: ['86']
nationalPortal: null
contact: { office: 某办公室, telephone: null, address: null }
criminalRecord: 另行出具
`

const UNITS = `units:
  - id: bureau
    name: 示例局
    shortName: 示局
    aliases: [示例市示例局]
    uscc: ${inventedUscc('government-body', 1)}
    kind: city-department
    domains: [${DOMAIN_IDS.join(', ')}]
    items: [penalty, black-firms, people, ${PLAIN.map(id => `plain-${id}`).join(', ')}]
  - id: east-bureau
    name: 东区示例局
    uscc: ${inventedUscc('government-body', 2)}
    kind: county-department
    county: east
    parent: bureau
`

const SOURCE = `source: penalties
name: 示例局处罚表
unit: bureau
item: penalty
columns: { 单位名称: NAME, 处罚决定书文号: NUMBER }
values: { KINDS: { 罚: 罚款 } }
units: { FINE: yuan }
ignored: [序号]
constants: {}
legacy: '2016'
operation: 操作
expect: { everyDays: 7, rows: { atLeast: 1, atMost: 100 }, refusedShareAtMost: 0.1 }
`

/** The small law, path → text. A fresh copy for each call. */
export function smallLaw(): LawTexts {
  return {
    'law/instruments/acts.yaml': ACTS,
    'law/catalogue/classes.yaml': CLASSES,
    'law/catalogue/code-lists/penalty-kind.yaml': PENALTY_KINDS,
    'law/catalogue/code-lists/yes-no.yaml': YES_NO,
    'law/catalogue/items/penalty@2020-01-01.yaml': OLD_PENALTY,
    'law/catalogue/items/penalty@2024-01-01.yaml': PENALTY,
    'law/catalogue/items/black-firms@2024-01-01.yaml': LISTING,
    'law/catalogue/items/people@2024-01-01.yaml': PEOPLE,
    ...Object.fromEntries(PLAIN.map(id => [`law/catalogue/items/plain-${id}@2024-01-01.yaml`, plain(id)])),
    'law/disclosure/regimes.yaml': REGIMES,
    'law/prohibited.yaml': PROHIBITED,
    'law/calendar/2024.yaml': CALENDAR(2024),
    'law/calendar/2025.yaml': CALENDAR(2025),
    'law/reports/domains.yaml': DOMAINS,
    'law/reports/public@2020-01-01.yaml': PUBLIC,
    'law/reports/special@2020-01-01.yaml': SPECIAL,
    'law/lists/firms.yaml': LIST,
    'law/measures.yaml': MEASURES,
    'city/small/city.yaml': CITY,
    'city/small/units.yaml': UNITS,
    'city/small/sources/penalties.yaml': SOURCE,
  }
}

/** The text with the one place changed; a place that is missing or stands twice is a mistake in the test. */
export function planted(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`stands ${text.split(from).length - 1} times: ${from}`)
  return text.replace(from, () => to)
}

/** Writes the texts to a folder of their own for as long as `use` runs. */
export function withLaw<T>(texts: LawTexts, use: (places: { lawDir: string; cityDir: string }) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'mingxin-law-'))
  for (const [path, text] of Object.entries(texts)) {
    const at = join(root, path)
    mkdirSync(dirname(at), { recursive: true })
    writeFileSync(at, text)
  }
  const done = use({ lawDir: join(root, 'law'), cityDir: join(root, 'city/small') })
  if (done instanceof Promise) return done.finally(() => rmSync(root, { recursive: true })) as T
  rmSync(root, { recursive: true })
  return done
}

/** The flaws of the texts, and of editions made in the console. */
export function flawsOf(texts: LawTexts, databaseEditions: readonly DatabaseEdition[] = []): readonly Flaw[] {
  return withLaw(texts, places => loadLaw({ ...places, databaseEditions }).flaws)
}
