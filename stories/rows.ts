import { penalty, registration, wageListing } from '../src/invariants/sent-rows.ts'
import { csvOf, type SentRow } from '../src/invariants/testing.ts'
import type { Firm } from './cast.ts'

/* Rows as departments send them, about the firms of the cast. */

/** A penalty of the ecology bureau (source ecology-penalty): 罚款2万元, class 一般, decided on 2026-11-16. */
export function penaltyOf(firm: Firm, number: string, changes: SentRow = {}): SentRow {
  const who = { 行政相对人名称: firm.name, '行政相对人代码_1(统一社会信用代码)': firm.code, 法定代表人: firm.representative }
  return { ...penalty(0, number), ...who, 处罚决定日期: '2026/11/16', ...changes }
}

/** An entry of the list of wage arrears (source wage-arrears), decided before lists were decided on the platform. */
export function wageListingOf(firm: Firm, number: string, changes: SentRow = {}): SentRow {
  const who = { 用人单位: firm.name, 统一社会信用代码: firm.code }
  return { ...wageListing(0, number), ...who, '列入(认定)日期': '2026-03-16', ...changes }
}

/** A registration of the market bureau (source market-registration). */
export function registrationOf(firm: Firm, changes: SentRow = {}): SentRow {
  const who = { '企业（字号）名称': firm.name, '统一社会信用代码/注册号': firm.code }
  return { ...registration(0), ...who, '法定代表人/负责人/经营者': firm.representative, ...changes }
}

/** The rows as a CSV file. */
export function fileOf(...rows: readonly SentRow[]): string {
  return csvOf(rows)
}

/** The outcomes that are not zero, without their sum. */
export function outcomeOf({ received: _, ...outcomes }: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(outcomes).filter(([, count]) => count > 0))
}
