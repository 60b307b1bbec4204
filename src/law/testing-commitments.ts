import { SOURCED } from './testing-catalogue.ts'

/* Credit commitments of the small law: one type, one template, one unit's matters. */

const listOf = (list: string, values: string): string => `list: ${list}
name: ${list}
values: [${values}]
basis: [act#1]
confidence: primary
`

const REGISTER = `item: plain-08
numbering: { divisionDigits: 6, dayDigits: 8, serialDigits: 6, ${SOURCED} }
types:
  - { type: approval, code: '1', text: 审批替代型, means: 某义, consequences: [{ text: 撤销许可, ${SOURCED} }], ${SOURCED} }
  - { type: other, code: '0', text: 其他, means: 某义, consequences: [{ text: 依约定, ${SOURCED} }], ${SOURCED} }
openness:
  - { openness: public, text: 可向社会公开, ${SOURCED} }
fulfilment:
  - { state: full, text: 全部履行, breach: false, ${SOURCED} }
  - { state: none, text: 全部未履行, breach: true, ${SOURCED} }
supervision:
  - { state: waiting, text: 待审核, ${SOURCED} }
register:
  - { field: name, column: NAME, by: platform, at: opening }
  - { field: id, column: ID_NUMBER, by: platform, at: opening }
  - { field: number, column: NUMBER, by: platform, at: opening }
  - { field: day, column: DECIDED, by: platform, at: opening }
breach: { needs: [heard, written-decision, second-person], ${SOURCED} }
exclusions:
  - { exclusion: serious-list, text: 在名单上, ${SOURCED} }
`

const TEMPLATE = (template: string, type: string): string => `template: ${template}
type: ${type}
name: 承诺书
inForceFrom: 2024-01-01
validMonths: 12
basis: [act#1]
confidence: primary
blanks:
  - { blank: promise, name: 承诺事项, type: lines }
paragraphs:
  - { says: [matter, promise], legal: false, text: '{subject}向{unit}承诺：{promise}' }
  - { says: [truth, performance], legal: true, text: 材料真实，全面履行。 }
  - { says: [liability, openness], legal: true, text: 违反的依法承担责任，同意公开。 }
`

const MATTERS = `unit: bureau
approvals:
  - id: shop
    name: 某许可
    accepts: missing-material
    type: approval
    template: shop-commitment
    replaces: [某材料]
    supplyWithin: { count: 10, unit: working }
    greenChannel: true
    closedTo: [serious-list]
    basis: [act#1]
    confidence: primary
tenders:
  - { id: tender, name: 某招标, inPlaceOf: 投标保证金, type: other, template: bond-commitment, closedTo: [], ifBroken: 照付, ${SOURCED} }
`

/** Path → text. */
export const COMMITMENTS: Readonly<Record<string, string>> = {
  'law/catalogue/code-lists/commitment-type.yaml': listOf(
    'commitment-type',
    "{ code: '1', text: 审批替代型 }, { code: '0', text: 其他 }",
  ),
  'law/catalogue/code-lists/commitment-openness.yaml': listOf('commitment-openness', "{ code: '1', text: 可向社会公开 }"),
  'law/catalogue/code-lists/commitment-fulfilment.yaml': listOf(
    'commitment-fulfilment',
    "{ code: '1', text: 全部履行 }, { code: '3', text: 全部未履行 }",
  ),
  'law/commitments/register.yaml': REGISTER,
  'law/commitments/templates/shop-commitment@2024-01-01.yaml': TEMPLATE('shop-commitment', 'approval'),
  'law/commitments/templates/bond-commitment@2024-01-01.yaml': TEMPLATE('bond-commitment', 'other'),
  'city/small/commitments/bureau.yaml': MATTERS,
}
