import '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { NotAllowed } from '../base/refusal.ts'
import { serve } from '../http/serve.ts'
import { findSession, SESSION_COOKIE, SESSION_HOURS } from '../http/session.ts'
import { getSession, signIn, signOut } from './contract.ts'
import { beginSession, endSession, viewOfMe } from './sign-in.ts'

/** Binds the doors of the session: sign in, who am I, sign out. The cookie is out of scripts' reach and is sent to this site alone. */
export function bindSessions(http: FastifyInstance, app: App): void {
  serve(http, app, signIn, async ({ input, request, reply }) => {
    const { token, csrf, actor } = await beginSession(app, input.login, input.password, request.ip)
    reply.setCookie(SESSION_COOKIE, token, { ...sessionCookie(app, request), maxAge: SESSION_HOURS * 3600 })
    return { ...(await viewOfMe(app, actor, csrf)), token }
  })
  serve(http, app, getSession, async ({ actor, request }) => {
    const found = await findSession(app, request.cookies[SESSION_COOKIE] ?? '')
    // A program has no session and so no value to send back with its changes.
    return await viewOfMe(app, actor, found?.csrf ?? '')
  })
  serve(http, app, signOut, async ({ actor, request, reply }) => {
    const token = request.cookies[SESSION_COOKIE]
    if (!token) throw new NotAllowed('access.session-over', 401)
    const ended = await endSession(app, actor, token)
    reply.clearCookie(SESSION_COOKIE, sessionCookie(app, request))
    return { ended }
  })
}

/** How the session's cookie is set and taken back. */
export function sessionCookie(app: App, request: FastifyRequest) {
  const secure = request.protocol === 'https' || app.publicUrl.startsWith('https:')
  return { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
}
