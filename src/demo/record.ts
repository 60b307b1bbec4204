import { addMonths, type Day } from '../base/day.ts'
import type { Source, Unit } from '../law/city-model.ts'
import type { ItemEdition } from '../law/law.ts'
import type { Field } from '../law/model.ts'
import { organisationCodeOf } from '../subject/uscc.ts'
import type { Chance } from './chance.ts'
import type { DemoCity } from './city.ts'
import { laterBy } from './day-table.ts'
import { STREETS, TOWNS } from './name-words.ts'
import { type Person, personName } from './people.ts'
import type { Subject } from './subjects.ts'

/** The content of a record: column code → text as the archive would write it. Amounts in yuan. */
export type Content = Record<string, string>

/** Whom and when a record is about, and everything its texts are made from. */
export type Occasion = {
  readonly city: DemoCity
  readonly source: Source
  readonly unit: Unit
  readonly item: ItemEdition
  readonly subject: Subject
  /** For items about natural persons. */
  readonly person: Person | null
  /** What the row calls them. */
  readonly name: string
  readonly decidedOn: Day
  readonly sentOn: Day
  /** Number of the record within its source. */
  readonly serial: number
  readonly chance: Chance
}

export const LONG_TERM = '2099-12-31'

/** Facts for the braces of a text. */
export function textFacts({ city, subject, decidedOn, chance, serial }: Occasion): Record<string, string> {
  return {
    city: city.name,
    address: subject.address,
    subject: subject.trade?.scope ?? '日常经营',
    seen: chineseDay(laterBy(decidedOn, -chance.between(5, 60))),
    year: String(Number(decidedOn.slice(0, 4)) - 1),
    count: String(chance.between(2, 28)),
    value: String(chance.between(2, 90) * 100),
    area: String(chance.between(12, 480) * 100),
    town: chance.pick(TOWNS),
    street: chance.pick(STREETS),
    number: `${city.short.slice(0, 1)}许${decidedOn.slice(0, 4)}${String(serial).padStart(5, '0')}`,
    person: personName(chance),
  }
}

export function chineseDay(day: Day): string {
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`
}

/** 示例：澜市监罚〔2024〕118号 */
export function documentNumber({ city, unit, decidedOn, serial }: Occasion, word: string): string {
  const short = (unit.shortName ?? unit.name).replace(/^市|[局委会]$/g, '')
  return `${city.short.slice(0, 1)}${short}${word}〔${decidedOn.slice(0, 4)}〕${serial + 1}号`
}

/** The category under which decisions name a subject that is no natural person. */
export function categoryOf(subject: Subject): string {
  return subject.kind === 'sole-trader' ? '个体工商户' : '法人及非法人组织'
}

/** Every role and field that has one right answer whatever the item: names, codes, units, days. */
export function commonContent(on: Occasion): Content {
  const { item, subject, person, name, decidedOn, unit } = on
  const { roles } = item
  const content: Content = {}
  const put = (code: string | undefined, value: string): void => {
    if (code) content[code] = value
  }
  put(roles.subjectName, name)
  put(roles.decidedOn, decidedOn)
  put(roles.authorityName, unit.name)
  put(roles.authorityCode, unit.uscc)
  put(roles.providerName, unit.name)
  put(roles.providerCode, unit.uscc)
  if (person) {
    put(roles.category, '自然人')
    put(roles.idType, '身份证')
    put(roles.idNumber, person.residentId)
    return content
  }
  put(roles.uscc, subject.uscc)
  put(roles.organisationCode, organisationCodeOf(subject.uscc))
  put(roles.taxNumber, item.fieldByCode.get(roles.taxNumber ?? '')?.required ? subject.uscc : '')
  put(roles.legalRepresentative, subject.head)
  put(roles.address, subject.address)
  put(roles.category, categoryOf(subject))
  return content
}

/** A value of a field's own type, for required fields that no text of this folder knows: a new item or source still gets rows that pass. */
export function plainValue(field: Field, on: Occasion): string {
  const { city, chance, decidedOn, serial, subject } = on
  switch (field.type) {
    case 'day':
      return field.longTerm ? LONG_TERM : decidedOn
    case 'amount':
      return String(chance.between(1, 400) * 500)
    case 'integer':
      return String(chance.between(1, 60))
    case 'decimal':
      return (60 + chance.below(4000) / 100).toFixed(2)
    case 'code-list':
    case 'multi-code-list':
      return chance.pick(city.law.codeLists.get(field.list ?? '')?.values ?? [])?.text ?? ''
    case 'uscc':
    case 'tax-number':
      return subject.uscc
    case 'organisation-code':
      return organisationCodeOf(subject.uscc)
    case 'document-number':
      return documentNumber(on, '文')
    case 'telephone':
      return inventedTelephone(chance)
    case 'address':
      return subject.address
    case 'name':
      return on.unit.name
    case 'person-name':
      return personName(chance)
    default:
      return cut(`${field.name}${serial + 1}`, field.length)
  }
}

/** Eleven digits under an area code that nobody has. */
export function inventedTelephone(chance: Chance): string {
  return `0860${chance.between(2_000_000, 8_999_999)}`
}

export function cut(text: string, length: number | undefined): string {
  return length === undefined || [...text].length <= length ? text : [...text].slice(0, length).join('')
}

/** The end of a validity of so many years; 0 years: none. */
export function endOf(from: Day, years: number): string {
  return years === 0 ? LONG_TERM : laterBy(addMonths(from, years * 12), -1)
}
