import type { Problem } from '../../src/http/problem.ts'
import type { Door } from '../../src/identity/claims.ts'
import { REQUEST_MINUTES } from '../../src/identity/sign-in-request.ts'
import type { IdentityProvider } from '../../src/law/identity-model.ts'
import { rejectionBlock, sentenceOf, warningOf } from '../my/frame.ts'
import type { Drawn, Rejection, Site } from '../my/page.ts'
import { textField } from '../my/text-field.ts'
import { html } from '../portal/html.ts'

/* The pages of signing in through a unified identity: on the way in, when it did not work, and where a staff account is bound by invitation. */

const SIGN_IN_OF: Readonly<Record<Door, string>> = { staff: '/console/sign-in', subjects: '/signin' }

/** Signed in: the page goes on by itself; the session's cookie is sent along only from a page of this site. */
export function drawWelcome({ say }: Site, back: string): Drawn {
  return {
    heading: say('identity.signed-in'),
    main: html`<p class="lead">${say('identity.going-on')}</p><p class="actions"><a class="button" href="${back}">${say('identity.go-on')}</a></p>`,
  }
}

/** What went wrong, and what to do now. Nobody was signed in. */
export function drawRefused(site: Site, problem: Problem, where: { door: Door; provider: string | undefined }): Drawn {
  const { say, app } = site
  const { office, telephone } = app.city.contact
  const contact = telephone ? say('identity.ask-by-phone', { office, telephone }) : say('identity.ask', { office })
  const byInvitation =
    problem.code === 'identity.staff-unknown' && where.provider !== undefined
      ? html`<p><a href="${`/signin/oidc/${where.provider}/invitation`}">${say('identity.have-invitation')}</a></p>`
      : ''
  return {
    heading: say('identity.not-signed-in'),
    status: problem.status,
    main: html`<div class="errors" role="alert" tabindex="-1"><p>${sentenceOf(site, problem)}</p></div><p>${say('identity.nothing-kept')}</p>${byInvitation}<p class="actions"><a class="button" href="${SIGN_IN_OF[where.door]}">${say('identity.again')}</a></p><p class="hint">${contact}</p>`,
  }
}

export function drawInvitation(site: Site, provider: IdentityProvider, form: string, rejection: Rejection): Drawn {
  const { say } = site
  const { name, id } = provider
  return {
    heading: say('identity.invitation', { name }),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('identity.invitation-text', { name, minutes: REQUEST_MINUTES })}</p><form class="fill" method="post" action="${`/signin/oidc/${id}/invitation`}"><input type="hidden" name="form" value="${form}">${textField(
      site,
      rejection,
      {
        name: 'code',
        value: '',
        most: 60,
        more: html` autocomplete="one-time-code" autocapitalize="characters" spellcheck="false"`,
      },
    )}<p class="actions"><button class="button">${say('identity.sign-in-with', { name })}</button></p></form><p><a href="${SIGN_IN_OF.staff}">${say('identity.back')}</a></p>`,
  }
}
