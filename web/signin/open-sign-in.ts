import '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { callerOf, sessionCookie, setSession } from '../../src/access/session-routes.ts'
import type { App } from '../../src/app.ts'
import { NotFound, Refusal } from '../../src/base/refusal.ts'
import { hurryBack, noteProblem } from '../../src/http/log.ts'
import { type Problem, problemOf } from '../../src/http/problem.ts'
import { newToken, sameText } from '../../src/http/session.ts'
import type { Door } from '../../src/identity/claims.ts'
import { obeyLogout } from '../../src/identity/logout.ts'
import { originsOf } from '../../src/identity/outbound.ts'
import { beginSignIn, finishSignIn } from '../../src/identity/sign-in.ts'
import { REQUEST_MINUTES, takeRequest } from '../../src/identity/sign-in-request.ts'
import { findInvitation } from '../../src/identity/staff-binding.ts'
import type { IdentityProvider } from '../../src/law/identity-model.ts'
import { formCookieName, newFormValue } from '../my/form-value.ts'
import { openSite, send } from '../my/frame.ts'
import { NOTHING_WRONG, type Rejection, type Site } from '../my/page.ts'
import { SIGNED_OUT, signOutHere, withFormsTo } from '../my/sign-out.ts'
import { one, typedOf } from '../my/typed.ts'
import { drawInvitation, drawRefused, drawWelcome } from './pages.ts'

/*
 * The browser's way to a provider of unified identity and back, under /signin. The way there and back are GETs because another site's redirect
 * can be nothing else; what they write is a challenge and its taking, and a session that only the browser with the challenge's cookie gets.
 */

const PREFIX = '/signin'
const SIGN_INS_A_MINUTE = 300
/** A provider tells every session it ends. */
const LOGOUTS_A_MINUTE = 3000

type Way = { readonly site: Site; readonly part: FastifyInstance }
type Params = { readonly provider: string }

/** Which door somebody came to, once it is known: where a refusal leads back to. */
const doorsOf = new WeakMap<FastifyRequest, Door>()

/** Binds the pages. Needs @fastify/cookie registered before. */
export async function bindSignInPages(http: FastifyInstance, app: App): Promise<void> {
  const site = openSite(app)
  await http.register(
    async part => {
      await part.register(formbody, { bodyLimit: 64 * 1024 })
      part.setErrorHandler((error, request, reply) => sendRefused(site, request, reply, error))
      part.setNotFoundHandler(() => {
        throw new NotFound('page.not-found')
      })
      bindWay({ site, part })
      bindInvitation({ site, part })
      bindLogout({ site, part })
    },
    { prefix: PREFIX },
  )
}

function sendRefused(site: Site, request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const problem = noted(site, request, error)
  const { provider } = request.params as Partial<Params>
  const door = doorsOf.get(request) ?? doorOf(request)
  hurryBack(reply, problem.status)
  return send(site, request, reply, drawRefused(site, problem, { door, provider }))
}

/** What a provider answered badly is worth a line: which provider, which check. No value of a token stands in either. */
function noted(site: Site, request: FastifyRequest, error: unknown): Problem {
  const problem = problemOf(error, site.app.words)
  const { provider } = request.params as Partial<Params>
  if (!problem.code.startsWith('identity.')) noteProblem(request, problem, error)
  else
    request.log.warn(
      { event: 'sign-in refused', code: problem.code, fault: problem.facts?.['fault'], provider },
      'sign-in refused',
    )
  return problem
}

function doorOf(request: FastifyRequest): Door {
  return one(typedOf(request.query), 'door') === 'staff' ? 'staff' : 'subjects'
}

function bindWay({ site, part }: Way): void {
  const { app } = site
  const config = { rateLimit: { max: SIGN_INS_A_MINUTE, timeWindow: 60_000 } }
  part.get<{ Params: Params }>('/oidc/:provider', { config }, async (request, reply) => {
    const back = one(typedOf(request.query), 'back')
    const anew = one(typedOf(request.query), 'anew') === '1'
    const wanted = { provider: request.params.provider, door: doorOf(request), back, invitationId: null, anew }
    return await leadAway(app, request, reply, wanted)
  })
  part.get<{ Params: Params }>('/oidc/:provider/callback', { config }, async (request, reply) => {
    const { provider } = request.params
    const answer = new URL(request.url, app.publicUrl)
    const browser = request.cookies[browserCookie(app)] ?? ''
    const taken = await takeRequest(app, { provider, state: answer.searchParams.get('state') ?? '', browser })
    doorsOf.set(request, taken.door)
    const { token, back } = await finishSignIn(app, taken, answer, callerOf(app, request))
    setSession(app, request, reply, token)
    // A redirect from another site would not carry the session's cookie to the next page; a page of this site does.
    reply.header('refresh', `0; url=${back}`)
    return send(site, request, reply, drawWelcome(site, back))
  })
}

type Wanted = Parameters<typeof beginSignIn>[1]

/** Sends the browser to the provider. It keeps one value for all sign-ins that it has on the way, so that two windows do not disturb each other. */
async function leadAway(app: App, request: FastifyRequest, reply: FastifyReply, wanted: Wanted): Promise<FastifyReply> {
  const name = browserCookie(app)
  const kept = request.cookies[name] ?? ''
  const browser = kept.startsWith('mxb_') && kept.length > 40 ? kept : newToken('mxb')
  const address = await beginSignIn(app, wanted, browser)
  const { secure } = sessionCookie(app, request)
  reply.setCookie(name, browser, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: REQUEST_MINUTES * 60 })
  return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(address.href, 303)
}

/** Over TLS the name keeps neighbouring hosts from setting it. */
function browserCookie({ publicUrl }: App): string {
  return publicUrl.startsWith('https:') ? '__Host-mingxin_federated' : 'mingxin_federated'
}

function bindInvitation({ site, part }: Way): void {
  const { app } = site
  const config = { rateLimit: { max: 30, timeWindow: 60_000 } }
  const providerOf = ({ provider }: Params): IdentityProvider => {
    const found = app.law.identityProviders.get(provider)
    if (!found?.for.includes('staff')) throw new NotFound('identity.provider-unknown')
    return found
  }
  const draw = (request: FastifyRequest, reply: FastifyReply, rejection: Rejection): FastifyReply => {
    const provider = providerOf(request.params as Params)
    const form = request.cookies[formCookieName(app)] || newFormValue()
    reply.setCookie(formCookieName(app), form, sessionCookie(app, request))
    // The form's answer leads to the provider: a browser wants to know that beforehand.
    return send(withFormsTo(site, originsOf(provider)), request, reply, drawInvitation(site, provider, form, rejection))
  }
  part.get<{ Params: Params }>('/oidc/:provider/invitation', async (request, reply) => draw(request, reply, NOTHING_WRONG))
  const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    doorsOf.set(request, 'staff')
    const problem = noted(site, request, error)
    if (problem.code !== 'identity.invitation-over') return sendRefused(site, request, reply, error)
    const drawn = draw(request, reply, { faults: [{ field: 'code', sentence: problem.title }], problem: null })
    return drawn.code(problem.status)
  }
  part.post<{ Params: Params }>('/oidc/:provider/invitation', { config, errorHandler }, async (request, reply) => {
    const provider = providerOf(request.params)
    const typed = typedOf(request.body)
    const form = one(typed, 'form')
    if (form === '' || !sameText(form, request.cookies[formCookieName(app)] ?? ''))
      throw new Refusal('access.form-stale', null, {}, 403)
    const invitationId = await findInvitation(app, provider.id, one(typed, 'code'))
    return await leadAway(app, request, reply, { provider: provider.id, door: 'staff', back: '', invitationId, anew: false })
  })
}

function bindLogout({ site, part }: Way): void {
  const { app } = site
  const config = { rateLimit: { max: LOGOUTS_A_MINUTE, timeWindow: 60_000 } }
  /** The provider is told in the form the standard wants (Back-Channel Logout 1.0, 2.8): 200 or 400, never kept on the way. */
  const errorHandler = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const problem = noted(site, request, error)
    const status = problem.status === 429 || problem.status >= 500 ? problem.status : 400
    return reply
      .code(status)
      .header('cache-control', 'no-store')
      .send({ error: 'invalid_request', error_description: problem.code })
  }
  part.post<{ Params: Params }>('/oidc/:provider/logout', { config, errorHandler }, async (request, reply) => {
    await obeyLogout(app, request.params.provider, typedOf(request.body).get('logout_token')?.[0] ?? '')
    return reply.header('cache-control', 'no-store').send('')
  })
  part.post('/out', async (request, reply) => {
    const door = one(typedOf(request.body), 'door') === 'staff' ? 'staff' : 'subjects'
    return await signOutHere(site, request, reply, door)
  })
  /** Where the provider leads back to when it has ended its session, too. */
  part.get('/out', async (request, reply) =>
    reply.redirect(SIGNED_OUT[one(typedOf(request.query), 'state') === 'staff' ? 'staff' : 'subjects'], 303),
  )
}
