import type { z } from 'zod'
import { FRESH_MINUTES, isFresh } from '../../src/access/fresh.ts'
import { consult, grantRequest, type RequestPlace, refuseRequest } from '../../src/authorisation/answer.ts'
import type { ConsentView } from '../../src/authorisation/subject-contract.ts'
import { consultationView } from '../../src/authorisation/views.ts'
import type { RequestId } from '../../src/base/id.ts'
import { type Html, html } from '../portal/html.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Rejection, Site, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { giveProof, proofAsked, proofAtField, proofFields } from './proof.ts'
import { textField } from './text-field.ts'
import { accountPath, all, one, type Typed } from './typed.ts'

/*
 * A receiver's request on the subject's phone: who asks, what for, which data, how long; yes and no alike. Nothing is ticked for anybody
 * (PIPL 14, 29).
 */

type Consent = z.infer<typeof ConsentView>
const NOTHING_TYPED: Typed = new Map()

const NEEDS = 'authorisation.grant'

/** Where a code is typed that could not be scanned; with a code, the request itself. */
export const grantEntryPage: AccountPage = {
  path: '/my/grant',
  needs: NEEDS,
  label: 'my.grant',
  draw: visit => {
    const code = one(visit.query, 'grantCode')
    return code === '' ? drawEntry(visit) : drawRequest(visit, { code }, NOTHING_TYPED, NOTHING_WRONG)
  },
}

/** The address in the QR leads here. */
export const grantPage: AccountPage = {
  path: '/my/grant/:grantCode',
  needs: NEEDS,
  label: 'my.grant',
  draw: visit => drawRequest(visit, placeOf(visit), NOTHING_TYPED, NOTHING_WRONG),
}

/** A request that is addressed to this subject. */
export const addressedGrantPage: AccountPage = {
  path: '/my/grants/requests/:askId',
  needs: NEEDS,
  label: 'my.grant',
  draw: visit => drawRequest(visit, placeOf(visit), NOTHING_TYPED, NOTHING_WRONG),
}

/** Answers a request: the same form at either address. */
export const grantForms: readonly AccountForm[] = [grantPage.path, addressedGrantPage.path].map(path => ({
  path,
  needs: NEEDS,
  act: async (visit, typed) => {
    const { app } = visit.site
    const place = placeOf(visit)
    if (one(typed, 'answer') === 'refused') {
      await refuseRequest(app, visit.actor, place)
      return '/my/grants?done=refused'
    }
    // The proof stands in the same form: whoever gives it loses nothing of what he chose, and presses once.
    const proved = isFresh(app, visit.actor) ? visit : await giveProof(visit, typed)
    if ('faults' in proved) return proved.faults
    const authorisationId = await grantRequest(app, proved.actor, place, {
      days: Number(one(typed, 'days')),
      sensitive: all(typed, 'sensitive'),
      textDigest: one(typed, 'text'),
    })
    return `/my/grants/${authorisationId}?done=granted`
  },
  redraw: (visit, typed, rejection) => drawRequest(visit, placeOf(visit), typed, proofAtField(rejection)),
  // Whoever had to sign in again reads the request once more before anything is answered.
  draft: typed => accountPath(one(typed, 'address')),
}))

function placeOf({ params }: Visit): RequestPlace {
  const { grantCode, askId } = params
  return grantCode === undefined ? { requestId: Number(askId) as RequestId } : { code: grantCode }
}

function drawEntry({ site }: Visit): Drawn {
  const { say } = site
  return {
    heading: say('my.grant'),
    main: html`<p class="lead">${say('my.grant-enter')}</p><form class="fill" method="get" action="/my/grant">${textField(
      site,
      NOTHING_WRONG,
      {
        name: 'grantCode',
        value: '',
        most: 60,
        hint: say('my.grant-code-hint'),
        more: html` autocomplete="off" autocapitalize="characters" spellcheck="false" required`,
      },
    )}<p class="actions"><button class="button">${say('my.grant-open')}</button><a href="/my/grants">${say('my.grants')}</a></p></form>`,
  }
}

async function drawRequest(visit: Visit, place: RequestPlace, typed: Typed, rejection: Rejection): Promise<Drawn> {
  const { site, actor } = visit
  const { say } = site
  const asked = consultationView(site.app, await consult(site.app, actor, place))
  const heading = say('my.grant')
  if (asked.state !== 'open')
    return {
      heading,
      status: 410,
      main: html`<p class="lead">${say(`my.grant-${asked.state}`, { receiver: asked.receiverName })}</p><p class="actions"><a class="button" href="/my/grants">${say('my.grants')}</a></p>`,
    }
  const address = 'code' in place ? `/my/grant/${encodeURIComponent(place.code)}` : `/my/grants/requests/${place.requestId}`
  const [who = '', ...lines] = asked.lines
  return {
    heading,
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${who}</p><p class="hint">${say('my.grant-until', { time: asked.endsAt.slice(11, 19) })}</p><ul class="plain bullets consent">${lines.map(
      line => html`<li>${line}</li>`,
    )}</ul>${examples(site, asked)}<form class="fill" id="answer" method="post" action="${address}">${csrfField(visit)}<input type="hidden" name="text" value="${asked.textDigest}"><input type="hidden" name="address" value="${address}">${apart(site, asked, typed)}${termField(site, asked, typed)}${await proofPart(visit, rejection, address)}<div class="answers"><button class="button" name="answer" value="granted">${say('my.grant-yes')}</button><button class="button" name="answer" value="refused">${say('my.grant-no')}</button></div></form>`,
  }
}

/** Who it is, asked anew where it was proved too long ago: for a yes alone. */
async function proofPart(visit: Visit, rejection: Rejection, address: string): Promise<Html | ''> {
  const { say } = visit.site
  const proof = await proofAsked(visit)
  if (!proof) return ''
  return html`<fieldset class="proof"><legend>${say('my.grant-proof')}</legend><p class="hint">${say('my.grant-proof-text', { minutes: FRESH_MINUTES })}</p>${proofFields(visit, proof, rejection, { back: address, stay: 'answer' })}</fieldset>`
}

/** What the receiver will see, by an invented example of each class. */
function examples({ say }: Site, { classes }: Consent): Html {
  return html`<details><summary>${say('my.grant-examples')}</summary><dl class="facts stacked">${classes.map(
    one => html`<div><dt>${one.name}</dt><dd>${one.example}</dd></div>`,
  )}</dl></details>`
}

/** Each sensitive class with its own sentence and box; none is ticked but by the subject. */
function apart({ say }: Site, { classes }: Consent, typed: Typed): Html | '' {
  const sensitive = classes.filter(one => one.consent !== null)
  if (sensitive.length === 0) return ''
  const ticked = new Set(all(typed, 'sensitive'))
  return html`<fieldset><legend>${say('my.grant-apart')}</legend><p class="hint">${say('my.grant-apart-hint')}</p>${sensitive.map(
    one =>
      html`<label class="choice"><input type="checkbox" name="sensitive" value="${one.id}"${ticked.has(one.id) ? html` checked` : ''}><span>${one.consent}</span></label>`,
  )}</fieldset>`
}

/** The term asked for, or a shorter one. */
function termField({ say }: Site, { days, terms }: Consent, typed: Typed): Html {
  const chosen = Number(one(typed, 'days')) || days
  return html`<div class="field"><label for="days">${say('my.grant-term')}</label><select id="days" name="days">${terms.map(
    term =>
      html`<option value="${term}"${term === chosen ? html` selected` : ''}>${say('my.grant-days', { days: term })}</option>`,
  )}</select></div>`
}
