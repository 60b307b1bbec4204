import { isVerifyCode, verifyCodeGroups } from '../../src/reports/verify-code.ts'
import { type Html, html } from '../portal/html.ts'

/** A verification code in groups of four by gaps of style, so that a copy is clean. */
export function groupedCode(code: string): Html {
  const groups = isVerifyCode(code) ? verifyCodeGroups(code) : [code]
  return html`<span class="code">${groups.map(group => html`<span>${group}</span>`)}</span>`
}
