import type { FastifyInstance } from 'fastify'
import { requireFresh } from '../access/fresh.ts'
import type { App } from '../app.ts'
import type { MandateId, SubjectId } from '../base/id.ts'
import { serve } from '../http/serve.ts'
import { activateAccount } from './activation.ts'
import { confirmBinding, openBinding, withdrawBinding } from './binding.ts'
import { chooseSubject } from './choose-subject.ts'
import * as doors from './contract.ts'
import { endMandate } from './end-mandate.ts'
import { acceptInvitation, inviteAgent, withdrawInvitation } from './invite-agent.ts'
import { listAgents, listBindings, listOwnMandates } from './views.ts'

/** Binds the doors of mandates, invitations, bindings and activations. */
export function bindMandates(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listOwnMandates, async ({ actor }) => ({ mandates: await listOwnMandates(app, actor) }))
  serve(http, app, doors.chooseSubject, ({ actor, input }) => chooseSubject(app, actor, input.mandateId as MandateId))
  serve(http, app, doors.listAgents, ({ actor }) => listAgents(app, actor))
  serve(http, app, doors.inviteAgent, async ({ actor, input }) => {
    const { invitationId, code, expiresAt } = await inviteAgent(app, actor, input)
    return { invitationId, code, expiresAt: expiresAt.toISOString() }
  })
  serve(http, app, doors.withdrawInvitation, async ({ actor, params }) => {
    await withdrawInvitation(app, actor, params.invitationId)
    return { withdrawn: true }
  })
  serve(http, app, doors.acceptInvitation, ({ actor, input }) => acceptInvitation(app, actor, input.code))
  serve(http, app, doors.endMandate, async ({ actor, params, input }) => {
    const key = { subjectId: params.subjectId as SubjectId, mandateId: params.mandateId }
    await endMandate(app, actor, key, input.lastDay)
    return { ended: true }
  })
  bindWindow(http, app)
}

function bindWindow(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listBindings, ({ actor, query }) => listBindings(app, actor, query))
  serve(http, app, doors.openBinding, async ({ actor, input }) => {
    const opened = await openBinding(app, actor, input)
    return { ...opened, expiresAt: opened.expiresAt.toISOString() }
  })
  serve(http, app, doors.confirmBinding, async ({ actor, params, input }) => {
    requireFresh(app, actor)
    const { activation, ...confirmed } = await confirmBinding(app, actor, params.bindingId, input)
    return { ...confirmed, activation: activation && { code: activation.code, expiresAt: activation.expiresAt.toISOString() } }
  })
  serve(http, app, doors.withdrawBinding, async ({ actor, params }) => {
    await withdrawBinding(app, actor, params.bindingId)
    return { withdrawn: true }
  })
  serve(http, app, doors.activateAccount, async ({ input }) => {
    await activateAccount(app, input.code, input.login, input.password)
    return { activated: true }
  })
}
