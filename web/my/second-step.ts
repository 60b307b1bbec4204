import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { setSession } from '../../src/access/session-routes.ts'
import { hasPasskey, stepOf } from '../../src/access/sessions.ts'
import { NotAllowed } from '../../src/base/refusal.ts'
import { giveCode } from '../../src/factors/give-code.ts'
import { problemOf } from '../../src/http/problem.ts'
import { type FoundSession, findSession, OF_A_SUBJECT, sameText, sessionTokenOf } from '../../src/http/session.ts'
import { html } from '../portal/html.ts'
import { csrfField, rejectionBlock, send, warningOf } from './frame.ts'
import type { Drawn, Rejection, Site } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { passkeyButton } from './passkey-button.ts'
import { textField } from './text-field.ts'
import { accountPath, one, SECOND_STEP, signInAddress, type Typed, typedOf } from './typed.ts'

/* The second step of signing in: a code of the app, a recovery code, or a passkey. */

const REFUSALS_OF_CODE = new Set(['factor.code-wrong', 'access.locked'])

export function bindSecondStep(part: FastifyInstance, site: Site): void {
  const { app } = site
  part.get('/factor', async (request, reply) => {
    const typed = typedOf(request.query)
    const found = await findSession(app, sessionTokenOf(app, request))
    const elsewhere = await wayAround(site, found, accountPath(one(typed, 'back')))
    if (!found || elsewhere) return reply.header('cache-control', 'no-store').redirect(elsewhere ?? signInAddress('/my'), 303)
    return await draw(site, request, reply, found, typed, NOTHING_WRONG)
  })
  const errorHandler = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const problem = problemOf(error, app.words)
    const found = await findSession(app, sessionTokenOf(app, request))
    if (!found || problem.status >= 500) throw error
    const faults = REFUSALS_OF_CODE.has(problem.code) ? [{ field: 'factor-code', sentence: problem.title }] : []
    const rejection = { faults, problem: faults.length > 0 ? null : problem }
    if (problem.status === 429) reply.header('retry-after', '60')
    return draw(site, request, reply, found, typedOf(request.body), rejection, problem.status)
  }
  part.post('/factor', { errorHandler }, async (request, reply) => {
    const typed = typedOf(request.body)
    const back = accountPath(one(typed, 'back'))
    const found = await findSession(app, sessionTokenOf(app, request))
    if (!found) return reply.redirect(signInAddress(back), 303)
    if (!sameText(one(typed, 'csrf'), found.csrf)) throw new NotAllowed('access.csrf')
    const code = one(typed, 'factor-code').slice(0, 40)
    if (code === '') {
      const faults = [{ field: 'factor-code', sentence: site.say('my.factor-code-missing') }]
      return draw(site, request, reply, found, typed, { faults, problem: null })
    }
    const { token } = await giveCode(app, found.actor, { code, address: request.ip })
    setSession(app, request, reply, token)
    return reply.redirect(back, 303)
  })
}

/** Where a session goes that has no second step to give here; null: it has. */
async function wayAround({ app }: Site, found: FoundSession | undefined, back: string): Promise<string | null> {
  if (!found) return signInAddress(back)
  if (found.actor.session?.stage === 'whole') return back
  // Only staff must set one up before anything else; they do so in the console.
  return (await stepOf(app, found.actor.assurance, found.account.accountId)) === 'enrol' ? '/console' : null
}

async function draw(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  found: FoundSession,
  typed: Typed,
  rejection: Rejection,
  status?: number,
): Promise<FastifyReply> {
  const drawn = await drawStep(site, found, accountPath(one(typed, 'back')), rejection)
  return send(site, request, reply, status === undefined ? drawn : { ...drawn, status })
}

async function drawStep(site: Site, found: FoundSession, back: string, rejection: Rejection): Promise<Drawn> {
  const { say, app } = site
  // One that the account has not would only be refused.
  const passkey = (await hasPasskey(app.db, found.account.accountId)) ? passkeyButton(site, 'sign-in', back) : ''
  const isStaff = found.actor.unit !== OF_A_SUBJECT
  const more = html` inputmode="text" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false"`
  return {
    heading: say('my.second-step'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.second-step-lead', { name: found.actor.name })}</p><form class="fill" method="post" action="${SECOND_STEP}">${csrfField(found)}<input type="hidden" name="back" value="${back}">${textField(
      site,
      rejection,
      { name: 'factor-code', value: '', most: 40, hint: say('my.factor-code-hint'), more },
    )}<p class="actions"><button class="button">${say('my.second-step-button')}</button></p></form>${passkey}<section><h2>${say('my.no-factor')}</h2><p>${say(isStaff ? 'my.no-factor-staff' : 'my.no-factor-text', { office: app.city.contact.office })}</p><form method="post" action="/my/sign-out">${csrfField(found)}<p class="actions"><button class="button quiet-button">${say('my.sign-out')}</button></p></form></section>`,
  }
}
