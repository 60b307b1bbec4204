import '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { LEAST_PASSWORD } from '../../src/access/password.ts'
import { sessionCookie } from '../../src/access/session-routes.ts'
import { Refusal } from '../../src/base/refusal.ts'
import { noteProblem } from '../../src/http/log.ts'
import { problemOf } from '../../src/http/problem.ts'
import { sameText } from '../../src/http/session.ts'
import { activateAccount as redeemCode } from '../../src/mandates/activation.ts'
import { activateAccount } from '../../src/mandates/contract.ts'
import { html } from '../portal/html.ts'
import { formCookieName, newFormValue } from './form-value.ts'
import { rejectionBlock, send, warningOf } from './frame.ts'
import type { Drawn, Fault, Rejection, Site } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { textField } from './text-field.ts'
import { one, type Typed, typedOf } from './typed.ts'

/*
 * Whoever was bound at a window comes here with the code on paper and chooses login and password. Nobody is signed in yet: the form proves
 * that it came from here as the sign-in form does, by a value that stands in it and in a cookie that other sites cannot send.
 */

const PATH = '/my/activate'
/** Refusals that are to be mended at a field. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'activation.code-unknown': 'activation',
  'account.login-malformed': 'login',
  'account.login-taken': 'login',
  'account.login-person-number': 'login',
}

export function bindActivation(part: FastifyInstance, site: Site): void {
  const { app } = site
  part.get('/activate', (request, reply) => sendForm(site, request, reply, new Map(), NOTHING_WRONG))
  part.post(
    '/activate',
    {
      errorHandler: (error, request, reply) => {
        const problem = problemOf(error, app.words)
        noteProblem(request, problem, error)
        const field = FIELD_OF[problem.code] ?? (problem.code.startsWith('account.password') ? 'password' : undefined)
        const faults = field ? [{ field, sentence: problem.title }] : []
        const rejection = { faults, problem: field ? null : problem }
        return sendForm(site, request, reply, typedOf(request.body), rejection, problem.status)
      },
    },
    async (request, reply) => {
      const typed = typedOf(request.body)
      const form = one(typed, 'form')
      if (form === '' || !sameText(form, request.cookies[formCookieName(app)] ?? ''))
        throw new Refusal('access.form-stale', null, {}, 403)
      const password = typed.get('password')?.[0] ?? ''
      const faults = faultsOf(site, typed, password)
      if (faults.length > 0) return sendForm(site, request, reply, typed, { faults, problem: null })
      const given = activateAccount.input.parse({ code: one(typed, 'activation'), login: one(typed, 'login'), password })
      await redeemCode(app, given.code, given.login, given.password)
      reply.clearCookie(formCookieName(app), sessionCookie(app, request))
      return send(site, request, reply, done(site, given.login))
    },
  )
}

function faultsOf({ say }: Site, typed: Typed, password: string): Fault[] {
  const faults: Fault[] = []
  const code = one(typed, 'activation')
  const login = one(typed, 'login')
  if (code === '' || code.length > 100) faults.push({ field: 'activation', sentence: say('my.code-missing') })
  if (login === '' || login.length > 100) faults.push({ field: 'login', sentence: say('my.login-missing') })
  if (password === '' || password.length > 200) faults.push({ field: 'password', sentence: say('my.password-missing') })
  else if (password !== (typed.get('again')?.[0] ?? '')) faults.push({ field: 'again', sentence: say('my.again-differs') })
  return faults
}

function done({ say }: Site, login: string): Drawn {
  return {
    heading: say('my.activated'),
    main: html`<p class="lead">${say('my.activated-text', { login })}</p><p><a class="button" href="/my">${say('my.sign-in')}</a></p>`,
  }
}

function sendForm(
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
  const { say, app } = site
  const field = (name: string, value: string, hint: string, more: ReturnType<typeof html>) =>
    textField(site, rejection, { name, value, most: name === 'activation' ? 100 : 200, ...(hint ? { hint } : {}), more })
  return {
    heading: say('my.activate'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.activate-lead')}</p><form class="fill" method="post" action="${PATH}"><input type="hidden" name="form" value="${form}">${field('activation', one(typed, 'activation'), say('my.activate-code-hint'), html` autocomplete="off" autocapitalize="characters" spellcheck="false"`)}${field('login', one(typed, 'login'), say('my.activate-login-hint'), html` autocomplete="username" autocapitalize="none" spellcheck="false"`)}${field('password', '', say('my.activate-password-hint', { least: LEAST_PASSWORD }), html` type="password" autocomplete="new-password"`)}${field('again', '', '', html` type="password" autocomplete="new-password"`)}<p class="actions"><button class="button">${say('my.activate-button')}</button></p></form><section><h2>${say('my.no-code')}</h2><p>${say('my.no-code-text', { office: app.city.contact.office })}</p></section>`,
  }
}
