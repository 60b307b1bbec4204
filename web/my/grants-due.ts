import { may } from '../../src/access/actor.ts'
import { endingSoon, requestsTo } from '../../src/authorisation/views.ts'
import { type Html, html } from '../portal/html.ts'
import type { Visit } from './page.ts'

const SOON_DAYS = 7

/** Requests that wait for an answer, and authorisations that end within a week: nothing is drawn where there is neither. */
export async function grantsDue({ site, actor }: Visit): Promise<Html | ''> {
  const { say, app } = site
  if (!may(actor, 'authorisation.grant')) return ''
  const [requests, ending] = await Promise.all([requestsTo(app, actor), endingSoon(app, actor, SOON_DAYS)])
  if (requests.length + ending.length === 0) return ''
  const asked = requests.map(
    it =>
      html`<li><a href="${`/my/grants/requests/${it.requestId}`}">${say('my.grants-to-answer', { receiver: it.receiverName, time: it.endsAt.slice(11, 19) })}</a></li>`,
  )
  const over = ending.map(
    it =>
      html`<li><a href="${`/my/grants/${it.authorisationId}`}">${say('my.grants-ending', { receiver: it.receiverName, until: it.until })}</a></li>`,
  )
  return html`<section class="way-out"><h2>${say('my.grants')}</h2><ul class="links">${asked}${over}</ul></section>`
}
