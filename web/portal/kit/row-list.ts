import { type Html, html } from '../html.ts'
import type { Say } from '../page.ts'
import type { PublicRow } from '../records.ts'
import { recordAddress } from './record-card.ts'

/** 按期, 迟报n个工作日, or nothing where the calendar or the clock does not say. */
export function timeliness(say: Say, lateDays: number | null): Html {
  if (lateDays === null) return html`<span class="quiet">${say('portal.timeliness-unknown')}</span>`
  return lateDays === 0
    ? html`<span class="on-time">${say('portal.on-time')}</span>`
    : html`<span class="late">${say('portal.late', { days: lateDays })}</span>`
}

/** The document number as the link to its record; a row without one is called by its title. */
export function recordLink(row: PublicRow): Html {
  return html`<a href="${recordAddress(row)}">${row.documentNo || row.title}</a>`
}

export function subjectLink(row: PublicRow): Html {
  return html`<a href="${`/subjects/${row.subjectId}`}">${row.subjectName}</a>`
}
