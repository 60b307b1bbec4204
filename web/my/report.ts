import type { FastifyInstance } from 'fastify'
import { fetchReport } from '../../src/reports/fetch.ts'
import { readOwnReport } from '../../src/reports/issued.ts'
import { drawQr } from '../../src/reports/qr.ts'
import { requireOwnReports } from '../../src/reports/reported-subject.ts'
import { Html, html } from '../portal/html.ts'
import { verifyBlock } from '../portal/kit/verify-block.ts'
import { groupedCode } from './grouped-code.ts'
import type { AccountPage, Site, Visit } from './page.ts'
import { type Issued, isServed, stateOf, whyOf } from './report-state.ts'
import { instantText } from './reports.ts'

/** One issued report: whether it stands, its file, and what its receiver needs to verify it. */
export const reportPage: AccountPage = {
  path: '/my/reports/:code',
  label: 'my.report',
  needs: 'report.issue-own',
  draw: async ({ site, actor, params }) => {
    const { say, app } = site
    const report = await readOwnReport(app, actor, params['code'] ?? '')
    const state = stateOf(report.state)
    return {
      heading: say(`portal.report-${report.kind}`),
      main: html`${verifyBlock(say, state, whyOf(site, report))}<p class="actions">${action(site, report)}<a href="/my/reports">${say('my.back-to-reports')}</a></p><div class="two"><section><h2>${say('my.about-report')}</h2>${facts(site, report)}</section>${state === 'valid' ? forReceiver(site, report) : ''}</div>`,
    }
  },
}

function action({ say, icon }: Site, report: Issued): Html {
  if (isServed(report))
    return html`<a class="button" href="${`/my/reports/${report.code}/pdf`}">${icon('download')}${say('my.download')}</a>`
  return html`<a class="button" href="${report.kind === 'special' ? '/my/reports/special' : '/my/reports'}">${say('my.issue-again')}</a>`
}

function facts(site: Site, report: Issued): Html {
  const { say } = site
  const line = (label: string, value: Html | string | null): Html =>
    value === null ? html`` : html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`
  const until = report.validUntil ?? (report.kind === 'public' ? say('portal.valid-while-same') : null)
  return html`<dl class="facts stacked">${line('portal.report-number', html`<span class="code">${report.number}</span>`)}${line('portal.subject-name', report.subjectName)}${line(
    'portal.issued-at',
    instantText(site, report.issuedAt),
  )}${line('my.field-years', report.window ? site.sayHtml('my.window', report.window) : null)}${line('portal.valid-until', until)}${line('portal.page-count', say('portal.page-count-of', { pages: report.pages }))}${line(
    'portal.digest',
    html`<span class="digest code">${report.digest}</span>`,
  )}</dl>`
}

function forReceiver({ say }: Site, report: Issued): Html {
  // Drawn by our own code from an address of our own: nothing in it was typed by anybody.
  const drawing = new Html(drawQr(report.verifyUrl).svg)
  return html`<aside class="for-receiver"><h2>${say('my.for-receiver')}</h2><p>${say('my.for-receiver-text')}</p><div class="qr" role="img" aria-label="${say('my.qr')}">${drawing}</div><p><b>${say('portal.verify-label')}</b><br>${groupedCode(report.code)}</p><p><b>${say('my.verify-link')}</b><br><span data-copy="${say('portal.copy')}"><a href="${report.verifyUrl}">${report.verifyUrl}</a></span></p></aside>`
}

/** The file of an own report, to be kept. The read of a special one is registered as every other. */
export function bindReportFile(part: FastifyInstance, site: Site, visitOf: (request: unknown) => Visit): void {
  const { app } = site
  part.get('/reports/:code/pdf', async (request, reply) => {
    const { actor, params } = visitOf(request)
    requireOwnReports(actor)
    const { code } = await readOwnReport(app, actor, params['code'] ?? '')
    const report = await fetchReport(app, actor, code)
    return reply
      .headers(site.headers)
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="report-${report.number}.pdf"`)
      .type('application/pdf')
      .send(await app.files.get(report.pdfHash))
  })
}
