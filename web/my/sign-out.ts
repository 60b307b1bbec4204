import '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clearSession } from '../../src/access/session-routes.ts'
import { endSession } from '../../src/access/sessions.ts'
import { NotAllowed } from '../../src/base/refusal.ts'
import { findSession, sameText, sessionTokenOf } from '../../src/http/session.ts'
import type { Door } from '../../src/identity/claims.ts'
import { type Leave, leaveOf } from '../../src/identity/logout.ts'
import { html } from '../portal/html.ts'
import { send } from './frame.ts'
import type { Site } from './page.ts'
import { one, typedOf } from './typed.ts'

/* Signing out by a form: here at once, and then, for whoever came through a unified identity, at its provider. */

export const SIGNED_OUT: Readonly<Record<Door, string>> = { staff: '/console/sign-in', subjects: '/signin?out=1' }

/** Ends the session of the browser that sends the form. Throws `access.csrf` for a form of another site. */
export async function signOutHere(site: Site, request: FastifyRequest, reply: FastifyReply, door: Door): Promise<FastifyReply> {
  const { app } = site
  const token = sessionTokenOf(app, request)
  const found = await findSession(app, token)
  if (found && !sameText(one(typedOf(request.body), 'csrf'), found.csrf)) throw new NotAllowed('access.csrf')
  if (found) await endSession(app, found.actor, token)
  clearSession(app, request, reply)
  const leave = found?.actor.session ? await leaveOf(app, found.actor.session.sessionId, door) : null
  return leave ? sendLeave(site, request, reply, leave, door) : reply.redirect(SIGNED_OUT[door], 303)
}

function sendLeave(site: Site, request: FastifyRequest, reply: FastifyReply, leave: Leave, door: Door): FastifyReply {
  const { say } = site
  const fields = leave.fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
  return send(withFormsTo(site, [new URL(leave.action).origin]), request, reply, {
    heading: say('identity.signed-out'),
    main: html`<p class="lead">${say('identity.leave-text', { name: leave.name })}</p><form method="${leave.method}" action="${leave.action}" data-leave>${fields}<p class="actions"><button class="button">${say('identity.leave', { name: leave.name })}</button></p></form><p><a href="${SIGNED_OUT[door]}">${say('identity.stay')}</a></p>`,
  })
}

/** The same site, whose forms may also lead to these origins. */
export function withFormsTo(site: Site, origins: readonly string[]): Site {
  const policy = site.headers['content-security-policy'] ?? ''
  const widened = policy.replace("form-action 'self'", `form-action 'self' ${origins.join(' ')}`)
  return { ...site, headers: { ...site.headers, 'content-security-policy': widened } }
}
