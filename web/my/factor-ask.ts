import { may } from '../../src/access/actor.ts'
import { accountIdOf, hasFactor } from '../../src/access/sessions.ts'
import { hasStanding } from '../../src/authorisation/views.ts'
import { listAgents } from '../../src/mandates/views.ts'
import { type Html, html } from '../portal/html.ts'
import type { Visit } from './page.ts'

/**
 * Where the account has no second factor and much hangs on its password (it speaks for an organisation by office, lets others read, or has
 * agents), one sentence and the way to set one up; else nothing. Whom another identity vouches for by two factors is not asked.
 */
export async function factorAsk(visit: Visit): Promise<Html | ''> {
  const { site, actor } = visit
  const { say, app } = site
  if (actor.assurance === 'federated' || (await hasFactor(app.db, accountIdOf(actor)))) return ''
  if (!(await hangsOnPassword(visit))) return ''
  return html`<section class="way-out"><p>${say('my.factor-ask')}</p><p><a href="/my/security">${say('my.factor-ask-link')}</a></p></section>`
}

async function hangsOnPassword({ site: { app }, actor }: Visit): Promise<boolean> {
  if (actor.capacity === 'legal-representative') return true
  if (may(actor, 'authorisation.grant') && (await hasStanding(app, actor))) return true
  if (!may(actor, 'mandate.manage')) return false
  const { agents, invitations } = await listAgents(app, actor)
  return invitations.length > 0 || agents.some(agent => agent.state !== 'over')
}
