import { stopOwnReset } from '../../src/access/own-resets.ts'
import { endOtherSessions, endOwnSession } from '../../src/access/sessions.ts'
import { NotFound } from '../../src/base/refusal.ts'
import { confirmTotp, removeTotp, startTotp, type TotpStarted } from '../../src/factors/enrol-totp.ts'
import { removePasskey, renamePasskey } from '../../src/factors/passkeys.ts'
import { renewRecoveryCodes } from '../../src/factors/security.ts'
import { html } from '../portal/html.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, Drawn, Fault, PersonVisit, Rejection } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { giveProof, proofAtField } from './proof.ts'
import { drawSecurity, SECURITY } from './security.ts'
import { textField } from './text-field.ts'
import { one, type Typed } from './typed.ts'

/* The forms of the page of security. What they refuse stands on that page; what is shown once is shown in their answer. */

type Act = AccountForm<PersonVisit>['act']

/** A form that leads back to the page. */
function deed(path: string, act: Act): AccountForm<PersonVisit> {
  return {
    path: `${SECURITY}/${path}`,
    act,
    redraw: (visit, _, rejection) => drawSecurity(visit, proofAtField(rejection)),
    draft: () => SECURITY,
  }
}

/** Whoever is only setting codes up has no recovery code to fall back on: a wrong code has a sentence of its own. */
function atNewCode({ site }: PersonVisit, { faults, problem }: Rejection): Rejection {
  if (problem?.code !== 'factor.code-wrong') return { faults, problem }
  return { faults: [{ field: 'totp-code', sentence: site.say('my.totp-wrong') }], problem: null }
}

/** A number in a hidden field. Refuses (404) what is none: nobody typed it. */
function numberIn(typed: Typed, name: string): number {
  const text = one(typed, name)
  if (!/^\d{1,15}$/.test(text)) throw new NotFound('page.not-found')
  return Number(text)
}

const missing = ({ site }: PersonVisit, field: string, key: string): Fault[] => [{ field, sentence: site.say(key) }]

const fresh = deed('fresh', async (visit, typed) => {
  const proved = await giveProof(visit, typed)
  return 'faults' in proved ? proved.faults : SECURITY
})

const start = deed('totp', async visit => {
  return drawConfirm(visit, NOTHING_WRONG, await startTotp(visit.site.app, visit.actor))
})

const confirm: AccountForm<PersonVisit> = {
  path: `${SECURITY}/totp/confirm`,
  act: async (visit, typed) => {
    const code = one(typed, 'totp-code').slice(0, 40)
    if (code === '') return missing(visit, 'totp-code', 'my.totp-code-missing')
    const { recoveryCodes, token } = await confirmTotp(visit.site.app, visit.actor, { code, address: visit.address })
    await visit.carryOn(token)
    return recoveryCodes ? drawCodes(visit, recoveryCodes) : SECURITY
  },
  redraw: (visit, _, rejection) => drawConfirm(visit, atNewCode(visit, rejection), null),
  draft: () => SECURITY,
}

/** The secret, shown this once, and the field for its first code; after a wrong code the field alone. */
function drawConfirm(visit: PersonVisit, rejection: Rejection, shown: TotpStarted | null): Drawn {
  const { site } = visit
  const { say } = site
  const drawing = shown
    ? html`<ol class="steps"><li>${say('my.totp-step-app')}</li><li><p>${say('my.totp-on-this')}<br><a class="button quiet-button" href="${shown.uri}">${say('my.totp-open')}</a></p>${say('my.totp-step-scan')}<div class="qr" role="img" aria-label="${say('my.totp-qr')}">${site.drawing(shown.qr)}</div><p>${say('my.totp-typed')}<br><span class="code" data-copy="${say('portal.copy')}">${shown.secret}</span></p></li><li>${say('my.totp-step-code')}</li></ol>`
    : html`<p>${say('my.totp-not-again')}</p>`
  const more = html` inputmode="numeric" autocomplete="one-time-code" spellcheck="false"`
  return {
    heading: say('my.totp-start'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}${drawing}<form class="fill" method="post" action="${`${SECURITY}/totp/confirm`}">${csrfField(visit)}${textField(site, rejection, { name: 'totp-code', value: '', most: 10, hint: say('my.totp-code-hint'), more })}<p class="actions"><button class="button">${say('my.totp-confirm')}</button></p></form><p><a href="${SECURITY}">${say('my.security-back')}</a></p>`,
  }
}

/** Ten recovery codes, shown this once. */
function drawCodes({ site }: PersonVisit, codes: readonly string[]): Drawn {
  const { say } = site
  return {
    heading: say('my.recovery-new'),
    main: html`<p class="lead">${say('my.recovery-keep')}</p><ol class="codes">${codes.map(code => html`<li class="code">${code}</li>`)}</ol><p><a class="button" href="${SECURITY}">${say('my.recovery-kept')}</a></p>`,
  }
}

export const SECURITY_FORMS: readonly AccountForm<PersonVisit>[] = [
  fresh,
  start,
  confirm,
  deed('totp/remove', async visit => {
    await removeTotp(visit.site.app, visit.actor)
    return SECURITY
  }),
  deed('passkeys/rename', async (visit, typed) => {
    const name = one(typed, 'name').slice(0, 40)
    if (name === '') return missing(visit, `name-${one(typed, 'passkeyId')}`, 'my.passkey-unnamed')
    await renamePasskey(visit.site.app, visit.actor, numberIn(typed, 'passkeyId'), name)
    return SECURITY
  }),
  deed('passkeys/remove', async (visit, typed) => {
    await removePasskey(visit.site.app, visit.actor, numberIn(typed, 'passkeyId'))
    return SECURITY
  }),
  deed('recovery-codes', async visit => {
    const codes = await renewRecoveryCodes(visit.site.app, visit.actor)
    return drawCodes(visit, codes)
  }),
  deed('sessions/end', async (visit, typed) => {
    await endOwnSession(visit.site.app, visit.actor, numberIn(typed, 'sessionId'))
    return SECURITY
  }),
  deed('resets/stop', async (visit, typed) => {
    await stopOwnReset(visit.site.app, visit.actor, numberIn(typed, 'resetId'))
    return SECURITY
  }),
  deed('sessions/end-others', async visit => {
    await endOtherSessions(visit.site.app, visit.actor)
    return SECURITY
  }),
]
