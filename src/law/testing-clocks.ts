import { SOURCED } from './testing-catalogue.ts'

/** The small law's terms of objections: the default, and those of one province. */
export const CLOCKS = `sets:
  - set: default
    name: 缺省
    place: null
    inForceFrom: 2020-01-01
    inForceUntil: null
    transfer: { starts: runs-on, ${SOURCED} }
    steps:
      - { step: mark, count: at-once, basis: [rule#1], confidence: primary }
      - { step: own-scope, count: 3, ${SOURCED} }
      - { step: with-provider, count: 7, ${SOURCED} }
  - set: province
    name: 某省
    place: '99'
    inForceFrom: 2020-01-01
    inForceUntil: 2029-12-31
    transfer: { starts: anew, ${SOURCED} }
    steps:
      - { step: own-scope, count: 5, ${SOURCED} }
      - { step: provider, count: 5, ${SOURCED} }
`
