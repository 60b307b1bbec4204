import type { z } from 'zod'
import type { listOwnLooks } from '../../src/access/contract.ts'
import { readOwnLooks } from '../../src/access/look-views.ts'
import { OUTLETS } from '../../src/disclosure/outlets.ts'
import { cityInstant } from '../../src/reports/issue.ts'
import { type Html, html } from '../portal/html.ts'
import { type FilterField, filterForm } from '../portal/kit/filter-form.ts'
import { pager, withQuery } from '../portal/kit/pager.ts'
import { type Column, table } from '../portal/kit/table.ts'
import { basisAddress, linkBasis } from '../portal/law-links.ts'
import type { AccountPage, Site } from './page.ts'
import { instantText } from './reports.ts'
import { one } from './typed.ts'

type Look = z.infer<(typeof listOwnLooks)['output']>['looks'][number]

const A_PAGE = 30
const LONGEST = 100
const OUTLET_NAMES: ReadonlyMap<string, string> = new Map(OUTLETS.map(one => [one.outlet, one.name]))

/** Every registered look at this subject: when, by whom, why, what of it. */
export const looksPage: AccountPage = {
  path: '/my/looks',
  label: 'my.looks',
  needs: 'look.read-own',
  draw: async ({ site, actor, query }) => {
    const { say, app } = site
    const before = one(query, 'before') || undefined
    const asked = { unit: one(query, 'unit').trim().slice(0, LONGEST), purpose: one(query, 'purpose').trim().slice(0, LONGEST) }
    const { looks, next, last30Days, authorised30Days } = await readOwnLooks(app, actor, {
      ...{ before, limit: A_PAGE },
      ...{ unit: asked.unit || undefined, purpose: asked.purpose || undefined },
    })
    const isFiltered = asked.unit !== '' || asked.purpose !== ''
    const none = before ? 'my.looks-no-more' : isFiltered ? 'my.looks-none-such' : 'my.looks-none'
    const older = next ? withQuery('/my/looks', asked, { before: next }) : null
    const listed =
      looks.length === 0 ? html`<p class="empty-answer">${say(none)}</p>` : table(say('my.looks-caption'), columnsOf(site), looks)
    return {
      heading: say('my.looks'),
      main: html`<p class="lead">${say('my.looks-lead', { count: last30Days, authorised: authorised30Days })}</p><p>${say('my.looks-what')}</p>${filterForm(say, '/my/looks', fieldsOf(site, asked))}${listed}${pager(say, before ? withQuery('/my/looks', asked) : null, older)}<p class="hint">${say('my.looks-delayed')}</p><section><h2>${say('my.looks-doubt')}</h2><p>${say('my.looks-doubt-text', { office: app.city.contact.office })}</p><p><a href="/contact">${say('portal.contact')}</a></p></section>`,
    }
  },
}

function fieldsOf({ say }: Site, { unit, purpose }: { readonly unit: string; readonly purpose: string }): FilterField[] {
  return [
    { kind: 'text', name: 'unit', label: say('my.look-unit'), value: unit, hint: say('my.look-part') },
    { kind: 'text', name: 'purpose', label: say('my.look-purpose'), value: purpose, hint: say('my.look-part') },
  ]
}

function columnsOf(site: Site): Column<Look>[] {
  const { say, app } = site
  return [
    {
      head: say('my.look-at'),
      cell: it => html`<span class="day">${instantText(site, cityInstant(new Date(it.at), app.city.zone))}</span>`,
    },
    { head: say('my.look-by'), cell: it => byWhom(site, it) },
    {
      head: say('my.look-why'),
      cell: it => html`<div>${it.purpose}<span class="quiet block">${it.businessNo}</span>${groundOf(site, it)}</div>`,
    },
    { head: say('my.look-shown'), cell: it => shownText(site, it.shownNames) },
    { head: say('my.look-how'), cell: it => OUTLET_NAMES.get(it.outlet) ?? it.outlet },
    {
      head: say('my.look-receipt'),
      cell: it =>
        html`<div><span class="code">${it.receipt}</span><a class="block" href="${`/my/rights/new?kind=look-complaint&lookReceipt=${it.receipt}`}">${say('my.own-doubt')}</a></div>`,
    },
  ]
}

/** A unit, or an account that speaks for this subject: by which mandate, and whose it is. */
function byWhom({ say }: Site, { by, unitName, mandate }: Look): Html | string | null {
  if (by === 'unit') return unitName
  const who = mandate?.name && by === 'other-account' ? say('my.by-holder', { ...mandate }) : say(`my.by-${by}`)
  return mandate
    ? html`<div>${who}<span class="quiet block">${say('my.by-mandate', { number: String(mandate.mandateId) })}</span></div>`
    : who
}

/** The article by which it was allowed, or the authorisation and the way to take that back. */
function groundOf({ say, app }: Site, { ground, basis, basisName, authorisationId }: Look): Html | '' {
  if (ground !== 'authorisation') {
    if (basis === null) return ''
    const cited = basisAddress(app.law, basis) ? linkBasis(app.law, basis) : html`${basisName}`
    return html`<span class="block">${say('portal.basis')}${say('portal.colon')}${cited}</span>`
  }
  if (authorisationId === null) return html`<span class="block">${say('my.by-code')}</span>`
  return html`<a class="block" href="${`/my/grants/${authorisationId}`}">${say('my.by-authorisation')}</a>`
}

function shownText({ say }: Site, names: readonly string[]): Html | string {
  if (names.length <= 2) return names.join(say('portal.comma'))
  return html`<details><summary>${say('my.shown-count', { count: names.length })}</summary>${names.join(say('portal.comma'))}</details>`
}
