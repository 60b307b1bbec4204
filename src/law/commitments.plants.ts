import { add, bringing, change, type Plant, textOf } from './plant.ts'

const REGISTER = 'law/commitments/register.yaml'
const SHOP = 'law/commitments/templates/shop-commitment@2024-01-01.yaml'
const LATER = 'law/commitments/templates/shop-commitment@2025-01-01.yaml'
const MATTERS = 'city/small/commitments/bureau.yaml'
const SOURCED = 'basis: [act#1], confidence: primary'
const OTHER = `  - { type: other, code: '0', text: 其他, means: 某义, consequences: [{ text: 依约定, ${SOURCED} }], ${SOURCED} }\n`

/** Credit commitments: the words of the standard, all columns, a fixed legal part, matters that their unit may take. */
export const COMMITMENT_PLANTS: readonly Plant[] = [
  change('law.commitment-type-duplicate', [REGISTER, OTHER, OTHER + OTHER]),
  change('law.commitment-word-differs', [REGISTER, "code: '1', text: 审批替代型", "code: '2', text: 审批替代型"]),
  change(
    'law.commitment-word-differs',
    [REGISTER, 'fulfilment:', `  - { openness: none, text: 谁也不知道, ${SOURCED} }\nfulfilment:`],
    '谁也不知道',
  ),
  change(
    'law.commitment-word-missing',
    [REGISTER, `  - { state: none, text: 全部未履行, breach: true, ${SOURCED} }\n`, ''],
    'fulfilment:',
  ),
  bringing(
    change('law.commitment-item-unknown', [REGISTER, 'item: plain-08', 'item: plain-99']),
    'law.commitment-unit-not-assigned',
  ),
  bringing(
    change('law.commitment-column-unknown', [REGISTER, 'column: ID_NUMBER', 'column: ID']),
    'law.commitment-column-missing',
  ),
  bringing(
    change('law.commitment-column-twice', [REGISTER, 'column: ID_NUMBER', 'column: NAME'], 'field: id'),
    'law.commitment-column-missing',
  ),
  change(
    'law.commitment-column-missing',
    [REGISTER, '  - { field: day, column: DECIDED, by: platform, at: opening }\n', ''],
    'register:',
  ),
  change('law.commitment-breach-unheard', [
    REGISTER,
    'needs: [heard, written-decision, second-person]',
    'needs: [written-decision]',
  ]),
  change('law.commitment-without-consequence', [REGISTER, `consequences: [{ text: 撤销许可, ${SOURCED} }]`, 'consequences: []']),
  bringing(
    change('law.commitment-type-without-template', [SHOP, 'type: approval', 'type: other'], ''),
    'law.commitment-template-type',
  ),
  bringing(
    change('law.commitment-type-unknown', [SHOP, 'type: approval', 'type: approvals']),
    'law.commitment-type-without-template',
    'law.commitment-template-type',
  ),
  bringing(
    change('law.commitment-type-unknown', [MATTERS, '    type: approval', '    type: approvals']),
    'law.commitment-template-type',
  ),
  change('law.commitment-range-inverted', [SHOP, 'validMonths: 12', 'inForceUntil: 2023-12-31\nvalidMonths: 12'], 'inForceUntil'),
  change('law.commitment-unsaid', [SHOP, 'says: [liability, openness]', 'says: [liability]'], 'paragraphs:'),
  change(
    'law.commitment-legal-missing',
    [SHOP, 'says: [truth, performance], legal: true', 'says: [truth, performance], legal: false'],
    'paragraphs:',
  ),
  change('law.commitment-blank-unknown', [SHOP, '承诺：{promise}', '承诺：{promise}{more}']),
  change('law.commitment-legal-blank', [
    SHOP,
    'text: 违反的依法承担责任，同意公开。',
    "text: '违反{promise}的依法承担责任，同意公开。'",
  ]),
  change('law.commitment-blank-unused', [SHOP, 'paragraphs:', '  - { blank: idle, name: 多余, type: text }\nparagraphs:']),
  add('law.commitment-template-overlap', LATER, textOf(SHOP).replace('2024-01-01', '2025-01-01'), 'inForceFrom: 2025-01-01'),
  change('law.commitment-matter-duplicate', [MATTERS, 'id: tender', 'id: shop']),
  change('law.commitment-supply', [MATTERS, 'accepts: missing-material', 'accepts: informed-commitment'], 'id: shop'),
  change('law.commitment-supply', [MATTERS, '    supplyWithin: { count: 10, unit: working }\n', ''], 'id: shop'),
  {
    ...add(
      'law.commitment-unit-unknown',
      'city/small/commitments/nobody.yaml',
      textOf(MATTERS).replace('unit: bureau', 'unit: nobody'),
      'unit: nobody',
    ),
    follows: ['law.commitment-matter-duplicate'],
  },
  {
    ...add(
      'law.commitment-unit-not-assigned',
      'city/small/commitments/east-bureau.yaml',
      textOf(MATTERS).replace('unit: bureau', 'unit: east-bureau'),
      'unit: east-bureau',
    ),
    follows: ['law.commitment-matter-duplicate'],
  },
  change('law.commitment-template-unknown', [MATTERS, 'template: shop-commitment', 'template: shop-promise']),
  change(
    'law.commitment-template-type',
    [MATTERS, 'type: other, template: bond-commitment', 'type: approval, template: bond-commitment'],
    'id: tender',
  ),
]
