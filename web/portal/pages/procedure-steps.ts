import type { ReadAct, ReadClock, ReadProcedure, ReadStep } from '../../../src/law/procedure-reading.ts'
import { type Html, html, join } from '../html.ts'
import { isUnverified, unverified } from '../kit/unverified.ts'
import { linkBases } from '../law-links.ts'
import type { Portal } from '../page.ts'

/** The numbered steps of a procedure: who acts, in how many days, what may be done and where each leads; what else there is to know is folded. */
export function drawSteps(portal: Portal, read: ReadProcedure): Html {
  return html`<ol class="procedure-steps">${read.opening.map(act => openingOf(portal, read, act))}${read.steps.map(step => stepOf(portal, read, step))}</ol>`
}

function openingOf(portal: Portal, read: ReadProcedure, act: ReadAct): Html {
  const { say } = portal
  return html`<li><h3>${act.name}</h3><p class="whose">${say('portal.procedure-opened-by', { by: doers(portal, act) })}</p><p>${act.does}</p><ul class="acts"><li>${leads(portal, read, act)}</li></ul>${folded(
    portal,
    html`${
      act.conditions.length > 0
        ? html`<p>${say('portal.procedure-conditions')}</p><ul>${act.conditions.map(one => html`<li>${one}</li>`)}</ul>`
        : ''
    }${follows(act)}${basisLine(portal, act)}`,
  )}</li>`
}

function stepOf(portal: Portal, read: ReadProcedure, step: ReadStep): Html {
  return html`<li id="${`state-${step.state}`}"><h3>${step.name}</h3><p class="whose">${step.whose}</p><p>${step.means}</p>${step.clocks.map(
    clock => clockOf(portal, clock),
  )}<ul class="acts">${step.acts.map(
    act => html`<li><b>${act.name}</b><span class="quiet">${doers(portal, act)}</span>${leads(portal, read, act)}</li>`,
  )}</ul>${folded(
    portal,
    html`<dl>${step.acts.map(act => html`<dt>${act.name}</dt><dd><p>${act.does}</p>${follows(act)}${basisLine(portal, act)}</dd>`)}</dl>`,
  )}</li>`
}

const folded = ({ say }: Portal, inside: Html): Html =>
  html`<details><summary>${say('portal.procedure-details')}</summary>${inside}</details>`

function doers({ say }: Portal, act: ReadAct): string {
  const by = act.by.join(say('portal.comma'))
  return act.when === null ? by : say('portal.procedure-when', { by, when: act.when })
}

function leads({ say }: Portal, read: ReadProcedure, act: ReadAct): Html {
  const state = [...read.steps, ...read.ends].find(one => one.state === act.leadsTo)
  return html`<span class="leads">${
    state
      ? html`${say('portal.procedure-next')}<a href="${`#state-${state.state}`}">${state.name}</a>`
      : say('portal.procedure-stays')
  }</span>`
}

function clockOf({ say, law }: Portal, clock: ReadClock & { readonly isPaused: boolean }): Html {
  const { extension, confidence, note } = clock
  const longer = extension?.isGiven
    ? html` ${say('portal.procedure-extension', { span: extension.span })}${unverified(say, extension.confidence)}`
    : ''
  return html`<p class="clock-line"><b>${say('portal.procedure-clock', { name: clock.name, span: clock.span })}</b>${unverified(say, confidence)} ${
    clock.isPaused ? say('portal.procedure-paused') : html`${say('portal.procedure-clock-from', { from: clock.from })}${longer}`
  }<span class="quiet block">${clock.whose}${say('portal.semicolon')}${say('portal.basis')}${say('portal.colon')}${linkBases(law, clock.basis, say)}${
    note !== null && isUnverified(confidence) ? html`${say('portal.semicolon')}${note}` : ''
  }</span></p>`
}

/** What follows from an act beside its state: effects and letters. */
function follows(act: ReadAct): Html {
  const told = [...act.effects, ...act.letters]
  return told.length > 0 ? html`<ul>${told.map(one => html`<li>${one}</li>`)}</ul>` : html``
}

function basisLine({ say, law }: Portal, act: ReadAct): Html {
  return html`<p class="provenance">${say('portal.basis')}${say('portal.colon')}${linkBases(law, act.basis, say)}${unverified(say, act.confidence)}</p>`
}

/** The first thing one asks: how many days the office has, and what it costs. */
export function inShort({ say }: Portal, read: ReadProcedure): Html {
  const clocks = new Map(
    read.steps.flatMap(step => step.clocks.filter(one => one.isOfficial).map(one => [one.clock, one] as const)),
  )
  const told = [...clocks.values()].map(
    one => html`${say('portal.procedure-clock', { name: one.name, span: one.span })}${unverified(say, one.confidence)}`,
  )
  return html`<p class="figure-line">${join([...told, say('portal.procedure-fee-short')], say('portal.semicolon'))}</p>`
}
