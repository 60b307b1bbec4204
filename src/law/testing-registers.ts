import { SOURCED } from './testing-catalogue.ts'

/* The registers of the small law: one list of each kind. */

const FIRMS = `list: firms
name: 某名单
kind: serious
authority: 某机关
subjects: [enterprise]
platformRole: decided-here
publisher: platform
publication: { audience: public, ${SOURCED} }
grounds:
  - { id: first, text: 某事由, ${SOURCED} }
  - { id: second, text: 另一事由, ${SOURCED} }
notListable:
  - { text: 某除外, grounds: [first], ${SOURCED} }
notice:
  contents: [grounds, basis, measures, exit, remedies]
  statement: { count: 5, unit: working }
  hearing: none
  basis: [act#1]
  confidence: primary
periods:
  - { grounds: [first], months: 12, until: null, from: decision, ${SOURCED} }
  - { grounds: [second], months: 36, until: null, from: decision, extension: { atLeastMonths: 6, atMostMonths: 12, when: 情节严重 }, ${SOURCED} }
exit:
  text: 期满移出
  automatic: true
  early: { afterMonths: 6, from: listing, conditions: [已纠正], decidedBy: 某机关, decideWithin: null, deleteWithin: { count: 3, unit: working }, ${SOURCED} }
  basis: [act#1]
  confidence: primary
remedies:
  - { remedy: objection, to: 某机关, ${SOURCED} }
annulment: { when: [认定错误], removeWithin: { count: 3, unit: working }, ${SOURCED} }
measures: [entry-ban]
enabled: true
basis: [act#5]
confidence: primary
`

const WATCHED = `list: watched
name: 某关注名单
kind: attention
authority: 某机关
units: [bureau]
subjects: [enterprise]
platformRole: mirror
publisher: platform
publication: { audience: government, ${SOURCED} }
grounds: []
notice: null
periods: []
exit: { text: 整改后退出, automatic: true, early: null, ${SOURCED} }
remedies: []
annulment: null
measures: []
handling:
  - { degree: 提示, does: 书面提示, ${SOURCED} }
enabled: true
basis: [rule#1]
confidence: primary
`

const HONOURED = `list: honoured
name: 某激励名单
kind: honour
authority: 某机关
subjects: [enterprise]
platformRole: mirror
publisher: platform
publication: { audience: public, ${SOURCED} }
grounds: []
notice: null
periods:
  - { months: null, until: 申请退出, from: decision, ${SOURCED} }
exit: { text: 申请退出, automatic: false, early: { afterMonths: 0, from: listing, conditions: [申请], decidedBy: 某机关, decideWithin: null, deleteWithin: null, ${SOURCED} }, ${SOURCED} }
remedies: []
annulment: null
measures: []
enabled: true
basis: [rule#1]
confidence: primary
`

const repairOf = (regime: string, classes: string, listed: string): string => `regime: ${regime}
name: ${regime}
basis: [act#1]
confidence: primary
classes:
${classes}others:
  - { what: serious-list, case: ${listed}, ${SOURCED} }
conditions:
  - { condition: period-reached, text: 期满, checked: machine, ${SOURCED} }
  - { condition: duty-performed, text: 履行, checked: officer, ${SOURCED} }
  - { condition: commitment-signed, text: 承诺, checked: machine, ${SOURCED} }
materials:
  - { material: proof-of-performance, name: 履行证明, fetchedByUnit: true, ${SOURCED} }
  - { material: commitment, name: 承诺书, fetchedByUnit: false, ${SOURCED} }
deciders:
  - { of: penalty, decider: deciding-unit, text: 处罚机关, ${SOURCED} }
  - { of: serious-list, decider: listing-unit, text: 列入机关, ${SOURCED} }
  - { of: abnormal-register, decider: deciding-unit, text: 列入机关, ${SOURCED} }
window: { name: 某窗口, ${SOURCED} }
clocks:
  push: { workingDays: null, from: received, ${SOURCED} }
  accept: { workingDays: 3, from: pushed, ${SOURCED} }
  decide: { workingDays: 10, from: accepted, ${SOURCED} }
  extend: { workingDays: 10, from: decision-due, times: 1, ${SOURCED} }
  tell: { workingDays: 3, from: decided, ${SOURCED} }
effects:
  - { text: 终止公示, ${SOURCED} }
atMaximum: { ends: automatically, uncorrected: 依规定, ${SOURCED} }
notice: null
falseMaterial: { recorded: true, shownMonths: 36, barredMonths: 36, bars: applying, ${SOURCED} }
bankruptcy: null
pendingReview: null
neverRequired: [training, charity, fee, third-party-report]
requires: []
`
const classRow = (id: string): string => `  - { case: ${id}, repairable: true, text: ${id}, ${SOURCED} }\n`

const TRANSITION = `transition: { procedure: law-at-application, minimum: shortest, maximum: earliest-end, ${SOURCED} }
overrides:
  - { id: own, name: 某法自己的期限, anyKind: [警告], atLeastMonths: 6, atMostMonths: 12, ${SOURCED} }
listsOwnRule: { ${SOURCED} }
mirrors:
  - { domain: domain-2, earlyAfterMonths: 6, notEarly: [罚款], clocks: { acceptWorkingDays: 2, decideWorkingDays: 15 }, ${SOURCED} }
`

const MEASURES = `measures:
  - { id: m01, row: national-list, name: 限制市场或行业准入, kind: by-law, target: both, statutes: [plan], body: null, term: null, enabled: false, confidence: primary }
  - { id: entry-ban, row: sub-measure, parent: m01, name: 限制准入, kind: by-law, target: both, statutes: [act#6], body: 某机关, trigger: { lists: [firms], decisions: [] }, term: { months: { atLeast: 12, atMost: 36 } }, published: { since: 2020-01-01, in: plan, confidence: primary }, enabled: true, confidence: primary }
  - { id: limit, row: sub-measure, parent: m01, name: 限制消费, kind: by-law, target: both, statutes: [act#6], body: 人民法院, decidedBy: court, computed: never, trigger: { lists: [], decisions: [限制消费令] }, term: { until: 法院解除 }, termReview: { months: 12, ${SOURCED} }, published: { since: 2020-01-01, in: plan, confidence: primary }, enabled: true, confidence: primary }
  - { id: x01, row: prohibited, name: 一处失信处处受限, kind: by-law, target: both, reaches: [relative], statutes: [], body: null, term: null, enabled: false, confidence: primary }
`

/** Path → text. */
export const REGISTERS: Readonly<Record<string, string>> = {
  'law/lists/firms.yaml': FIRMS,
  'law/measures.yaml': MEASURES,
  'city/small/lists/watched.yaml': WATCHED,
  'law/lists/honoured.yaml': HONOURED,
  'law/repair/r-1.yaml': repairOf('R-1', ['warning', 'rest'].map(classRow).join(''), 'rest'),
  'law/repair/r-2.yaml': repairOf('R-2', ['field', 'minor', 'general', 'serious'].map(classRow).join(''), 'serious'),
  'law/repair/transition.yaml': TRANSITION,
}
