import type { Reason } from '../../../src/disclosure/model.ts'
import { cite } from '../../../src/law/citation.ts'
import type { Law } from '../../../src/law/law.ts'
import { type Html, html } from '../html.ts'
import { linkBasis } from '../law-links.ts'
import type { Portal, Say } from '../page.ts'
import type { PublicRow } from '../records.ts'
import { recordMarks } from './marks.ts'
import { dated, kindText, printedFields } from './printed.ts'

export type RecordCard = (row: PublicRow) => Html

/** Opens the card of a record as a page about its subject draws it: marks, number, body, day, kind, period, source; all fields folded. */
export function openRecordCard(portal: Portal, level: 'h2' | 'h3' = 'h3'): RecordCard {
  const { law, say } = portal
  const label = {
    number: say('portal.document-no'),
    body: say('portal.authority'),
    day: say('portal.decided-on'),
    kind: say('portal.kind'),
    period: say('portal.period'),
  }
  return row => {
    const title = html`<a href="${recordAddress(row)}">${row.title}</a>`
    return html`<article class="record"><p class="marks">${recordMarks(law, say, row)}</p>${
      level === 'h2' ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`
    }<dl class="facts">${fact(label.number, row.documentNo)}${fact(label.body, row.authorityName)}${fact(label.day, row.decidedOn)}${
      row.sortKind ? fact(label.kind, kindText(row)) : ''
    }${fact(label.period, dated(periodText(say, row)))}</dl><details><summary>${say('portal.all-fields', {
      count: row.body.fields.length,
    })}</summary>${fieldList(law, row)}${reasonList(law, say, row.body.because)}</details>${provenance(say, row)}</article>`
  }
}

export function recordAddress(row: Pick<PublicRow, 'subjectId' | 'recordId'>): string {
  return `/subjects/${row.subjectId}/records/${row.recordId}`
}

function fact(name: string, value: Html | string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`
}

/** 2026-03-05至2027-03-05, or its beginning where it has no end yet. */
export function periodText(say: Say, row: PublicRow): string {
  return row.shownUntil
    ? say('portal.period-until', { from: row.shownFrom, until: row.shownUntil })
    : say('portal.period-open', { from: row.shownFrom })
}

/** The public fields of a record, in the order of its catalogue item. */
export function fieldList(law: Law, row: PublicRow): Html {
  return html`<dl class="fields">${printedFields(law, row).map(
    field => html`<div><dt>${field.name}</dt><dd>${field.value}</dd></div>`,
  )}</dl>`
}

/** One quiet line: who reported it, when, and whether in time. */
export function provenance(say: Say, row: PublicRow): Html {
  const late = row.lateDays ? say('portal.reported-late', { days: row.lateDays }) : ''
  return html`<p class="provenance">${dated(say('portal.provenance', { unit: row.authorityName, day: row.body.receivedOn }))}${late}</p>`
}

/** The sentence of a reason with its facts; a regime is named, an article cited. */
export function reasonText(law: Law, say: Say, reason: Reason): string {
  return say(reason.code, { ...reason.facts, article: reason.basis ? cite(law, reason.basis) : say('portal.no-article') })
}

const HERE = '\u0001'

/** 为什么在这里: every reason of disclosure in words; the article it cites is a link. */
export function reasonList(law: Law, say: Say, because: readonly Reason[]): Html {
  return html`<div class="why"><p class="why-head">${say('portal.why')}</p><ul>${because.map(
    reason => html`<li>${reasonSentence(law, say, reason)}</li>`,
  )}</ul></div>`
}

function reasonSentence(law: Law, say: Say, reason: Reason): Html {
  if (!reason.basis) return dated(reasonText(law, say, reason))
  const [before = '', after] = say(reason.code, { ...reason.facts, article: HERE }).split(HERE)
  return html`${dated(before)}${linkBasis(law, reason.basis)}${after}`
}

/** The record for a program. */
export function recordData(law: Law, say: Say, row: PublicRow): Record<string, unknown> {
  return {
    recordId: row.recordId,
    subjectId: row.subjectId,
    subjectName: row.subjectName,
    uscc: row.uscc,
    item: row.item,
    section: row.section,
    list: row.list,
    title: row.title,
    documentNo: row.documentNo,
    authority: row.authority,
    authorityName: row.authorityName,
    kind: row.sortKind === null ? null : kindText(row),
    decidedOn: row.decidedOn,
    receivedOn: row.body.receivedOn,
    lateDays: row.lateDays,
    shownFrom: row.shownFrom,
    shownUntil: row.shownUntil,
    marks: row.body.marks,
    fields: printedFields(law, row),
    because: row.body.because.map(reason => ({
      code: reason.code,
      basis: reason.basis,
      sentence: reasonText(law, say, reason),
    })),
  }
}
