import type { z } from 'zod'
import type { IssuedView } from '../../src/reports/contract.ts'
import { type Html, html } from '../portal/html.ts'
import { VERIFY_SHAPES, type VerifyState } from '../portal/kit/verify-block.ts'
import type { Site } from './page.ts'

export type Issued = z.infer<typeof IssuedView>

const MARKS: Readonly<Record<string, string>> = { valid: 'mark-performed' }

/** What has become of a report: shape for eyes, the word of verification for everybody. */
export function reportState({ say }: Site, state: string): Html {
  return html`<span class="${`mark ${MARKS[state] ?? 'mark-ended'}`}"><span class="shape" aria-hidden="true">${VERIFY_SHAPES[stateOf(state)]}</span>${say(`portal.verify-${state}`)}</span>`
}

export function stateOf(state: string): VerifyState {
  return state === 'valid' || state === 'expired' || state === 'superseded' || state === 'withdrawn' ? state : 'unknown'
}

/** Why a report is what it is, for the one to whom it was issued. */
export function whyOf({ say, app }: Site, report: Issued): string {
  const day = report.endedAt?.slice(0, 10)
  if (report.state === 'withdrawn') return say('my.withdrawn', { day, reason: report.endReason })
  if (report.state === 'superseded') {
    const known = `my.ended-${report.endReason}`
    return say(app.words.has(known) ? known : 'my.ended-otherwise', { day })
  }
  return say(`my.${report.state}-${report.kind}`, { until: report.validUntil })
}

/** Whether its file is still handed out: what was taken back never is; a special report past its month still says what it said. */
export function isServed(report: Issued): boolean {
  return report.state === 'valid' || (report.state === 'expired' && report.kind === 'special')
}
