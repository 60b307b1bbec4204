import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { spendReset } from '../../src/access/reset-password.ts'
import { callerOf, sessionCookie } from '../../src/access/session-routes.ts'
import { Refusal } from '../../src/base/refusal.ts'
import { noteProblem } from '../../src/http/log.ts'
import { problemOf } from '../../src/http/problem.ts'
import { sameText } from '../../src/http/session.ts'
import { html } from '../portal/html.ts'
import { codeFormFaults } from './code-form.ts'
import { formCookieName, newFormValue } from './form-value.ts'
import { rejectionBlock, send, warningOf } from './frame.ts'
import type { Drawn, Rejection, Site } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { SECURITY } from './security.ts'
import { textField } from './text-field.ts'
import { one, SIGN_IN, type Typed, typedOf } from './typed.ts'

/* A new password with the code that an administrator handed over. For staff, too: nobody is signed in here. */

const PATH = `${SIGN_IN}/reset`
const AT_FIELD: Readonly<Record<string, string>> = { 'reset.code-wrong': 'reset-code', 'access.locked': 'login' }

export function bindReset(part: FastifyInstance, site: Site): void {
  const { app } = site
  part.get('/reset', async (request, reply) => draw(site, request, reply, new Map(), NOTHING_WRONG))
  const errorHandler = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const problem = problemOf(error, app.words)
    noteProblem(request, problem, error)
    if (problem.status >= 500) throw error
    if (problem.status === 429) reply.header('retry-after', '60')
    const field = AT_FIELD[problem.code] ?? (problem.code.startsWith('account.password') ? 'new' : null)
    const faults = field ? [{ field, sentence: problem.title }] : []
    const status = problem.status === 409 ? 422 : problem.status
    return draw(site, request, reply, typedOf(request.body), { faults, problem: field ? null : problem }, status)
  }
  part.post('/reset', { errorHandler }, async (request, reply) => {
    const typed = typedOf(request.body)
    if (!sameText(one(typed, 'form'), request.cookies[formCookieName(app)] ?? '') || one(typed, 'form') === '')
      throw new Refusal('access.form-stale', null, {}, 403)
    const faults = codeFormFaults(site, typed, 'reset-code')
    if (faults.length > 0) return draw(site, request, reply, typed, { faults, problem: null })
    const [login, code] = [one(typed, 'login').slice(0, 100), one(typed, 'reset-code').slice(0, 60)]
    const password = (typed.get('new')?.[0] ?? '').slice(0, 400)
    const { isStaff, tookFactor } = await spendReset(app, { login, code, password, caller: callerOf(app, request) })
    // Whose second factor is gone is led to where a new one is set up; staff are led there by their own door.
    const onward = tookFactor && !isStaff ? { reset: 'factor', back: SECURITY } : { reset: '1' }
    return reply.redirect(`${SIGN_IN}?${new URLSearchParams(onward).toString()}`, 303)
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
  const drawn = drawReset(site, typed, rejection, form)
  return send(site, request, reply, status === undefined ? drawn : { ...drawn, status })
}

function drawReset(site: Site, typed: Typed, rejection: Rejection, form: string): Drawn {
  const { say } = site
  const secret = html` type="password" autocomplete="new-password"`
  const field = (name: string, value: string, most: number, more = html``, hint?: string) =>
    textField(site, rejection, { name, value, most, more, ...(hint ? { hint } : {}) })
  return {
    heading: say('my.reset'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.reset-lead')}</p><form class="fill" method="post" action="${PATH}"><input type="hidden" name="form" value="${form}">${field('login', one(typed, 'login'), 100, html` autocomplete="username" autocapitalize="none" spellcheck="false"`)}${field('reset-code', '', 60, html` autocomplete="off" autocapitalize="characters" spellcheck="false"`, say('my.reset-code-hint'))}${field('new', '', 200, secret, say('my.password-hint'))}${field('new-again', '', 200, secret)}<p class="actions"><button class="button">${say('my.reset-button')}</button></p></form><p><a href="${SIGN_IN}">${say('my.sign-in')}</a></p>`,
  }
}
