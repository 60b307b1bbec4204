import { SOURCED } from './testing-catalogue.ts'

/* Campaigns of the small law, and the procedure of which its campaigns are made: an order that is looked after, and that takes nothing away. */

const RULED = 'basis: [rule#1], confidence: primary'
const ENDED = RULED.replace(', ', '\n    ')

const URGING = `procedure: urging
name: 督促
purpose: 有单位要求您改正，改正了就办结。
about: conduct
prefix: UR
inForceFrom: 2024-01-01
transition: { running: as-begun, ${RULED} }
several: true
basis: [rule#1]
confidence: primary
states:
  - { state: urged, name: 待改正, means: 请改正并等待核实。, turn: decider }
  - { state: mended, name: 已改正, means: 已经改正，办结。, turn: none, end: well }
clocks:
  - { clock: verify, name: 核实期限, duty: decider, span: { count: 30, unit: working }, ${RULED} }
acts:
  - act: urge
    name: 督促
    does: 书面要求改正。
    from: []
    to: urged
    by: [decider]
    clocks: { start: [verify] }
    notices: [{ template: dropping, to: subject }]
    ${ENDED}
  - act: mend
    name: 核实已改正
    does: 办结，告知主体。
    from: [urged]
    to: mended
    by: [decider]
    clocks: { stop: [verify] }
    notices: [{ template: dropping, to: subject }]
    ${ENDED}
`

const CAMPAIGN = `themes:
  - { theme: sector, name: 某领域, means: 某类问题, ${SOURCED} }
procedures:
  - { procedure: urging, done: [mended], ${SOURCED} }
goals:
  - { goal: urged, name: 督促的件数, counts: opened, ${SOURCED} }
notGoals: { words: [处罚, 罚款], ${SOURCED} }
steps:
  - { step: told, name: 已告知, letters: [dropping], ${SOURCED} }
length: { mostMonths: 12, ${SOURCED} }
batch: { mostRows: 100, ${SOURCED} }
smallCell: { atLeast: 5, ${SOURCED} }
government: { kinds: [government-body], ${SOURCED} }
`

const CITY = `themes:
  - { theme: own, name: 本市的, means: 本市的问题, ${SOURCED} }
`

/** Path → text. */
export const CAMPAIGNS: Readonly<Record<string, string>> = {
  'law/procedures/urging@2024-01-01.yaml': URGING,
  'law/campaigns.yaml': CAMPAIGN,
  'city/small/campaigns.yaml': CITY,
}
