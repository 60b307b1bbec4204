import { relyingParty } from '../../src/factors/relying-party.ts'
import { type Html, html } from '../portal/html.ts'
import type { Site } from './page.ts'

export type PasskeyDeed = 'sign-in' | 'renew' | 'enrol'

export type PasskeyMore = {
  /** Asked for beside the button. */
  readonly field?: Html
  /** The id of a filled-in form: the page is not left, and the form goes on with the renewed session. */
  readonly stay?: string | undefined
}

/**
 * The button that asks the device for a passkey; hidden until the script finds that the browser has them. Nothing where browsers know no
 * passkeys for the platform's address. `csrf` goes with everything but signing in.
 */
export function passkeyButton(
  site: Site,
  deed: PasskeyDeed,
  back: string,
  csrf = '',
  { field, stay = '' }: PasskeyMore = {},
): Html {
  const { say, app, passkeyScript } = site
  const party = relyingParty(app)
  if (!party) return html``
  return html`<div class="passkey" data-passkey="${deed}" data-origin="${party.origin}" data-csrf="${csrf}" data-back="${back}" data-stay="${stay}" data-elsewhere="${say('my.passkey-elsewhere', { origin: party.origin })}" data-cancelled="${say('my.passkey-cancelled')}" data-unnamed="${say('my.passkey-unnamed')}" data-proved="${say('my.proof-given')}" hidden>${field ?? ''}<p class="actions"><button type="button" class="button quiet-button">${say(`my.passkey-${deed}`)}</button></p><p class="hint" role="status"></p></div><script src="${passkeyScript}" defer></script>`
}
