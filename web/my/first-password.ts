import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { FIRST_CODE_DAYS } from '../../src/access/first-code.ts'
import { beginWithFirstPassword } from '../../src/access/first-password.ts'
import { LEAST_PASSWORD, LEAST_STAFF_PASSWORD } from '../../src/access/password.ts'
import { callerOf, sessionCookie, setSession } from '../../src/access/session-routes.ts'
import { Refusal } from '../../src/base/refusal.ts'
import { noteProblem } from '../../src/http/log.ts'
import { problemOf } from '../../src/http/problem.ts'
import { OF_A_SUBJECT, sameText } from '../../src/http/session.ts'
import { html } from '../portal/html.ts'
import { codeFormFaults } from './code-form.ts'
import { formCookieName, newFormValue } from './form-value.ts'
import { rejectionBlock, send, warningOf } from './frame.ts'
import type { Drawn, Rejection, Site } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { textField } from './text-field.ts'
import { one, SIGN_IN, type Typed, typedOf } from './typed.ts'

/*
 * The owner of a new account sets its first password with the code that was handed over, and is signed in by it: the second factor comes next
 * where one is asked for. For staff, too.
 */

const PATH = `${SIGN_IN}/first`
const AT_FIELD: Readonly<Record<string, string>> = { 'first-code.wrong': 'first-code', 'access.locked': 'login' }

export function bindFirstPassword(part: FastifyInstance, site: Site): void {
  const { app } = site
  part.get('/first', async (request, reply) => draw(site, request, reply, new Map(), NOTHING_WRONG))
  const errorHandler = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const problem = problemOf(error, app.words)
    noteProblem(request, problem, error)
    if (problem.status >= 500) throw error
    if (problem.status === 429) reply.header('retry-after', '60')
    const field = AT_FIELD[problem.code] ?? (problem.code.startsWith('account.password') ? 'new' : null)
    const faults = field ? [{ field, sentence: problem.title }] : []
    return draw(site, request, reply, typedOf(request.body), { faults, problem: field ? null : problem }, problem.status)
  }
  part.post('/first', { errorHandler }, async (request, reply) => {
    const typed = typedOf(request.body)
    if (!sameText(one(typed, 'form'), request.cookies[formCookieName(app)] ?? '') || one(typed, 'form') === '')
      throw new Refusal('access.form-stale', null, {}, 403)
    const faults = codeFormFaults(site, typed, 'first-code')
    if (faults.length > 0) return draw(site, request, reply, typed, { faults, problem: null })
    const [login, code] = [one(typed, 'login').slice(0, 100), one(typed, 'first-code').slice(0, 60)]
    const password = (typed.get('new')?.[0] ?? '').slice(0, 400)
    const caller = callerOf(app, request)
    const { token, actor } = await beginWithFirstPassword(app, { login, code, password, caller })
    setSession(app, request, reply, token)
    reply.clearCookie(formCookieName(app), sessionCookie(app, request))
    // Either leads on to the second factor where the session has not given one.
    return reply.redirect(actor.unit === OF_A_SUBJECT ? '/my' : '/console', 303)
  })
}

function draw(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed,
  rejection: Rejection,
  status?: number,
): FastifyReply {
  const form = request.cookies[formCookieName(site.app)] || newFormValue()
  reply.setCookie(formCookieName(site.app), form, sessionCookie(site.app, request))
  const drawn = drawForm(site, typed, rejection, form)
  return send(site, request, reply, status === undefined ? drawn : { ...drawn, status })
}

function drawForm(site: Site, typed: Typed, rejection: Rejection, form: string): Drawn {
  const { say } = site
  const secret = html` type="password" autocomplete="new-password"`
  const field = (name: string, value: string, most: number, more = html``, hint?: string) =>
    textField(site, rejection, { name, value, most, more, ...(hint ? { hint } : {}) })
  const rules = say('my.first-password-hint', { staff: LEAST_STAFF_PASSWORD, least: LEAST_PASSWORD })
  return {
    heading: say('my.first'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.first-lead', { days: FIRST_CODE_DAYS })}</p><form class="fill" method="post" action="${PATH}"><input type="hidden" name="form" value="${form}">${field('login', one(typed, 'login'), 100, html` autocomplete="username" autocapitalize="none" spellcheck="false"`, say('my.first-login-hint'))}${field('first-code', '', 60, html` autocomplete="off" autocapitalize="characters" spellcheck="false"`, say('my.reset-code-hint'))}${field('new', '', 200, secret, rules)}${field('new-again', '', 200, secret)}<p class="actions"><button class="button">${say('my.first-button')}</button></p></form><section><h2>${say('my.first-not')}</h2><p>${say('my.first-not-text')}</p><p><a href="${SIGN_IN}/reset">${say('my.reset')}</a></p><p><a href="/my/activate">${say('my.activate-go')}</a></p><p><a href="${SIGN_IN}">${say('my.sign-in')}</a></p><p><a href="/console">${say('my.first-console')}</a></p></section>`,
  }
}
