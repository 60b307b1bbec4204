import type { Security } from '../../src/factors/contract.ts'
import { readSecurity } from '../../src/factors/security.ts'
import { type Html, html } from '../portal/html.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import { type AccountPage, type Drawn, NOTHING_WRONG, type PersonVisit, type Rejection } from './page.ts'
import { passkeyButton } from './passkey-button.ts'
import { proofAsked, proofFields } from './proof.ts'
import { resetNotice } from './reset-notice.ts'
import { textField } from './text-field.ts'
import { one } from './typed.ts'

/* What keeps the account: second factors, recovery codes, password, sessions. Every form works without scripts; passkeys need one. */

export const SECURITY = '/my/security'

export const securityPage: AccountPage<PersonVisit> = {
  path: SECURITY,
  label: 'my.security',
  draw: visit => drawSecurity(visit, NOTHING_WRONG),
}

/** The page, with what a form on it was refused for. */
export async function drawSecurity(visit: PersonVisit, rejection: Rejection): Promise<Drawn> {
  const { site, actor } = visit
  const security = await readSecurity(site.app, actor)
  const isFresh = security.freshUntil !== null
  const told =
    one(visit.query, 'done') === 'password' ? html`<p class="banner" role="status">${site.say('my.password-changed')}</p>` : ''
  return {
    heading: site.say('my.security'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}${told}<p class="lead">${site.say('my.security-lead')}</p>${await resetNotice(visit)}${await renewal(visit, rejection)}${codesOfApp(visit, security, isFresh)}${passkeys(visit, security, isFresh)}${recovery(visit, security, isFresh)}${password(visit, security)}${sessions(visit, security)}`,
  }
}

/** A form of one button. */
export function deedForm(
  visit: PersonVisit,
  path: string,
  label: string,
  hidden: Readonly<Record<string, string | number>> = {},
  about = '',
): Html {
  return html`<form class="deed" method="post" action="${`${SECURITY}/${path}`}">${csrfField(visit)}${Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="button quiet-button">${label}${about ? html`<span class="only-read">${about}</span>` : ''}</button></form>`
}

const hasFactor = ({ totpSince, passkeys: keys }: Security): boolean => totpSince !== null || keys.length > 0

/** What is changed here asks for a fresh proof; where it is over, this stands above everything. */
async function renewal(visit: PersonVisit, rejection: Rejection): Promise<Html> {
  const { say } = visit.site
  const proof = await proofAsked(visit)
  if (!proof) return html``
  const button = html`<p class="actions"><button class="button">${say('my.fresh-button')}</button></p>`
  return html`<section class="panel"><h2>${say('my.fresh')}</h2><p>${say('my.fresh-text')}</p><form class="fill" method="post" action="${`${SECURITY}/fresh`}">${csrfField(visit)}${proofFields(visit, proof, rejection, { back: SECURITY, button })}</form></section>`
}

const day = (instant: string): string => instant.slice(0, 10)

function codesOfApp(visit: PersonVisit, { totpSince }: Security, isFresh: boolean): Html {
  const { say } = visit.site
  const state = totpSince === null ? say('my.totp-none') : say('my.totp-since', { day: day(totpSince) })
  const deeds = html`${deedForm(visit, 'totp', say(totpSince === null ? 'my.totp-start' : 'my.totp-again'))}${totpSince === null ? '' : deedForm(visit, 'totp/remove', say('my.totp-remove'))}`
  return html`<section><h2>${say('my.totp')}</h2><p>${say('my.totp-what')}</p><p>${state}</p>${isFresh ? deeds : ''}</section>`
}

function passkeys(visit: PersonVisit, security: Security, isFresh: boolean): Html {
  const { site, csrf } = visit
  const { say } = site
  const field = textField(site, NOTHING_WRONG, { name: 'passkey-name', value: '', most: 40, hint: say('my.passkey-name-hint') })
  const add =
    security.passkeyOrigin === null
      ? html`<p class="hint">${say('my.passkey-not-here')}</p>`
      : passkeyButton(site, 'enrol', SECURITY, csrf, { field })
  const rows = security.passkeys.map(
    key =>
      html`<li><p><b>${key.name}</b><span class="block hint">${say('my.passkey-since', { day: day(key.madeAt) })}${key.usedAt ? say('my.passkey-used', { day: day(key.usedAt) }) : ''}</span></p>${
        isFresh
          ? html`<details><summary>${say('my.passkey-change', { name: key.name })}</summary><form class="fill" method="post" action="${`${SECURITY}/passkeys/rename`}">${csrfField(visit)}<input type="hidden" name="passkeyId" value="${key.passkeyId}"><div class="field"><label for="${`name-${key.passkeyId}`}">${say('my.field-passkey-name')}</label><input id="${`name-${key.passkeyId}`}" name="name" value="${key.name}" maxlength="40"></div><p class="actions"><button class="button quiet-button">${say('my.passkey-rename')}</button></p></form>${deedForm(visit, 'passkeys/remove', say('my.passkey-remove'), { passkeyId: key.passkeyId })}</details>`
          : ''
      }</li>`,
  )
  const shown = html`<div id="new-codes" class="panel" tabindex="-1" hidden><h3>${say('my.recovery-new')}</h3><p>${say('my.recovery-keep')}</p><ol class="codes"></ol><p><a href="${SECURITY}">${say('my.recovery-kept')}</a></p></div>`
  return html`<section><h2>${say('my.passkeys')}</h2><p>${say('my.passkey-what')}</p>${rows.length > 0 ? html`<ul class="keys">${rows}</ul>` : html`<p>${say('my.passkey-none')}</p>`}${isFresh ? add : ''}${shown}</section>`
}

function recovery(visit: PersonVisit, security: Security, isFresh: boolean): Html {
  const { say } = visit.site
  if (!hasFactor(security)) return html``
  return html`<section><h2>${say('my.recovery')}</h2><p>${say('my.recovery-left', { count: security.recoveryCodes })}</p>${isFresh ? deedForm(visit, 'recovery-codes', say('my.recovery-renew')) : ''}</section>`
}

function password({ site }: PersonVisit, { passwordSince }: Security): Html {
  const { say } = site
  if (passwordSince === null)
    return html`<section><h2>${say('my.field-password')}</h2><p>${say('my.password-none')}</p></section>`
  return html`<section><h2>${say('my.field-password')}</h2><p>${say('my.password-since', { day: day(passwordSince) })}</p><p><a href="${`${SECURITY}/password`}">${say('my.password')}</a></p></section>`
}

function sessions(visit: PersonVisit, security: Security): Html {
  const { say } = visit.site
  const moment = (instant: string): string => visit.site.moment(new Date(instant))
  const rows = security.sessions.map(
    one =>
      html`<li><p><b>${one.device || say('my.session-unknown')}</b>${one.isThis ? html` <span class="mark">${say('my.session-this')}</span>` : ''}<span class="block hint">${say('my.session-times', { since: moment(one.since), seen: moment(one.seenAt), network: one.network })}</span></p>${
        one.isThis ? '' : deedForm(visit, 'sessions/end', say('my.session-end'), { sessionId: one.sessionId }, one.device)
      }</li>`,
  )
  const others = security.sessions.length > 1 ? deedForm(visit, 'sessions/end-others', say('my.session-end-others')) : ''
  return html`<section><h2>${say('my.sessions')}</h2><p>${say('my.sessions-what')}</p><ul class="keys">${rows}</ul>${others}</section>`
}
