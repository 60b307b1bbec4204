import type { MandateId, SubjectId } from '../../src/base/id.ts'
import { chooseSubject } from '../../src/mandates/choose-subject.ts'
import type { MandateView } from '../../src/mandates/contract.ts'
import { endMandate } from '../../src/mandates/end-mandate.ts'
import { listOwnMandates } from '../../src/mandates/views.ts'
import { type Html, html } from '../portal/html.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import { endText, extentText, termText } from './mandate-text.ts'
import type { AccountForm, AccountPage, Drawn, Fault, PersonVisit, Rejection, Site } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { accountPath, one, subjectAddress, type Typed } from './typed.ts'

/* For whom the person speaks in this session: himself, a firm as its legal representative, others as their agent. */

const PATH = '/my/subject'

export const subjectPage: AccountPage<PersonVisit> = {
  path: PATH,
  label: 'my.subject',
  draw: visit => drawSubjects(visit, visit.query, NOTHING_WRONG),
}

export const subjectForm: AccountForm<PersonVisit> = {
  path: PATH,
  act: async ({ site, actor }, typed): Promise<string | readonly Fault[]> => {
    const mandateId = Number(one(typed, 'mandate'))
    if (!Number.isSafeInteger(mandateId) || mandateId < 1) return [{ field: 'mandate', sentence: site.say('my.subject-missing') }]
    await chooseSubject(site.app, actor, mandateId as MandateId)
    return accountPath(one(typed, 'back'))
  },
  redraw: drawSubjects,
  draft: typed => subjectAddress(accountPath(one(typed, 'back'))),
}

/** An agent gives up his own mandate. */
export const giveUpForm: AccountForm<PersonVisit> = {
  path: '/my/subject/give-up',
  act: async ({ site, actor }, typed) => {
    const key = { subjectId: Number(one(typed, 'subject')) as SubjectId, mandateId: Number(one(typed, 'mandate')) as MandateId }
    await endMandate(site.app, actor, key, null)
    return PATH
  },
  redraw: (visit, _, rejection) => drawSubjects(visit, new Map(), rejection),
  draft: () => PATH,
}

async function drawSubjects(visit: PersonVisit, typed: Typed, rejection: Rejection): Promise<Drawn> {
  const { site, actor } = visit
  const { say } = site
  const mandates = await listOwnMandates(site.app, actor)
  const standing = mandates.filter(mandate => mandate.state === 'in-force')
  const over = mandates.filter(mandate => mandate.state === 'over')
  return {
    heading: say('my.subject'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}${standing.length === 0 ? nobody(site) : choice(visit, standing, typed, rejection)}${given(visit, standing)}${over.length === 0 ? '' : history(site, over)}<section><h2>${say('my.accept')}</h2><p>${say('my.accept-lead')}</p><p><a href="/my/agents/accept">${say('my.accept-go')}</a></p></section>`,
  }
}

/** What to do for whoever speaks for nobody, or for nobody any more. */
function nobody({ say, app }: Site): Html {
  const { office, telephone, address } = app.city.contact
  const where = [telephone, address].filter(Boolean).join(say('portal.semicolon'))
  return html`<p class="lead">${say('my.subject-none')}</p><p>${say('my.subject-none-text', { office })}${where ? html`<span class="block hint">${where}</span>` : ''}</p>`
}

function choice(visit: PersonVisit, standing: readonly MandateView[], typed: Typed, { faults }: Rejection): Html {
  const { site } = visit
  const { say } = site
  const fault = faults.find(each => each.field === 'mandate')
  const chosen = one(typed, 'mandate')
  const option = (mandate: MandateView, index: number): Html =>
    html`<label class="choice"><input type="radio" name="mandate" value="${mandate.mandateId}"${index === 0 ? html` id="mandate"` : ''}${isMarked(mandate, chosen, standing.length) ? html` checked` : ''}><span>${mandate.subjectName}<span class="hint block">${termText(site, mandate)}${mandate.isChosen ? say('my.subject-current') : ''}</span>${mandate.capacity === 'agent' ? html`<span class="hint block">${say('my.subject-may', { what: extentText(site, mandate.extent) })}</span>` : ''}</span></label>`
  return html`<p class="lead">${say('my.subject-lead')}</p><form class="fill" method="post" action="${PATH}">${csrfField(visit)}<input type="hidden" name="back" value="${accountPath(one(typed, 'back'))}"><fieldset class="options"${fault ? html` aria-describedby="mandate-error"` : ''}><legend>${say('my.field-mandate')}</legend>${fault ? html`<span class="field-error" id="mandate-error">${fault.sentence}</span>` : ''}${standing.map(option)}</fieldset><p class="actions"><button class="button">${say('my.subject-choose')}</button></p></form>`
}

function isMarked(mandate: MandateView, typed: string, count: number): boolean {
  return typed === '' ? mandate.isChosen || count === 1 : String(mandate.mandateId) === typed
}

function given(visit: PersonVisit, standing: readonly MandateView[]): Html | '' {
  const { site } = visit
  const agents = standing.filter(mandate => mandate.capacity === 'agent')
  if (agents.length === 0) return ''
  const form = (mandate: MandateView): Html =>
    html`<li>${mandate.subjectName}<form class="beside-text" method="post" action="/my/subject/give-up">${csrfField(visit)}<input type="hidden" name="subject" value="${mandate.subjectId}"><input type="hidden" name="mandate" value="${mandate.mandateId}"><button class="button quiet-button" aria-label="${site.say('my.give-up-of', { name: mandate.subjectName })}">${site.say('my.give-up')}</button></form></li>`
  return html`<details><summary>${site.say('my.give-up-some')}</summary><p class="hint">${site.say('my.give-up-text')}</p><ul class="plain">${agents.map(form)}</ul></details>`
}

function history(site: Site, over: readonly MandateView[]): Html {
  const { say } = site
  return html`<section><h2>${say('my.subject-over')}</h2><ul class="plain bullets">${over.map(
    mandate =>
      html`<li>${mandate.subjectName} ${termText(site, mandate)}<span class="hint block">${endText(site, mandate)}</span></li>`,
  )}</ul></section>`
}
