import type { Facts } from '../base/refusal.ts'
import { type Ground, type Report, repeated } from './ground.ts'
import type { CatalogueItem, CrossRule, Roles } from './item-model.ts'
import { headingKey } from './law.ts'
import type { Field } from './model.ts'
import type { Path } from './place.ts'
import type { Located } from './reading.ts'

/** Columns, the parts they play, the rules across them, and older tables' headings. */
export function checkFields(ground: Ground, report: Report): void {
  for (const item of ground.reading.items) {
    const columns = new Map(item.value.fields.map(one => [one.code, one]))
    const about = { item, columns, ground, report }
    checkColumns(about)
    checkRoles(about)
    checkRules(about)
    checkLegacy(about)
  }
}

type About = {
  readonly item: Located<CatalogueItem>
  readonly columns: ReadonlyMap<string, Field>
  readonly ground: Ground
  readonly report: Report
}

function checkColumns({ item, ground, report }: About): void {
  const { fields } = item.value
  for (const index of repeated(fields.map(one => one.code)))
    report('law.field-code-duplicate', item, ['fields', index, 'code'], { column: fields[index]?.code })
  const owner = new Map<string, number>()
  fields.forEach((field, index) => {
    for (const heading of new Set([field.name, ...field.aliases].map(headingKey))) {
      if (owner.has(heading)) report('law.field-heading-duplicate', item, ['fields', index, 'name'], { heading })
      owner.set(heading, index)
    }
    // M099: a field of a person is public nowhere, whatever the mode of the item.
    const isPersonal = item.value.subjects.every(kind => kind === 'natural-person')
    if (isPersonal && field.public) report('law.field-person-public', item, ['fields', index, 'public'], { column: field.name })
    checkColumn(field, ground, (code, key) =>
      report(code, item, ['fields', index, key], { column: field.name, list: field.list }),
    )
  })
}

type ColumnFlaw =
  | 'law.field-list-missing'
  | 'law.field-list-misplaced'
  | 'law.field-list-unknown'
  | 'law.amount-without-unit'
  | 'law.unit-misplaced'
  | 'law.long-term-misplaced'
  | 'law.field-id-number-public'

function checkColumn(field: Field, { law }: Ground, tell: (code: ColumnFlaw, key: string) => void): void {
  const isListed = field.type === 'code-list' || field.type === 'multi-code-list'
  if (isListed && field.list === undefined) tell('law.field-list-missing', 'type')
  if (!isListed && field.list !== undefined) tell('law.field-list-misplaced', 'list')
  if (field.list !== undefined && !law.codeLists.has(field.list)) tell('law.field-list-unknown', 'list')
  if (field.type === 'amount' && field.unit === undefined) tell('law.amount-without-unit', 'type')
  if (field.type !== 'amount' && field.unit !== undefined) tell('law.unit-misplaced', 'unit')
  if (field.type !== 'day' && field.longTerm) tell('law.long-term-misplaced', 'longTerm')
  if (field.type === 'id-number' && field.public && field.mask === 'none') tell('law.field-id-number-public', 'public')
}

type FieldType = Field['type']
const DAY: readonly FieldType[] = ['day']
const AMOUNT: readonly FieldType[] = ['amount']
const NAME: readonly FieldType[] = ['name', 'text']
const LISTED: readonly FieldType[] = ['code-list', 'multi-code-list']
const LISTED_OR_TEXT: readonly FieldType[] = ['code-list', 'text', 'name']

/** The types a column may have to play a part; a part that is not here takes any. */
const TYPES_OF_ROLE: Partial<Record<keyof Roles, readonly FieldType[]>> = {
  subjectName: ['name', 'person-name', 'text'],
  organisationCode: ['organisation-code'],
  registrationNumber: ['registration-number'],
  taxNumber: ['tax-number'],
  institutionNumber: ['text', 'document-number', 'registration-number'],
  category: ['code-list'],
  idType: ['code-list'],
  idNumber: ['id-number'],
  birth: DAY,
  formerName: NAME,
  legalRepresentative: ['person-name', 'name', 'text'],
  decidedOn: DAY,
  authorityName: NAME,
  providerName: NAME,
  validFrom: DAY,
  validUntil: DAY,
  shownUntil: DAY,
  removedOn: DAY,
  endedOn: DAY,
  gravity: ['code-list'],
  procedure: LISTED_OR_TEXT,
  penaltyKinds: LISTED,
  fine: AMOUNT,
  confiscation: AMOUNT,
  status: LISTED_OR_TEXT,
  district: LISTED_OR_TEXT,
  address: ['address', 'text'],
  enterpriseType: LISTED_OR_TEXT,
  registrationStatus: LISTED_OR_TEXT,
  changedMatter: LISTED_OR_TEXT,
  valueBefore: NAME,
  valueAfter: NAME,
}

const USCC_ROLES: readonly string[] = ['uscc', 'authorityCode', 'providerCode']

function checkRoles({ item, columns, report }: About): void {
  for (const [role, named] of Object.entries(item.value.roles)) {
    const codes = typeof named === 'string' ? [named] : (named ?? [])
    codes.forEach((code, index) => {
      const path: Path = typeof named === 'string' ? ['roles', role] : ['roles', role, index]
      const column = columns.get(code)
      const allowed = TYPES_OF_ROLE[role as keyof Roles]
      if (column === undefined) report('law.role-column-missing', item, path, { role, column: code })
      else if (USCC_ROLES.includes(role) && column.type !== 'uscc')
        report('law.role-uscc-type', item, path, { column: column.name })
      else if (allowed && !allowed.includes(column.type))
        report('law.role-column-type', item, path, { role, column: column.name, type: column.type })
    })
  }
  // Principle 1: no record without a subject, a day and a document number.
  const { subjectName, decidedOn, documentNumber } = item.value.roles
  for (const [role, codes] of Object.entries({ subjectName: [subjectName], decidedOn: [decidedOn], documentNumber })) {
    const optional = codes.map(code => columns.get(code)).find(column => column && !column.required)
    if (optional) report('law.role-column-optional', item, ['roles', role], { column: optional.name })
  }
}

/** The columns a rule names, by the key that names them. */
function columnsOf(rule: CrossRule): [Path, string][] {
  const {
    rule: _name,
    basis: _basis,
    confidence: _confidence,
    note: _note,
    ...named
  } = rule as Record<string, unknown> & CrossRule
  const found: [Path, string][] = []
  for (const [key, value] of Object.entries(named)) {
    if (key === 'values' || key === 'is' || key === 'severity') continue
    if (Array.isArray(value)) for (const [index, one] of value.entries()) found.push([[key, index], String(one)])
    else found.push([[key], String(value)])
  }
  return found
}

/** The type a rule needs in the column it judges. */
const TYPE_OF_RULE: Partial<Record<CrossRule['rule'], FieldType>> = {
  'not-after-report-day': 'day',
  'not-before': 'day',
  'amount-when-listed': 'amount',
  'amount-agrees-with-text': 'amount',
}

function checkRules({ item, columns, ground, report }: About): void {
  item.value.rules.forEach((rule, index) => {
    const tell = (
      code: 'law.rule-column-missing' | 'law.rule-column-type' | 'law.rule-value-unknown',
      path: Path,
      facts: Facts,
    ) => report(code, item, ['rules', index, ...path], { rule: rule.rule, ...facts })
    for (const [path, code] of columnsOf(rule)) if (!columns.has(code)) tell('law.rule-column-missing', path, { column: code })
    const judged = 'field' in rule ? columns.get(rule.field) : undefined
    const wanted = TYPE_OF_RULE[rule.rule]
    if (judged && wanted && judged.type !== wanted) tell('law.rule-column-type', ['field'], { column: judged.name, wanted })
    const [valuesKey, listColumn, values] = listedValues(rule)
    const list = ground.law.codeLists.get(columns.get(listColumn)?.list ?? '')
    if (list === undefined || list.openEnded) return
    const known = new Set(list.values.flatMap(one => [one.code, one.text]))
    values.forEach((value, at) => {
      if (!known.has(value)) tell('law.rule-value-unknown', [valuesKey, at], { value, list: list.name })
    })
  })
}

function listedValues(rule: CrossRule): readonly [string, string, readonly string[]] {
  if ('values' in rule) return ['values', rule.list, rule.values]
  if ('is' in rule) return ['is', rule.when, rule.is]
  return ['', '', []]
}

function checkLegacy({ item, columns, report }: About): void {
  for (const [edition, headings] of Object.entries(item.value.legacy)) {
    for (const [heading, code] of Object.entries(headings)) {
      if (!columns.has(code)) report('law.legacy-column-missing', item, ['legacy', edition, heading], { heading, column: code })
    }
  }
}
