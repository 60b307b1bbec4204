import formbody from '@fastify/formbody'
import '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ANYONE } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { idText } from '../http/endpoint.ts'
import { serve } from '../http/serve.ts'
import { actorOf } from '../http/session.ts'
import { issueReport } from './commands.ts'
import * as doors from './contract.ts'
import { fetchReport } from './fetch.ts'
import { goneHtml } from './gone-page.ts'
import { listIssuedTo } from './issued.ts'
import type { FoundReport } from './store.ts'
import { reportView, verifyView } from './views.ts'

/** The portal's form has no fields. */
const FORM_BYTES = 1024
const ANONYMOUS_ISSUES_A_MINUTE = 20
const subjectIdText = idText<SubjectId>()

/**
 * The doors of reports, and two for people without the API: the portal's plain form, and the address it leads to. Needs @fastify/rate-limit
 * registered before: whoever is not signed in may have only some reports a minute set, per address.
 */
export function bindReports(http: FastifyInstance, app: App): void {
  const count = http.createRateLimit({ max: ANONYMOUS_ISSUES_A_MINUTE, timeWindow: 60_000 })
  const brake = async (request: FastifyRequest): Promise<void> => {
    const limit = await count(request)
    if (!limit.isAllowed && limit.isExceeded) throw Object.assign(new Error('too many reports'), { statusCode: 429 })
  }

  serve(http, app, doors.issueReport, async ({ actor, params, input, request }) => {
    if (actor.id === ANYONE.id) await brake(request)
    const issued = await issueReport(app, actor, params.subjectId, input)
    return { ...reportView(app, issued), mergedFrom: issued.mergedFrom }
  })
  serve(http, app, doors.getReport, async ({ actor, params, request, reply }) =>
    sendReport(app, request, reply, await fetchReport(app, actor, params.code)),
  )
  serve(http, app, doors.verifyReport, ({ params }) => verifyView(app, params.code))
  serve(http, app, doors.listIssued, ({ actor, query }) => listIssuedTo(app, actor, query))

  // Forms are read in this part alone: the API's doors beside it take JSON.
  void http.register(async part => {
    await part.register(formbody, { bodyLimit: FORM_BYTES })
    part.post('/subjects/:subjectId/report', async (request, reply) => {
      await brake(request)
      const subjectId = subjectIdText.parse((request.params as { subjectId: string }).subjectId)
      // Whoever sends the form acts as the public: no session is read, so that none can be misused.
      const issued = await issueReport(app, ANYONE, subjectId, { kind: 'public' })
      return reply.redirect(`/reports/${issued.code}`, 303)
    })
  })
  http.get('/reports/:code', async (request, reply) => {
    const found = fetchReport(app, await actorOf(app, request), (request.params as { code: string }).code)
    if (!request.headers.accept?.includes('text/html')) return sendReport(app, request, reply, await found)
    const gone = await found.then(
      () => undefined,
      // A browser is told in a page what a program is told in a problem document.
      (error: unknown) => {
        if (error instanceof Refusal && error.status === 410) return error
        throw error
      },
    )
    if (gone)
      return reply.code(410).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(goneHtml(app, gone))
    return sendReport(app, request, reply, await found)
  })
}

/** The report's bytes as issued: JSON where the caller asks for it before PDF, PDF otherwise. */
async function sendReport(app: App, request: FastifyRequest, reply: FastifyReply, report: FoundReport): Promise<FastifyReply> {
  const asJson = wantsJson(request.headers.accept)
  const content = await app.files.get(asJson ? report.modelHash : report.pdfHash)
  reply.header('cache-control', 'no-store').header('vary', 'accept').header('x-robots-tag', 'noindex, noarchive')
  reply.header('content-disposition', `inline; filename="report-${report.number}.${asJson ? 'json' : 'pdf'}"`)
  return reply.type(asJson ? 'application/json; charset=utf-8' : 'application/pdf').send(content)
}

/** Reads Accept as far as two answers need it: JSON when it is named and PDF is not named with the same or a higher weight. */
export function wantsJson(accept: string | undefined): boolean {
  const weights = new Map<string, number>()
  for (const part of (accept ?? '').split(',')) {
    const [type = '', ...parameters] = part.split(';').map(text => text.trim().toLowerCase())
    const q = parameters.find(parameter => parameter.startsWith('q='))
    weights.set(type, q ? Number(q.slice(2)) : 1)
  }
  const json = weights.get('application/json') ?? 0
  const pdf = weights.get('application/pdf') ?? 0
  return (
    json > 0 &&
    (json > pdf || (json === pdf && (accept ?? '').indexOf('application/json') < (accept ?? '').indexOf('application/pdf')))
  )
}
