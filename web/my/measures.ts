import type { z } from 'zod'
import { type OwnMeasureCase, readOwnMeasureCases } from '../../src/cases/own-measures.ts'
import type { listOwnMeasures } from '../../src/measures/contract.ts'
import { readOwnMeasures } from '../../src/measures/views.ts'
import { type Html, html } from '../portal/html.ts'
import { clockMark } from '../portal/kit/clock.ts'
import { linkBases } from '../portal/law-links.ts'
import type { AccountPage, Site } from './page.ts'

type Own = z.input<(typeof listOwnMeasures)['output']>['measures'][number]

/** What is done against the subject or is about to be: by whom, by which statute, until when, what the windows did with it, what it can do (SG13, M209, M219). */
export const measuresPage: AccountPage = {
  path: '/my/measures',
  label: 'my.measures',
  needs: 'case.lodge',
  draw: async ({ site, actor }) => {
    const { say } = site
    const [{ measures }, cases] = await Promise.all([readOwnMeasures(site.app, actor), readOwnMeasureCases(site.app, actor)])
    const begun = new Set(measures.map(one => one.caseId))
    const caseOf = new Map(cases.map(one => [one.caseId, one]))
    const proposed = cases.filter(one => one.end === null && !begun.has(one.caseId))
    const inForce = measures.filter(one => one.isInForce)
    const over = measures.filter(one => !one.isInForce)
    const draw = (one: Own): Html => measureCard(site, one, caseOf.get(one.caseId))
    return {
      heading: say('my.measures'),
      main: html`<p class="lead">${say('my.measures-lead')}</p>${
        proposed.length + inForce.length === 0 ? html`<p class="empty-answer">${say('my.measures-none')}</p>` : ''
      }${part(
        site,
        'my.measures-proposed',
        proposed.map(one => proposedCard(site, one)),
      )}${part(site, 'my.measures-in-force', inForce.map(draw))}${part(site, 'my.measures-over', over.map(draw))}<p class="links-line"><a href="/measures">${say('portal.measures')}</a> <a href="/my/cases">${say('my.cases')}</a></p>`,
    }
  },
}

function part({ say }: Site, label: string, cards: readonly Html[]): Html | '' {
  return cards.length === 0 ? '' : html`<section><h2>${say(label, { count: cards.length })}</h2>${cards}</section>`
}

const fact = ({ say }: Site, label: string, value: Html | string): Html =>
  html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`

const caseLink = ({ caseId, number }: { readonly caseId: number; readonly number: string }): Html =>
  html`<a href="${`/my/cases/${caseId}`}"><span class="code">${number}</span></a>`

/** What a unit means to do and has not decided: until when one can answer it. */
function proposedCard(site: Site, one: OwnMeasureCase): Html {
  const { say, app } = site
  return html`<article class="record"><p class="marks"><span class="mark mark-going"><span class="shape" aria-hidden="true">◔</span>${one.stateName}</span></p><h3>${one.measure?.name ?? one.procedureName}</h3><p>${one.means}</p>${one.clock ? html`<p>${clockMark(one.clock)}</p>` : ''}<dl class="facts stacked">${[
    fact(site, 'my.measure-by', one.unitName),
    fact(site, 'my.measure-asked-by', one.initiatorName),
    one.scope === null ? '' : fact(site, 'my.measure-scope', lines(one.scope)),
    one.measure === null ? '' : fact(site, 'portal.basis', linkBases(app.law, one.measure.statutes, say)),
    fact(site, 'my.case-number', caseLink(one)),
  ]}</dl>${doable(site, one, null)}</article>`
}

function measureCard(site: Site, one: Own, its: OwnMeasureCase | undefined): Html {
  const { say, app } = site
  const { ground, ended } = one
  const state = one.isInForce
    ? html`<span class="mark mark-in-force"><span class="shape" aria-hidden="true">■</span>${its?.stateName ?? say('my.measure-runs')}</span>`
    : html`<span class="mark mark-ended"><span class="shape" aria-hidden="true">◌</span>${ended?.sentence ?? say('measure.ending-term-over')}</span>`
  return html`<article class="record" id="${`m${one.caseId}`}"><p class="marks">${state}</p><h3>${one.name}</h3><dl class="facts stacked">${[
    its?.scope ? fact(site, 'my.measure-scope', lines(its.scope)) : '',
    fact(site, 'my.measure-by', one.bodyName),
    fact(site, 'my.measure-asked-by', one.initiatorName),
    fact(site, 'portal.basis', linkBases(app.law, one.statutes, say)),
    fact(
      site,
      'my.measure-ground',
      html`<a href="${`/my/records#r${ground.recordId}`}">${ground.itemName}</a> ${ground.authorityName} <span class="day">${ground.decidedOn}</span>`,
    ),
    fact(
      site,
      'my.measure-term',
      site.sayHtml(one.term === 'day' ? 'my.measure-from-until' : 'my.measure-from', { from: one.fromDay, until: one.until }),
    ),
    ended ? fact(site, 'my.measure-ended', site.sayHtml('my.measure-ended-on', { on: ended.on })) : '',
    one.isInForce ? fact(site, 'my.measure-review', html`<span class="day">${one.reviewOn}</span>`) : '',
    fact(site, 'my.measure-told', site.sayHtml('my.measure-told-on', { on: one.servedOn, until: one.answerUntil })),
    fact(site, 'my.case-number', caseLink(one)),
  ]}</dl>${windows(site, one)}${one.isInForce ? doable(site, its, one) : ''}</article>`
}

const lines = (text: string): Html => html`${text.split('\n').map(line => html`<span class="block">${line}</span>`)}`

/** Which windows applied it, hold a matter for it, released a matter from it, each with its reason. */
function windows(site: Site, { answers, isInForce }: Own): Html | '' {
  const { say } = site
  if (answers.length === 0) return isInForce ? html`<p class="hint">${say('my.measure-unanswered')}</p>` : ''
  const rows = answers.map(
    one =>
      html`<li><b>${say(`my.measure-${one.answer}`)}</b> ${one.unitName} <span class="day">${site.moment(new Date(one.at))}</span><span class="quiet block">${one.purpose} ${one.businessNo}</span>${one.reason === null ? '' : html`<span class="block">${say('my.measure-reason', { reason: one.reason })}</span>`}</li>`,
  )
  return html`<h4>${say('my.measure-windows')}</h4><ul class="plain">${rows}</ul>`
}

/** Every way there is, each as a link: what the case allows now, an objection to what the measure rests on, the remedies of the letter. */
function doable({ say }: Site, its: OwnMeasureCase | undefined, measure: Own | null): Html | '' {
  const acts = (its?.acts ?? []).map(
    one => html`<li><a class="button quiet-button" href="${`/my/cases/${its?.caseId}/do/${one.act}`}">${one.name}</a></li>`,
  )
  const objection =
    measure === null
      ? ''
      : html`<li><a href="${`/my/objections/new?record=${measure.ground.recordId}`}">${say('my.measure-object')}</a></li>`
  const remedies = (measure?.remedies ?? []).flatMap(one =>
    one === 'reconsideration' || one === 'suit'
      ? html`<li><a href="${`/my/cases/${measure?.caseId}`}">${say(`my.measure-${one}`)}</a></li>`
      : [],
  )
  if (acts.length + remedies.length === 0 && objection === '') return ''
  return html`<h4>${say('my.case-can')}</h4><ul class="links">${acts}${objection}${remedies}</ul>`
}
