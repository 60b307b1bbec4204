import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import { bindConsole } from '../../web/console/serve-console.ts'
import { bindAccount } from '../../web/my/open-account.ts'
import { bindResets } from '../access/reset-routes.ts'
import { bindLooks } from '../access/routes.ts'
import { bindSessions } from '../access/session-routes.ts'
import type { App } from '../app.ts'
import { bindArchive } from '../archive/routes.ts'
import { bindAuthorisation } from '../authorisation/routes.ts'
import { NotFound } from '../base/refusal.ts'
import { bindChecks } from '../checks/routes.ts'
import { bindFactors } from '../factors/routes.ts'
import { logOf } from '../http/log.ts'
import { openapi } from '../http/openapi.ts'
import { PATIENCE } from '../http/patience.ts'
import { answerProblems } from '../http/problem.ts'
import { guardAnswers, unreadable } from '../http/security-headers.ts'
import { bindIntake } from '../intake/routes.ts'
import { bindMandates } from '../mandates/routes.ts'
import { bindPeople } from '../people/routes.ts'
import { bindPrograms, watchBodies } from '../programs/routes.ts'
import { bindReports } from '../reports/routes.ts'
import { bindRights } from '../rights/routes.ts'

const FILE_BYTES = 2 * 1024 ** 3
const REQUESTS_A_MINUTE = 6000
/** A program is known by its token, checked at every request; its quota is its contract's. */
const PROGRAM_REQUESTS_A_MINUTE = 600_000

/** The door of the console, of programs and of subjects' accounts: API, console files, account pages, OpenAPI. */
export async function openApiDoor(app: App): Promise<FastifyInstance> {
  const http = Fastify({
    ...logOf(app.config.logLevel),
    bodyLimit: 20 * 1024 * 1024,
    trustProxy: '127.0.0.1',
    routerOptions: { ignoreTrailingSlash: true },
    ...PATIENCE,
    frameworkErrors: unreadable(app.words, app.publicUrl),
  })
  await http.register(cookie)
  await http.register(multipart, { limits: { fileSize: FILE_BYTES, files: 1, fields: 10, fieldSize: 10_000 } })
  await http.register(rateLimit, {
    global: true,
    max: request => (request.headers.authorization ? PROGRAM_REQUESTS_A_MINUTE : REQUESTS_A_MINUTE),
    timeWindow: 60_000,
  })
  watchBodies(http)
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
  bindIntake(http, app)
  bindArchive(http, app)
  bindChecks(http, app)
  bindReports(http, app)
  bindAuthorisation(http, app)
  bindRights(http, app)
  bindLooks(http, app)
  bindMandates(http, app)
  bindPeople(http, app)
  http.get('/openapi.json', async () => openapi())
  bindConsole(http, { city: app.city })
  await bindAccount(http, app)
  return http
}
