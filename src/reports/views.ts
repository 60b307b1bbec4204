import type { z } from 'zod'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { ReportView, VerifyView } from './contract.ts'
import { cityInstant } from './issue.ts'
import type { FoundReport, VerifiedRow } from './store.ts'
import { findVerified } from './store.ts'
import { parseVerifyCode } from './verify-code.ts'

type View = z.infer<typeof ReportView>

export type ReportState = 'valid' | 'expired' | 'superseded' | 'withdrawn'

/** What a report is on a day. A public report is over when the first of its records has to disappear. */
export function reportState(
  report: { state: 'issued' | 'superseded' | 'withdrawn'; validUntil: Day | null },
  today: Day,
): ReportState {
  if (report.state !== 'issued') return report.state
  return report.validUntil !== null && report.validUntil < today ? 'expired' : 'valid'
}

type Viewed = Omit<FoundReport, 'state' | 'layout' | 'issuedTo' | 'pdfHash' | 'modelHash' | 'logSize'> & {
  readonly subjectName: string
}

/** A registered report as the doors answer it. */
export function reportView(app: App, report: Viewed): View {
  return {
    code: report.code,
    number: report.number,
    kind: report.kind,
    subjectId: report.subjectId,
    subjectName: report.subjectName,
    issuedAt: cityInstant(report.issuedAt, app.city.zone),
    validUntil: statedEnd(report.kind, report.validUntil),
    window: report.windowFrom && report.windowTo ? { from: report.windowFrom, to: report.windowTo } : null,
    pages: report.pages,
    digest: report.digest.toString('hex'),
    verifyUrl: `${app.publicUrl}/verify/${report.code}`,
    reportUrl: `${app.publicUrl}/api/v1/reports/${report.code}`,
  }
}

/** Only a special report states how long it may be relied on; the end of a public one's records is no promise of that kind. */
function statedEnd(kind: string, validUntil: Day | null): Day | null {
  return kind === 'special' ? validUntil : null
}

/** What verification answers to a code as typed, pasted or scanned; never what the report says. */
export async function verifyView(app: App, text: string): Promise<VerifyView> {
  const parsed = parseVerifyCode(text)
  if (!parsed.ok) return unknown(text, app.words.say(parsed.code, parsed.facts))
  const row = await findVerified(app.db, parsed.value)
  if (!row) return unknown(parsed.value, app.words.say('verify.unknown'))
  return verified(app, row)
}

function verified(app: App, row: VerifiedRow): VerifyView {
  const state = reportState({ state: row.state, validUntil: row.valid_until }, legalDay(app.now(), app.city.zone))
  const changedSince = state === 'valid' && row.changed_at !== null
  return {
    code: row.code,
    state,
    changedSince,
    sentence: app.words.say(changedSince ? 'verify.changed' : `verify.${state}`),
    kind: row.kind,
    number: row.number,
    subjectName: row.subject_name,
    uscc: row.uscc,
    issuedAt: cityInstant(row.issued_at, app.city.zone),
    validUntil: statedEnd(row.kind, row.valid_until),
    pages: row.pages,
    digest: row.digest,
  }
}

function unknown(code: string, sentence: string): VerifyView {
  const nothing = {
    changedSince: false,
    kind: null,
    number: null,
    subjectName: null,
    uscc: null,
    issuedAt: null,
    validUntil: null,
    pages: null,
    digest: null,
  }
  return { code: code.slice(0, 60), state: 'unknown', sentence, ...nothing }
}
