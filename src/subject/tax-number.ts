import { granted, refused, type Verdict } from '../base/refusal.ts'
import { type Cleaned, tidyCode } from './code-text.ts'
import { INVENTED_PREFIX } from './division.ts'
import { hasOrganisationCheck, type OrganisationCode } from './organisation-code.ts'
import { isResidentId } from './resident-id.ts'
import { hasUsccCheck, parseUscc, type Uscc } from './uscc.ts'

/** 纳税人识别号 in its tidy form: fifteen, seventeen, eighteen or twenty letters and digits. */
export type TaxNumber = string & { readonly __taxNumber: never }

const SHAPE = /^(?:[A-Z0-9]{15}|[A-Z0-9]{17}|[A-Z0-9]{18}|[A-Z0-9]{20})$/

/**
 * Reads a tax number. Refuses `tax-number.format`, `tax-number.placeholder`, and `tax-number.person-id` for the numbers
 * of sole traders and persons that are an ID number with or without two more digits: they are personal data and may
 * not stand in a column for organisations.
 */
export function parseTaxNumber(text: string): Verdict<Cleaned<TaxNumber>> {
  const { value, tidied } = tidyCode(text, { o: true, i: true })
  if (value === '' || /^0+X?$/.test(value)) return refused('tax-number.placeholder')
  if (!SHAPE.test(value)) return refused('tax-number.format', null, { length: value.length })
  if (carriesPersonId(value)) return refused('tax-number.person-id', null, { personal: true })
  return granted({ value: value as TaxNumber, tidied })
}

function carriesPersonId(value: string): boolean {
  // One ID number in thirty-one has the check digit of a code too: the code must be right in all its parts.
  if (value.length === 18 && parseUscc(value, { inventedPrefixes: [INVENTED_PREFIX] }).ok) return false
  if (value.length === 15) return !hasOrganisationCheck(value, 6) && isResidentId(value)
  return isResidentId(value) || isResidentId(value.slice(0, value.length - 2))
}

/** What links an old number to a unified code. Hints only: the division of the two may differ. */
export type LinkingHint =
  | { readonly kind: 'organisation-code'; readonly value: OrganisationCode }
  | { readonly kind: 'tax-number'; readonly value: TaxNumber }
  | { readonly kind: 'uscc'; readonly value: Uscc }

/** The old numbers a holder of the code most likely had: its organisation code, and division plus organisation code as tax number. */
export function hintsOfUscc(uscc: Uscc): LinkingHint[] {
  const organisation = uscc.slice(8, 17)
  return [
    { kind: 'organisation-code', value: organisation as OrganisationCode },
    { kind: 'tax-number', value: (uscc.slice(2, 8) + organisation) as TaxNumber },
  ]
}

/** What a tax number tells of its holder: the code itself, or the organisation code in a fifteen-character number. */
export function hintsOfTaxNumber(number: TaxNumber): LinkingHint[] {
  if (number.length === 18 && hasUsccCheck(number)) return [{ kind: 'uscc', value: number as string as Uscc }]
  if (number.length !== 15 || !/^\d{6}[0-9A-Z]{8}[0-9X]$/.test(number) || !hasOrganisationCheck(number, 6)) return []
  return [{ kind: 'organisation-code', value: number.slice(6) as OrganisationCode }]
}
