import { NotFound } from '../../src/base/refusal.ts'
import type { CaseId } from '../../src/cases/model.ts'
import type { CaseView } from '../../src/cases/shapes.ts'
import { readOwnCase } from '../../src/cases/views.ts'
import { type Html, html } from '../portal/html.ts'
import { clockFold, clockMark } from '../portal/kit/clock.ts'
import { linkBases } from '../portal/law-links.ts'
import { receiptPanel } from './case-receipt.ts'
import { stepList } from './case-steps.ts'
import { rejectionBlock, warningOf } from './frame.ts'
import { recordLine } from './own-record.ts'
import type { AccountPage, Drawn, Rejection, Site, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'

/* One case, seen from the subject's side: where it stands, whose turn it is and until when, what has happened, what it can do. */

export const casePage: AccountPage = {
  path: '/my/cases/:caseId',
  label: 'my.case',
  needs: 'case.lodge',
  draw: async visit => drawCase(visit, await readOwn(visit), NOTHING_WRONG),
}

/** The case that an address names. Throws `case.unknown`. */
export async function readOwn({ site, actor, params }: Visit): Promise<CaseView> {
  return await readOwnCase(site.app, actor, caseIdOf(params['caseId'] ?? ''))
}

export function caseIdOf(text: string): CaseId {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id <= 0) throw new NotFound('case.unknown')
  return id as CaseId
}

export function drawCase(visit: Visit, view: CaseView, rejection: Rejection): Drawn {
  const { site } = visit
  const { say } = site
  const { record } = view
  return {
    heading: say('my.case-of', { procedure: view.procedureName }),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}${receiptPanel(visit, view)}<p class="case-state">${endMark(site, view)}</p><p class="lead">${view.means}</p>${record ? recordLine(site, record) : ''}${view.within ? html`<p class="hint">${say('my.case-within', { name: view.within.name })} <a href="/campaigns">${say('portal.campaigns')}</a></p>` : ''}${turnOf(site, view)}${doable(site, view)}<div class="two"><div>${stepList(site, view)}</div>${aside(site, view)}</div><p><a href="/my/cases">${say('my.cases')}</a></p>`,
  }
}

/** The state in one word: open, or how it ended. No colour says good or bad of anybody. */
function endMark({ say }: Site, { stateName, end }: CaseView): Html {
  if (end === null) return html`<span class="mark mark-going"><span class="shape" aria-hidden="true">◔</span>${stateName}</span>`
  return html`<span class="mark mark-ended"><span class="shape" aria-hidden="true">●</span>${say('my.case-ended', { state: stateName })}</span>`
}

/** Whose turn it is and until when; what nobody waits for is said too. */
function turnOf(site: Site, view: CaseView): Html | '' {
  const { say } = site
  if (view.end !== null) return ''
  const isYours = view.turn === 'subject'
  // One's own day first: the other side's may be standing still meanwhile.
  const running = view.clocks
    .filter(({ doneOn }) => doneOn === null)
    .sort((a, b) => Number(b.duty === 'subject') - Number(a.duty === 'subject'))
  const clocks = running.map(
    clock =>
      html`<div class="due"><h3>${clock.name}</h3>${clockFold(say, clock.sheet, `/my/cases/${view.caseId}/due/${clock.clock}-${clock.runNo}.ics`)}</div>`,
  )
  const turn = isYours ? say('my.case-turn-yours') : say('my.case-turn', { whose: view.waitsFor })
  const nothing = isYours ? '' : html`<p class="hint">${say('my.case-nothing-to-do')}</p>`
  return html`<section class="${isYours ? 'turn turn-yours' : 'turn'}"><h2>${turn}</h2>${isYours ? told(view) : nothing}${confirming(site, view)}${clocks}</section>`
}

/** What the other side wrote with its last act, to be read before anything is done: what is missing, why it decided so. */
function told({ entries }: CaseView): Html | '' {
  const last = entries.at(-1)
  if (!last || last.fields.length === 0) return ''
  return html`<dl class="facts stacked">${last.fields.map(field => html`<div><dt>${field.name}</dt><dd class="said">${field.value}</dd></div>`)}</dl>`
}

function confirming({ say }: Site, { confirmations, turn }: CaseView): Html | '' {
  if (turn !== 'receivers') return ''
  return html`<p>${say('my.case-confirming', { all: confirmations.all, done: confirmations.all - confirmations.open })}</p>`
}

/** What can be done now, each with what it does; the rest with why not. */
function doable({ say }: Site, { acts, caseId, entryNo }: CaseView): Html | '' {
  if (acts.length === 0) return ''
  const can = acts.filter(act => act.mayDo)
  const cannot = acts.filter(act => !act.mayDo)
  const open = can.map(
    act =>
      html`<li><a class="button${act.act === 'withdraw' ? ' quiet-button' : ''}" href="${`/my/cases/${caseId}/do/${act.act}?seen=${entryNo}`}">${act.name}</a><p class="hint">${act.does}</p></li>`,
  )
  const closed = cannot.map(act => html`<li><strong>${act.name}</strong> <span class="hint block">${act.why ?? ''}</span></li>`)
  return html`<section class="doable"><h2>${say('my.case-can')}</h2>${can.length === 0 ? '' : html`<ul class="plain acts">${open}</ul>`}${cannot.length === 0 ? '' : html`<h3>${say('my.case-cannot')}</h3><ul class="plain">${closed}</ul>`}</section>`
}

function aside(site: Site, view: CaseView): Html {
  const { say, app } = site
  const done = view.clocks.filter(({ doneOn }) => doneOn !== null)
  const letters = view.letters.map(
    letter =>
      html`<li><a href="${`/my/notices/${letter.noticeId}`}">${letter.name}</a> <span class="quiet"><span class="code">${letter.number}</span></span><span class="hint block">${letter.servedOn === null ? say('my.letter-unserved') : say('my.letter-served', { on: letter.servedOn })}</span></li>`,
  )
  const rules = app.law.procedures.get(view.procedure)?.at(-1)?.basis ?? []
  return html`<aside><h2>${say('my.case-letters')}</h2>${letters.length === 0 ? html`<p class="hint">${say('my.case-no-letters')}</p>` : html`<ul class="plain">${letters}</ul>`}${
    done.length === 0
      ? ''
      : html`<h2>${say('my.case-clocks-done')}</h2><ul class="plain">${done.map(clock => html`<li>${clock.name}<span class="block">${clockMark(clock.sheet)}</span></li>`)}</ul>`
  }<h2>${say('my.case-facts')}</h2><dl class="facts stacked"><div><dt>${say('my.case-number')}</dt><dd><span class="code">${view.number}</span></dd></div><div><dt>${say('my.case-unit')}</dt><dd>${view.unitName}</dd></div><div><dt>${say('my.case-opened')}</dt><dd><span class="day">${view.openedOn}</span></dd></div><div><dt>${say('portal.basis')}</dt><dd>${linkBases(app.law, rules, say)}</dd></div><div><dt>${say('my.look-receipt')}</dt><dd>${view.receipt}</dd></div></dl></aside>`
}
