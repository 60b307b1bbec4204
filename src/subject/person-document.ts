import { granted, refused, type Verdict } from '../base/refusal.ts'
import { isScientific, type Tidied, tidyCode, type Warning } from './code-text.ts'
import { parseResidentId, type ResidentIdOptions } from './resident-id.ts'

/** 证件类型 of the 双公示 data standard, in its order. */
export const PERSON_DOCUMENTS = {
  'resident-id': { code: '1', name: '身份证' },
  passport: { code: '2', name: '护照号' },
  'hong-kong-macao-permit': { code: '3', name: '港澳居民来往内地通行证' },
  'taiwan-permit': { code: '4', name: '台湾居民来往大陆通行证' },
  'foreign-permanent-residence': { code: '5', name: '外国人永久居留身份证' },
} as const

export type PersonDocumentKind = keyof typeof PERSON_DOCUMENTS

/** A person's document number in its tidy form. Never shown. */
export type PersonDocumentNumber = string & { readonly __personDocumentNumber: never }

const SHAPES: Readonly<Record<Exclude<PersonDocumentKind, 'resident-id'>, RegExp>> = {
  // Passports of all states: five to twenty letters and digits, with at least three digits.
  passport: /^(?=(?:[A-Z]*\d){3})[A-Z0-9]{5,20}$/,
  // H or M and eight digits; older cards add two digits for the renewals.
  'hong-kong-macao-permit': /^[HM]\d{8}(?:\d{2})?$/,
  // Eight digits; older booklets have ten digits, some with a letter in brackets.
  'taiwan-permit': /^(?:\d{8}|\d{10}(?:\(?[A-Z]\)?)?)$/,
  // Three letters of the nationality and twelve digits; since 2023 eighteen digits that open with 9.
  'foreign-permanent-residence': /^(?:[A-Z]{3}\d{12}|9\d{16}[\dX])$/,
}

/** The kind a cell names by code, name or a common short form; null when it is none of the five. */
export function personDocumentKind(text: string): PersonDocumentKind | null {
  const wanted = text.replace(/\s/g, '')
  for (const [kind, { code, name }] of Object.entries(PERSON_DOCUMENTS) as [
    PersonDocumentKind,
    { code: string; name: string },
  ][]) {
    if (wanted === code || wanted === name) return kind
  }
  return SHORT_NAMES[wanted] ?? null
}

const SHORT_NAMES: Readonly<Record<string, PersonDocumentKind>> = {
  居民身份证: 'resident-id',
  身份证号: 'resident-id',
  港澳台居民居住证: 'resident-id',
  护照: 'passport',
  普通护照: 'passport',
  港澳通行证: 'hong-kong-macao-permit',
  回乡证: 'hong-kong-macao-permit',
  港澳居民通行证: 'hong-kong-macao-permit',
  台胞证: 'taiwan-permit',
  台湾居民通行证: 'taiwan-permit',
  外国人永久居留证: 'foreign-permanent-residence',
}

export type PersonDocumentRead = {
  readonly kind: PersonDocumentKind
  readonly number: PersonDocumentNumber
  readonly warnings: readonly Warning[]
  readonly tidied: readonly Tidied[]
}

/**
 * Reads a document number of a stated kind. Resident ids are checked in full; the others by their form, with refusal
 * `person-document.format` (fact `document`: its Chinese name) or `person-document.placeholder`. No digit stands in a fact.
 */
export function parsePersonDocument(
  kind: PersonDocumentKind,
  text: string,
  options: ResidentIdOptions,
): Verdict<PersonDocumentRead> {
  if (kind === 'resident-id') {
    const read = parseResidentId(text, options)
    if (!read.ok) return read
    const { id, warnings, tidied } = read.value
    return granted({ kind, number: id as string as PersonDocumentNumber, warnings, tidied })
  }
  if (isScientific(text)) return refused('person-document.format', null, { document: PERSON_DOCUMENTS[kind].name })
  const { value, tidied } = tidyCode(text, { o: true, i: true })
  if (value === '' || /^0+X?$/.test(value))
    return refused('person-document.placeholder', null, { document: PERSON_DOCUMENTS[kind].name })
  const number = value.replace(/[()]/g, '')
  if (!SHAPES[kind].test(number)) return refused('person-document.format', null, { document: PERSON_DOCUMENTS[kind].name })
  return granted({ kind, number: number as PersonDocumentNumber, warnings: [], tidied })
}
