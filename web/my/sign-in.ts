import '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { signIn } from '../../src/access/contract.ts'
import type { Step } from '../../src/access/next-step.ts'
import { callerOf, sessionCookie, setSession } from '../../src/access/session-routes.ts'
import { beginSession } from '../../src/access/sign-in.ts'
import { Refusal } from '../../src/base/refusal.ts'
import { noteProblem } from '../../src/http/log.ts'
import { problemOf } from '../../src/http/problem.ts'
import { findSession, IDLE_MINUTES, sameText, sessionTokenOf } from '../../src/http/session.ts'
import { html } from '../portal/html.ts'
import { federatedButtons } from './federated-buttons.ts'
import { formCookieName, newFormValue } from './form-value.ts'
import { rejectionBlock, send, warningOf } from './frame.ts'
import type { Drawn, Fault, Rejection, Site } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { passkeyButton } from './passkey-button.ts'
import { signOutHere } from './sign-out.ts'
import { textField } from './text-field.ts'
import { accountPath, one, SECOND_STEP, SIGN_IN, type Typed, typedOf } from './typed.ts'

/*
 * The door of the account: the same accounts, brake and cookie as the API's. Before there is a session, a form proves that it came from
 * here by a value that stands in it and in a cookie that other sites cannot send.
 */

const REFUSALS_OF_WHO = new Set(['access.wrong-login', 'access.locked'])

export function bindSignIn(part: FastifyInstance, site: Site): void {
  const { app } = site
  part.get('/', async (request, reply) => {
    const typed = typedOf(request.query)
    const back = accountPath(one(typed, 'back'))
    const found = await findSession(app, sessionTokenOf(app, request))
    if (found?.actor.session?.stage === 'whole') return reply.redirect(back, 303)
    return sendSignIn(site, request, reply, typed, NOTHING_WRONG)
  })
  part.post(
    '/',
    {
      // The form comes back with the login as typed; a password is never sent back.
      errorHandler: (error, request, reply) => {
        const problem = problemOf(error, app.words)
        noteProblem(request, problem, error)
        const isWho = REFUSALS_OF_WHO.has(problem.code)
        const faults = isWho ? [{ field: 'login', sentence: problem.title }] : []
        return sendSignIn(
          site,
          request,
          reply,
          typedOf(request.body),
          { faults, problem: isWho ? null : problem },
          problem.status,
        )
      },
    },
    async (request, reply) => {
      const typed = typedOf(request.body)
      if (!sameText(one(typed, 'form'), request.cookies[formCookieName(app)] ?? '') || one(typed, 'form') === '')
        throw new Refusal('access.form-stale', null, {}, 403)
      const given = signIn.input.safeParse({ login: one(typed, 'login'), password: typed.get('password')?.[0] ?? '' })
      if (!given.success) return sendSignIn(site, request, reply, typed, { faults: faultsOf(site, typed), problem: null })
      const { token, step } = await beginSession(app, given.data.login, given.data.password, callerOf(app, request))
      setSession(app, request, reply, token)
      reply.clearCookie(formCookieName(app), sessionCookie(app, request))
      return reply.redirect(afterStep(step, accountPath(one(typed, 'back'))), 303)
    },
  )
}

/** Where a session goes next: in, to its second step, or to the console, where staff set one up. */
function afterStep(step: Step, back: string): string {
  if (step === 'factor') return `${SECOND_STEP}?${new URLSearchParams({ back }).toString()}`
  return step === 'enrol' ? '/console' : back
}

/** Where the door stood before, and the form of every page that signs out. */
export function bindSignOut(part: FastifyInstance, site: Site): void {
  part.get('/sign-in', (request, reply) => reply.redirect(SIGN_IN + (request.url.match(/\?.*/)?.[0] ?? ''), 301))
  part.post('/sign-out', (request, reply) => signOutHere(site, request, reply, 'subjects'))
}

function faultsOf({ say }: Site, typed: Typed): Fault[] {
  const faults: Fault[] = []
  const login = one(typed, 'login')
  const password = typed.get('password')?.[0] ?? ''
  if (login === '' || login.length > 100) faults.push({ field: 'login', sentence: say('my.login-missing') })
  if (password === '' || password.length > 200) faults.push({ field: 'password', sentence: say('my.password-missing') })
  return faults
}

function sendSignIn(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed,
  rejection: Rejection,
  status?: number,
): FastifyReply {
  const form = request.cookies[formCookieName(site.app)] || newFormValue()
  reply.setCookie(formCookieName(site.app), form, sessionCookie(site.app, request))
  const drawn = drawSignIn(site, typed, rejection, form)
  return send(site, request, reply, status === undefined ? drawn : { ...drawn, status })
}

function drawSignIn(site: Site, typed: Typed, rejection: Rejection, form: string): Drawn {
  const { say, app } = site
  const { office, telephone, address } = app.city.contact
  const back = accountPath(one(typed, 'back'))
  const told = typed.has('reset')
    ? say(one(typed, 'reset') === 'factor' ? 'my.reset-done-factor' : 'my.reset-done')
    : typed.has('out')
      ? say('my.signed-out')
      : back === '/my'
        ? ''
        : say('my.sign-in-first')
  const where = [telephone, address].filter(Boolean).join(say('portal.semicolon'))
  return {
    heading: say('my.sign-in'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}${told ? html`<p class="banner" role="status">${told}</p>` : ''}<p class="lead">${say('my.sign-in-lead')}</p><p class="hint">${say('my.sign-in-idle', { minutes: IDLE_MINUTES })}</p>${federatedButtons(site, back)}<form class="fill" method="post" action="${SIGN_IN}"><input type="hidden" name="form" value="${form}"><input type="hidden" name="back" value="${back}">${textField(
      site,
      rejection,
      {
        name: 'login',
        value: one(typed, 'login'),
        most: 100,
        more: html` autocomplete="username" autocapitalize="none" spellcheck="false"`,
      },
    )}${textField(site, rejection, { name: 'password', value: '', most: 200, more: html` type="password" autocomplete="current-password"` })}<p class="actions"><button class="button">${say('my.sign-in-button')}</button></p></form>${passkeyButton(site, 'sign-in', back)}<section><h2>${say('my.no-account')}</h2><p>${say('my.no-account-text', { office })}${where ? html`<span class="block hint">${where}</span>` : ''}</p><p><a href="/my/activate">${say('my.activate-go')}</a></p><p>${say('my.first-text')}<a href="/signin/first">${say('my.first')}</a></p><p>${say('my.reset-text')}<a href="/signin/reset">${say('my.reset')}</a></p><p>${say('my.staff-text')}<a href="/console">${say('my.to-console')}</a></p></section>`,
  }
}
