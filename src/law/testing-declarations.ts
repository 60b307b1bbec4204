import { SOURCED } from './testing-catalogue.ts'

/* Self-declaration of the small law: an item, one edition of the rules, one unit, and a procedure. */

const ITEM = `item: declared
name: 自主申报
class: '13'
nature: declaration
effect: neutral
subjects: [enterprise]
basis: [act#1]
confidence: primary
inForceFrom: 2024-01-01
disclosure:
  mode: authorised
  publicWhen: { field: OPENNESS, is: [公开] }
  onlyWhen: { field: STATE, is: [已核验] }
  ${SOURCED.replace(', ', '\n  ')}
publication: { rule: while-valid, ${SOURCED} }
clocks:
  report: { monthly: true, ${SOURCED} }
  publish: null
retention: { years: 5, ${SOURCED} }
roles: { subjectName: NAME, uscc: CODE, decidedOn: DECLARED, documentNumber: [NUMBER], validUntil: UNTIL }
fields:
  - { code: NAME, name: 名称, type: name, required: true, public: true }
  - { code: CODE, name: 代码, type: uscc, required: true, public: true }
  - { code: NUMBER, name: 编号, type: document-number, required: true, public: true }
  - { code: FAMILY, name: 类别, type: text, required: true, public: true }
  - { code: TITLE, name: 事项, type: text, required: true, public: true }
  - { code: CONTENT, name: 内容, type: text, required: true, public: true }
  - { code: DECLARED, name: 申报日期, type: day, required: true, public: true }
  - { code: UNTIL, name: 有效期至, type: day, public: true }
  - { code: STATE, name: 核验状态, type: code-list, list: small-state, public: true }
  - { code: BY, name: 核验单位, type: text, public: true }
  - { code: ON, name: 核验日期, type: day, public: true }
  - { code: MANNER, name: 核验方式, type: text, public: true }
  - { code: OPENNESS, name: 公开类型, type: code-list, list: small-openness }
  - { code: REMARKS, name: 备注, type: text }
report: { section: other, heading: 自主申报, order: 9 }
`

const listOf = (list: string, values: string): string => `list: ${list}
name: ${list}
values: [${values}]
basis: [act#1]
confidence: primary
`

const RULES = `inForceFrom: 2024-01-01
item: declared
basis: [act#1]
confidence: primary
columns:
  number: NUMBER
  family: FAMILY
  title: TITLE
  content: CONTENT
  declared-on: DECLARED
  valid-until: UNTIL
  state: STATE
  verified-by: BY
  verified-on: ON
  manner: MANNER
  openness: OPENNESS
  remarks: REMARKS
verified: 已核验
openness:
  - { openness: public, text: 公开, means: 公开, ${SOURCED} }
  - { openness: limited, text: 不公开, means: 不公开, ${SOURCED} }
families:
  - { family: papers, name: 证照, kind: 其他-证照, hint: 证照, needs: [number], compares: [{ item: penalty, numbers: [NUMBER], titles: [NAME] }], ${SOURCED} }
  - { family: deeds, name: 公益, kind: 其他-公益, hint: 公益, needs: [content], ${SOURCED} }
routes:
  - { route: archive, name: 本平台, means: 比对, by: machine, ${SOURCED} }
  - { route: department, name: 部门, means: 核查, by: person, ${SOURCED} }
  - { route: elsewhere, name: 别的平台, means: 查询, by: none, ${SOURCED} }
statements:
  - { statement: truth, title: 真实, paragraphs: [{ says: [truth, persons, consequence], text: 真实。 }], ${SOURCED} }
  - { statement: authorisation, title: 授权, paragraphs: [{ says: [scope, use], text: 授权。 }, { says: [withdrawal], text: 可以撤回。 }], ${SOURCED} }
`

const VERIFIERS = `verifiers:
  - { family: papers, unit: bureau, ${SOURCED} }
`

const RULED = 'basis: [rule#1], confidence: primary'

const DECLARING = `procedure: declaring
name: 申报
purpose: 自愿申报，核实以后记入档案。
about: declaration
prefix: DE
inForceFrom: 2024-01-01
transition: { running: as-begun, ${RULED} }
basis: [rule#1]
confidence: primary
states:
  - { state: sent, name: 待核验, means: 正在核验。, turn: decider }
  - { state: verified, name: 已核实, means: 已经核实。, turn: none, end: well }
  - { state: withdrawn, name: 已撤回, means: 您撤回了申报。, turn: none, end: withdrawn }
clocks:
  - { clock: verify, name: 核验期限, duty: decider, span: { count: 10, unit: working }, ${RULED} }
acts:
  - act: declare
    name: 申报
    does: 送单位核验。
    from: []
    to: sent
    by: [subject]
    fields:
      - { field: truth, name: 承诺真实, kind: 'yes' }
      - { field: authorise, name: 授权, kind: 'yes' }
      - { field: digest, name: 摘要, kind: text }
    guards: [declaration-text-seen]
    clocks: { start: [verify] }
    ${RULED.replace(', ', '\n    ')}
  - act: verify
    name: 核实
    does: 记入档案。
    from: [sent]
    to: verified
    by: [decider]
    clocks: { stop: [verify] }
    effects: [file-declaration]
    ${RULED.replace(', ', '\n    ')}
  - act: withdraw
    name: 撤回
    does: 不再核验。
    from: [sent]
    to: withdrawn
    by: [subject]
    clocks: { stop: [verify] }
    ${RULED.replace(', ', '\n    ')}
`

/** Path → text. */
export const DECLARATIONS: Readonly<Record<string, string>> = {
  'law/catalogue/items/declared@2024-01-01.yaml': ITEM,
  'law/catalogue/code-lists/small-state.yaml': listOf('small-state', "{ code: '0', text: 未核验 }, { code: '1', text: 已核验 }"),
  'law/catalogue/code-lists/small-openness.yaml': listOf(
    'small-openness',
    "{ code: '1', text: 公开 }, { code: '2', text: 不公开 }",
  ),
  'law/declarations/rules@2024-01-01.yaml': RULES,
  'city/small/declarations.yaml': VERIFIERS,
  'law/procedures/declaring@2024-01-01.yaml': DECLARING,
}
