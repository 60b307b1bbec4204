import { waysOf } from '../../src/identity/routes.ts'
import { type Html, html } from '../portal/html.ts'
import type { Site } from './page.ts'

/** The unified identities by which a subject may sign in, above the form of account and password; nothing where none is configured. */
export function federatedButtons({ app, say }: Site, back: string): Html {
  const ways = waysOf(app, 'subjects')
  if (ways.length === 0) return html``
  const links = ways.map(
    ({ name, start }) =>
      html`<p class="actions"><a class="button" href="${`${start}&${new URLSearchParams({ back }).toString()}`}">${say('identity.sign-in-with', { name })}</a></p>`,
  )
  return html`<section aria-labelledby="unified"><h2 id="unified">${say('identity.unified')}</h2><p>${say('identity.unified-text')}</p>${links}</section><h2>${say('identity.or-account')}</h2>`
}
