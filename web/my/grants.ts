import type { z } from 'zod'
import { revokeAuthorisation } from '../../src/authorisation/revoke.ts'
import type { GivenView } from '../../src/authorisation/subject-contract.ts'
import { givenBy, readGiven, requestsTo } from '../../src/authorisation/views.ts'
import type { AuthorisationId } from '../../src/base/id.ts'
import { NotFound } from '../../src/base/refusal.ts'
import { type Html, html } from '../portal/html.ts'
import { pager } from '../portal/kit/pager.ts'
import { factorAsk } from './factor-ask.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Rejection, Site, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { one } from './typed.ts'

/* What this subject lets others see: to whom, what, until when, how often it was read, and the way to end it. */

type Given = z.infer<typeof GivenView>
const A_PAGE = 20
const PATH = '/my/grants'
const NEEDS = 'authorisation.grant'

export const grantsPage: AccountPage = { path: PATH, label: 'my.grants', needs: NEEDS, draw: drawGrants }

async function drawGrants(visit: Visit): Promise<Drawn> {
  const { site, actor, query } = visit
  const { say, app } = site
  const before = Number(one(query, 'before')) || undefined
  const [requests, { authorisations, next }, ask] = await Promise.all([
    requestsTo(app, actor),
    givenBy(app, actor, { before, limit: A_PAGE }),
    factorAsk(visit),
  ])
  const told = one(query, 'done') === 'refused' ? html`<p class="banner" role="status">${say('my.grant-refused-done')}</p>` : ''
  const waiting =
    requests.length === 0
      ? ''
      : html`<section><h2>${say('my.grants-waiting')}</h2>${requests.map(
          it =>
            html`<p><a href="${`/my/grants/requests/${it.requestId}`}">${say('my.grants-waiting-one', { receiver: it.receiverName, purpose: it.purposeName })}</a><span class="hint block">${say('my.grant-until', { time: it.endsAt.slice(11, 19) })}</span></p>`,
        )}</section>`
  const listed =
    authorisations.length === 0
      ? html`<p class="empty-answer">${say(before ? 'my.grants-no-more' : 'my.grants-none')}</p>`
      : authorisations.map(it => card(visit, it))
  return {
    heading: say('my.grants'),
    main: html`${told}<p class="lead">${say('my.grants-lead')}</p><p class="actions"><a class="button quiet-button" href="/my/grant">${say('my.grant-enter-link')}</a></p>${waiting}${ask}${listed}${pager(say, before ? PATH : null, next ? `${PATH}?before=${next}` : null)}`,
  }
}

function card(visit: Visit, it: Given): Html {
  const { site } = visit
  const { say } = site
  const address = `${PATH}/${it.authorisationId}`
  const ending =
    it.state === 'in-force'
      ? html`<details class="take-back"><summary>${say('my.grant-revoke')}</summary>${revokeForm(visit, it)}</details>`
      : ''
  return html`<section class="card grant"><h2><a href="${address}">${it.receiverName}</a></h2><p>${stateOf(site, it)}</p>${facts(site, it)}${ending}</section>`
}

const SHAPES = {
  'in-force': ['mark-performed', '●'],
  revoked: ['mark-ended', '✕'],
  over: ['mark-ended', '◌'],
  'used-up': ['mark-ended', '◌'],
} as const

function stateOf({ say }: Site, { state, endedAt, until }: Given): Html {
  const [mark, shape] = SHAPES[state]
  const words = say(`my.grant-state-${state}`, { at: endedAt ? clock(endedAt) : null, until })
  return html`<span class="${`mark ${mark}`}"><span class="shape" aria-hidden="true">${shape}</span>${words}</span>`
}

/** An instant to the second: an end that is immediate is shown as one. */
function clock(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ')
}

function facts({ say }: Site, it: Given): Html {
  const rows: (readonly [string, Html | string | null])[] = [
    ['my.grant-purpose', it.purposeName],
    ['my.grant-number', it.businessNo],
    ['my.grant-classes', it.classes.map(one => one.name).join(say('portal.comma'))],
    ['my.grant-valid', say('my.grant-valid-span', { from: it.validFrom.slice(0, 10), until: it.until })],
    ['my.grant-times', it.times === null ? say('my.grant-any-times') : say('my.grant-most-times', { times: it.times })],
    [
      'my.grant-reads',
      it.lastReadAt ? say('my.grant-read-last', { count: it.reads, at: clock(it.lastReadAt) }) : say('my.grant-read-never'),
    ],
    ['my.grant-reports', it.reports > 0 ? say('my.grant-reports-of', { count: it.reports }) : null],
    [
      'my.grant-refused-reads',
      it.refusedReads > 0
        ? say('my.grant-refused-last', { count: it.refusedReads, at: clock(it.lastRefusedAt ?? ''), reason: it.lastRefusal })
        : null,
    ],
    ['my.grant-deletion', it.deletion ? deletionText(say, it.deletion) : null],
  ]
  return html`<dl class="facts stacked">${rows.map(([label, value]) => (value === null ? '' : html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`))}</dl>`
}

function deletionText(say: Site['say'], { askedAt, confirmedAt }: NonNullable<Given['deletion']>): string {
  if (confirmedAt) return say('my.grant-deletion-done', { at: clock(confirmedAt) })
  return say('my.grant-deletion-asked', { at: clock(askedAt) })
}

function revokeForm(visit: Visit, it: Given): Html {
  const { say } = visit.site
  return html`<p>${say(it.reads > 0 ? 'my.grant-revoke-read' : 'my.grant-revoke-unread', { receiver: it.receiverName, count: it.reads })}</p><form method="post" action="${`${PATH}/${it.authorisationId}`}">${csrfField(visit)}<p><button class="button">${say('my.grant-revoke-now')}</button></p></form>`
}

/** One authorisation for its whole life: what was consented to, what was done under it, its end. */
export const grantedPage: AccountPage = {
  path: '/my/grants/:authorisationId',
  needs: NEEDS,
  label: 'my.grant-one',
  draw: visit => drawOne(visit, NOTHING_WRONG),
}

export const revocationForm: AccountForm = {
  path: '/my/grants/:authorisationId',
  needs: NEEDS,
  act: async ({ site, actor, params }) => {
    const authorisationId = idOf(params)
    await revokeAuthorisation(site.app, actor, authorisationId)
    return `${PATH}/${authorisationId}?done=revoked`
  },
  redraw: (visit, _, rejection) => drawOne(visit, rejection),
  draft: () => PATH,
}

function idOf(params: Visit['params']): AuthorisationId {
  const id = Number(params['authorisationId'])
  if (!Number.isSafeInteger(id) || id < 1) throw new NotFound('authorisation.unknown')
  return id as AuthorisationId
}

const TOLD = new Set(['granted', 'revoked'])

async function drawOne(visit: Visit, rejection: Rejection): Promise<Drawn> {
  const { site, actor, params, query } = visit
  const { say, app } = site
  const { view, lines, digest, edition } = await readGiven(app, actor, idOf(params))
  const done = one(query, 'done')
  const told = TOLD.has(done)
    ? html`<p class="banner" role="status">${say(`my.grant-done-${done}`, { receiver: view.receiverName })}</p>`
    : ''
  const ending =
    view.state === 'in-force'
      ? html`<section class="way-out"><h2>${say('my.grant-revoke')}</h2>${revokeForm(visit, view)}</section>`
      : ''
  return {
    heading: say('my.grant-one'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}${told}<section class="subject-head"><h2>${view.receiverName}</h2><p>${stateOf(site, view)}</p>${facts(site, view)}</section>${ending}<details><summary>${say('my.grant-text')}</summary><ul class="plain bullets">${lines.map(
      line => html`<li>${line}</li>`,
    )}</ul><p class="hint">${say('my.grant-text-kept', { edition })}<br><span class="digest code">${digest}</span></p></details><p class="actions"><a href="${PATH}">${say('my.grants-back')}</a><a href="/my/looks">${say('my.looks')}</a></p>`,
  }
}
