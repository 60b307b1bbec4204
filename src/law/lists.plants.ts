import { add, bringing, change, type Plant, seenIn, textOf } from './plant.ts'
import type { FlawCode } from './rules.ts'

const FIRMS = 'law/lists/firms.yaml'
const WATCHED = 'city/small/lists/watched.yaml'
const HONOURED = 'law/lists/honoured.yaml'
const LISTING = 'law/catalogue/items/black-firms@2024-01-01.yaml'
const MEASURES = 'law/measures.yaml'

const PLACING = 'law/procedures/placing@2024-01-01.yaml'
const OF_FIRMS = `source: firms
name: 某名单
unit: bureau
item: black-firms
expect: { everyDays: 31, rows: { atLeast: 0, atMost: 9 }, refusedShareAtMost: 0.1 }
`

const incomplete = (from: string, to: string): Plant =>
  change('law.list-incomplete', [FIRMS, from, to], 'platformRole: decided-here')
/** The item's own line shows that its list says something else. */
const differs = (code: FlawCode, from: string, to: string, line: string): Plant =>
  seenIn(LISTING, change(code, [FIRMS, from, to], line))
const WHOLE_EXIT = /exit:\n {2}text[\s\S]*?confidence: primary\n(?=remedies)/
const without = (part: RegExp, by: string): string => textOf(FIRMS).replace(part, () => by)

/** Lists: what makes them, grounds, notice, period, exit; what only one kind may have; what the item that keeps the entries says. */
export const LIST_PLANTS: readonly Plant[] = [
  change('law.list-without-law', [WATCHED, 'basis: [rule#1]', 'basis: [plan]']),
  bringing(change('law.list-ground-duplicate', [FIRMS, 'id: second', 'id: first'], 'text: 另一事由'), 'law.list-ground-unknown'),
  change('law.list-ground-unknown', [FIRMS, 'text: 某除外, grounds: [first]', 'text: 某除外, grounds: [third]']),
  bringing(
    change('law.list-ground-unknown', [FIRMS, 'grounds: [second], months', 'grounds: [third], months']),
    'law.list-ground-without-period',
  ),
  change(
    'law.list-ground-without-period',
    [FIRMS, 'notListable:', '  - { id: third, text: 第三事由, basis: [act#1], confidence: primary }\nnotListable:'],
    'text: 第三事由',
  ),
  change('law.list-notice-incomplete', [FIRMS, 'measures, exit, remedies]', 'measures, exit]'], '  contents: '),
  change('law.list-period-end', [FIRMS, 'months: 12, until: null', 'months: 12, until: 某事'], 'months: 12, until: 某事'),
  change('law.list-period-end', [HONOURED, 'until: 申请退出', 'until: null']),
  change('law.list-extension-inverted', [FIRMS, 'atLeastMonths: 6', 'atLeastMonths: 13']),
  change('law.list-early-after-end', [FIRMS, 'afterMonths: 6', 'afterMonths: 12']),
  change('law.list-without-way-out', [WATCHED, 'automatic: true', 'automatic: false']),
  change('law.list-item-unknown', [HONOURED, 'measures: []', 'recordedAs: nothing\nmeasures: []'], 'recordedAs'),
  change('law.list-unit-unknown', [WATCHED, 'units: [bureau]', 'units: [bureaux]']),
  change('law.list-court-decided-here', [FIRMS, 'publisher: platform', 'publisher: court'], 'platformRole: decided-here'),
  incomplete('  confidence: primary\nperiods:', '  confidence: unknown\nperiods:'),
  incomplete('basis: [act#5]\nconfidence: primary', 'basis: [act#5]\nconfidence: unknown'),
  incomplete(
    '{ id: first, text: 某事由, basis: [act#1], confidence: primary }',
    '{ id: first, text: 某事由, basis: [act#1], confidence: unknown }',
  ),
  add('law.list-incomplete', FIRMS, without(/notice:\n( {2}.*\n)+/, 'notice: null\n'), 'platformRole: decided-here'),
  bringing(
    add('law.list-incomplete', FIRMS, without(/periods:\n( {2}.*\n)+/, 'periods: []\n'), 'platformRole: decided-here'),
    'law.list-term-differs',
  ),
  add(
    'law.list-incomplete',
    FIRMS,
    without(WHOLE_EXIT, 'exit: { text: 未知, automatic: true, early: null, basis: [act#1], confidence: unknown }\n'),
    'platformRole: decided-here',
  ),
  seenIn(
    FIRMS,
    change('law.list-without-procedure', [PLACING, 'effects: [list-subject]', 'effects: []'], 'platformRole: decided-here'),
  ),
  seenIn(
    LISTING,
    change('law.list-mirror-without-decider', [FIRMS, 'platformRole: decided-here', 'platformRole: mirror'], 'roles: '),
  ),
  add('law.source-list-decided-here', 'city/small/sources/firms.yaml', OF_FIRMS, 'expect: '),
  add('law.list-without-remedy', FIRMS, without(/remedies:\n( {2}.*\n)+/, 'remedies: []\n'), 'remedies: []'),
  add('law.list-without-annulment', FIRMS, without(/annulment: .*/, 'annulment: null'), 'annulment: null'),
  bringing(
    seenIn(
      FIRMS,
      change(
        'law.list-measure-target',
        [MEASURES, 'target: both, statutes: [act#6], body: 某机关', 'target: person, statutes: [act#6], body: 某机关'],
        'measures: [entry-ban]',
      ),
    ),
    'law.measure-list-target',
  ),
  bringing(
    change('law.list-attention-restricts', [WATCHED, 'measures: []', 'measures: [entry-ban]']),
    'law.measure-list-differs',
  ),
  change('law.list-handling', [
    FIRMS,
    'enabled: true',
    'handling: [{ degree: 一, does: 某事, basis: [act#1], confidence: primary }]\nenabled: true',
  ]),
  add('law.list-handling', WATCHED, textOf(WATCHED).replace(/handling:\n.*\n/, 'handling: []\n'), 'handling: []'),
  bringing(change('law.list-honour-restricts', [HONOURED, 'measures: []', 'measures: [entry-ban]']), 'law.measure-list-differs'),
  change('law.list-person-public', [HONOURED, 'subjects: [enterprise]', 'subjects: [natural-person]'], 'audience: public'),
  differs('law.list-subject-differs', 'subjects: [enterprise]', 'subjects: [sole-trader]', 'subjects: [enterprise]'),
  differs('law.list-term-differs', 'months: 36', 'months: 35', 'publication: { rule: while-listed'),
  differs('law.list-publication-differs', 'audience: public', 'audience: government', 'disclosure: '),
]
