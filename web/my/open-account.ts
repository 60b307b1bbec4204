import '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../src/app.ts'
import { NotAllowed, NotFound } from '../../src/base/refusal.ts'
import { noteProblem } from '../../src/http/log.ts'
import { type Problem, problemOf } from '../../src/http/problem.ts'
import { findSession, sameText, sessionTokenOf } from '../../src/http/session.ts'
import { html } from '../portal/html.ts'
import { openSite, problemPage, send } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Guest, Site, Visit } from './page.ts'
import { ACCOUNT_FORMS, ACCOUNT_PAGES } from './pages.ts'
import { bindReportFile } from './report.ts'
import { bindSignIn } from './sign-in.ts'
import { one, signInAddress, typedOf } from './typed.ts'

/*
 * The subject's account under /my: pages drawn on the server, complete without scripts, in the process of the API: they read the archive
 * for the subject itself, which the portal's login cannot. Every deed is the API's own command; what it refuses is said on the page.
 */

const PREFIX = '/my'
/** Who asks, found once before a page or a form is answered. */
const visits = new WeakMap<FastifyRequest, Visit>()

/** Binds the account's pages. Needs @fastify/cookie registered before. Forms are read here and not at the API beside it, whose doors take JSON. */
export async function bindAccount(http: FastifyInstance, app: App): Promise<void> {
  const site = openSite(app)
  await http.register(
    async part => {
      await part.register(formbody)
      part.setErrorHandler((error, request, reply) => {
        const problem = noted(site, error, request)
        return send(site, request, reply, problemPage(site, problem), visits.get(request))
      })
      part.setNotFoundHandler(() => {
        throw new NotFound('page.not-found')
      })
      bindSignIn(part, site)
      await part.register(async inside => {
        inside.addHook('preHandler', (request, reply) => letIn(site, request, reply))
        for (const page of ACCOUNT_PAGES) bindPage(inside, site, page)
        for (const form of ACCOUNT_FORMS) bindForm(inside, site, form)
        bindReportFile(inside, site, visitOf)
      })
    },
    { prefix: PREFIX },
  )
}

function noted(site: Site, error: unknown, request: FastifyRequest): Problem {
  const problem = problemOf(error, site.app.words)
  noteProblem(request, problem, error)
  return problem
}

/** Only a subject comes in: whoever is not signed in is led to the door, and back with what was typed; a person of a unit is told where to go. */
async function letIn(site: Site, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const found = await findSession(site.app, sessionTokenOf(site.app, request))
  if (!found) return reply.header('cache-control', 'no-store').redirect(signInAddress(backOf(request)), 303)
  const { subjectId } = found.actor
  if (subjectId === null) return send(site, request, reply, notSubject(site, found), found)
  visits.set(request, {
    ...found,
    site,
    subjectId,
    params: request.params as Record<string, string>,
    query: typedOf(request.query),
    url: request.url,
  })
  return undefined
}

function backOf(request: FastifyRequest): string {
  if (request.method === 'GET') return request.url
  const form = ACCOUNT_FORMS.find(one => one.path === request.routeOptions.url)
  return form ? form.draft(typedOf(request.body)) : PREFIX
}

function visitOf(request: unknown): Visit {
  const visit = visits.get(request as FastifyRequest)
  if (!visit) throw new NotAllowed('access.sign-in-needed', 401)
  return visit
}

function notSubject({ say }: Site, { actor }: Guest): Drawn {
  return {
    heading: say('my.not-subject'),
    status: 403,
    main: html`<p class="lead">${say('my.not-subject-text', { name: actor.name })}</p><p><a class="button" href="/console">${say('my.to-console')}</a></p>`,
  }
}

function bindPage(part: FastifyInstance, site: Site, page: AccountPage): void {
  part.get(page.path.slice(PREFIX.length), async (request, reply) => {
    const visit = visitOf(request)
    return send(site, request, reply, await page.draw(visit), visit)
  })
}

/** A form that comes back tells what to mend and holds what was typed; one that goes through leads to its page. */
function bindForm(part: FastifyInstance, site: Site, form: AccountForm): void {
  const errorHandler = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const visit = visitOf(request)
    const problem = noted(site, error, request)
    if (problem.status === 429) reply.header('retry-after', '60')
    return send(site, request, reply, await form.redraw(visit, typedOf(request.body), { faults: [], problem }), visit)
  }
  part.post(form.path.slice(PREFIX.length), { errorHandler }, async (request, reply) => {
    const visit = visitOf(request)
    const typed = typedOf(request.body)
    if (!sameText(one(typed, 'csrf'), visit.csrf)) throw new NotAllowed('access.csrf')
    const outcome = await form.act(visit, typed)
    if (typeof outcome === 'string') return reply.redirect(outcome, 303)
    return send(site, request, reply, await form.redraw(visit, typed, { faults: outcome, problem: null }), visit)
  })
}
