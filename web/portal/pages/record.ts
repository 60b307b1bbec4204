import { type Html, html } from '../html.ts'
import { codeText } from '../kit/code-text.ts'
import { recordMarks } from '../kit/marks.ts'
import { printedFields } from '../kit/printed.ts'
import { commentOf, fieldList, periodText, provenance, reasonList, recordAddress, recordData } from '../kit/record-card.ts'
import { linkBases } from '../law-links.ts'
import type { Page, Portal } from '../page.ts'
import { findRecord, type PublicRow } from '../records.ts'
import { gone } from './not-found.ts'
import { readId } from './subject.ts'

export const recordPage: Page = {
  path: '/subjects/:id/records/:recordId',
  mayBeIndexed: false,
  open: portal => async ask => {
    const [id, recordId] = [readId(ask.params['id']), readId(ask.params['recordId'])]
    const today = portal.today()
    const row = id && recordId ? await findRecord(portal.db, id, recordId, today) : undefined
    if (!row) return gone(portal, 'record.not-on-display')
    return {
      kind: 'page',
      heading: portal.say('portal.record-title', { heading: row.heading, number: row.documentNo }),
      main: drawRecord(portal, row, today),
      data: { ...recordData(portal.law, portal.say, row), asOf: today },
    }
  },
}

function drawRecord(portal: Portal, row: PublicRow, today: string): Html {
  const { law, say } = portal
  const item = law.items.get(row.item)?.at(-1)
  return html`<p class="lead"><a href="${`/subjects/${row.subjectId}#${row.section}`}">${row.subjectName}</a>${row.uscc ? html` ${codeText(row.uscc)}` : ''}</p><p class="marks">${recordMarks(
    law,
    say,
    row,
  )}</p><div class="two"><section class="wide"><h2>${say('portal.contents')}</h2>${fieldList(printedFields(law, row))}${commentOf(portal, row)}${provenance(portal, row)}</section><aside aria-label="${say('portal.period-and-basis')}"><h2>${say('portal.period-and-basis')}</h2><dl class="facts stacked"><div><dt>${say('portal.period')}</dt><dd>${periodText(portal, row)}</dd></div>${
    item
      ? html`<div><dt>${say('portal.item')}</dt><dd><a href="${`/catalogue/${item.item}`}">${item.name}</a></dd></div><div><dt>${say('portal.item-basis')}</dt><dd>${linkBases(law, item.basis, say)}</dd></div>`
      : ''
  }</dl>${reasonList(portal, row.body.because)}${citation(portal, row, today)}<ul class="links"><li><a href="${`/my/objections/new?record=${row.recordId}`}">${say('portal.object-record')}</a></li><li><a href="${`/my/repairs/new?record=${row.recordId}`}">${say('portal.repair-record')}</a></li></ul></aside></div>`
}

/** One line to quote. It carries no digest: when the record goes, the address goes silent. */
function citation(portal: Portal, row: PublicRow, today: string): Html {
  const line = portal.say(row.shownUntil ? 'portal.citation' : 'portal.citation-open', {
    number: row.documentNo,
    body: row.authorityName,
    day: row.decidedOn,
    until: row.shownUntil,
    today,
    address: `${portal.publicUrl}${recordAddress(row)}`,
  })
  return html`<div class="cite"><p class="why-head" id="cite-head">${portal.say('portal.cite')}</p><p id="citation" data-copy="${portal.say('portal.copy')}">${line}</p></div>`
}
