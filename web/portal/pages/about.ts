import { listsOfKind } from '../../../src/law/lists.ts'
import { type Html, html } from '../html.ts'
import type { Page, Portal } from '../page.ts'

/* Pages that only say something: help, accessibility, contact, open data, the map of the site. */

function standing(
  path: string,
  label: string,
  draw: (portal: Portal) => Html,
  data: (portal: Portal) => unknown = () => ({}),
): Page {
  return {
    path,
    label,
    mayBeIndexed: true,
    open: portal => {
      const answer = {
        kind: 'page',
        heading: portal.say(label),
        main: draw(portal),
        data: { title: portal.say(label), ...(data(portal) as object) },
      } as const
      return () => answer
    },
  }
}

const paragraphs = (portal: Portal, code: string): Html =>
  html`${portal
    .say(code, { city: portal.city.name, office: portal.city.contact.office })
    .split('\n')
    .filter(Boolean)
    .map(line => html`<p>${line}</p>`)}`

const list = (portal: Portal, code: string): Html =>
  html`<ul class="plain bullets">${portal
    .say(code)
    .split('\n')
    .filter(Boolean)
    .map(line => html`<li>${line}</li>`)}</ul>`

/** Whom to turn to, with what the city has published of it. */
function askWhom({ say, city }: Portal): Html {
  const { office, telephone, address } = city.contact
  const known = [office, telephone, address].filter(Boolean).join(say('portal.semicolon'))
  return html`<p class="hint">${say('portal.office')}${say('portal.colon')}${known}</p>`
}

const HELP = ['search', 'report', 'verify', 'objection', 'repair', 'period', 'cite'] as const

export const helpPage: Page = standing(
  '/help',
  'portal.help',
  portal =>
    html`<nav class="contents" aria-label="${portal.say('portal.on-this-page')}"><ul>${HELP.map(
      one => html`<li><a href="${`#${one}`}">${portal.say(`portal.help-${one}`)}</a></li>`,
    )}</ul></nav>${HELP.map(
      one =>
        html`<section id="${one}"><h2>${portal.say(`portal.help-${one}`)}</h2>${paragraphs(portal, `portal.help-${one}-text`)}${one === 'objection' ? askWhom(portal) : ''}</section>`,
    )}<p><a href="/contact">${portal.say('portal.contact')}</a></p>`,
)

export const accessibilityPage: Page = standing(
  '/accessibility',
  'portal.accessibility',
  portal =>
    html`<p class="lead">${portal.say('portal.accessibility-lead', { name: portal.city.platformName })}</p>${(
      ['met', 'tools', 'not-met', 'tried', 'complain'] as const
    ).map(
      one =>
        html`<section><h2>${portal.say(`portal.accessibility-${one}`)}</h2>${list(portal, `portal.accessibility-${one}-text`)}</section>`,
    )}<p><a href="/contact">${portal.say('portal.contact')}</a></p>`,
)

export const contactPage: Page = standing(
  '/contact',
  'portal.contact',
  portal => {
    const { say, city } = portal
    const { office, telephone, address } = city.contact
    const line = (label: string, value: string | null): Html =>
      html`<div><dt>${say(label)}</dt><dd>${value ?? say('portal.contact-none')}</dd></div>`
    return html`<p class="lead">${say('portal.contact-lead')}</p><dl class="facts stacked">${line('portal.office', office)}${line('portal.telephone', telephone)}${line('portal.address', address)}</dl><section><h2>${say('portal.contact-wrong')}</h2>${paragraphs(portal, 'portal.contact-wrong-text')}</section><section><h2>${say('portal.contact-record')}</h2>${paragraphs(portal, 'portal.help-objection-text')}</section>`
  },
  portal => ({ contact: portal.city.contact }),
)

function dataSets(portal: Portal): { name: string; address: string }[] {
  const { say, law } = portal
  return [
    { name: say('portal.licences'), address: '/publicity/licences?format=csv' },
    { name: say('portal.penalties'), address: '/publicity/penalties?format=csv' },
    ...listsOfKind(law, 'serious')
      .filter(one => one.enabled)
      .map(one => ({ name: one.name, address: `/lists/${one.list}?format=csv` })),
  ]
}

export const openDataPage: Page = standing(
  '/open-data',
  'portal.open-data',
  portal =>
    html`<p class="lead">${portal.say('portal.open-data-lead')}</p><section><h2>${portal.say('portal.open-data-csv')}</h2><p>${portal.say('portal.open-data-csv-text')}</p><ul class="plain">${dataSets(
      portal,
    ).map(
      one => html`<li><a href="${one.address}">${one.name}</a><span class="quiet">CSV</span></li>`,
    )}</ul></section><section><h2>${portal.say('portal.open-data-json')}</h2>${paragraphs(portal, 'portal.open-data-json-text')}<p><a href="/openapi.json">${portal.say('portal.open-data-api')}</a></p></section><section><h2>${portal.say('portal.open-data-duty')}</h2>${paragraphs(portal, 'portal.open-data-duty-text')}</section>`,
  portal => ({ sets: dataSets(portal) }),
)

/** Every page with an address of its own, by name. */
export function sitemapPage(pages: () => readonly Page[]): Page {
  return standing('/sitemap', 'portal.sitemap', portal => {
    const own = pages().filter(page => page.label !== undefined)
    return html`<ul class="plain"><li><a href="/">${portal.say('portal.home', { name: portal.city.platformName })}</a></li>${own.map(
      page => html`<li><a href="${page.path}">${portal.say(page.label ?? '')}</a></li>`,
    )}</ul>`
  })
}
