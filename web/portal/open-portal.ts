import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Day, legalDay } from '../../src/base/day.ts'
import { Refusal } from '../../src/base/refusal.ts'
import { openDatabase } from '../../src/db/database.ts'
import { type LogLines, logOf, noteProblem } from '../../src/http/log.ts'
import { PATIENCE } from '../../src/http/patience.ts'
import { problemOf } from '../../src/http/problem.ts'
import { guardAnswers, securityHeaders, unreadable } from '../../src/http/security-headers.ts'
import type { City } from '../../src/law/city-model.ts'
import type { Law } from '../../src/law/law.ts'
import type { Brake } from '../../src/quota/brake.ts'
import type { Words } from '../../src/words/words.ts'
import { html } from './html.ts'
import { openIcons } from './kit/icon.ts'
import { type Frame, openFrame } from './layout.ts'
import type { Answer, Ask, Page, Portal } from './page.ts'
import { gone } from './pages/not-found.ts'
import { PAGES } from './pages.ts'
import { openSay, openSayHtml } from './say.ts'
import { loadFiles } from './served-files.ts'
import { stampOf } from './stamp.ts'
import { changeView, localPath, readView, viewCookie } from './view.ts'

export type PortalOpening = {
  /** Connection of the portal's login: it sees schema `pub` and nothing else. */
  readonly databaseUrl: string
  readonly law: Law
  readonly words: Words
  readonly city: City
  /** The address under which the outside world reaches the portal; https sends HSTS. */
  readonly publicUrl: string
  readonly now: () => Date
  /** The last day of an invented city's data, said in the bar on every page. */
  readonly exampleDay?: string | null
  readonly poolSize?: number
  /** Ends the patience with an address that asks too often; without one everybody is answered. */
  readonly brake?: Brake | null
  /** Whose word about the address behind them is taken. */
  readonly trustedProxies?: readonly string[]
  /** From which level on this door writes down what happens. */
  readonly logLevel?: string
  /** Where the lines of the log go; default: standard output. */
  readonly log?: LogLines
}

// A question that takes longer than this is given up: nothing on the portal may cost the city's machine more.
const STATEMENT_MS = 5000

/**
 * The public portal: server-rendered pages over schema `pub`, complete without scripts. It does not listen. Closing it closes its pool.
 */
export async function openPortal(opening: PortalOpening): Promise<FastifyInstance> {
  const { law, words, city, now } = opening
  const db = openDatabase(withSettings(opening.databaseUrl), { max: opening.poolSize ?? 10, name: 'mingxin-portal' })
  const files = loadFiles()
  const icon = openIcons(files.get('icons.svg')?.path ?? '')
  const portal: Portal = {
    ...{ db, law, city, now, icon },
    publicUrl: opening.publicUrl.replace(/\/$/, ''),
    today: openToday(now, city.zone),
    say: openSay(words),
    sayHtml: openSayHtml(words),
    stamp: stampOf(law, words),
  }
  const frame = openFrame({ city, say: portal.say, files, icon, exampleDay: opening.exampleDay ?? null })
  const http = Fastify({
    ...logOf(opening.log ? 'info' : (opening.logLevel ?? 'error'), opening.log),
    bodyLimit: 64 * 1024,
    trustProxy: [...(opening.trustedProxies ?? ['127.0.0.1'])],
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    ...PATIENCE,
    frameworkErrors: unreadable(words, portal.publicUrl),
  })
  guardAnswers(http, portal.publicUrl)
  const site: Site = { brake: opening.brake ?? null, portal, frame, headers: securityHeaders(portal.publicUrl), words }
  http.addHook('onClose', () => db.close())
  http.setNotFoundHandler((request, reply) => send(site, null, request, reply, gone(portal, 'page.not-found')))
  http.setErrorHandler((error, request, reply) => sendFault(site, error, request, reply))
  for (const page of PAGES) bindPage(http, site, page)
  bindFiles(http, files, site)
  bindView(http, portal)
  return http
}

type Site = {
  readonly brake: Brake | null
  readonly portal: Portal
  readonly frame: Frame
  readonly headers: Readonly<Record<string, string>>
  readonly words: Words
}

/** The legal day, worked out once a second at most. */
function openToday(now: () => Date, zone: string): () => Day {
  let known = { second: Number.NaN, day: '' as Day }
  return () => {
    const at = now()
    const second = Math.floor(at.getTime() / 1000)
    if (second !== known.second) known = { second, day: legalDay(at, zone) }
    return known.day
  }
}

function withSettings(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  const options = [url.searchParams.get('options'), '-c jit=off', `-c statement_timeout=${STATEMENT_MS}`]
    .filter(Boolean)
    .join(' ')
  url.searchParams.set('options', options)
  return url.href
}

function bindPage(http: FastifyInstance, site: Site, page: Page): void {
  const answer = page.open(site.portal)
  http.get(page.path, async (request, reply) => {
    requirePatience(site, request, reply)
    const ask: Ask = {
      params: request.params as Record<string, string>,
      query: plainQuery(request.query as Record<string, unknown>),
      url: request.url,
      wantsData: wantsJson(request),
    }
    const answered = await answer(ask)
    if ('status' in answered && answered.status === 404) site.brake?.miss(request.ip)
    return send(site, page, request, reply, answered)
  })
}

/** Refuses `rate.limited` to an address that has used up its minute. */
function requirePatience({ brake }: Site, request: FastifyRequest, reply: FastifyReply): void {
  const seconds = brake?.ask(request.ip) ?? null
  if (seconds === null) return
  reply.header('retry-after', seconds)
  throw new Refusal('rate.limited', null, { seconds }, 429)
}

/** A key that stands twice in an address counts once. */
function plainQuery(query: Record<string, unknown>): Record<string, string | undefined> {
  for (const [name, value] of Object.entries(query)) if (Array.isArray(value)) query[name] = value[0]
  return query as Record<string, string | undefined>
}

/** JSON by Accept, or by `format=json` for a link. */
function wantsJson(request: FastifyRequest): boolean {
  if ((request.query as { format?: string }).format === 'json') return true
  const accept = request.headers.accept
  if (!accept?.includes('json')) return false
  const html = accept.indexOf('text/html')
  return html < 0 || accept.indexOf('json') < html
}

function send(site: Site, page: Page | null, request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  reply.headers(site.headers).header('cache-control', 'no-cache').header('vary', 'accept, cookie')
  if (answer.kind === 'moved') return reply.redirect(answer.to, answer.status)
  if (!page?.mayBeIndexed) reply.header('x-robots-tag', 'noindex, noarchive')
  if (answer.kind === 'file')
    return reply.type(answer.type).header('content-disposition', `attachment; filename="${answer.name}"`).send(answer.body)
  reply.code(answer.status ?? 200)
  if (wantsJson(request)) {
    const data = typeof answer.data === 'function' ? answer.data() : answer.data
    // An answer that says in itself what it found is one, whatever its status.
    const isProblem = (answer.status ?? 200) >= 400 && !('state' in data)
    const type = isProblem ? 'application/problem+json' : 'application/json'
    return reply.type(`${type}; charset=utf-8`).send(JSON.stringify(data))
  }
  return reply.type('text/html; charset=utf-8').send(
    site.frame({
      heading: answer.heading,
      warning: answer.warning,
      head: answer.head,
      main: answer.main,
      url: request.url,
      view: readView(request.headers.cookie),
      mayBeIndexed: page?.mayBeIndexed ?? false,
      hasData: page !== null && (answer.status ?? 200) < 400,
    }),
  )
}

/** What went wrong, in words: a number to name, an office to ask, never the cause. Only unexpected faults are logged. */
function sendFault(site: Site, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, site.words)
  const { say, city } = site.portal
  if (problem.status >= 500) {
    problem.code = 'fault.unexpected'
    problem.type = 'urn:mingxin:fault.unexpected'
    problem.title = say('portal.fault-text', { id: problem.id })
  }
  noteProblem(request, problem, error)
  const { office, telephone } = city.contact
  return send(site, null, request, reply, {
    kind: 'page',
    status: problem.status,
    heading: say('portal.fault'),
    main: html`<p>${problem.title}</p><p class="hint">${say('portal.fault-ask', { office, telephone: telephone ?? '' })}</p>`,
    data: problem,
  })
}

function bindFiles(http: FastifyInstance, files: ReturnType<typeof loadFiles>, site: Site): void {
  for (const file of files.values())
    http.get(file.path, (_, reply) =>
      reply.headers(site.headers).header('cache-control', 'public, max-age=31536000, immutable').type(file.type).send(file.body),
    )
  http.get('/robots.txt', (_, reply) =>
    reply.type('text/plain; charset=utf-8').send('User-agent: *\nDisallow: /search\nDisallow: /view\n'),
  )
}

/** The toolbar's form: keeps the view in a cookie and goes back to the page it was pressed on. */
function bindView(http: FastifyInstance, portal: Portal): void {
  const secure = portal.publicUrl.startsWith('https:')
  http.get('/view', (request, reply) => {
    const { set = '', back } = plainQuery(request.query as Record<string, unknown>)
    const view = changeView(readView(request.headers.cookie), set)
    return reply.header('set-cookie', viewCookie(view, secure)).header('cache-control', 'no-store').redirect(localPath(back), 303)
  })
}
