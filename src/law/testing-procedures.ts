import { SOURCED } from './testing-catalogue.ts'
import { RESTRICTING } from './testing-restricting.ts'

/*
 * Two procedures of the small law: one that takes something away, with service, time to answer and two persons, and one that a subject opens,
 * with a mark, receivers, an extension and a suspension.
 */

const RULED = 'basis: [rule#1], confidence: primary'

export const PLACING = `procedure: placing
name: 列入
purpose: 先告知，听取陈述申辩，再决定是否列入。
about: list
prefix: PL
inForceFrom: 2024-01-01
transition: { running: as-begun, ${RULED} }
basis: [rule#1]
confidence: primary
states:
  - { state: proposed, name: 告知书送达中, means: 告知书正在送达。, turn: clock }
  - { state: hearing, name: 陈述申辩期, means: 您可以陈述申辩。, turn: subject }
  - { state: heard, name: 待决定, means: 正在研究您的意见。, turn: decider }
  - { state: suggested, name: 待确认, means: 决定待另一人确认。, turn: second }
  - { state: listed, name: 已列入, means: 已经列入名单。, turn: none, end: ill }
  - { state: dropped, name: 不列入, means: 不列入名单。, turn: none, end: well }
clocks:
  - { clock: statement, name: 陈述申辩期限, duty: subject, span: { count: 10, unit: working }, from: service, ${RULED} }
  - { clock: decision, name: 决定期限, duty: decider, span: { count: 30, unit: working }, ${RULED} }
acts:
  - act: propose
    name: 拟列入
    does: 向主体送达告知书。
    from: []
    to: proposed
    by: [decider]
    fields:
      - { field: ground, name: 列入的事由, kind: choice, choices: { first: 第一种, other: 其他 } }
    guards: [list-openable]
    notices: [{ template: intention, to: subject }]
    ${RULED.replace(', ', '\n    ')}
  - act: served
    name: 告知书送达
    does: 开始计算陈述申辩期限。
    from: [proposed]
    to: hearing
    by: [clock]
    when: { served: intention }
    clocks: { start: [statement] }
    ${RULED.replace(', ', '\n    ')}
  - act: answer
    name: 陈述申辩
    does: 意见送办理单位。
    from: [hearing]
    to: heard
    by: [subject]
    fields:
      - { field: statement, name: 意见, kind: long-text }
    clocks: { stop: [statement], start: [decision] }
    ${RULED.replace(', ', '\n    ')}
  - act: silent
    name: 期满
    does: 没有陈述申辩的，接着办理。
    from: [hearing]
    to: heard
    by: [clock]
    when: { ended: statement }
    clocks: { stop: [statement], start: [decision] }
    ${RULED.replace(', ', '\n    ')}
  - act: suggest
    name: 建议列入
    does: 送另一人确认。
    from: [heard]
    to: suggested
    by: [decider]
    fields:
      - { field: reasons, name: 理由, kind: long-text }
    ${RULED.replace(', ', '\n    ')}
  - act: list
    name: 确认列入
    does: 列入名单并送达决定书。
    from: [suggested]
    to: listed
    by: [second]
    confirms: suggest
    clocks: { stop: [decision] }
    notices: [{ template: decision, to: subject, fill: { way-out: reasons } }]
    effects: [list-subject]
    ${RULED.replace(', ', '\n    ')}
  - act: return
    name: 退回
    does: 退给提出的人。
    from: [suggested]
    to: heard
    by: [second]
    confirms: suggest
    ${RULED.replace(', ', '\n    ')}
  - act: drop
    name: 决定不列入
    does: 告知主体，办结。
    from: [heard]
    to: dropped
    by: [decider]
    clocks: { stop: [decision] }
    notices: [{ template: dropping, to: subject }]
    ${RULED.replace(', ', '\n    ')}
`

export const OBJECTING = `procedure: objecting
name: 异议
purpose: 认为一条信息有错的，可以提出。
about: record
prefix: OB
inForceFrom: 2024-01-01
transition: { running: by-this, ${RULED} }
basis: [rule#1]
confidence: primary
states:
  - { state: lodged, name: 核查中, means: 正在核查。, turn: decider }
  - { state: awaiting, name: 待补充, means: 请补充材料。, turn: subject }
  - { state: confirming, name: 待接收单位确认, means: 正在逐个确认。, turn: receivers }
  - { state: corrected, name: 已更正, means: 异议成立。, turn: none, end: well }
  - { state: kept, name: 维持, means: 异议不成立。, turn: none, end: ill }
  - { state: withdrawn, name: 已撤回, means: 您撤回了异议。, turn: none, end: withdrawn }
clocks:
  - clock: answer
    name: 答复期限
    duty: decider
    span: { count: 20, unit: working }
    extension: { times: 1, span: { count: 10, unit: working }, ${RULED} }
    ${RULED.replace(', ', '\n    ')}
  - { clock: supplement, name: 补充期限, duty: subject, span: { count: 10, unit: working }, from: { field: asked-on }, ${RULED} }
acts:
  - act: lodge
    name: 提出异议
    does: 立即标注，送作出单位核查。
    from: []
    to: lodged
    by: [subject]
    fields:
      - { field: wrong, name: 哪里不对, kind: long-text }
    papers:
      - { paper: proof, name: 证明材料, required: false }
    guards: [record-own, record-standing]
    clocks: { start: [answer] }
    effects: [mark-contested]
    ${RULED.replace(', ', '\n    ')}
  - act: ask
    name: 请补充
    does: 补充以前答复期限停着。
    from: [lodged]
    to: awaiting
    by: [decider]
    fields:
      - { field: asked-on, name: 要求的日期, kind: day }
    clocks: { suspend: [answer], start: [supplement] }
    notices: [{ template: asking, to: subject }]
    ${RULED.replace(', ', '\n    ')}
  - act: supplement
    name: 补充
    does: 期限接着走。
    from: [awaiting]
    to: lodged
    by: [subject]
    clocks: { stop: [supplement], resume: [answer] }
    ${RULED.replace(', ', '\n    ')}
  - act: supplement-over
    name: 补充期满
    does: 按已有材料核查。
    from: [awaiting]
    to: lodged
    by: [clock]
    when: { ended: supplement }
    clocks: { stop: [supplement], resume: [answer] }
    ${RULED.replace(', ', '\n    ')}
  - act: extend
    name: 延长
    does: 写明理由，告知主体。
    from: [lodged]
    to: same
    by: [decider]
    fields:
      - { field: why-longer, name: 延长的理由, kind: long-text }
    clocks: { extend: [answer] }
    notices: [{ template: extending, to: subject }]
    ${RULED.replace(', ', '\n    ')}
  - act: transfer
    name: 转办
    does: 转给作出单位。
    from: [lodged]
    to: same
    by: [decider]
    fields:
      - { field: unit, name: 转给哪个单位, kind: unit }
    effects: [transfer-case]
    ${RULED.replace(', ', '\n    ')}
  - act: correct
    name: 更正
    does: 各处立即停止使用。
    from: [lodged]
    to: confirming
    by: [decider]
    clocks: { stop: [answer] }
    notices: [{ template: upholding, to: subject }]
    effects: [end-contested, annul-record]
    ${RULED.replace(', ', '\n    ')}
  - act: keep
    name: 维持
    does: 写明理由答复主体。
    from: [lodged]
    to: kept
    by: [decider]
    fields:
      - { field: finding, name: 核查结果和理由, kind: long-text }
    clocks: { stop: [answer] }
    notices: [{ template: keeping, to: subject, fill: { because: finding } }]
    effects: [end-contested]
    ${RULED.replace(', ', '\n    ')}
  - act: complete
    name: 全部确认
    does: 办结。
    from: [confirming]
    to: corrected
    by: [clock]
    when: { confirmed: receivers }
    ${RULED.replace(', ', '\n    ')}
  - act: withdraw
    name: 撤回
    does: 取消标注。
    from: [lodged, awaiting]
    to: withdrawn
    by: [subject]
    clocks: { stop: [answer, supplement] }
    effects: [end-contested]
    ${RULED.replace(', ', '\n    ')}
`

/** The edition before, by which nothing runs any more. */
const OLD_OBJECTING = OBJECTING.replace('inForceFrom: 2024-01-01', 'inForceFrom: 2020-01-01\ninForceUntil: 2023-12-31').replace(
  'running: by-this',
  'running: as-begun',
)

const letter = (id: string, kind: string, says: string, more = ''): string => `notice: ${id}
inForceFrom: 2020-01-01
name: 文书
kind: ${kind}
to: subject
title: 文书
says: [${says}]
blanks: ${more === '' ? '[]' : '\n  - { blank: because, name: 理由, type: paragraph }'}
body:
  - { says: [${says}], text: '依据{article:act#1}。${more}', ${SOURCED} }
${more === '' ? '' : REMEDIES}channels:
  - { channel: account, starts: at-once, served: on-opening, ${SOURCED} }
  - { channel: post, starts: { unservedWorkingDays: 5 }, served: on-receipt, ${SOURCED} }
kept: with-case
basis: [act#1]
confidence: primary
`

const REMEDIES = `remedies:
  - { remedy: reconsideration, within: { days: 60 }, ${SOURCED} }
  - { remedy: suit, within: { months: 6 }, ${SOURCED} }
`

/** The letters that both serve. */
const LETTERS: Readonly<Record<string, string>> = {
  intention: letter('intention', 'adverse-notice', 'grounds, facts, basis, consequences, defence'),
  dropping: letter('dropping', 'favourable', 'basis, outcome'),
  asking: letter('asking', 'order', 'facts, basis, duty, term, defence'),
  extending: letter('extending', 'receipt', 'basis, outcome, term'),
  reporting: letter('reporting', 'result-between-units', 'grounds, basis, outcome')
    .replace('to: subject', 'to: unit')
    .replace(/ {2}- \{ channel: post.*\n/, '')
    .replace('channel: account', 'channel: console'),
  upholding: letter('upholding', 'favourable', 'basis, outcome'),
  keeping: letter(
    'keeping',
    'refusal',
    'grounds, basis, outcome, remedies',
    '{because}{term:reconsideration}内复议，{term:suit}内起诉。',
  ),
}

/** Path → text. */
export const PROCEDURES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(LETTERS).map(([id, text]) => [`law/notices/${id}@2020-01-01.yaml`, text])),
  'law/procedures/objecting@2020-01-01.yaml': OLD_OBJECTING,
  'law/procedures/objecting@2024-01-01.yaml': OBJECTING,
  'law/procedures/placing@2024-01-01.yaml': PLACING,
  'law/procedures/restricting@2024-01-01.yaml': RESTRICTING,
}
