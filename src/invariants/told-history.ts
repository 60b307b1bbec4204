import fc from 'fast-check'
import { addDays, addMonths, type Day, day, earlier } from '../base/day.ts'
import { type Calendar, previousWorkingDay } from '../law/calendar.ts'
import { abnormal, firm, licence, penalty, wageListing } from './sent-rows.ts'
import type { SentRow } from './testing.ts'

/*
 * Random histories of one firm's records, and what the law says of them on any day from May 2026 on, worked out here from the dates alone:
 * the oracle for what the outlets show. It asks nothing of the product.
 */

export const ABNORMAL_REASON = '未按规定期限公示年度报告'

const kind = fc.constantFrom('penalty', 'penalty', 'wage', 'abnormal', 'licence')
export const recordSpec = fc.record({
  kind,
  /** Days from the act to the first day of the history. */
  ago: fc.oneof(fc.nat(40), fc.nat(1400)),
  gravity: fc.constantFrom('Ⅰ类', 'Ⅱ类', 'Ⅱ类', 'Ⅲ类'),
  /** Days from the act to the end its sender gave; null: none. */
  endsAfter: fc.option(fc.oneof(fc.integer({ min: 0, max: 60 }), fc.nat(1500)), { freq: 2 }),
  fate: fc.constantFrom('stands', 'stands', 'corrected', 'annulled', 'removed', 'removed-before'),
})
type Spec = typeof recordSpec extends fc.Arbitrary<infer T> ? T : never

export const historySpec = fc.record({
  begins: fc.nat(200).map(days => addDays(day('2026-05-01'), days)),
  later: fc.oneof(fc.nat(30), fc.nat(220)),
  specs: fc.array(recordSpec, { minLength: 2, maxLength: 6 }),
})

/** One record as it was told, and what is true of it. */
export type Told = {
  readonly kind: Spec['kind']
  readonly source: string
  readonly number: string
  readonly decidedOn: Day
  /** The text that only its first version holds, and the one that only its last version holds. */
  readonly firstMark: string
  lastMark: string
  readonly gravity: string
  readonly end: Day | null
  removedOn: Day | null
  annulled: boolean
  readonly rows: { readonly first: SentRow; readonly second: SentRow | null }
}

/** The rows of a firm's history: what is sent first, and what is sent about it afterwards, on the same day. */
export function tell(n: number, begins: Day, specs: readonly Spec[]): Told[] {
  const seen = new Set<string>()
  return specs.flatMap((spec, i) => {
    // One day and one reason make one entry in the register of abnormal operation.
    if (spec.kind === 'abnormal' && seen.has('abnormal')) return []
    seen.add(spec.kind)
    return [tellOne(n, i, begins, spec)]
  })
}

function tellOne(n: number, i: number, begins: Day, spec: Spec): Told {
  const ago = addDays(begins, -spec.ago)
  // What was listed later comes from a case of this platform, and not by file.
  const decidedOn = spec.kind === 'wage' ? earlier(ago, day('2026-03-31')) : ago
  const end = spec.endsAfter === null ? null : addDays(decidedOn, spec.endsAfter)
  const number = `澜史〔2026〕${n}第${i}号`
  const isListing = spec.kind === 'wage' || spec.kind === 'abnormal'
  const before = isListing && spec.fate === 'removed-before' ? begins : null
  const firstMark = `初${n}记${i}载`
  const told = { kind: spec.kind, number, decidedOn, gravity: spec.gravity, end, firstMark }
  const first = rowOf(n, told, firstMark, before)
  const made = { ...told, source: SOURCES[spec.kind], lastMark: firstMark, removedOn: before, annulled: false }
  if (spec.fate === 'annulled') return { ...made, annulled: true, rows: { first, second: { ...first, 操作类型: '撤销' } } }
  if (spec.fate !== 'corrected' && !(isListing && spec.fate === 'removed')) return { ...made, rows: { first, second: null } }
  const lastMark = `改${n}记${i}载`
  const removedOn = spec.fate === 'removed' ? begins : before
  return { ...made, lastMark, removedOn, rows: { first, second: rowOf(n, told, lastMark, removedOn) } }
}

const SOURCES = {
  penalty: 'ecology-penalty',
  wage: 'wage-arrears',
  abnormal: 'market-abnormal',
  licence: 'health-licence',
} as const

type Facts = Pick<Told, 'kind' | 'number' | 'decidedOn' | 'gravity' | 'end'>

function rowOf(n: number, { kind: of, number, decidedOn, gravity, end }: Facts, mark: string, removedOn: Day | null): SentRow {
  const ends = end ?? ''
  const removed = removedOn ?? ''
  switch (of) {
    case 'penalty':
      return penalty(n, number, { 违法事实: mark, 处罚决定日期: decidedOn, 公示截止期: ends, 失信信息类别: gravity })
    case 'wage':
      return wageListing(n, number, { 主要失信事实: mark, '列入(认定)日期': decidedOn, 公示截止期: ends, 移出日期: removed })
    case 'abnormal':
      return abnormal(n, { 列入决定书文号: mark, 列入日期: decidedOn, 公示截止期: ends, 移出日期: removed })
    case 'licence':
      return licence(n, number, {
        许可项目: mark,
        批准日期: decidedOn,
        有效期自: decidedOn,
        有效期至: validUntil({ decidedOn, end }),
      })
  }
}

function validUntil({ decidedOn, end }: Pick<Told, 'decidedOn' | 'end'>): Day {
  return end ?? addDays(decidedOn, 2000)
}

export function firmOf(n: number): ReturnType<typeof firm> {
  return firm(n)
}

/** The last day on which the public sees it; null: it never does. Regimes in force from April 2026 on. */
export function lastPublicDay(told: Told): Day | null {
  if (told.annulled) return null
  const ends: Day[] = []
  if (told.kind === 'penalty') {
    if (told.gravity === 'Ⅰ类') return null
    ends.push(addMonths(told.decidedOn, told.gravity === 'Ⅱ类' ? 12 : 36))
  }
  if (told.kind === 'wage') ends.push(addMonths(told.decidedOn, 36))
  if (told.kind === 'licence') ends.push(validUntil(told))
  else if (told.end) ends.push(told.end)
  if (told.removedOn) ends.push(addDays(told.removedOn, -1))
  return ends.reduce(earlier, day('2099-12-31'))
}

export function isPublic(told: Told, on: Day): boolean {
  const last = lastPublicDay(told)
  return last !== null && told.decidedOn <= on && on <= last
}

/** A list or a status that an officer must be told of: whatever its publication, until its term or its removal. */
export function isInEffect(told: Told, on: Day): boolean {
  if (told.annulled || (told.kind !== 'wage' && told.kind !== 'abnormal')) return false
  return told.decidedOn <= on && on <= effectEnd(told)
}

function effectEnd(told: Told): Day {
  const term = told.kind === 'wage' ? addMonths(told.decidedOn, 36) : day('2099-12-31')
  return told.removedOn ? earlier(term, addDays(told.removedOn, -1)) : term
}

/** What the three years' special report of a day shows: violations of its window, of whatever class. */
export function isInSpecialReport(told: Told, calendar: Calendar, on: Day): boolean {
  const to = previousWorkingDay(calendar, on)
  if (typeof to !== 'string' || told.annulled || (told.kind !== 'penalty' && told.kind !== 'wage')) return false
  const from = addDays(addMonths(to, -36), 1)
  if (told.removedOn && told.removedOn <= to) return false
  const listedStill = told.kind === 'wage' && told.decidedOn < from && effectEnd(told) >= from
  return listedStill || (from <= told.decidedOn && told.decidedOn <= to)
}
