import type { FastifyInstance } from 'fastify'
import { may } from '../../src/access/actor.ts'
import { NotAllowed, NotFound } from '../../src/base/refusal.ts'
import { cityInstant } from '../../src/reports/issue.ts'
import type { RequestDetail } from '../../src/rights/contract.ts'
import { withdrawRequest } from '../../src/rights/lodge.ts'
import { readOwnDue, readRequest } from '../../src/rights/views.ts'
import { type Html, html } from '../portal/html.ts'
import { clockFold } from '../portal/kit/clock.ts'
import { csrfField, problemPage } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Site, Visit } from './page.ts'
import { instantText } from './reports.ts'
import { one } from './typed.ts'

/** One request: until when it is answered and by whom, every step, and the answer with its reasons. */
export const rightsRequestPage: AccountPage = {
  path: '/my/rights/requests/:requestId',
  label: 'my.rights-request',
  needs: 'rights.lodge',
  draw: visit => draw(visit, visit.params['requestId'] ?? ''),
}

export const withdrawRightForm: AccountForm = {
  path: '/my/rights/withdraw',
  needs: 'rights.lodge',
  act: async ({ site, actor, subjectId }, typed) => {
    const requestId = idOf(one(typed, 'requestId'))
    await withdrawRequest(site.app, actor, { subjectId, requestId })
    return `/my/rights/requests/${requestId}`
  },
  redraw: ({ site }, _, { problem }): Drawn =>
    problem ? problemPage(site, problem) : { heading: site.say('my.rights'), main: html`` },
  draft: () => '/my/rights',
}

/** The clock with its sum. A request that was taken back has none. */
function dueOf({ say }: Site, { state, requestId, sheet }: RequestDetail): Html {
  return state === 'withdrawn'
    ? html`<p>${say('my.rights-done')}</p>`
    : clockFold(say, sheet, `/my/rights/requests/${requestId}/due.ics`)
}

/** The last day of one's own request, for one's own calendar. */
export function bindRightsDue(part: FastifyInstance, site: Site, visitOf: (request: unknown) => Visit): void {
  part.get('/rights/requests/:requestId/due.ics', async (request, reply) => {
    const { actor, params, subjectId } = visitOf(request)
    if (!may(actor, 'rights.lodge')) throw Object.assign(new NotAllowed('mandate.not-covered'), { message: 'rights.lodge' })
    const { number, ics } = await readOwnDue(site.app, actor, { subjectId, requestId: idOf(params['requestId'] ?? '') })
    return reply
      .headers(site.headers)
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${number}.ics"`)
      .type('text/calendar; charset=utf-8')
      .send(ics)
  })
}

function idOf(text: string): number {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id <= 0) throw new NotFound('rights.unknown')
  return id
}

async function draw(visit: Visit, text: string): Promise<Drawn> {
  const { site, actor, subjectId } = visit
  const { say } = site
  const request = await readRequest(site.app, actor, { subjectId, requestId: idOf(text) })
  const lines: (readonly [string, Html | string | null])[] = [
    ['my.rights-number', html`<span class="code">${request.number}</span>`],
    ['portal.state', request.stateName],
    ['my.rights-on', html`<span class="day">${request.askedOn}</span>`],
    ['my.rights-by', request.unitName],
    ['my.rights-record', request.record ? recordText(request.record) : null],
    ['my.look-receipt', request.lookReceipt],
  ]
  return {
    heading: `${request.kindName}`,
    main: html`<dl class="facts">${lines.map(([label, value]) => (value === null ? '' : html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`))}</dl><section><h2>${say('my.rights-due')}</h2>${dueOf(site, request)}</section><section><h2>${say('my.rights-steps')}</h2><ol class="plain bullets">${request.steps.map(step => stepOf(site, step))}</ol></section>${request.state === 'open' ? withdrawal(visit, request) : ''}<section><h2>${say('my.rights-not-content')}</h2><p>${say('my.rights-remedy', { office: site.app.city.contact.office })}</p></section><p><a href="/my/rights">${say('my.rights')}</a></p>`,
  }
}

/** A record as people know it: what, which document, whose, of which day. */
function recordText({ itemName, documentNo, authorityName, decidedOn }: NonNullable<RequestDetail['record']>): string {
  return [itemName, documentNo, authorityName, decidedOn].filter(Boolean).join(' ')
}

function stepOf(site: Site, step: RequestDetail['steps'][number]): Html {
  const { say, app } = site
  const when = instantText(site, cityInstant(new Date(step.at), app.city.zone))
  const change =
    step.field === null
      ? ''
      : html`<span class="block">${say('my.rights-change', { field: step.field, value: step.shouldBe ?? '' })}</span>`
  return html`<li><strong>${step.stepName}</strong> <span class="day">${when}</span> <span class="quiet">${step.by}</span>${change}${step.ground ? html`<span class="block">${step.ground}</span>` : ''}${step.text ? html`<span class="block">${step.text}</span>` : ''}</li>`
}

function withdrawal(visit: Visit, request: RequestDetail): Html {
  const { say } = visit.site
  return html`<form method="post" action="/my/rights/withdraw">${csrfField(visit)}<input type="hidden" name="requestId" value="${request.requestId}"><p><button class="button quiet-button">${say('my.rights-withdraw')}</button></p></form>`
}
