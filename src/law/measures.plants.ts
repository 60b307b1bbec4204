import { add, bringing, change, type Plant, seenIn } from './plant.ts'
import type { FlawCode } from './rules.ts'

const MEASURES = 'law/measures.yaml'
const LOCAL = 'city/small/measures.yaml'
const BAN = 'id: entry-ban'
const TRIGGER = 'trigger: { lists: [firms], decisions: [] }'
const PUBLISHED = 'term: { months: { atLeast: 12, atMost: 36 } }, published: { since: 2020-01-01, in: plan, confidence: primary }'

const changed = (code: FlawCode, from: string, to: string, line = BAN): Plant => change(code, [MEASURES, from, to], line)
const local = (code: FlawCode, row: string): Plant =>
  add(
    code,
    LOCAL,
    `measures:\n  - { ${row}, kind: by-law, target: both, body: 某机关, term: null, enabled: false, confidence: primary }\n`,
    row,
  )

/** Measures: rows of the register that may not stand open as they are, and what may never stand in it. */
export const MEASURE_PLANTS: readonly Plant[] = [
  bringing(
    changed('law.measure-duplicate', 'id: limit', 'id: entry-ban', 'name: 限制消费'),
    'law.measure-list-differs',
    'law.unit-measure-unknown',
  ),
  bringing(
    changed(
      'law.measure-blocked',
      'reaches: [relative], statutes: [], body: null, term: null, enabled: false',
      'reaches: [relative], statutes: [], body: null, term: null, enabled: true',
      'id: x01',
    ),
    'law.measure-without-statute',
    'law.measure-without-body',
    'law.measure-without-term',
    'law.measure-without-trigger',
    'law.measure-unpublished',
  ),
  bringing(
    changed('law.measure-row', 'id: x01, row: prohibited', 'id: x01, row: sub-measure, parent: m01', 'id: x01'),
    'law.measure-reaches-kin',
  ),
  changed('law.measure-row', 'id: limit', 'id: m14', 'id: m14'),
  changed(
    'law.measure-list-enabled',
    'statutes: [plan], body: null, term: null, enabled: false',
    'statutes: [act#6], body: 某机关, trigger: { lists: [], decisions: [某决定] }, term: { life: true }, termReview: { months: 12, basis: [act#1], confidence: primary }, published: { since: 2020-01-01, in: plan, confidence: primary }, enabled: true',
    'id: m01',
  ),
  changed(
    'law.measure-parent-unknown',
    'id: limit, row: sub-measure, parent: m01',
    'id: limit, row: sub-measure, parent: m09',
    'id: limit',
  ),
  changed('law.measure-auto-execute', 'id: limit,', 'id: limit, autoExecute: true,', 'id: limit'),
  changed('law.measure-reaches-kin', 'id: limit,', 'id: limit, reaches: [subject, affiliate],', 'id: limit'),
  changed('law.measure-court-unmarked', 'decidedBy: court, computed: never, ', '', 'id: limit'),
  changed('law.measure-court-computed', 'computed: never, ', '', 'id: limit'),
  changed(
    'law.measure-court-computed',
    'decidedBy: court, computed: never, ',
    'decidedBy: court, computed: prompt, ',
    'id: limit',
  ),
  changed('law.measure-term-inverted', 'atLeast: 12', 'atLeast: 37'),
  changed('law.measure-without-review', 'termReview: { months: 12, basis: [act#1], confidence: primary }, ', '', 'id: limit'),
  changed('law.measure-without-review', 'atMost: 36 } }', 'atMost: 36 }, orLife: true }'),
  bringing(changed('law.measure-list-unknown', TRIGGER, 'trigger: { lists: [firms, nobody], decisions: [] }')),
  changed(
    'law.measure-list-target',
    'target: both, statutes: [act#6], body: 人民法院, decidedBy: court, computed: never, trigger: { lists: []',
    'target: person, statutes: [act#6], body: 人民法院, decidedBy: court, computed: never, trigger: { lists: [honoured]',
    'id: limit',
  ),
  bringing(changed('law.measure-without-trigger', TRIGGER, 'trigger: { lists: [], decisions: [] }'), 'law.measure-list-differs'),
  changed('law.measure-unpublished', PUBLISHED, 'term: { months: { atLeast: 12, atMost: 36 } }'),
  changed('law.measure-statute-ended', 'statutes: [act#6], body: 人民法院', 'statutes: [old-act#6], body: 人民法院', 'id: limit'),
  changed('law.measure-without-statute', 'statutes: [act#6], body: 某机关', 'statutes: [], body: 某机关'),
  changed('law.measure-without-body', 'body: 某机关', 'body: null'),
  changed('law.measure-without-term', PUBLISHED, 'term: null, published: { since: 2020-01-01, in: plan, confidence: primary }'),
  changed('law.measure-basis-too-low', 'statutes: [act#6], body: 某机关', 'statutes: [rule#1], body: 某机关'),
  changed(
    'law.basis-unknown',
    'published: { since: 2020-01-01, in: plan, confidence: primary }, enabled: true, confidence: primary }\n  - { id: limit',
    'published: { since: 2020-01-01, in: plans, confidence: primary }, enabled: true, confidence: primary }\n  - { id: limit',
  ),
  seenIn(
    'law/lists/firms.yaml',
    changed('law.measure-list-differs', TRIGGER, 'trigger: { lists: [], decisions: [某决定] }', 'measures: [entry-ban]'),
  ),
  local('law.overlay-measure-without-statute', 'id: local, row: sub-measure, parent: m01, name: 某措施, statutes: []'),
  local('law.overlay-measure-blocked', 'id: x05, row: prohibited, name: 又一件, statutes: [act#6]'),
  bringing(
    add(
      'law.measure-court-unmarked',
      LOCAL,
      'measures:\n  - { id: local, row: sub-measure, parent: m01, name: 某措施, kind: by-law, target: both, statutes: [act#6], body: 某人民法院, term: null, enabled: false, confidence: primary }\n',
      'id: local',
    ),
  ),
]
