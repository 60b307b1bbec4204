import type { Reason } from '../../../src/disclosure/model.ts'
import { cite } from '../../../src/law/citation.ts'
import type { Law } from '../../../src/law/law.ts'
import { escapeText, Html, join } from '../html.ts'
import { linkBasis } from '../law-links.ts'
import type { Portal, Say } from '../page.ts'
import type { PublicRow } from '../records.ts'
import { recordMarks } from './marks.ts'
import { kindText, openFieldsBeside, type PrintedField, printedFields } from './printed.ts'

type Texts = Pick<Portal, 'law' | 'say' | 'sayHtml'>
export type RecordCard = (row: PublicRow) => Html

/**
 * Opens the card of a record as a page about its subject draws it: marks, number, body, day, kind, period, source; the rest folded. It is
 * drawn hundreds of times a second, so its markup is glued from pieces that were escaped when the portal opened.
 */
export function openRecordCard(portal: Texts, level: 'h2' | 'h3' = 'h3'): RecordCard {
  const { law, say } = portal
  const before = (code: string): string => `<div><dt>${escapeText(say(code))}</dt><dd>`
  const decided = [before('portal.document-no'), before('portal.authority'), before('portal.decided-on')] as const
  // What its subject declared nobody decided.
  const declared = [before('portal.declared-no'), before('portal.verified-by'), before('portal.declared-on')] as const
  const [kind, period] = [before('portal.kind'), before('portal.period')]
  const fold = `</dl><details><summary>${escapeText(say('portal.all-fields'))}</summary>`
  const end = '</dd></div>'
  const fieldsBeside = openFieldsBeside(law)
  return row => {
    const title = `<${level}><a href="${recordAddress(row)}">${escapeText(row.title)}</a></${level}>`
    const [number, body, day] = isDeclared(law, row) ? declared : decided
    const kinds = row.sortKind ? kind + escapeText(kindText(row)) + end : ''
    return new Html(
      `<article class="record"><p class="marks">${join(recordMarks(law, say, row)).text}</p>${title}<dl class="facts">${number}${escapeText(row.documentNo)}${end}${body}${escapeText(row.authorityName)}${end}${day}${row.decidedOn}${end}${kinds}${period}${periodText(portal, row).text}${end}${fold}${fieldList(fieldsBeside(row)).text}${reasonList(portal, row.body.because).text}</details>${commentOf(portal, row).text}${provenance(portal, row).text}</article>`,
    )
  }
}

/** Whether its subject said it itself. */
const isDeclared = (law: Law, row: Pick<PublicRow, 'item'>): boolean => law.items.get(row.item)?.at(-1)?.nature === 'declaration'

export function recordAddress(row: Pick<PublicRow, 'subjectId' | 'recordId'>): string {
  return `/subjects/${row.subjectId}/records/${row.recordId}`
}

/** 2026-03-05至2027-03-05, or its beginning where it has no end yet. */
export function periodText(portal: Texts, row: PublicRow): Html {
  const { shownFrom: from, shownUntil: until } = row
  return until ? portal.sayHtml('portal.period-until', { from, until }) : portal.sayHtml('portal.period-open', { from })
}

/** Fields with their names. */
export function fieldList(fields: readonly PrintedField[]): Html {
  let text = '<dl class="fields">'
  for (const { name, value } of fields) text += `<dt>${escapeText(name)}</dt><dd>${escapeText(value)}</dd>`
  return new Html(`${text}</dl>`)
}

/** One quiet line: who reported it, when, and whether in time. */
export function provenance(portal: Texts, row: PublicRow): Html {
  const line = portal.sayHtml(isDeclared(portal.law, row) ? 'portal.provenance-declared' : 'portal.provenance', {
    unit: row.authorityName,
    day: row.body.receivedOn,
  }).text
  const late = row.lateDays ? portal.sayHtml('portal.reported-late', { days: row.lateDays }).text : ''
  return new Html(`<p class="provenance">${line}${late}</p>`)
}

const NOTHING = new Html('')

/** The subject's own words, directly beneath the record; nothing where it says nothing. */
export function commentOf({ say }: Texts, { body: { comment } }: PublicRow): Html {
  if (!comment) return NOTHING
  const head = escapeText(say('portal.comment', { on: comment.on }))
  return new Html(`<div class="comment"><p class="why-head">${head}</p><p class="said">${escapeText(comment.text)}</p></div>`)
}

/** The sentence of a reason with its facts; a regime is named, an article cited. */
export function reasonText(law: Law, say: Say, reason: Reason): string {
  return say(reason.code, { ...reason.facts, article: reason.basis ? cite(law, reason.basis) : say('portal.no-article') })
}

/** 为什么在这里: every reason of disclosure in words; the article it cites is a link. */
export function reasonList(portal: Texts, because: readonly Reason[]): Html {
  let text = `<div class="why"><p class="why-head">${escapeText(portal.say('portal.why'))}</p><ul>`
  for (const { code, basis, facts } of because) {
    const article = basis ? linkBasis(portal.law, basis) : portal.say('portal.no-article')
    text += `<li>${portal.sayHtml(code, { ...facts, article }).text}</li>`
  }
  return new Html(`${text}</ul></div>`)
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
    comment: row.body.comment ?? null,
    fields: printedFields(law, row),
    because: row.body.because.map(reason => ({
      code: reason.code,
      basis: reason.basis,
      sentence: reasonText(law, say, reason),
    })),
  }
}
