import type { App } from '../app.ts'
import type { Filled } from './model.ts'

/** What a text of a case is bound to. */
export const aadOf = (caseId: number, entryNo: number): string => `case_text:${caseId}:${entryNo}`

/** What was filled in with one act. */
export function openFilled(app: Pick<App, 'keys'>, caseId: number, entryNo: number, sealed: Buffer): Filled {
  return JSON.parse(app.keys.open(sealed, aadOf(caseId, entryNo)).toString()) as Filled
}
