import { addDays, addMonths, type Day, isDay } from '../../src/base/day.ts'
import type { MandateId } from '../../src/base/id.ts'
import type { AgentView, InvitationView } from '../../src/mandates/contract.ts'
import { endMandate } from '../../src/mandates/end-mandate.ts'
import { INVITATION_HOURS, type Invited, inviteAgent, withdrawInvitation } from '../../src/mandates/invite-agent.ts'
import { EXTENTS, LONGEST_MONTHS } from '../../src/mandates/model.ts'
import { listAgents } from '../../src/mandates/views.ts'
import { cityInstant } from '../../src/reports/issue.ts'
import { drawQr } from '../../src/reports/qr.ts'
import { Html, html } from '../portal/html.ts'
import { factorAsk } from './factor-ask.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import { endText, extentText } from './mandate-text.ts'
import type { AccountForm, AccountPage, Drawn, Fault, Rejection, Site, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { instantText } from './reports.ts'
import { textField } from './text-field.ts'
import { all, draftAddress, one, type Typed } from './typed.ts'

/* The agents of a subject, managed by whoever speaks for it by office: invite, shorten, end at once; what ended stays to be read. */

const PATH = '/my/agents'
const INVITE = '/my/agents/invite'
const MOST_NAME = 50
const NEEDS = 'mandate.manage'

export const agentsPage: AccountPage = {
  path: PATH,
  label: 'my.agents',
  needs: NEEDS,
  draw: visit => drawAgents(visit, NOTHING_WRONG),
}

export const invitePage: AccountPage = {
  path: INVITE,
  label: 'my.invite',
  needs: NEEDS,
  draw: visit => drawInvite(visit, visit.query, NOTHING_WRONG),
}

export const inviteForm: AccountForm = {
  path: INVITE,
  needs: NEEDS,
  act: async (visit, typed) => {
    const { site, actor } = visit
    const faults = faultsOf(site, typed)
    if (faults.length > 0) return faults
    const name = one(typed, 'agent')
    const extent = EXTENTS.filter(permission => all(typed, 'extent').includes(permission))
    const wish = { name, mobile: one(typed, 'mobile') || undefined, extent, until: one(typed, 'until') as Day }
    return drawInvited(visit, name, await inviteAgent(site.app, actor, wish))
  },
  redraw: drawInvite,
  draft: typed => draftAddress(INVITE, typed, ['agent', 'extent', 'until']),
}

export const endForm: AccountForm = deedForm('/my/agents/end', async ({ site, actor, subjectId }, typed) => {
  await endMandate(site.app, actor, { subjectId, mandateId: Number(one(typed, 'mandate')) as MandateId }, null)
  return []
})

export const shortenForm: AccountForm = deedForm('/my/agents/shorten', async ({ site, actor, subjectId }, typed) => {
  const lastDay = one(typed, 'lastDay')
  if (!isDay(lastDay)) return [{ field: `lastDay-${one(typed, 'mandate')}`, sentence: site.say('my.day-malformed') }]
  await endMandate(site.app, actor, { subjectId, mandateId: Number(one(typed, 'mandate')) as MandateId }, lastDay)
  return []
})

export const withdrawForm: AccountForm = deedForm('/my/agents/withdraw', async ({ site, actor }, typed) => {
  await withdrawInvitation(site.app, actor, Number(one(typed, 'invitation')))
  return []
})

/** A button in the list: does its deed and shows the list again. */
function deedForm(path: string, deed: (visit: Visit, typed: Typed) => Promise<readonly Fault[]>): AccountForm {
  return {
    path,
    needs: NEEDS,
    act: async (visit, typed) => {
      const faults = await deed(visit, typed)
      return faults.length > 0 ? faults : PATH
    },
    redraw: (visit, _, rejection) => drawAgents(visit, rejection),
    draft: () => PATH,
  }
}

function faultsOf({ say, today }: Site, typed: Typed): Fault[] {
  const faults: Fault[] = []
  const fault = (field: string, code: string, facts = {}): void => void faults.push({ field, sentence: say(code, facts) })
  const name = one(typed, 'agent')
  if (name === '' || name.length > MOST_NAME) fault('agent', 'my.agent-missing', { most: MOST_NAME })
  if (!/^[0-9+ -]{0,20}$/.test(one(typed, 'mobile'))) fault('mobile', 'my.mobile-malformed')
  if (!EXTENTS.some(permission => all(typed, 'extent').includes(permission))) fault('extent', 'mandate.extent-missing')
  const until = one(typed, 'until')
  const latest = addMonths(today(), LONGEST_MONTHS)
  if (!isDay(until)) fault('until', 'my.day-malformed')
  else if (until < today()) fault('until', 'mandate.until-past', { today: today() })
  else if (until > latest) fault('until', 'mandate.too-long', { latest })
  return faults
}

async function drawAgents(visit: Visit, rejection: Rejection): Promise<Drawn> {
  const { site, actor } = visit
  const { say } = site
  const [{ agents, invitations }, ask] = await Promise.all([listAgents(site.app, actor), factorAsk(visit)])
  const standing = agents.filter(agent => agent.state !== 'over')
  const over = agents.filter(agent => agent.state === 'over')
  return {
    heading: say('my.agents'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.agents-lead')}</p><p><a class="button" href="${INVITE}">${say('my.invite')}</a></p>${ask}<section><h2>${say('my.agents-standing')}</h2>${
      standing.length === 0
        ? html`<p class="empty-answer">${say('my.agents-none')}</p>`
        : html`<ul class="people">${standing.map(agent => card(visit, agent, rejection))}</ul>`
    }</section>${invitations.length === 0 ? '' : open(visit, invitations)}${over.length === 0 ? '' : former(site, over)}`,
  }
}

function card(visit: Visit, agent: AgentView, rejection: Rejection): Html {
  const { site } = visit
  const { say } = site
  const field = `lastDay-${agent.mandateId}`
  const fault = rejection.faults.find(each => each.field === field)
  const mandate = html`${csrfField(visit)}<input type="hidden" name="mandate" value="${agent.mandateId}">`
  return html`<li class="person"><h3>${agent.name}</h3><dl class="facts stacked"><div><dt>${say('my.agent-may')}</dt><dd>${extentText(site, agent.extent)}</dd></div><div><dt>${say('my.agent-term')}</dt><dd>${say('my.agent-days', { from: agent.from, until: agent.until })}${agent.endsSoon ? html` <strong>${say('my.agent-ends-soon')}</strong>` : ''}</dd></div><div><dt>${say('my.agent-number')}</dt><dd>${agent.mandateId}</dd></div></dl><details class="change"${fault ? html` open` : ''}><summary>${say('my.agent-change', { name: agent.name })}</summary><form class="fill" method="post" action="/my/agents/shorten">${mandate}<div class="field"><label for="${field}">${say('my.field-lastDay')}</label>${fault ? html`<span class="field-error" id="${`${field}-error`}">${fault.sentence}</span>` : ''}<input id="${field}" name="lastDay" type="date" min="${site.today()}" max="${agent.until ? addDays(agent.until as Day, -1) : ''}" value=""${fault ? html` aria-invalid="true" aria-describedby="${`${field}-error`}"` : ''}></div><p class="actions"><button class="button quiet-button">${say('my.agent-shorten')}</button></p></form><form method="post" action="/my/agents/end">${mandate}<p class="hint">${say('my.agent-end-text')}</p><p class="actions"><button class="button">${say('my.agent-end')}</button></p></form></details></li>`
}

function open(visit: Visit, invitations: readonly InvitationView[]): Html {
  const { site } = visit
  const { say } = site
  const item = (one: InvitationView): Html =>
    html`<li class="person"><h3>${one.name}</h3><p>${extentText(site, one.extent)}<span class="hint block">${say('my.invitation-until', { until: one.until })}</span><span class="hint block">${say('my.invitation-expires')}${expiry(site, one.expiresAt)}</span></p><form method="post" action="/my/agents/withdraw">${csrfField(visit)}<input type="hidden" name="invitation" value="${one.invitationId}"><button class="button quiet-button">${say('my.invitation-withdraw', { name: one.name })}</button></form></li>`
  return html`<section><h2>${say('my.invitations')}</h2><ul class="people">${invitations.map(item)}</ul></section>`
}

function expiry(site: Site, instant: string): Html | string {
  return instantText(site, cityInstant(new Date(instant), site.app.city.zone))
}

function former(site: Site, over: readonly AgentView[]): Html {
  const { say } = site
  return html`<section><h2>${say('my.agents-over')}</h2><ul class="plain bullets">${over.map(
    agent =>
      html`<li>${agent.name} ${extentText(site, agent.extent)}<span class="hint block">${endText(site, agent)} ${say('my.by-mandate', { number: String(agent.mandateId) })}</span></li>`,
  )}</ul></section>`
}

function drawInvite(visit: Visit, typed: Typed, rejection: Rejection): Drawn {
  const { site } = visit
  const { say } = site
  const fault = rejection.faults.find(each => each.field === 'extent')
  const box = (permission: (typeof EXTENTS)[number], index: number): Html =>
    html`<label class="choice"><input type="checkbox" name="extent" value="${permission}"${index === 0 ? html` id="extent"` : ''}${all(typed, 'extent').includes(permission) ? html` checked` : ''}><span>${say(`mandate.extent-${permission}`)}<span class="hint block">${say(`mandate.extent-hint-${permission}`)}</span></span></label>`
  const today = site.today()
  return {
    heading: say('my.invite'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.invite-lead', { hours: INVITATION_HOURS })}</p><form class="fill" method="post" action="${INVITE}">${csrfField(visit)}${textField(
      site,
      rejection,
      { name: 'agent', value: one(typed, 'agent'), most: MOST_NAME, hint: say('my.agent-hint'), more: html` autocomplete="off"` },
    )}${textField(site, rejection, { name: 'mobile', value: one(typed, 'mobile'), most: 20, hint: say('my.mobile-hint'), more: html` type="tel" autocomplete="off"` })}<fieldset class="options"${fault ? html` aria-describedby="extent-error"` : ''}><legend>${say('my.field-extent')}</legend>${fault ? html`<span class="field-error" id="extent-error">${fault.sentence}</span>` : ''}${EXTENTS.map(box)}</fieldset>${textField(
      site,
      rejection,
      {
        name: 'until',
        value: one(typed, 'until'),
        most: 10,
        hint: say('my.until-hint', { latest: addMonths(today, LONGEST_MONTHS) }),
        more: html` type="date" min="${today}" max="${addMonths(today, LONGEST_MONTHS)}"`,
      },
    )}<p class="actions"><button class="button">${say('my.invite-button')}</button><a href="${PATH}">${say('my.invite-not-now')}</a></p></form>`,
  }
}

/** The code, shown on this page and never again. */
function drawInvited({ site }: Visit, name: string, { code, expiresAt }: Invited): Drawn {
  const { say, app } = site
  const address = `${app.publicUrl}/my/agents/accept`
  return {
    heading: say('my.invited'),
    main: html`<p class="lead">${say('my.invited-lead', { name })}</p><section class="card"><h2>${say('my.invited-code')}</h2><p class="one-time-code code" translate="no">${code}</p><p>${say('my.invitation-expires')}${expiry(site, expiresAt.toISOString())}</p></section><section><h2>${say('my.invited-how')}</h2><p>${say('my.invited-how-text', { name })}</p><p class="code wrap">${address}</p><div class="qr" role="img" aria-label="${say('my.invited-qr')}">${new Html(drawQr(address).svg)}</div></section><p><a href="${PATH}">${say('my.agents')}</a></p>`,
  }
}
