import { accountIdOf, endOtherSessions, endOwnSession, hasFactor } from '../../src/access/sessions.ts'
import { NotFound } from '../../src/base/refusal.ts'
import { confirmTotp, removeTotp, startTotp } from '../../src/factors/enrol-totp.ts'
import { giveCode, renewByPassword } from '../../src/factors/give-code.ts'
import { removePasskey, renamePasskey } from '../../src/factors/passkeys.ts'
import { renewRecoveryCodes } from '../../src/factors/security.ts'
import { html } from '../portal/html.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, Drawn, Fault, PersonVisit, Rejection } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
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
    redraw: (visit, _, rejection) => drawSecurity(visit, atField(rejection)),
    draft: () => SECURITY,
  }
}

const AT_FIELD: Readonly<Record<string, string>> = { 'factor.code-wrong': 'factor-code', 'access.wrong-password': 'password' }

/** A wrong code or password is a fault of its field; `wrongCode`: the sentence where a recovery code is no way out. */
function atField({ faults, problem }: Rejection, code = 'factor-code', wrongCode?: string): Rejection {
  if (!problem) return { faults, problem }
  const known = AT_FIELD[problem.code]
  const field = known === 'factor-code' ? code : known
  const sentence = known === 'factor-code' && wrongCode ? wrongCode : problem.title
  return field ? { faults: [{ field, sentence }], problem: null } : { faults, problem }
}

/** A number in a hidden field. Refuses (404) what is none: nobody typed it. */
function numberIn(typed: Typed, name: string): number {
  const text = one(typed, name)
  if (!/^\d{1,15}$/.test(text)) throw new NotFound('page.not-found')
  return Number(text)
}

const missing = ({ site }: PersonVisit, field: string, key: string): Fault[] => [{ field, sentence: site.say(key) }]

const fresh = deed('fresh', async (visit, typed) => {
  const { app } = visit.site
  const { address } = visit
  if (await hasFactor(app.db, accountIdOf(visit.actor))) {
    const code = one(typed, 'factor-code').slice(0, 40)
    if (code === '') return missing(visit, 'factor-code', 'my.factor-code-missing')
    return { to: SECURITY, token: (await giveCode(app, visit.actor, { code, address })).token }
  }
  const password = (typed.get('password')?.[0] ?? '').slice(0, 200)
  if (password === '') return missing(visit, 'password', 'my.password-missing')
  return { to: SECURITY, token: await renewByPassword(app, visit.actor, { password, address }) }
})

const start = deed('totp', async visit => {
  const { secret, qr } = await startTotp(visit.site.app, visit.actor)
  return { draw: renewed => drawConfirm(renewed, NOTHING_WRONG, { secret, qr }), token: null }
})

const confirm: AccountForm<PersonVisit> = {
  path: `${SECURITY}/totp/confirm`,
  act: async (visit, typed) => {
    const code = one(typed, 'totp-code').slice(0, 40)
    if (code === '') return missing(visit, 'totp-code', 'my.totp-code-missing')
    const { recoveryCodes, token } = await confirmTotp(visit.site.app, visit.actor, { code, address: visit.address })
    return recoveryCodes ? { draw: renewed => drawCodes(renewed, recoveryCodes), token } : { to: SECURITY, token }
  },
  redraw: (visit, _, rejection) => drawConfirm(visit, atField(rejection, 'totp-code', visit.site.say('my.totp-wrong')), null),
  draft: () => SECURITY,
}

/** The secret, shown this once, and the field for its first code; after a wrong code the field alone. */
function drawConfirm(visit: PersonVisit, rejection: Rejection, shown: { secret: string; qr: string } | null): Drawn {
  const { site } = visit
  const { say } = site
  const drawing = shown
    ? html`<ol class="steps"><li>${say('my.totp-step-app')}</li><li>${say('my.totp-step-scan')}<div class="qr" role="img" aria-label="${say('my.totp-qr')}">${site.drawing(shown.qr)}</div><p>${say('my.totp-typed')}<br><span class="code" data-copy="${say('portal.copy')}">${shown.secret}</span></p></li><li>${say('my.totp-step-code')}</li></ol>`
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
    return { draw: renewed => drawCodes(renewed, codes), token: null }
  }),
  deed('sessions/end', async (visit, typed) => {
    await endOwnSession(visit.site.app, visit.actor, numberIn(typed, 'sessionId'))
    return SECURITY
  }),
  deed('sessions/end-others', async visit => {
    await endOtherSessions(visit.site.app, visit.actor)
    return SECURITY
  }),
]
