import type { Actor } from '../../src/access/actor.ts'
import { may } from '../../src/access/actor.ts'
import type { OutletTable, OutletView } from '../../src/archive/outlet-table.ts'
import { standingView } from '../../src/archive/record-view.ts'
import { type OwnOpening, type OwnSituation, openingsAbout } from '../../src/cases/own-openings.ts'
import type { OwnRecord } from '../../src/cases/own-records.ts'
import { disclose } from '../../src/disclosure/disclose.ts'
import type { Disclosure, StateMark } from '../../src/disclosure/model.ts'
import { printedValue } from '../../src/disclosure/printed-value.ts'
import { type Html, html } from '../portal/html.ts'
import { stateMark } from '../portal/kit/marks.ts'
import type { Site } from './page.ts'

/* A record in its subject's own account: what it is, where it shows and why, what the subject says of it, what can be done. */

export type CardGround = {
  readonly site: Site
  readonly actor: Actor
  readonly situation: OwnSituation
  readonly outlets: OutletTable
}

/** A record as its subject may see it: whole. */
export function ownAnswer({ app, today }: Site, { known }: OwnRecord): Disclosure {
  return disclose(app.law, known, 'subject', { day: today(), purpose: '', authorised: true })
}

export function recordCard(ground: CardGround, own: OwnRecord): Html {
  const { site } = ground
  const { say, app } = site
  const { record, item } = own
  const { head } = record
  const isDeclared = item.nature === 'declaration'
  const number = item.roles.documentNumber
    .map(column => head.content[column] ?? '')
    .join(' ')
    .trim()
  const authority = app.law.units.get(head.authority)?.name ?? head.authority
  const answer = ownAnswer(site, own)
  const fields = (answer.shown ? answer.fields : []).map(
    field =>
      html`<dt>${field.name}</dt><dd>${head.content[field.code]?.startsWith('sealed:') ? say('archive.sealed') : printedValue(item.fieldByCode.get(field.code), field.value)}</dd>`,
  )
  const standings = record.standings.map(one => html`<p class="hint">${standingView(app.law, app.words, one, item).sentence}</p>`)
  return html`<article class="record own-record" id="${`r${record.recordId}`}"><p class="marks">${marks(site, own, answer.shown ? answer.marks : [])}</p><h2>${item.name}</h2><dl class="facts">${number === '' ? '' : html`<div><dt>${say(isDeclared ? 'portal.declared-no' : 'portal.document-no')}</dt><dd>${number}</dd></div>`}<div><dt>${say(isDeclared ? 'portal.verified-by' : 'portal.authority')}</dt><dd>${authority}</dd></div><div><dt>${say(isDeclared ? 'portal.declared-on' : 'portal.decided-on')}</dt><dd><span class="day">${head.decidedOn}</span></dd></div></dl>${standings}${outletsOf(ground, own)}${comment(site, own)}${acts(ground, own)}<details><summary>${say('portal.all-fields')}</summary><dl class="fields">${fields}</dl></details></article>`
}

const SHAPES: Readonly<Partial<Record<StateMark, string>>> = {
  over: '◌',
  repaired: '↺',
  annulled: '✕',
  removed: '◌',
  corrected: '→',
  suspended: '‖',
}

function marks({ say }: Site, { record }: OwnRecord, states: readonly StateMark[]): Html[] {
  if (record.state === 'corrected') return [ended('→', say('rights.record-former'))]
  return states.map(state => {
    if (state === 'displayed' || state === 'in-force' || state === 'declared' || state === 'contested' || state === 'commented')
      return stateMark(state, say(`report.mark-${state}`))
    return ended(SHAPES[state] ?? '●', say(`report.mark-${state}`))
  })
}

/** What has ended is greyed by shape and word, and its text stays to be read. */
function ended(shape: string, word: string): Html {
  return html`<span class="mark mark-ended"><span class="shape" aria-hidden="true">${shape}</span>${word}</span>`
}

/** The outlets that a firm asks about, in the order in which it does. */
const TOLD = ['portal-page', 'special-report', 'check'] as const

/** 门户：显示至…；报告：显示；核查：显示；each with the sentences why. */
function outletsOf({ site, outlets }: CardGround, { known }: OwnRecord): Html {
  const { say } = site
  const table = outlets(known)
  const told = TOLD.flatMap(name => table.find(({ outlet }) => outlet === name) ?? [])
  if (told.length === 0) return html``
  const line = told.map(
    (outlet, index) =>
      html`${index > 0 ? ' · ' : ''}<span>${say(`my.outlet-${outlet.outlet}`)}${say('portal.colon')}${shownText(site, outlet)}</span>`,
  )
  return html`<details class="outlets"><summary>${line}</summary><dl class="why">${told.map(
    outlet =>
      html`<div><dt>${say(`my.outlet-${outlet.outlet}`)}</dt><dd>${outlet.because.map(reason => html`<p>${reason.sentence}</p>`)}</dd></div>`,
  )}</dl></details>`
}

function shownText({ say }: Site, { shown, until }: OutletView): string {
  if (!shown) return say('my.outlet-hidden')
  return until === null ? say('my.outlet-shown') : say('my.outlet-until', { until })
}

function comment({ say }: Site, { record }: OwnRecord): Html | '' {
  if (!record.comment) return ''
  return html`<div class="comment"><p class="why-head">${say('portal.comment', { on: record.comment.on })}</p><p class="said">${record.comment.text}</p></div>`
}

/** Where each procedure begins; those without an address of their own begin at the common one. */
const ADDRESSES: Readonly<Record<string, string>> = { objection: '/my/objections/new?record=', repair: '/my/repairs/new?record=' }

/** What the subject may do about it; what it may not do now, with why. */
function acts({ site, actor, situation }: CardGround, { facts, record }: OwnRecord): Html | '' {
  const { say, app } = site
  // Of what stands under a number that was merged into this one, the other's cases speak.
  if (facts === null) return ''
  const openings = may(actor, 'case.lodge') ? openingsAbout(app, actor, facts, situation) : []
  const said = may(actor, 'rights.lodge') && record.state === 'standing'
  const write = said
    ? html`<li><a href="${`/my/rights/comment?recordId=${record.recordId}`}">${say(record.comment ? 'my.comment-change' : 'my.comment-write')}</a></li>`
    : ''
  const ways = openings.map(opening => html`<li>${way(site, opening, record.recordId, facts.effect === 'adverse')}</li>`)
  return html`<ul class="links record-acts">${ways}${write}</ul>`
}

function way({ say }: Site, { procedure, act, open }: OwnOpening, recordId: number, isAdverse: boolean): Html | '' {
  if (open)
    return html`<a href="${`/my/cases/${open.caseId}`}">${say('my.record-in-case', { procedure: procedure.name, number: open.number })}</a>`
  const about = ADDRESSES[procedure.procedure] ?? `/my/cases/new/${procedure.procedure}?about=`
  if (act.mayDo && act.why === null) return html`<a href="${`${about}${recordId}`}">${act.name}</a>`
  // What can never be asked for about a favourable record is not worth a sentence on every one of them.
  if (!isAdverse) return ''
  return html`<span class="not-open"><a href="${`${about}${recordId}`}">${act.name}</a><span class="hint block">${act.why ?? ''}</span></span>`
}
