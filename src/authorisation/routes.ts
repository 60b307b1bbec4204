import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import { cityInstant } from '../reports/issue.ts'
import { drawQrPath } from '../reports/qr.ts'
import { verifyCodeGroups } from '../reports/verify-code.ts'
import { reportView } from '../reports/views.ts'
import { consult, grantRequest, refuseRequest } from './answer.ts'
import * as doors from './contract.ts'
import { countByReceiver } from './figures.ts'
import { readAuthorised } from './read.ts'
import { issueAuthorisedReport } from './report.ts'
import { makeRequest, ownRequest, withdrawRequest } from './request.ts'
import { confirmDeletion, revokeAuthorisation } from './revoke.ts'
import * as own from './subject-contract.ts'
import * as views from './views.ts'

/** The doors of authorisation, and the address that stands in the QR: it leads to the subject's account. */
export function bindAuthorisation(http: FastifyInstance, app: App): void {
  bindReceiver(http, app)
  bindSubject(http, app)
  serve(http, app, doors.countAuthorisations, () => countByReceiver(app))
  http.get('/grant', (_, reply) => reply.redirect('/my/grant', 303))
  http.get('/grant/:code', (request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .redirect(`/my/grant/${encodeURIComponent((request.params as { code: string }).code)}`, 303),
  )
}

function bindReceiver(http: FastifyInstance, app: App): void {
  serve(http, app, doors.getOffer, ({ actor }) => views.offerFor(app, actor))
  serve(http, app, doors.makeRequest, async ({ actor, input }) => {
    const { requestId, code, endsAt } = await makeRequest(app, actor, input)
    const grantUrl = `${app.publicUrl}/grant/${code}`
    const groups = verifyCodeGroups(code)
    const { path, side } = drawQrPath(grantUrl)
    return { requestId, code, groups, grantUrl, qr: { path, side }, endsAt: cityInstant(endsAt, app.city.zone) }
  })
  serve(http, app, doors.getRequest, async ({ actor, params }) =>
    views.requestView(app, await ownRequest(app, actor, params.requestId)),
  )
  serve(http, app, doors.withdrawRequest, async ({ actor, params }) => {
    await withdrawRequest(app, actor, params.requestId)
    return { withdrawn: true }
  })
  serve(http, app, doors.listReceived, ({ actor, query }) => views.receivedBy(app, actor, query))
  serve(http, app, doors.getReceived, ({ actor, params }) => views.oneReceived(app, actor, params))
  serve(http, app, doors.readAuthorised, async ({ actor, params, input }) => {
    const { authorisation, classes, receipt, at } = await readAuthorised(app, actor, params, input)
    return {
      authorisation: views.receivedView(app, authorisation),
      classes: classes.map(({ id, records }) => ({
        id,
        name: views.className(app, id),
        records: records.map(one => ({ ...one, marks: [...one.marks], fields: [...one.fields] })),
      })),
      receipt,
      at: cityInstant(at, app.city.zone),
    }
  })
  serve(http, app, doors.issueAuthorisedReport, async ({ actor, params, input }) =>
    reportView(app, await issueAuthorisedReport(app, actor, params, input)),
  )
  serve(http, app, doors.confirmDeletion, async ({ actor, params }) => ({
    confirmedAt: cityInstant(await confirmDeletion(app, actor, params.subjectId, params.noticeId), app.city.zone),
  }))
}

function bindSubject(http: FastifyInstance, app: App): void {
  serve(http, app, own.consultRequest, async ({ actor, input }) =>
    views.consultationView(app, await consult(app, actor, input.place)),
  )
  serve(http, app, own.listRequestsToMe, async ({ actor }) => ({ requests: await views.requestsTo(app, actor) }))
  serve(http, app, own.answerRequest, async ({ actor, input }) => {
    if (input.answer === 'refused') {
      await refuseRequest(app, actor, input.place)
      return { answer: 'refused' as const, authorisationId: null }
    }
    return { answer: 'granted' as const, authorisationId: await grantRequest(app, actor, input.place, input) }
  })
  serve(http, app, own.listGiven, ({ actor, query }) => views.givenBy(app, actor, query))
  serve(http, app, own.revokeAuthorisation, async ({ actor, params }) => ({
    endedAt: cityInstant(await revokeAuthorisation(app, actor, params.authorisationId), app.city.zone),
  }))
}
