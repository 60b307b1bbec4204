import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { changePassword } from '../access/change-password.ts'
import { answerSession, callerOf } from '../access/session-routes.ts'
import { accountIdOf, endOtherSessions, endOwnSession, sessionOfToken } from '../access/sessions.ts'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import * as doors from './contract.ts'
import type { Enrolled } from './enrol.ts'
import { confirmTotp, removeTotp, startTotp } from './enrol-totp.ts'
import { giveCode, renewByPassword } from './give-code.ts'
import { renewByPasskey, signInWithPasskey } from './give-passkey.ts'
import { addPasskey, askPasskey, beginPasskey, removePasskey, renamePasskey } from './passkeys.ts'
import { readSecurity, renewRecoveryCodes } from './security.ts'

/** The doors of second factors and of everything else that keeps one's own account. */
export function bindFactors(http: FastifyInstance, app: App): void {
  bindGiving(http, app)
  bindEnrolling(http, app)
  bindOwnAccount(http, app)
}

const DONE = { done: true } as const

function bindGiving(http: FastifyInstance, app: App): void {
  serve(http, app, doors.giveFactor, async ({ actor, input, request, reply }) =>
    answerSession(app, request, reply, await giveCode(app, actor, { code: input.code, address: request.ip })),
  )
  serve(http, app, doors.askSignInPasskey, () => askPasskey(app, 'sign-in', null))
  serve(http, app, doors.signInWithPasskey, async ({ input, request, reply }) =>
    answerSession(app, request, reply, await signInWithPasskey(app, input, callerOf(app, request))),
  )
  serve(http, app, doors.askRenewPasskey, ({ actor }) => askPasskey(app, 'renew', accountIdOf(actor)))
  serve(http, app, doors.renewSession, async ({ actor, input, request, reply }) => {
    const address = request.ip
    if ('code' in input) return answerSession(app, request, reply, await giveCode(app, actor, { code: input.code, address }))
    if ('response' in input) return answerSession(app, request, reply, await renewByPasskey(app, actor, input))
    const token = await renewByPassword(app, actor, { password: input.password, address })
    return answerSession(app, request, reply, await sessionOfToken(app, token))
  })
}

function bindEnrolling(http: FastifyInstance, app: App): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply, { token, recoveryCodes }: Enrolled) => ({
    ...(await answerSession(app, request, reply, await sessionOfToken(app, token))),
    recoveryCodes: recoveryCodes === null ? null : [...recoveryCodes],
  })
  serve(http, app, doors.startTotp, ({ actor }) => startTotp(app, actor))
  serve(http, app, doors.confirmTotp, async ({ actor, input, request, reply }) =>
    answer(request, reply, await confirmTotp(app, actor, { code: input.code, address: request.ip })),
  )
  serve(http, app, doors.removeTotp, async ({ actor }) => {
    await removeTotp(app, actor)
    return DONE
  })
  serve(http, app, doors.askNewPasskey, ({ actor }) => beginPasskey(app, actor))
  serve(http, app, doors.addPasskey, async ({ actor, input, request, reply }) =>
    answer(request, reply, await addPasskey(app, actor, input.name, input.response)),
  )
  serve(http, app, doors.renamePasskey, async ({ actor, params, input }) => {
    await renamePasskey(app, actor, params.passkeyId, input.name)
    return DONE
  })
  serve(http, app, doors.removePasskey, async ({ actor, params }) => {
    await removePasskey(app, actor, params.passkeyId)
    return DONE
  })
  serve(http, app, doors.renewRecoveryCodes, async ({ actor }) => ({ recoveryCodes: await renewRecoveryCodes(app, actor) }))
}

function bindOwnAccount(http: FastifyInstance, app: App): void {
  serve(http, app, doors.getSecurity, ({ actor }) => readSecurity(app, actor))
  serve(http, app, doors.changePassword, async ({ actor, input, request }) => {
    await changePassword(app, actor, { ...input, address: request.ip })
    return DONE
  })
  serve(http, app, doors.endOwnSession, async ({ actor, params }) => {
    await endOwnSession(app, actor, params.sessionId)
    return DONE
  })
  serve(http, app, doors.endOtherSessions, async ({ actor }) => ({ ended: await endOtherSessions(app, actor) }))
}
