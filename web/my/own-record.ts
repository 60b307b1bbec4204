import type { CaseView } from '../../src/cases/shapes.ts'
import { type Html, html } from '../portal/html.ts'
import type { Site } from './page.ts'

/** A record as people know it, on top of whatever is about it: what, which document, whose decision, of which day. Its number here is nobody's to know. */
export function recordLine({ say }: Site, record: NonNullable<CaseView['record']>): Html {
  const { itemName, documentNo, authorityName, decidedOn } = record
  return html`<section class="about-record" aria-label="${say('my.about-record')}"><p class="what">${itemName}${documentNo === '' ? '' : html` <span class="code">${documentNo}</span>`}</p><p class="hint">${authorityName} <span class="day">${decidedOn}</span></p></section>`
}
