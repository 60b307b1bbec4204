import { INVENTED_PREFIX } from './division.ts'
import { isResidentId } from './resident-id.ts'
import { hasUsccCheck, parseUscc } from './uscc.ts'

/** What stands for anything hidden: always as long, so that its length tells nothing. */
export const HIDDEN = '***'

export type PersonalNumberKind = 'resident-id' | 'mobile' | 'landline' | 'bank-account' | 'passport' | 'permit' | 'e-mail'

/** A number that belongs to a person, with its place (from, to exclusive) in UTF-16 units of the text as given. */
export type PersonalNumber = { readonly kind: PersonalNumberKind; readonly from: number; readonly to: number }

/** Full-width signs to half-width, unit by unit, so that places in the folded text are places in the text. */
export function foldWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E\u3000]/g, one => (one === '\u3000' ? ' ' : String.fromCharCode(one.charCodeAt(0) - 0xfee0)))
}

const WORTH_A_LOOK = /[0-9０-９]{5}|@|＠|\d[\s-]\d{3}/
/** Digits and letters with single spaces or hyphens between groups: ID numbers and cards are often written in groups. */
const RUN = /[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*/g
const MAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g
const LANDLINE = /(?<![\d.〔-])(?:\(0\d{2,3}\)|0\d{2,3}[ -]?)[2-9]\d{6,7}(?:-\d{1,5})?(?![\d.])/g
const LABELLED_PHONE = /(?:电话|座机|传真|联系方式|手机|手机号码?|联系电话)(?:号码)?[:：为是 ]{0,2}([2-9]\d{6,7}|1\d{10})(?!\d)/g
const LABELLED_ACCOUNT =
  /(?:银行账户|银行帐户|账号|帐号|卡号|银行卡|账户|帐户|存折)(?:号码?)?[:：为是 ]{0,2}(\d(?:[ -]?\d){7,29})(?!\d)/g
const LABELLED_PASSPORT = /护照(?:号码?)?[:：为是 ]{0,2}([A-Za-z]{1,2}\d{7,8})(?![0-9A-Za-z])/g
const LABELLED_PERMIT =
  /(?:通行证|回乡证|台胞证|居留(?:身份)?证)(?:号码?)?[:：为是 ]{0,2}([A-Za-z]{0,3}\d{8,17}[\dX]?)(?![0-9A-Za-z])/g
export const LABELLED_ID = /(?:身份证|身份证件|公民身份)(?:号码?)?[:：为是 ]{0,2}(\d{14,17}[\dXx]?)(?![0-9A-Za-z])/g
/** Words near fifteen digits that make an ID number of them; alone they are more often an old registration number. */
export const CALLED_ID = /身份证|公民身份|身份号码|证件号/

const LABELLED: readonly (readonly [PersonalNumberKind, RegExp])[] = [
  ['resident-id', LABELLED_ID],
  ['bank-account', LABELLED_ACCOUNT],
  ['passport', LABELLED_PASSPORT],
  ['permit', LABELLED_PERMIT],
  ['mobile', LABELLED_PHONE],
]

/** True when the last digit of a card number is right (Luhn). */
export function hasLuhnCheck(digits: string): boolean {
  let sum = 0
  for (let at = digits.length - 1, twice = false; at >= 0; at--, twice = !twice) {
    const digit = digits.charCodeAt(at) - 48
    sum += twice ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return sum % 10 === 0
}

const MOBILE = /^1[3-9]\d{9}$/
/** First digits that card issuers use; file numbers that begin with a year (20…) or 1 are left alone. */
const CARD = /^(?:62|4|5[1-5]|3[567]|60|9[45])\d+$/

/** True for a unified code that is right in all its parts. One ID number in thirty-one has the check digit of a code alone. */
export function isOrganisationCode(code: string): boolean {
  return parseUscc(code, { inventedPrefixes: [INVENTED_PREFIX] }).ok
}

/** A sum or a share is no telephone number and no card, however many digits it has. */
const COUNTED = /^\.\d|^\s*(?:[万亿]?元|美元|%)/
const SUM_BEFORE = /[¥￥$]$|\d[.,]$/
/** Numbers of papers are often made like ID numbers: division, day, sequence. */
export const PAPER_BEFORE = /(?:文书号|文号|决定书|许可证号?|案号|受理号|流水号|办件编号|许可编号)[:：为是第]{0,2}\s*$/
export const REGISTRATION_BEFORE = /(?:注册号码?|登记号码?|执照号码?|执照注册号)[:：为是]{0,2}$/

function kindOfRun(code: string, before: string, behind: string): PersonalNumberKind | null {
  if (code.length === 18 && isResidentId(code)) {
    return isOrganisationCode(code) || PAPER_BEFORE.test(before) ? null : 'resident-id'
  }
  if (code.length === 15 && isResidentId(code)) return REGISTRATION_BEFORE.test(before) ? null : 'resident-id'
  if ((code.length === 18 && hasUsccCheck(code)) || COUNTED.test(behind) || SUM_BEFORE.test(before)) return null
  const number = code.replace(/^(?:00)?86(?=1)/, '')
  if (MOBILE.test(number)) return 'mobile'
  return code.length >= 16 && code.length <= 19 && CARD.test(code) && hasLuhnCheck(code) ? 'bank-account' : null
}

const GROUPS = /[^ -]+/g

/** Personal numbers among runs of digits and letters; groups are tried together first, longest first, then alone. */
function* findInRuns(text: string): Generator<PersonalNumber> {
  for (const run of text.matchAll(RUN)) {
    if (run[0].length < 11) continue
    const groups = [...run[0].matchAll(GROUPS)].map(one => ({ from: one.index, to: one.index + one[0].length }))
    for (let first = 0; first < groups.length; first++) {
      for (let last = Math.min(groups.length - 1, first + 5); last >= first; last--) {
        const [from, to] = [groups[first]?.from ?? 0, groups[last]?.to ?? 0]
        const code = run[0].slice(from, to).replace(/[ -]/g, '').toUpperCase()
        const [start, end] = [run.index + from, run.index + to]
        const kind = kindOfRun(code, text.slice(Math.max(0, start - 8), start), text.slice(end, end + 6))
        if (kind === null) continue
        yield { kind, from: start, to: end }
        first = last
        break
      }
    }
  }
}

/** Letters or a telephone number stuck to an ID number: `ID8601…`, an ID number with a mobile number behind it. */
const STUCK = /(?<=[A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])|(?<![0-9A-Za-z])\d{17}[\dXx](?=[A-WYZa-wyz]|1[3-9]\d{9}(?!\d))/g

function* findStuck(text: string): Generator<PersonalNumber> {
  for (const found of text.matchAll(STUCK)) {
    const mobile = /^1\d{10}(?!\d)/.exec(text.slice(found.index + 18))
    const to = found.index + 18 + (mobile ? 11 : 0)
    if (isResidentId(found[0].toUpperCase())) yield { kind: 'resident-id', from: found.index, to }
  }
}

function* findAll(text: string): Generator<PersonalNumber> {
  // Without the sign the search for the part before it would cost the square of the length.
  const mails = text.includes('@') ? text.matchAll(MAIL) : []
  for (const found of mails) yield { kind: 'e-mail', from: found.index, to: found.index + found[0].length }
  for (const [kind, shape] of LABELLED) {
    for (const found of text.matchAll(shape)) {
      const number = found[1] ?? ''
      const to = found.index + found[0].length
      // A label 账号 before a unified code (开户单位账号…) does not make the code personal.
      if (!hasUsccCheck(number)) yield { kind, from: to - number.length, to }
    }
  }
  yield* findInRuns(text)
  yield* findStuck(text)
  for (const found of text.matchAll(LANDLINE)) {
    yield { kind: 'landline', from: found.index, to: found.index + found[0].length }
  }
}

/**
 * Finds numbers in free text that belong to a person: ID numbers with a right check character (invented ones too), mobile
 * and landline numbers, bank cards (Luhn, 16–19 digits, or any number labelled as an account), passports and permits
 * that are labelled as such, e-mail addresses. In order of place, none overlapping. Unified social credit codes,
 * registration numbers, document numbers and sums are not personal and are not found.
 */
export function findPersonalNumbers(text: string): PersonalNumber[] {
  if (!WORTH_A_LOOK.test(text)) return []
  const found = [...findAll(foldWidth(text))].sort((a, b) => a.from - b.from || b.to - a.to)
  const kept: PersonalNumber[] = []
  for (const one of found) {
    const last = kept.at(-1)
    if (last === undefined || one.from >= last.to) kept.push(one)
    else if (one.to > last.to) kept[kept.length - 1] = { ...last, to: one.to }
  }
  return kept
}
