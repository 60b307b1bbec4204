/* The third procedure of the small law: a measure, asked for by one unit and taken by another. */

const RULED = 'basis: [rule#1]\n    confidence: primary'
const ROW = 'basis: [rule#1], confidence: primary'

export const RESTRICTING = `procedure: restricting
name: 措施
purpose: 先告知，听取陈述申辩，两个人办，再决定。
about: measure
prefix: RS
inForceFrom: 2024-01-01
transition: { running: as-begun, ${ROW} }
basis: [rule#1]
confidence: primary
states:
  - { state: begun, name: 发起, means: 有单位发起。, turn: decider }
  - { state: asked, name: 待响应, means: 正在研究。, turn: decider }
  - { state: serving, name: 送达中, means: 告知书正在送达。, turn: clock }
  - { state: stating, name: 陈述申辩期, means: 您可以陈述申辩。, turn: subject }
  - { state: heard, name: 待决定, means: 正在研究您的意见。, turn: decider }
  - { state: suggested, name: 待确认, means: 决定待另一人确认。, turn: second }
  - { state: in-force, name: 实施中, means: 措施已经生效。, turn: none }
  - { state: lifted, name: 已解除, means: 措施已经解除。, turn: none, end: well }
  - { state: ended, name: 期满, means: 措施期满。, turn: none, end: over }
  - { state: gone, name: 依据消灭, means: 依据不再有效。, turn: none, end: well }
clocks:
  - { clock: respond, name: 响应期限, duty: decider, span: { count: 10, unit: working }, ${ROW} }
  - { clock: statement, name: 陈述申辩期限, duty: subject, span: { count: 10, unit: working }, from: service, ${ROW} }
  - { clock: decision, name: 决定期限, duty: decider, span: { count: 30, unit: working }, ${ROW} }
  - { clock: term, name: 措施期限, duty: term, span: { count: 12, unit: months }, ${ROW} }
  - { clock: review, name: 复查期限, duty: decider, span: { count: 6, unit: months }, ${ROW} }
acts:
  - act: begin
    name: 发起
    does: 写明由哪个单位响应。
    from: []
    to: begun
    by: [decider]
    fields:
      - { field: unit, name: 响应单位, kind: unit }
    guards: [measure-subject-meant]
    clocks: { start: [respond] }
    ${RULED}
  - act: ask
    name: 送有权单位
    does: 案件转到有权的单位。
    from: [begun]
    to: asked
    by: [decider]
    effects: [ask-responder]
    ${RULED}
  - act: tell
    name: 拟采取
    does: 向主体送达告知书。
    from: [asked]
    to: serving
    by: [decider]
    fields:
      - { field: officer, name: 责任人, kind: text }
    clocks: { stop: [respond] }
    notices: [{ template: intention, to: subject }]
    ${RULED}
  - act: served
    name: 告知书送达
    does: 开始计算陈述申辩期限。
    from: [serving]
    to: stating
    by: [clock]
    when: { served: intention }
    clocks: { start: [statement] }
    ${RULED}
  - act: silent
    name: 期满
    does: 接着办理。
    from: [stating]
    to: heard
    by: [clock]
    when: { ended: statement }
    clocks: { stop: [statement], start: [decision] }
    ${RULED}
  - act: answer
    name: 陈述申辩
    does: 意见送办理单位。
    from: [stating]
    to: same
    by: [subject]
    ${RULED}
  - act: suggest
    name: 建议采取
    does: 送另一人确认。
    from: [heard]
    to: suggested
    by: [decider]
    ${RULED}
  - act: return
    name: 退回
    does: 退给提出的人。
    from: [suggested]
    to: heard
    by: [second]
    confirms: suggest
    ${RULED}
  - act: confirm
    name: 确认采取
    does: 措施生效。
    from: [suggested]
    to: in-force
    by: [second]
    confirms: suggest
    guards: [measure-openable, record-standing, measure-body-right, measure-term-right, notice-served]
    clocks: { stop: [decision], start: [term, review] }
    notices: [{ template: reporting, to: initiator }]
    effects: [begin-measure]
    ${RULED}
  - act: ask-lift
    name: 申请解除
    does: 意见送办理单位。
    from: [in-force]
    to: same
    by: [subject]
    ${RULED}
  - act: lift
    name: 解除
    does: 措施终止。
    from: [in-force]
    to: lifted
    by: [decider]
    clocks: { stop: [term, review] }
    notices: [{ template: dropping, to: subject }]
    effects: [end-measure]
    ${RULED}
  - act: over
    name: 措施期满
    does: 措施终止。
    from: [in-force]
    to: ended
    by: [clock]
    when: { ended: term }
    clocks: { stop: [term, review] }
    notices: [{ template: dropping, to: subject }]
    effects: [end-measure]
    ${RULED}
  - act: gone
    name: 依据消灭
    does: 措施终止。
    from: [in-force]
    to: gone
    by: [clock]
    when: { gone: ground }
    clocks: { stop: [term, review] }
    notices: [{ template: dropping, to: subject }]
    effects: [end-measure]
    ${RULED}
  - act: gone-told
    name: 依据消灭，不采取
    does: 不再采取。
    from: [asked, serving, stating, heard, suggested]
    to: gone
    by: [clock]
    when: { gone: ground }
    clocks: { stop: [respond, statement, decision] }
    ${RULED}
  - act: gone-early
    name: 依据消灭，不发起
    does: 不再采取。
    from: [begun]
    to: gone
    by: [clock]
    when: { gone: ground }
    clocks: { stop: [respond] }
    ${RULED}
`
