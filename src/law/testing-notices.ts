import { SOURCED } from './testing-catalogue.ts'

/* The letters of the small law: what is told before a list, the decision, and what goes with the decision. */

const WAYS = `channels:
  - { channel: account, starts: at-once, served: on-opening, ${SOURCED} }
  - { channel: sms, starts: at-once }
  - { channel: post, starts: { unservedWorkingDays: 5 }, served: on-receipt, ${SOURCED} }
  - { channel: publication, starts: { failed: post }, served: { daysAfterPublication: 30 }, ${SOURCED} }
kept: with-case
basis: [act#1]
confidence: primary
`

const LISTING = `notice: listing
inForceFrom: 2024-01-01
name: 事先告知书
kind: listing-notice
to: subject
title: 关于{subject}的告知
says: [grounds, facts, basis, consequences, defence, exit]
blanks:
  - { blank: matter, name: 事由, type: paragraph }
  - { blank: hearing-day, name: 听证日, type: day, required: false }
body:
  - { says: [grounds, facts], text: '事由：{matter}', ${SOURCED} }
  - { says: [basis, consequences], text: '依据{article:act#1}。', ${SOURCED} }
  - { says: [defence, exit], text: 可以陈述和申辩。, ${SOURCED} }
  - { with: hearing-day, text: '{hearing-day}听证。', ${SOURCED} }
${WAYS}`

const DECISION = `notice: decision
inForceFrom: 2024-01-01
name: 决定书
kind: adverse-decision
to: subject
title: 决定
says: [facts, grounds, basis, outcome, consequences, remedies, exit]
blanks:
  - { blank: way-out, name: 途径, type: paragraph }
body:
  - { says: [facts, grounds, basis], text: '依据{article:act#2}。', basis: [act#2], confidence: primary }
  - { says: [outcome, consequences, exit], text: '{way-out}', ${SOURCED} }
  - { says: [remedies], text: '{term:reconsideration}内复议，{term:suit}内起诉。', ${SOURCED} }
remedies:
  - { remedy: reconsideration, within: { days: 60 }, ${SOURCED} }
  - { remedy: suit, within: { months: 6 }, ${SOURCED} }
accompaniedBy: guidance
${WAYS}`

const GUIDANCE = `notice: guidance
inForceFrom: 2024-01-01
name: 指引
kind: guidance
to: subject
title: 指引
says: [basis, exit]
blanks:
  - { blank: way-out, name: 途径, type: paragraph }
body:
  - { says: [basis, exit], text: '{article:act#1}：{way-out}', ${SOURCED} }
channels:
  - { channel: account, starts: at-once, served: { workingDaysAfterPosting: 3 }, ${SOURCED} }
kept: with-case
basis: [act#1]
confidence: primary
`

export const NOTICES = {
  'law/notices/listing@2024-01-01.yaml': LISTING,
  'law/notices/decision@2024-01-01.yaml': DECISION,
  'law/notices/guidance@2024-01-01.yaml': GUIDANCE,
}
