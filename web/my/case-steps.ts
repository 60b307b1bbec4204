import { runningEdition } from '../../src/cases/running-edition.ts'
import type { CaseView, EntryView } from '../../src/cases/shapes.ts'
import { actsFrom } from '../../src/law/procedure-flow.ts'
import { type Html, html } from '../portal/html.ts'
import { linkBasis } from '../portal/law-links.ts'
import { sizeText } from './asking-question.ts'
import type { Site } from './page.ts'

/* A case as steps one under the other: what was done, what is being done, what can come of it. */

export function stepList(site: Site, view: CaseView): Html {
  const { say } = site
  return html`<section><h2>${say('my.case-steps')}</h2><ol class="timeline">${view.entries.map(entry => doneStep(site, view, entry))}${view.end === null ? nowStep(site, view) : ''}${view.end === null ? nextStep(site, view) : ''}</ol></section>`
}

function doneStep(site: Site, { caseId }: CaseView, entry: EntryView): Html {
  const { say, app } = site
  const papers = entry.papers.map(
    paper =>
      html`<li><a href="${`/my/cases/${caseId}/papers/${paper.paperId}`}">${paper.fileName}</a> <span class="quiet">${paper.name} ${sizeText(paper.bytes)}</span></li>`,
  )
  const fields = entry.fields.map(field => html`<div><dt>${field.name}</dt><dd class="said">${field.value}</dd></div>`)
  const more =
    fields.length + papers.length === 0
      ? ''
      : html`<details><summary>${say('my.case-step-more')}</summary>${fields.length === 0 ? '' : html`<dl class="facts stacked">${fields}</dl>`}${papers.length === 0 ? '' : html`<ul class="plain">${papers}</ul>`}<p class="hint">${entry.basis === '' ? '' : html`${say('portal.basis')}${say('portal.colon')}${linkBasis(app.law, entry.basis)}`}</p></details>`
  return html`<li class="step-done" id="${`step-${entry.entryNo}`}"><span class="only-read">${say('my.step-done')}</span><strong>${entry.actName}</strong><span class="hint block"><span class="day">${site.moment(new Date(entry.at))}</span> ${entry.by === say('case.by-subject') ? say('my.you') : entry.by}</span>${more}</li>`
}

function nowStep({ say }: Site, { stateName, waitsFor, turn }: CaseView): Html {
  return html`<li class="step-now" aria-current="step"><span class="only-read">${say('my.step-now')}</span><strong>${stateName}</strong><span class="hint block">${say('my.step-waits', { whose: turn === 'subject' ? say('my.you') : waitsFor })}</span></li>`
}

/** What others may do from here, as the table of the procedure has it: nothing of it is foretold. */
function nextStep(site: Site, { procedure, edition, state }: CaseView): Html | '' {
  const { say, app } = site
  const { procedure: table } = runningEdition(app.law, { procedure, edition }, site.today())
  const others = actsFrom(table, state).filter(act => !act.by.includes('subject'))
  if (others.length === 0) return ''
  return html`<li class="step-next"><span class="only-read">${say('my.step-next')}</span><details><summary>${say('my.step-can-come')}</summary><ul class="plain">${others.map(act => html`<li>${act.name}<span class="hint block">${act.does}</span></li>`)}</ul></details></li>`
}
