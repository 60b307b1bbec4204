import type { FastifyReply, FastifyRequest } from 'fastify'
import { may } from '../../src/access/actor.ts'
import type { App } from '../../src/app.ts'
import { legalDay } from '../../src/base/day.ts'
import type { Problem } from '../../src/http/problem.ts'
import { securityHeaders } from '../../src/http/security-headers.ts'
import { OF_A_SUBJECT } from '../../src/http/session.ts'
import { cite } from '../../src/law/citation.ts'
import { Html, html } from '../portal/html.ts'
import { errorSummary } from '../portal/kit/filter-form.ts'
import { openIcons } from '../portal/kit/icon.ts'
import { linkBasis } from '../portal/law-links.ts'
import { openFrame } from '../portal/layout.ts'
import { openSay, openSayHtml } from '../portal/say.ts'
import { loadFiles } from '../portal/served-files.ts'
import { readView } from '../portal/view.ts'
import { termText } from './mandate-text.ts'
import type { Drawn, Guest, Rejection, Site } from './page.ts'

/* The frame around the account's pages: the portal's, with a bar that says whose account this is. */

/** The parts of the account, in the order of its bar, each with what a mandate must cover. */
const PARTS = [
  ['/my', 'my.home', null],
  ['/my/records', 'my.records', 'subject.read-own'],
  ['/my/cases', 'my.cases', 'case.lodge'],
  ['/my/declarations', 'my.declarations', 'case.lodge'],
  ['/my/measures', 'my.measures', 'case.lodge'],
  ['/my/reports', 'my.reports', 'report.issue-own'],
  ['/my/notices', 'my.notices', 'notice.read-own'],
  ['/my/grants', 'my.grants', 'authorisation.grant'],
  ['/my/looks', 'my.looks', 'look.read-own'],
  ['/my/rights', 'my.rights', 'rights.lodge'],
  ['/my/agents', 'my.agents', 'mandate.manage'],
  ['/my/security', 'my.security', null],
] as const

export function openSite(app: App): Site {
  const files = loadFiles()
  const icon = openIcons(files.get('icons.svg')?.path ?? '')
  const say = openSay(app.words)
  return {
    app,
    say,
    icon,
    moment: momentIn(app.city.zone),
    drawing: svg => new Html(svg),
    passkeyScript: files.get('passkey.js')?.path ?? '',
    papersScript: files.get('papers.js')?.path ?? '',
    sayHtml: openSayHtml(app.words),
    frame: openFrame({ city: app.city, say, files, icon, exampleDay: null }),
    headers: securityHeaders(app.publicUrl),
    today: () => legalDay(app.now(), app.city.zone),
  }
}

function momentIn(zone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return at => format.format(at)
}

/** Sends a page. Nothing of an account is kept on the way or on the device. */
export function send(site: Site, request: FastifyRequest, reply: FastifyReply, drawn: Drawn, guest?: Guest): FastifyReply {
  reply
    .headers(site.headers)
    .header('cache-control', 'no-store')
    .header('vary', 'cookie')
    .header('x-robots-tag', 'noindex, noarchive')
  const path = request.url.split('?')[0] ?? ''
  return reply
    .code(drawn.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(
      site.frame({
        heading: drawn.heading,
        warning: drawn.warning,
        head: html`${guest ? bar(site, guest, path) : ''}<h1>${drawn.heading}</h1>`,
        main: drawn.main,
        url: request.method === 'GET' || formPage(path) === path ? request.url : formPage(path),
        view: readView(request.headers.cookie),
        mayBeIndexed: false,
        hasData: false,
      }),
    )
}

const FORM_PAGES: Readonly<Record<string, string>> = {
  '/my/reports/public': '/my/reports',
  '/my/notices/open': '/my/notices',
  '/my/agents/end': '/my/agents',
  '/my/agents/shorten': '/my/agents',
  '/my/agents/withdraw': '/my/agents',
  '/my/subject/give-up': '/my/subject',
}

/** Where the page of a form stands: the toolbar leads back to it. */
function formPage(path: string): string {
  if (path.startsWith('/my/security/') && path !== '/my/security/password') return '/my/security'
  return FORM_PAGES[path] ?? path
}

/** There is no report on persons, and no place in the catalogue for what they declare. */
const NOT_OF_PERSONS: ReadonlySet<string> = new Set(['/my/reports', '/my/declarations'])

/** A person speaks for himself. */
export function speaksForPerson({ speaksFor }: Guest): boolean {
  return speaksFor?.capacity === 'self'
}

function bar(site: Site, guest: Guest, path: string): Html {
  const { say } = site
  const { actor } = guest
  const isPerson = speaksForPerson(guest)
  const parts = PARTS.filter(
    ([address, , needs]) => !(isPerson && NOT_OF_PERSONS.has(address)) && (needs === null || may(actor, needs)),
  )
  const links = parts.map(
    ([address, label]) =>
      html`<li><a href="${address}"${isPart(path, address) ? html` aria-current="page"` : ''}>${say(label)}</a></li>`,
  )
  // On a phone the parts are folded, so that what a page is about stands on its first screen; one of the two is drawn at a time.
  const nav =
    actor.subjectId === null
      ? ''
      : html`<details class="account-menu"><summary>${say('my.parts-open')}</summary><nav aria-label="${say('my.parts')}"><ul class="plain">${links}</ul></nav></details><nav class="tabs" aria-label="${say('my.parts')}"><ul>${links}</ul></nav>`
  return html`<div class="account-bar">${nav}<form class="account-who" method="post" action="/my/sign-out">${csrfField(guest)}<span class="account-names"><span class="account-login">${say('my.signed-in-as', { name: actor.name })}</span>${spokenFor(site, guest)}</span><button class="button quiet-button">${say('my.sign-out')}</button></form></div>`
}

/** For whom, in what capacity, and the way to another. */
function spokenFor(site: Site, { actor, speaksFor }: Guest): Html | '' {
  const { say } = site
  if (actor.unit !== OF_A_SUBJECT) return ''
  const who = speaksFor
    ? say('my.speaks-for', { name: speaksFor.subjectName, term: termText(site, speaksFor) })
    : say('my.speaks-for-nobody')
  return html`<span class="speaks-for block">${who} <a href="/my/subject">${say('my.switch-subject')}</a></span>`
}

function isPart(path: string, part: string): boolean {
  return part === '/my' ? path === part : path === part || path.startsWith(`${part}/`)
}

export function csrfField(guest: Guest): Html {
  return html`<input type="hidden" name="csrf" value="${guest.csrf}">`
}

/** What is wrong, above everything else: faults at fields, or one sentence of a refusal with its article. */
export function rejectionBlock(site: Site, { faults, problem }: Rejection): Html {
  if (problem) return refusalBlock(site, problem)
  return errorSummary(site.say, faults)
}

function refusalBlock(site: Site, problem: Problem): Html {
  const { say, app } = site
  const sentence = sentenceOf(site, problem)
  // A sentence that cites the article has said it.
  const basis =
    problem.basis && !sentence.includes(cite(app.law, problem.basis))
      ? html`<p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBasis(app.law, problem.basis)}</p>`
      : ''
  return html`<div class="errors" role="alert" tabindex="-1"><h2>${say('my.not-done')}</h2><p>${sentence}</p>${basis}</div>`
}

/** A refusal in the words of these pages, where they have their own. */
export function sentenceOf(site: Site, problem: Problem): string {
  const own = `my.refused.${problem.code}`
  return site.app.words.has(own) ? site.say(own) : problem.title
}

/** The part of a title that says a form came back. */
export function warningOf(site: Site, { faults, problem }: Rejection): Pick<Drawn, 'status' | 'warning'> {
  if (problem) return { status: problem.status, warning: site.say('my.not-done') }
  return faults.length > 0 ? { status: 422, warning: site.say('portal.errors', { count: faults.length }) } : {}
}

/** A page that only says what went wrong and where to go on. */
export function problemPage(site: Site, problem: Problem): Drawn {
  const { say, app } = site
  const { office, telephone } = app.city.contact
  const ask =
    problem.status >= 500 ? html`<p class="hint">${say('portal.fault-ask', { office, telephone: telephone ?? '' })}</p>` : ''
  return {
    heading: say(problem.status === 404 ? 'portal.not-found' : problem.status >= 500 ? 'portal.fault' : 'my.not-done'),
    status: problem.status,
    main: html`<p class="lead">${sentenceOf(site, problem)}</p>${ask}<p><a href="/my">${say('my.home')}</a></p>`,
  }
}
