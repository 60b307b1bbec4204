import { change, type Plant } from './plant.ts'

const FILE = 'law/access/authorisable.yaml'

/** What subjects may grant. */
export const AUTHORISABLE_PLANTS: readonly Plant[] = [
  change('law.authorisable-class-duplicate', [FILE, 'id: people', 'id: decisions']),
  change('law.authorisable-item-unknown', [FILE, 'items: [people]', 'items: [nobody]']),
  change('law.authorisable-item-twice', [FILE, 'items: [people]', 'items: [people, penalty]']),
  change('law.authorisable-class-empty', [FILE, 'report: special, items: []', 'items: []']),
  change('law.authorisable-prohibited', [FILE, 'shows: 人员', 'shows: 人员的血型']),
  change('law.authorisable-sensitive-without-law', [
    FILE,
    'sensitive: { subjects: [enterprise], because: 某因, basis: [act#1]',
    'sensitive: { subjects: [enterprise], because: 某因, basis: [plan]',
  ]),
  change(
    'law.authorisable-person-unnamed',
    [
      [FILE, 'subjects: [natural-person]', 'subjects: [enterprise]'],
      ['law/catalogue/items/people@2024-01-01.yaml', 'effect: neutral', 'effect: adverse'],
    ],
    'id: people',
  ),
  change(
    'law.authorisation-purpose-duplicate',
    [FILE, 'purposes:\n', 'purposes:\n  - { id: loan, name: 借款, receivers: [bank], basis: [act#1], confidence: primary }\n'],
    'name: 贷款',
  ),
  change('law.authorisation-term-inverted', [FILE, 'usualDays: 90', 'usualDays: 900']),
]
