import '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { may, type Permission } from '../../src/access/actor.ts'
import { setSession } from '../../src/access/session-routes.ts'
import { sessionOfToken } from '../../src/access/sessions.ts'
import type { App } from '../../src/app.ts'
import { NotAllowed, NotFound } from '../../src/base/refusal.ts'
import { noteProblem } from '../../src/http/log.ts'
import { type Problem, problemOf } from '../../src/http/problem.ts'
import { findSession, OF_A_SUBJECT, sameText, sessionTokenOf } from '../../src/http/session.ts'
import { findChosen } from '../../src/mandates/views.ts'
import { requireCollectable } from '../../src/validation/typed-text.ts'
import { html } from '../portal/html.ts'
import { bindActivation } from './activate.ts'
import { bindCaseFiles } from './case-file.ts'
import { bindFirstPassword } from './first-password.ts'
import { openSite, problemPage, send } from './frame.ts'
import { bindNoticeFile } from './notice.ts'
import type { AccountForm, AccountPage, Drawn, Guest, PersonVisit, Site, Visit } from './page.ts'
import { ACCOUNT_FORMS, ACCOUNT_PAGES, PERSON_FORMS, PERSON_PAGES } from './pages.ts'
import { bindReportFile } from './report.ts'
import { bindReset } from './reset.ts'
import { bindRightsDue } from './rights-request.ts'
import { bindSecondStep } from './second-step.ts'
import { bindSignIn, bindSignOut } from './sign-in.ts'
import { one, SECOND_STEP, SIGN_IN, signInAddress, subjectAddress, typedOf } from './typed.ts'
import { filesOf, readUpload } from './upload.ts'

/*
 * The subject's account under /my: pages drawn on the server, complete without scripts, in the process of the API: they read the archive
 * for the subject itself, which the portal's login cannot. Every deed is the API's own command; what it refuses is said on the page.
 */

const PREFIX = '/my'
/** Who asks, found once before a page or a form is answered. */
const visits = new WeakMap<FastifyRequest, PersonVisit>()

/** Binds the account's pages. Needs @fastify/cookie registered before. Forms are read here and not at the API beside it, whose doors take JSON. */
export async function bindAccount(http: FastifyInstance, app: App): Promise<void> {
  const site = openSite(app)
  const open = async (part: FastifyInstance): Promise<void> => {
    await part.register(formbody)
    part.setErrorHandler((error, request, reply) => {
      const problem = noted(site, error, request)
      return send(site, request, reply, problemPage(site, problem), visits.get(request))
    })
  }
  await http.register(
    async part => {
      await open(part)
      bindSignIn(part, site)
      bindSecondStep(part, site)
      bindReset(part, site)
      bindFirstPassword(part, site)
    },
    { prefix: SIGN_IN },
  )
  await http.register(
    async part => {
      await open(part)
      part.setNotFoundHandler(() => {
        throw new NotFound('page.not-found')
      })
      bindSignOut(part, site)
      bindActivation(part, site)
      await part.register(async inside => {
        inside.addHook('preHandler', (request, reply) => letPersonIn(site, request, reply))
        for (const page of PERSON_PAGES) bindPage(inside, site, page, personOf)
        for (const form of PERSON_FORMS) bindForm(inside, site, form, personOf)
        await inside.register(async own => {
          own.addHook('preHandler', (request, reply) => letSubjectIn(site, request, reply))
          for (const page of ACCOUNT_PAGES) bindPage(own, site, page, visitOf)
          for (const form of ACCOUNT_FORMS) bindForm(own, site, form, visitOf)
          bindReportFile(own, site, visitOf)
          bindRightsDue(own, site, visitOf)
          bindNoticeFile(own, site, visitOf)
          bindCaseFiles(own, site, visitOf)
        })
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

/** Whoever is not signed in is led to the door, and back with what was typed; a person of a unit is told where to go. */
async function letPersonIn(site: Site, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const found = await findSession(site.app, sessionTokenOf(site.app, request))
  const away = reply.header('cache-control', 'no-store')
  if (!found) return away.redirect(signInAddress(backOf(site, request)), 303)
  if (found.actor.session?.stage === 'factor')
    return away.redirect(`${SECOND_STEP}?${new URLSearchParams({ back: backOf(site, request) }).toString()}`, 303)
  if (found.actor.unit !== OF_A_SUBJECT) return send(site, request, reply, notSubject(site, found), found)
  const visit: PersonVisit = {
    ...found,
    speaksFor: await findChosen(site.app, found.actor),
    address: request.ip,
    site,
    params: request.params as Record<string, string>,
    files: [],
    query: typedOf(request.query),
    url: request.url,
    carryOn: async token => {
      setSession(site.app, request, reply, token)
      const { actor, csrf } = await sessionOfToken(site.app, token)
      visits.set(request, { ...visit, actor, csrf })
      return { actor, csrf }
    },
  }
  visits.set(request, visit)
  return undefined
}

/** Pages of a subject's own: whoever speaks for several, or for none any more, is asked first for whom. */
async function letSubjectIn(site: Site, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (personOf(request).actor.subjectId !== null) return undefined
  return reply.header('cache-control', 'no-store').redirect(subjectAddress(backOf(site, request)), 303)
}

function backOf(site: Site, request: FastifyRequest): string {
  if (request.method === 'GET') return request.url
  const form = [...ACCOUNT_FORMS, ...PERSON_FORMS].find(one => one.path === request.routeOptions.url)
  return form ? form.draft(typedOf(request.body), site, request.url) : PREFIX
}

function personOf(request: unknown): PersonVisit {
  const visit = visits.get(request as FastifyRequest)
  if (!visit) throw new NotAllowed('access.sign-in-needed', 401)
  return visit
}

function visitOf(request: unknown): Visit {
  const visit = personOf(request)
  const { subjectId } = visit.actor
  if (subjectId === null) throw new NotAllowed('access.sign-in-needed', 401)
  return { ...visit, subjectId }
}

/** A mandate may cover some things and not others. */
function requireCovered({ actor }: Guest, needs: Permission | undefined): void {
  if (needs && !may(actor, needs)) throw Object.assign(new NotAllowed('mandate.not-covered'), { message: needs })
}

function notSubject({ say }: Site, { actor }: Guest): Drawn {
  return {
    heading: say('my.not-subject'),
    status: 403,
    main: html`<p class="lead">${say('my.not-subject-text', { name: actor.name })}</p><p><a class="button" href="/console">${say('my.to-console')}</a></p>`,
  }
}

async function takeFiles(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { csrf } = personOf(request)
  await readUpload(request, reply, fields => sameText(one(typedOf(fields), 'csrf'), csrf))
}

type Find<Of> = (request: unknown) => Of

function bindPage<Of extends PersonVisit>(part: FastifyInstance, site: Site, page: AccountPage<Of>, find: Find<Of>): void {
  part.get(page.path.slice(PREFIX.length), async (request, reply) => {
    const visit = find(request)
    requireCovered(visit, page.needs)
    const drawn = await page.draw(visit)
    if (drawn.elsewhere) return reply.header('cache-control', 'no-store').redirect(drawn.elsewhere, 303)
    return send(site, request, reply, drawn, visit)
  })
}

/** A form that comes back tells what to mend and holds what was typed; one that goes through leads to its page, or says what is said once. */
function bindForm<Of extends PersonVisit>(part: FastifyInstance, site: Site, form: AccountForm<Of>, find: Find<Of>): void {
  const errorHandler = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const visit = find(request)
    const problem = noted(site, error, request)
    if (problem.status === 429) reply.header('retry-after', '60')
    const isCovered = !form.needs || may(visit.actor, form.needs)
    const rejection = { faults: [], problem }
    const drawn = isCovered ? await form.redraw(visit, typedOf(request.body), rejection) : problemPage(site, problem)
    return send(site, request, reply, drawn, visit)
  }
  const preHandler = form.takesFiles ? takeFiles : []
  part.post(form.path.slice(PREFIX.length), { errorHandler, preHandler }, async (request, reply) => {
    const visit = { ...find(request), files: filesOf(request) }
    requireCovered(visit, form.needs)
    const typed = typedOf(request.body)
    if (!sameText(one(typed, 'csrf'), visit.csrf)) throw new NotAllowed('access.csrf')
    requireCollectable(site.app.law, [...typed.values()])
    const outcome = await form.act(visit, typed)
    if (typeof outcome === 'string') return reply.redirect(outcome, 303)
    // The session may have another token by now: a page carries the value that goes with it.
    const renewed = find(request)
    const isDone = 'heading' in outcome
    const drawn = isDone ? outcome : await form.redraw(renewed, typed, { faults: outcome, problem: null })
    return send(site, request, reply, drawn, renewed)
  })
}
