import type { CaseView } from '../../src/cases/shapes.ts'
import { type Html, html } from '../portal/html.ts'
import type { Visit } from './page.ts'
import { one } from './typed.ts'

/** What was just done, to be kept: number, when, what follows and who has to do it. Drawn from the entry itself, so it can be opened again. */
export function receiptPanel({ site, query }: Visit, view: CaseView): Html | '' {
  const { say } = site
  const entry = view.entries.find(({ entryNo }) => String(entryNo) === one(query, 'done'))
  if (!entry || entry.by !== say('case.by-subject')) return ''
  const isOpening = entry.entryNo === 1
  const due = view.clocks.find(({ doneOn, duty }) => doneOn === null && duty !== 'term' && duty !== 'subject')
  const facts = { caseNumber: view.number, unit: view.unitName, dueOn: due?.dueOn ?? '' }
  // The sentence names the day; where the day is not known yet, the clock beneath says why.
  const own =
    isOpening && due?.dueOn && site.app.words.has(`${view.procedure}.lodged`) ? say(`${view.procedure}.lodged`, facts) : null
  const sentence = own ?? say(isOpening ? 'my.receipt-opened' : 'my.receipt-step', { ...facts, act: entry.actName })
  return html`<section class="receipt" role="status"><h2>${say('my.receipt', { act: entry.actName })}</h2><p>${sentence}</p><dl class="facts stacked"><div><dt>${say('my.case-number')}</dt><dd><span class="code">${view.number}</span></dd></div><div><dt>${say('my.receipt-at')}</dt><dd><span class="day">${site.moment(new Date(entry.at))}</span></dd></div></dl><p class="hint">${say('my.receipt-keep')}</p></section>`
}
