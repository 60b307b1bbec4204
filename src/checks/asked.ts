import { granted, refused, type Verdict } from '../base/refusal.ts'
import { tidyCode } from '../subject/code-text.ts'
import type { InventedPrefixes } from '../subject/division.ts'
import { nameKey } from '../subject/name.ts'
import { parseOrganisationCode } from '../subject/organisation-code.ts'
import { hasRegistrationCheck, parseRegistrationNumber } from '../subject/registration-number.ts'
import { isResidentId } from '../subject/resident-id.ts'
import { parseUscc } from '../subject/uscc.ts'

/** What is asked for: a code of one of three kinds, or a full name, folded. */
export type Asked =
  | { readonly by: 'uscc' | 'organisation-code' | 'registration-number'; readonly value: string }
  | { readonly by: 'name'; readonly value: string }

const HAN = /\p{Script=Han}/u
const CODE_LIKE = /^[0-9A-Z]{6,20}$/
const CO_OPERATIVE = /^\d{6}NA\d{6}[0-9X]$/

/**
 * Reads what an officer typed, pasted or scanned. A text with a Chinese character is a name; letters and digits are a code, made tidy
 * first (blanks, hyphens, full-width and lower-case forms are forgiven), which must be right to its last character: a check never guesses.
 *
 * Refuses `check.subject-missing`, `check.code-invalid`, and `check.person-number`: a person is not looked up here, and the number is
 * not kept.
 */
export function readAsked(text: string, invented: InventedPrefixes = []): Verdict<Asked> {
  if (HAN.test(text)) return byName(text)
  const { value } = tidyCode(text)
  if (value.length === 18 && CODE_LIKE.test(value)) return byUscc(text, invented)
  if (isResidentId(value) && !hasRegistrationCheck(value)) return refused('check.person-number', 'pipl#28')
  if (/^\d{15}$/.test(value) || CO_OPERATIVE.test(tidyCode(text, { o: true, i: true }).value)) return byRegistrationNumber(text)
  const organisation = parseOrganisationCode(text)
  if (organisation.ok) return granted({ by: 'organisation-code', value: organisation.value.value })
  // Nine characters that are no organisation code, seventeen of a code, a number with a digit too many.
  if (CODE_LIKE.test(value) && (value.match(/\d/g)?.length ?? 0) * 2 >= value.length) return refused('check.code-invalid')
  return byName(text)
}

function byName(text: string): Verdict<Asked> {
  const key = nameKey(text)
  return key === '' ? refused('check.subject-missing') : granted({ by: 'name', value: key })
}

function byUscc(text: string, inventedPrefixes: InventedPrefixes): Verdict<Asked> {
  const read = parseUscc(text, { inventedPrefixes })
  if (read.ok) return granted({ by: 'uscc', value: read.value.uscc })
  return refused(read.code === 'uscc.person-id-in-column' ? 'check.person-number' : 'check.code-invalid')
}

function byRegistrationNumber(text: string): Verdict<Asked> {
  const read = parseRegistrationNumber(text)
  return read.ok ? granted({ by: 'registration-number', value: read.value.number }) : refused('check.code-invalid')
}
