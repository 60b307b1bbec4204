import type { Day } from '../../../src/base/day.ts'
import { type Law, procedureOn } from '../../../src/law/law.ts'
import type { Procedure } from '../../../src/law/procedure-model.ts'
import { type ReadAct, type ReadProcedure, readProcedure, type Sourced } from '../../../src/law/procedure-reading.ts'
import { type Html, html } from '../html.ts'
import { unverified } from '../kit/unverified.ts'
import { linkBases } from '../law-links.ts'
import type { Page, Portal } from '../page.ts'
import { gone } from './not-found.ts'
import { drawSteps, inShort } from './procedure-steps.ts'

/** Every procedure in force, those that a subject begins before those that a unit begins (M146). */
export const proceduresPage: Page = {
  path: '/procedures',
  label: 'portal.procedures',
  mayBeIndexed: true,
  open: portal => () => {
    const { say, law } = portal
    const today = portal.today()
    const read = [...law.procedures.keys()].flatMap(name => {
      const edition = procedureOn(law, name, today)
      return edition ? [readProcedure(law, edition, today, say)] : []
    })
    const group = (label: string, all: readonly ReadProcedure[]): Html =>
      all.length === 0
        ? html``
        : html`<section><h2>${say(label)}</h2><ul class="plain">${all.map(
            one =>
              html`<li><a href="${`/procedures/${one.procedure}`}">${one.name}</a><span class="quiet block">${one.purpose}</span></li>`,
          )}</ul></section>`
    return {
      kind: 'page',
      heading: say('portal.procedures'),
      main: html`<p class="lead">${say('portal.procedures-lead')}</p>${
        read.length === 0 ? html`<p class="empty-answer">${say('portal.procedures-empty')}</p>` : ''
      }${group(
        'portal.procedures-yours',
        read.filter(one => one.startsSubject),
      )}${group(
        'portal.procedures-official',
        read.filter(one => !one.startsSubject),
      )}<p><a href="/campaigns">${say('portal.campaigns')}</a></p>`,
      data: {
        procedures: read.map(({ procedure, name, purpose, edition }) => ({ procedure, name, purpose, edition })),
        asOf: today,
      },
    }
  },
}

export const procedurePage: Page = {
  path: '/procedures/:procedure',
  mayBeIndexed: true,
  open: portal => ask => {
    const { say, law } = portal
    const today = portal.today()
    const editions = law.procedures.get(ask.params['procedure'] ?? '') ?? []
    const edition = chosen(law, editions, ask.query['edition'], today)
    if (!edition) return gone(portal, 'page.not-found')
    const read = readProcedure(law, edition, dayOf(edition, today), say)
    return {
      kind: 'page',
      heading: say('portal.procedure-of', { name: read.name }),
      main: html`${banner(portal, edition, today)}${switchOf(portal, editions, edition)}<p class="lead">${read.purpose}</p>${inShort(portal, read)}<p class="jump"><a href="#start">${say('portal.procedure-jump')}</a></p><div class="two"><section class="procedure"><h2>${say('portal.procedure-steps')}</h2>${drawSteps(portal, read)}${endsOf(portal, read)}</section><aside id="start">${materials(portal, read)}${start(portal, read, edition)}${remedies(portal, read)}${basisOf(portal, edition)}</aside></div>`,
      data: { ...read, basis: edition.basis, confidence: edition.confidence, inForceUntil: edition.inForceUntil, asOf: today },
    }
  },
}

/** The edition that was asked for; else today's, else the next that comes, else the last there was. */
function chosen(law: Law, editions: readonly Procedure[], wanted: string | undefined, today: Day): Procedure | undefined {
  if (wanted) return editions.find(one => one.inForceFrom === wanted)
  const [name] = editions.map(one => one.procedure)
  const now = name === undefined ? undefined : procedureOn(law, name, today)
  return now ?? editions.find(one => one.inForceFrom > today) ?? editions.at(-1)
}

/** Terms of the place and letters as they are today; in an edition that is over or yet to come, as on its nearest day. */
function dayOf({ inForceFrom, inForceUntil }: Procedure, today: Day): Day {
  if (today < inForceFrom) return inForceFrom
  return inForceUntil !== null && inForceUntil < today ? inForceUntil : today
}

function banner({ say }: Portal, { inForceFrom, inForceUntil }: Procedure, today: Day): Html {
  if (today < inForceFrom) return html`<p class="banner">${say('portal.edition-coming', { from: inForceFrom })}</p>`
  if (inForceUntil === null || today <= inForceUntil) return html``
  return html`<p class="banner">${say('portal.edition-old', { until: inForceUntil })}</p>`
}

function switchOf({ say }: Portal, editions: readonly Procedure[], shown: Procedure): Html {
  if (editions.length < 2) return html``
  return html`<nav class="tabs" aria-label="${say('portal.editions')}"><ul>${editions.map(
    one =>
      html`<li><a href="${`/procedures/${one.procedure}?edition=${one.inForceFrom}`}"${one === shown ? html` aria-current="page"` : ''}>${say('portal.edition-from', { from: one.inForceFrom })}</a></li>`,
  )}</ul></nav>`
}

function endsOf({ say }: Portal, read: ReadProcedure): Html {
  return html`<h2>${say('portal.procedure-ends')}</h2><dl class="facts stacked">${read.ends.map(
    one =>
      html`<div id="${`state-${one.state}`}"><dt>${one.name}</dt><dd>${one.means}<span class="quiet block">${one.end}</span></dd></div>`,
  )}</dl>`
}

/** What a subject is asked for, act by act; what is not required says so. */
function materials({ say }: Portal, read: ReadProcedure): Html {
  const acts = [...read.opening, ...read.steps.flatMap(step => step.acts)]
  const asked = [...new Map(acts.filter(act => act.isBySubject).map(act => [act.act, act])).values()]
  const optional = (one: ReadAct['papers'][number]): Html =>
    html`<li>${one.name}${one.isRequired ? '' : html`<span class="quiet">${say('portal.procedure-optional')}</span>`}${
      one.hint ? html`<span class="quiet block">${one.hint}</span>` : ''
    }</li>`
  const listed = asked.filter(act => act.papers.length + act.fields.length > 0)
  return html`<h2>${say('portal.procedure-materials')}</h2>${
    listed.length === 0
      ? html`<p>${say('portal.procedure-materials-none')}</p>`
      : listed.map(
          act =>
            html`<h3>${act.name}</h3>${
              act.papers.length > 0
                ? html`<ul>${act.papers.map(optional)}</ul>`
                : html`<p>${say('portal.procedure-no-papers')}</p>`
            }${act.fields.length > 0 ? html`<p class="hint">${say('portal.procedure-fields', { fields: act.fields.map(one => one.name).join(say('portal.comma')) })}</p>` : ''}`,
        )
  }<h2>${say('portal.procedure-fee')}</h2><p>${say('portal.procedure-fee-none')}</p>`
}

/** Procedures that begin on a page of their own. */
const STARTS: Readonly<Record<string, string>> = { declaration: '/my/declarations/new', commitment: '/my/commitments/new' }

function start({ say }: Portal, read: ReadProcedure, { about }: Procedure): Html {
  const where = read.startsSubject
    ? html`<p>${say(about === 'record' ? 'portal.procedure-start-record' : 'portal.procedure-start-own')}</p><p><a class="button" href="${STARTS[read.procedure] ?? '/my'}">${say('portal.procedure-start')}</a></p>`
    : html`<p>${say('portal.procedure-start-official')}</p>`
  return html`<h2>${say('portal.procedure-where')}</h2>${where}`
}

function remedies(portal: Portal, read: ReadProcedure): Html {
  const { say } = portal
  if (read.remedies.length === 0) return html``
  return html`<h2>${say('portal.procedure-remedies')}</h2><dl class="facts stacked">${read.remedies.map(
    one =>
      html`<div><dt>${one.name}</dt><dd>${say('portal.procedure-remedy', { within: one.within, letter: one.letter })}${sourceLine(portal, one)}</dd></div>`,
  )}</dl>`
}

function basisOf(portal: Portal, edition: Procedure): Html {
  const { say } = portal
  const { inForceFrom: from, inForceUntil: until } = edition
  return html`<h2>${say('portal.basis')}</h2><p>${linkBases(portal.law, edition.basis, say)}${unverified(say, edition.confidence)}</p><p class="quiet">${say('portal.in-force')}${say('portal.colon')}${
    until ? say('portal.period-until', { from, until }) : say('portal.period-open', { from })
  }</p>`
}

/** Basis and confidence of one value, in a quiet line. */
export function sourceLine({ say, law }: Pick<Portal, 'say' | 'law'>, one: Sourced): Html {
  return html`${unverified(say, one.confidence)}<span class="quiet block">${say('portal.basis')}${say('portal.colon')}${linkBases(law, one.basis, say)}${one.note ? html`${say('portal.semicolon')}${one.note}` : ''}</span>`
}
