import { inventedUscc } from '../subject/invented.ts'
import { CAMPAIGNS } from './testing-campaigns.ts'
import { CATALOGUE, PLAIN, SOURCED } from './testing-catalogue.ts'
import { CLOCKS } from './testing-clocks.ts'
import { COMMITMENTS } from './testing-commitments.ts'
import { DECLARATIONS } from './testing-declarations.ts'
import { NOTICES } from './testing-notices.ts'
import { PROCEDURES } from './testing-procedures.ts'
import { REGISTERS } from './testing-registers.ts'

/*
 * A small law without a flaw, for tests that plant one. Path → text; paths as flaws print them, the city is `small`.
 */

export type LawTexts = Record<string, string>

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

const AUTHORISABLE = `limits: { requestMinutes: 10, usualDays: 90, longestDays: 365, ${SOURCED} }
classes:
  - { id: decisions, name: 决定, shows: 决定, example: 一件, items: [penalty], sensitive: { subjects: [enterprise], because: 某因, ${SOURCED} }, ${SOURCED} }
  - { id: people, name: 人员, shows: 人员, example: 一人, items: [people], sensitive: { subjects: [natural-person], because: 某因, ${SOURCED} }, ${SOURCED} }
  - { id: report, name: 报告, shows: 报告, example: 一份, report: special, items: [], ${SOURCED} }
purposes:
  - { id: loan, name: 贷款, receivers: [bank], ${SOURCED} }
`

const PROHIBITED = `prohibited:
  - { id: blood, name: 血型, about: natural-person, allowed: never, headings: [血型], valuePatterns: ['^[ABO]型$'], ${SOURCED} }
  - { id: income, name: 收入, about: natural-person, allowed: with-consent, headings: [收入], ${SOURCED} }
`

const RIGHT = (name: string): string =>
  `{ name: ${name}, organisations: true, answeredBy: office, clock: { workingDays: 15, extensionDays: 15, ${SOURCED} }, ${SOURCED} }`
const RIGHTS = `rights:
${['access', 'copy', 'portability', 'correction', 'deletion', 'restriction', 'explanation', 'look-complaint'].map(kind => `  ${kind}: ${RIGHT(kind)}\n`).join('')}deletionGrounds:
${['purpose-over', 'retention-over', 'consent-withdrawn', 'unlawful', 'by-law'].map(kind => `  ${kind}: { name: ${kind}, ${SOURCED} }\n`).join('')}comment: { maxLength: 500, ${SOURCED} }
`

const RETAINED = ['facts-of-persons', 'facts-of-organisations', 'kept-rows', 'waiting-rows', 'looks', 'rights-texts']
const RETENTION = `retention:
${[...RETAINED, 'report-files', 'assessments', 'sign-ins', 'raw-files'].map(kind => `  ${kind}: { name: ${kind}, tables: [look], trigger: looked, period: { months: 12 }, action: delete, by: retention, ${SOURCED} }\n`).join('')}`
const GATED = `functions:
  - { row: M180, name: 分类, does: 分类管理, source: 某文件, built: false }
`

const OVERSIGHT = `unusual:
${['many-subjects', 'outside-work', 'many-misses', 'same-subject'].map(kind => `  ${kind}: { name: ${kind}, atLeast: 10, ${SOURCED} }\n`).join('')}  off-hours: { name: 夜, atLeast: 10, from: '08:00', until: '18:00', ${SOURCED} }
explanation: { workingDays: 5, ${SOURCED} }
delay:
  longestDays: 90
  ${SOURCED.replace(', ', '\n  ')}
  grounds:
${['investigation', 'secrecy', 'emergency'].map(id => `    ${id}: { name: ${id}, ${SOURCED} }\n`).join('')}`

const VIEWED = 'subject reporting-unit other-unit window-officer case-officer receiver program auditor public'.split(' ')
const VALUES =
  'person-name published-name id-number telephone address organisation-address bank-account free-text unpublished-text'
const MASKING = `viewers:
${VIEWED.map(id => `  - { id: ${id}, name: ${id} }\n`).join('')}kinds:
${VALUES.split(' ')
  .map(id => `  - { id: ${id}, name: ${id} }\n`)
  .join('')}levels:
${VALUES.split(' ')
  .map(kind => `  - { kind: ${kind}, viewers: [${VIEWED.join(', ')}], level: hidden, ${SOURCED} }\n`)
  .join('')}`

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

const QUOTAS = `quotas:
${['anyone', 'subject', 'person', 'token', 'program'].map(holder => `  - { id: ${holder}, name: 某类, holder: ${holder}, perMinute: 10, perDay: null, misses: null }\n`).join('')}`

const RECEIVERS = `entries:
  business: { name: 核查, longestDays: 30, basis: [act#1], confidence: primary }
  report: { name: 报告, longestDays: 90, basis: [act#1], confidence: primary }
confirmation: { workingDays: 1, basis: [act#1], confidence: primary }
told: { months: 12, basis: [act#1], confidence: primary }
`

const PURPOSES = `purposes:
  - { id: licensing, name: 行政许可, ground: law, offered: true, basis: [act#1], confidence: primary }
  - { id: own, name: 本人查询, ground: own, offered: false, basis: [act#1], confidence: primary }
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
    items: [penalty, black-firms, people, renaming, declared, ${PLAIN.map(id => `plain-${id}`).join(', ')}]
    measures: [entry-ban]
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

const ROLES = `permissions:
  - { id: law.read, name: 看规定, kind: rules }
  - { id: paper.read, name: 看文书, kind: records }
  - { id: paper.read-own, name: 看自己的文书, kind: own }
  - { id: role.propose, name: 提出, kind: administration }
  - { id: role.confirm, name: 确认, kind: administration }
  - { id: look.audit, name: 审计, kind: audit }
roles:
  - { id: reader, name: 查阅员, duty: 查阅, holder: person, permissions: [paper.read, law.read], heldIn: [city-department], conferredBy: [system], exclusiveWith: [writer] }
  - { id: writer, name: 办理员, duty: 办理, holder: person, permissions: [paper.read], heldIn: [county-department], conferredBy: [system] }
  - { id: owner, name: 主体, duty: 看自己的, holder: subject, permissions: [paper.read-own] }
  - { id: system, name: 系统员, duty: 提出, holder: person, administrator: system, permissions: [role.propose], heldIn: [city-department], conferredBy: [system] }
  - { id: security, name: 安全员, duty: 确认, holder: person, administrator: security, permissions: [role.confirm], heldIn: [city-department], conferredBy: [system] }
  - { id: audit, name: 审计员, duty: 审计, holder: person, administrator: audit, permissions: [look.audit, law.read], heldIn: [city-department], conferredBy: [system] }
`

/** The small law, path → text. A fresh copy for each call. */
export function smallLaw(): LawTexts {
  return {
    ...CATALOGUE,
    ...PROCEDURES,
    'law/disclosure/regimes.yaml': REGIMES,
    'law/access/authorisable.yaml': AUTHORISABLE,
    'law/prohibited.yaml': PROHIBITED,
    'law/access/rights-clocks.yaml': RIGHTS,
    'law/access/oversight.yaml': OVERSIGHT,
    'law/access/masking.yaml': MASKING,
    'law/access/retention.yaml': RETENTION,
    'law/access/gated-functions.yaml': GATED,
    'law/clocks/objection.yaml': CLOCKS,
    'law/calendar/2024.yaml': CALENDAR(2024),
    'law/calendar/2025.yaml': CALENDAR(2025),
    'law/reports/domains.yaml': DOMAINS,
    'law/reports/public@2020-01-01.yaml': PUBLIC,
    'law/reports/special@2020-01-01.yaml': SPECIAL,
    ...REGISTERS,
    ...DECLARATIONS,
    ...COMMITMENTS,
    ...CAMPAIGNS,
    ...NOTICES,
    'law/access/roles.yaml': ROLES,
    'law/access/purposes.yaml': PURPOSES,
    'law/access/quotas.yaml': QUOTAS,
    'law/access/receivers.yaml': RECEIVERS,
    'city/small/city.yaml': CITY,
    'city/small/units.yaml': UNITS,
    'city/small/sources/penalties.yaml': SOURCE,
  }
}
