import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import { bindConsole } from '../../web/console/serve-console.ts'
import { bindAccount } from '../../web/my/open-account.ts'
import { bindSignInPages } from '../../web/signin/open-sign-in.ts'
import { networkOf } from '../access/device.ts'
import { bindResets } from '../access/reset-routes.ts'
import { bindLooks } from '../access/routes.ts'
import { bindSessions } from '../access/session-routes.ts'
import type { App } from '../app.ts'
import { bindArchive } from '../archive/routes.ts'
import { bindAuthorisation } from '../authorisation/routes.ts'
import { NotFound } from '../base/refusal.ts'
import { bindCampaigns } from '../campaigns/routes.ts'
import { bindCases } from '../cases/routes.ts'
import { bindChecks } from '../checks/routes.ts'
import { bindConfirmations } from '../confirmations/routes.ts'
import { bindFactors } from '../factors/routes.ts'
import { bindGates } from '../gates/routes.ts'
import { type LogLines, logOf } from '../http/log.ts'
import { openapi } from '../http/openapi.ts'
import { PATIENCE } from '../http/patience.ts'
import { answerProblems } from '../http/problem.ts'
import { guardAnswers, unreadable } from '../http/security-headers.ts'
import { bindIdentity } from '../identity/routes.ts'
import { bindIntake } from '../intake/routes.ts'
import { bindAccountResets } from '../mandates/reset-routes.ts'
import { bindMandates } from '../mandates/routes.ts'
import { bindMeasures } from '../measures/routes.ts'
import { bindNotices } from '../notices/routes.ts'
import { bindOversight } from '../oversight/routes.ts'
import { bindPeople } from '../people/routes.ts'
import { bindPrograms, watchBodies } from '../programs/routes.ts'
import { watchQuotas } from '../quota/charge.ts'
import { bindReceivers } from '../receivers/routes.ts'
import { bindReports } from '../reports/routes.ts'
import { bindRights } from '../rights/routes.ts'
import { bindStanding } from '../standing/routes.ts'

const FILE_BYTES = 2 * 1024 ** 3
/** Pages, scripts and pictures beside the doors that count their callers: so many times what a caller may ask of these. */
const BESIDE_DOORS = 10
const UNSAID = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }

/** The door of the console, of programs and of subjects' accounts: API, console files, account pages, OpenAPI. */
export async function openApiDoor(app: App, log?: LogLines): Promise<FastifyInstance> {
  const http = Fastify({
    ...logOf(log ? 'info' : app.config.logLevel, log),
    bodyLimit: 20 * 1024 * 1024,
    trustProxy: [...app.config.trustedProxies],
    routerOptions: { ignoreTrailingSlash: true },
    ...PATIENCE,
    frameworkErrors: unreadable(app.words, app.publicUrl),
  })
  await http.register(cookie)
  await http.register(multipart, { limits: { fileSize: FILE_BYTES, files: 1, fields: 10, fieldSize: 10_000 } })
  await http.register(rateLimit, {
    global: true,
    // The outer brake, before anybody is known: of one address. The doors count each caller (src/quota).
    max: request => brakeOf(app, request.headers.authorization !== undefined),
    keyGenerator: request => networkOf(request.ip),
    timeWindow: 60_000,
    addHeaders: UNSAID,
    addHeadersOnExceeding: UNSAID,
  })
  watchBodies(http)
  watchQuotas(http, app)
  http.setErrorHandler(answerProblems(app.words))
  http.setNotFoundHandler(() => {
    throw new NotFound('page.not-found')
  })
  guardAnswers(http, app.publicUrl)
  http.get('/healthz', async () => {
    await app.db.row({ text: 'select 1 as one' })
    return { ok: true }
  })
  bindSessions(http, app)
  bindFactors(http, app)
  bindResets(http, app)
  await bindPrograms(http, app)
  bindIdentity(http, app)
  bindIntake(http, app)
  bindArchive(http, app)
  bindChecks(http, app)
  bindReports(http, app)
  bindDueProcess(http, app)
  bindLooks(http, app)
  bindMandates(http, app)
  bindAccountResets(http, app)
  bindPeople(http, app)
  http.get('/openapi.json', async () => openapi())
  bindConsole(http, { city: app.city })
  await bindAccount(http, app)
  await bindSignInPages(http, app)
  return http
}

/** What a subject may ask for and what a unit owes it: authorisations, rights, cases, letters, corrections, and who watches. */
function bindDueProcess(http: FastifyInstance, app: App): void {
  bindAuthorisation(http, app)
  bindRights(http, app)
  bindStanding(http, app)
  bindCampaigns(http, app)
  bindCases(http, app)
  bindMeasures(http, app)
  bindNotices(http, app)
  bindOversight(http, app)
  bindReceivers(http, app)
  bindConfirmations(http, app)
  bindGates(http, app)
}

function brakeOf(app: App, saysWhoItIs: boolean): number {
  const rules = [...app.law.quotas.values()]
  const most = (ofWhom: typeof rules): number => Math.max(1, ...ofWhom.map(rule => rule.perMinute))
  return saysWhoItIs ? most(rules) : BESIDE_DOORS * most(rules.filter(rule => rule.holder === 'anyone'))
}
