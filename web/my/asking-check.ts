import type { Draft } from '../../src/cases/drafts.ts'
import { type Html, html } from '../portal/html.ts'
import { linkBases } from '../portal/law-links.ts'
import { type Asking, CHECK, pageOf, papersFor, type Question, questionsOf } from './asking.ts'
import { sizeText } from './asking-question.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { Drawn, Rejection, Site, Visit } from './page.ts'

/** Every answer once more, each to be changed; what the act does and by which article; then it is sent. */
export function drawCheck(visit: Visit, asking: Asking, draft: Draft, rejection: Rejection): Drawn {
  const { site } = visit
  const { say, app } = site
  const questions = questionsOf(asking.act)
  const last = questions.at(-1)
  const answers =
    questions.length === 0
      ? ''
      : html`<h2>${say('my.ask-check')}</h2><dl class="check">${questions.map(question => row(site, asking, draft, question))}</dl>`
  return {
    heading: asking.heading,
    ...warningOf(site, rejection),
    main: html`<p class="back"><a href="${last ? pageOf(asking, last.id) : asking.from}">${say('my.ask-back')}</a></p>${rejectionBlock(site, rejection)}${asking.top}${answers}<section class="card"><h2>${say('my.ask-then')}</h2><p>${asking.act.does}</p>${asking.before}<p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBases(app.law, asking.act.basis, say)}</p></section><form class="fill" method="post" action="${asking.address}">${csrfField(visit)}<input type="hidden" name="q" value="${CHECK}">${Object.entries(asking.carries ?? {}).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<p class="actions"><button class="button" name="do" value="send">${say('my.ask-send', { act: asking.act.name })}</button><a href="${asking.from}">${say('my.ask-not-now')}</a></p></form>${questions.length === 0 ? '' : html`<p class="hint">${say('my.ask-kept')}</p>`}`,
  }
}

function row({ say }: Site, asking: Asking, draft: Draft, question: Question): Html {
  const { id } = question
  const name = question.kind === 'field' ? question.field.name : question.paper.name
  const value = question.kind === 'field' ? answerText({ say }, question, draft) : papersText({ say }, question, draft)
  return html`<div><dt>${name}</dt><dd>${value}</dd><dd class="change"><a href="${pageOf(asking, id, { to: CHECK })}" aria-label="${say('my.ask-change-of', { name })}">${say('my.ask-change')}</a></dd></div>`
}

type Asked<Kind> = Extract<Question, { kind: Kind }>
type Says = Pick<Site, 'say'>

function answerText({ say }: Says, { field }: Asked<'field'>, draft: Draft): Html {
  const value = draft.answers[field.field] ?? ''
  if (value === '') return html`<span class="quiet">${say('my.ask-nothing')}</span>`
  if (field.kind === 'yes') return html`${say('my.ask-declare')}`
  return html`<span class="said">${field.choices.find(one => one.id === value)?.name ?? value}</span>`
}

function papersText({ say }: Says, { paper }: Asked<'paper'>, draft: Draft): Html {
  const has = papersFor(draft, paper)
  if (has.length === 0) return html`<span class="quiet">${say('my.ask-nothing')}</span>`
  return html`<ul class="plain">${has.map(one => html`<li>${one.name} <span class="quiet">${sizeText(one.bytes)}</span></li>`)}</ul>`
}
