import { listOwnResets, type OwnReset } from '../../src/access/own-resets.ts'
import { type Html, html } from '../portal/html.ts'
import { csrfField } from './frame.ts'
import type { PersonVisit, Site } from './page.ts'

/* What its owner is told of a reset of his account, on the first page and on that of security, and one press to stop it. */

/** The form that stops one: it stands among those of the page of security. */
const STOP = '/my/security/resets/stop'
const WAITING: ReadonlySet<OwnReset['state']> = new Set(['asked', 'confirmed'])

/** Resets of the last thirty days; nothing where there were none. */
export async function resetNotice(visit: PersonVisit): Promise<Html | ''> {
  const { site, actor } = visit
  const resets = await listOwnResets(site.app, actor)
  if (resets.length === 0) return ''
  return html`<section class="banner"><h2>${site.say('my.resets')}</h2>${resets.map(
    reset => html`<p>${told(site, reset)}</p>${WAITING.has(reset.state) ? stopForm(visit, reset) : ''}`,
  )}</section>`
}

function told({ say, moment, app }: Site, { state, unitName, takesFactor, askedAt, at }: OwnReset): string {
  const isWaiting = WAITING.has(state)
  return say(`my.reset-told-${state}`, {
    at: moment(isWaiting ? askedAt : at),
    office: unitName ?? app.city.contact.office,
    what: say(takesFactor ? 'my.reset-what-both' : 'my.reset-what-password'),
  })
}

function stopForm(visit: PersonVisit, { resetId }: OwnReset): Html {
  return html`<form class="deed" method="post" action="${STOP}">${csrfField(visit)}<input type="hidden" name="resetId" value="${resetId}"><button class="button quiet-button">${visit.site.say('my.reset-stop')}</button></form>`
}
