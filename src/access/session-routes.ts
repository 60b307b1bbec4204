import '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { NotAllowed } from '../base/refusal.ts'
import { serve } from '../http/serve.ts'
import { SESSION_HOURS, sessionCookieName, sessionTokenOf } from '../http/session.ts'
import { getSession, type Me, signIn, signOut } from './contract.ts'
import { type Caller, endSession, type SignedIn } from './sessions.ts'
import { beginSession, viewOfMe } from './sign-in.ts'

/** Binds the doors of the session: sign in, who am I, sign out. The cookie is out of scripts' reach and is sent to this site alone. */
export function bindSessions(http: FastifyInstance, app: App): void {
  serve(http, app, signIn, async ({ input, request, reply }) =>
    answerSession(app, request, reply, await beginSession(app, input.login, input.password, callerOf(app, request))),
  )
  serve(http, app, getSession, async ({ actor, request }) => await viewOfMe(app, actor, tokenOf(app, request)))
  serve(http, app, signOut, async ({ actor, request, reply }) => {
    const token = tokenOf(app, request)
    if (token === '') throw new NotAllowed('access.session-over', 401)
    const ended = await endSession(app, actor, token)
    clearSession(app, request, reply)
    return { ended }
  })
}

/** The token a session came by: as a bearer, or in the cookie. */
export function tokenOf(app: App, request: FastifyRequest): string {
  const header = request.headers.authorization
  return header?.startsWith('Bearer ') ? header.slice(7).trim() : sessionTokenOf(app, request)
}

/** Who sends a request, as far as the network shows. */
export function callerOf(app: App, request: FastifyRequest): Caller {
  return { address: request.ip, agent: request.headers['user-agent'] ?? '', before: sessionTokenOf(app, request) }
}

/** Sets the cookie of a session that began or rose, and answers what the screen knows of it. */
export async function answerSession(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  { token, actor }: SignedIn,
): Promise<Me> {
  setSession(app, request, reply, token)
  return await viewOfMe(app, actor, token)
}

export function setSession(app: App, request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(sessionCookieName(app), token, { ...sessionCookie(app, request), maxAge: SESSION_HOURS * 3600 })
}

export function clearSession(app: App, request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(sessionCookieName(app), sessionCookie(app, request))
  // Nothing that was read should be there for whoever sits down next; not `storage`, in which a person's own settings of the screen stand.
  reply.header('clear-site-data', '"cache"')
}

/** How the session's cookie is set and taken back. */
export function sessionCookie(app: App, request: FastifyRequest) {
  const secure = request.protocol === 'https' || app.publicUrl.startsWith('https:')
  return { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
}
