import type { FastifyInstance } from 'fastify'
import { may } from '../../src/access/actor.ts'
import { NotAllowed, NotFound } from '../../src/base/refusal.ts'
import type { NoticeDetail, RemedyView } from '../../src/notices/contract.ts'
import { openNotice } from '../../src/notices/proof.ts'
import { findOwn, readOwnFile, readOwnNotice } from '../../src/notices/views.ts'
import { type Html, html } from '../portal/html.ts'
import { csrfField, problemPage } from './frame.ts'
import { servedText } from './notices.ts'
import type { AccountForm, AccountPage, Drawn, Site, Visit } from './page.ts'
import { one } from './typed.ts'

/**
 * One letter. Before it is opened the page says from whom it is and what it is called, and that opening it is its service: a look alone never is.
 */
export const noticePage: AccountPage = {
  path: '/my/notices/:noticeId',
  label: 'my.notice',
  needs: 'notice.read-own',
  draw: visit => draw(visit, visit.params['noticeId'] ?? ''),
}

export const openNoticeForm: AccountForm = {
  path: '/my/notices/open',
  needs: 'notice.read-own',
  act: async ({ site, actor }, typed) => {
    const noticeId = idOf(one(typed, 'noticeId'))
    const { key, group } = await findOwn(site.app, actor, noticeId)
    await openNotice(site.app, actor, key, group)
    return `/my/notices/${noticeId}`
  },
  redraw: ({ site }, _, { problem }): Drawn =>
    problem ? problemPage(site, problem) : { heading: site.say('my.notices'), main: html`` },
  draft: () => '/my/notices',
}

function idOf(text: string): number {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id <= 0) throw new NotFound('notice.unknown')
  return id
}

async function draw(visit: Visit, text: string): Promise<Drawn> {
  const { site, actor } = visit
  const { say } = site
  const notice = await readOwnNotice(site.app, actor, idOf(text))
  const back = html`<p><a href="/my/notices">${say('my.notices')}</a></p>`
  return {
    heading: notice.name,
    main:
      notice.letter === null
        ? html`${factsOf(site, notice)}${opening(visit, notice)}${back}`
        : html`${factsOf(site, notice)}<p class="actions"><a class="button" href="${`/my/notices/${notice.noticeId}/file`}">${site.icon('download')}${say('my.download')}</a></p>${letterOf(site, notice, notice.letter)}${remedies(site, notice)}${service(site, notice)}${back}`,
  }
}

function factsOf(site: Site, notice: NoticeDetail): Html {
  const { say } = site
  const lines: (readonly [string, Html | string])[] = [
    ['my.notice-number', html`<span class="code">${notice.number}</span>`],
    ['my.notice-by', notice.unitName],
    ['my.notice-day', html`<span class="day">${notice.madeOn}</span>`],
    ['my.notice-served', servedText(say, notice)],
  ]
  return html`<dl class="facts stacked">${lines.map(([label, value]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`)}</dl>`
}

function opening(visit: Visit, { noticeId, servedOn }: NoticeDetail): Html {
  const { say } = visit.site
  return html`<section class="card"><h2>${say('my.notice-open-title')}</h2><p>${say(servedOn === null ? 'my.notice-open-text' : 'my.notice-open-served')}</p><form method="post" action="/my/notices/open">${csrfField(visit)}<input type="hidden" name="noticeId" value="${noticeId}"><p class="actions"><button class="button">${say('my.notice-open')}</button></p></form></section>`
}

function letterOf({ say }: Site, notice: NoticeDetail, letter: NonNullable<NoticeDetail['letter']>): Html {
  return html`<article class="letter" aria-label="${say('my.notice-text')}"><h2>${letter.title}</h2><p class="letter-number"><span class="code">${notice.number}</span></p><p>${letter.addressee}${say('portal.colon')}</p>${letter.paragraphs.map(
    text =>
      html`<p class="letter-text">${text.split('\n').map((line, index) => html`${index === 0 ? '' : html`<br>`}${line}`)}</p>`,
  )}<p class="letter-end">${notice.unitName}<br>${letter.day}</p></article>`
}

function remedies(site: Site, { remedies: all, servedOn }: NoticeDetail): Html | '' {
  const { say } = site
  if (all.length === 0) return ''
  return html`<section><h2>${say('my.notice-remedies')}</h2><ul class="plain bullets">${all.map(
    one =>
      html`<li><strong>${one.name}</strong>${say('portal.colon')}${lastDay(say, one, servedOn)}<span class="hint block">${one.basis}</span></li>`,
  )}</ul><p class="hint">${say('my.notice-remedies-hint')}</p></section>`
}

function lastDay(say: Site['say'], { lastDay: day, term, unknownYear }: RemedyView, servedOn: string | null): Html | string {
  if (day !== null) return html`${say('my.notice-until')} <span class="day">${day}</span>（${term}）`
  if (unknownYear !== null) return say('my.notice-until-unknown', { term, year: unknownYear })
  return servedOn === null ? say('my.notice-until-served', { term }) : term
}

function service({ say }: Site, notice: NoticeDetail): Html {
  return html`<details><summary>${say('my.notice-service')}</summary><ul class="plain bullets">${notice.service.map(
    step =>
      html`<li><span class="day">${step.onDay}</span> ${step.channelName} ${step.outcomeName}${step.reason ? html`<span class="hint block">${step.reason}</span>` : ''}</li>`,
  )}</ul></details>`
}

/** The file of a letter that was opened. The read is registered as every other. */
export function bindNoticeFile(part: FastifyInstance, site: Site, visitOf: (request: unknown) => Visit): void {
  part.get('/notices/:noticeId/file', async (request, reply) => {
    const { actor, params } = visitOf(request)
    if (!may(actor, 'notice.read-own')) throw Object.assign(new NotAllowed('mandate.not-covered'), { message: 'notice.read-own' })
    const noticeId = idOf(params['noticeId'] ?? '')
    const pdf = await readOwnFile(site.app, actor, noticeId)
    return reply
      .headers(site.headers)
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="notice-${noticeId}.pdf"`)
      .type('application/pdf')
      .send(pdf)
  })
}
