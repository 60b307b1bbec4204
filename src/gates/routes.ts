import type { FastifyInstance } from 'fastify'
import { requireFresh } from '../access/fresh.ts'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import { listCertificates, readSigned } from '../retention/certificate.ts'
import { checkCompliance, listChecks } from './compliance.ts'
import * as doors from './contract.ts'
import { closeGate, listGates, openGate, recordAssessment, signAssessment } from './gates.ts'

/** The doors of the register of gated functions, of the self-check and of the certificates of retention. */
export function bindGates(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listGates, async ({ actor }) => ({ gates: await listGates(app, actor) }))
  serve(http, app, doors.assess, async ({ actor, params, input }) => ({
    assessmentId: await recordAssessment(app, actor, params.row, input),
  }))
  serve(http, app, doors.signOff, async ({ actor, params, input }) => {
    requireFresh(app, actor)
    await signAssessment(app, actor, params.assessmentId, input.statement)
    return { signed: true }
  })
  serve(http, app, doors.openGate, async ({ actor, params, input }) => {
    requireFresh(app, actor)
    return { gateId: await openGate(app, actor, params.row, input) }
  })
  serve(http, app, doors.closeGate, async ({ actor, params, input }) => {
    await closeGate(app, actor, params.row, input.reason)
    return { closed: true }
  })
  serve(http, app, doors.listChecks, async ({ query }) => {
    const { beforeCheck, beforeCertificate, limit } = query
    const rows = await listCertificates(app.db, beforeCertificate ?? Number.MAX_SAFE_INTEGER, limit)
    const certificates = rows.map(({ certificateId, rule, action, counted, madeAt }) => ({
      certificateId,
      name:
        app.law.retention?.[rule as keyof NonNullable<typeof app.law.retention>]?.name ?? app.words.say('retention.by-request'),
      actionName: app.words.say(`retention.action-${action}`),
      counted,
      madeAt: madeAt.toISOString(),
    }))
    const checks = await listChecks(app, { before: beforeCheck, limit })
    const nextOf = (ids: readonly number[]): number | null => (ids.length === limit ? (ids.at(-1) ?? null) : null)
    return {
      checks,
      nextCheck: nextOf(checks.map(one => one.checkId)),
      certificates,
      nextCertificate: nextOf(rows.map(one => one.certificateId)),
    }
  })
  serve(http, app, doors.runCheck, ({ actor }) => checkCompliance(app, actor))
  serve(http, app, doors.getCertificate, async ({ params }) => {
    const { body, signatures } = await readSigned(app, params.certificateId)
    return { body, signatures: [...signatures] }
  })
}
