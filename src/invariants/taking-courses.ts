import type { Course } from './outlets-by-the-clock.ts'

/* Cases up to the act that takes a record away. */

const LODGED = { wrong: 'content', 'should-be': '与决定书不一致，请核对。' }
const PERFORMED = { ground: 'performed', performed: '罚款已经缴清，整改已经验收。', commitment: 'yes' }
const WITH_PLAN = { ...PERFORMED, ground: 'reorganisation', performed: '法院已批准重整计划。' }
const SHIELDED = { ruling: '（2026）澜01破1号', 'ruled-on': '2026-04-10' }
const FOUND = { finding: '逐项核实，属实。' }

/** A day on which a penalty's shortest period is over in June 2026, and its longest is not. */
export const LONG_DECIDED = '2025/11/10'

export const DELETED: Course = { procedure: 'objection', lodge: LODGED, acts: [['first', 'delete', FOUND]] }
export const REVIEWED: Course = {
  ...{ procedure: 'objection', lodge: LODGED },
  acts: [
    ['first', 'keep', FOUND],
    ['subject', 'ask-review', { 'why-review': '答复没有回应材料。' }],
    ['office', 'review-delete', { 'review-finding': '复核以后，应当删除。' }],
  ],
}
export const GRANTED: Course = {
  ...{ procedure: 'repair', lodge: PERFORMED },
  acts: [
    ['first', 'accept'],
    ['first', 'propose-grant', FOUND],
    ['second', 'grant'],
  ],
}
export const SHIELDING: Course = {
  ...{ procedure: 'repair', lodge: WITH_PLAN },
  acts: [
    ['first', 'accept'],
    ['first', 'shield', SHIELDED],
  ],
}
