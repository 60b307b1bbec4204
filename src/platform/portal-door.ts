import proxy from '@fastify/http-proxy'
import type { FastifyInstance } from 'fastify'
import { openPortal } from '../../web/portal/open-portal.ts'
import { openDatabase } from '../db/database.ts'
import type { LogLines } from '../http/log.ts'
import type { Law } from '../law/law.ts'
import { namesOf } from '../law/names.ts'
import { openBrake } from '../quota/brake.ts'
import { sharePagesOver } from '../quota/shared-pages.ts'
import { loadWords } from '../words/words.ts'

export type PortalOpening = {
  readonly databaseUrl: string
  readonly apiUrl: string
  readonly publicUrl: string
  readonly law: Law
  readonly now: () => Date
  /** Whose word about the address behind them is taken; default: this machine's. */
  readonly trustedProxies?: readonly string[]
  readonly logLevel?: string
  /** Where the lines of the log go; default: standard output. */
  readonly log?: LogLines
}

/**
 * The public's door, and on one machine the front of the others: what is not the portal's own is handed to the API door as it came.
 * This process has a login that sees schema `pub` and nothing else.
 */
export async function openPortalDoor(opening: PortalOpening): Promise<FastifyInstance> {
  // A connection of its own: a page never waits for the count of others.
  const counts = openDatabase(opening.databaseUrl, { max: 1, name: 'mingxin-portal-counts' })
  const onError = (error: unknown): void => http.log.error({ err: error }, 'adding up pages failed')
  const http: FastifyInstance = await openPortal({
    databaseUrl: opening.databaseUrl,
    law: opening.law,
    words: loadWords(namesOf(opening.law)),
    city: opening.law.city,
    publicUrl: opening.publicUrl,
    now: opening.now,
    brake: openBrake(opening.law.quotas.values(), opening.now, { share: sharePagesOver(counts), onError }),
    ...(opening.trustedProxies ? { trustedProxies: opening.trustedProxies } : {}),
    ...(opening.logLevel ? { logLevel: opening.logLevel } : {}),
    ...(opening.log ? { log: opening.log } : {}),
  })
  http.addHook('onClose', () => counts.close())
  await frontOthers(http, opening.apiUrl)
  http.get('/healthz', async (_, reply) => {
    const answer = await fetch(`${opening.apiUrl}/healthz`).catch(() => null)
    return reply.code(answer?.ok ? 200 : 503).send({ ok: answer?.ok ?? false })
  })
  return http
}

/** Hands what is not the portal's own to the API door, as it came. */
async function frontOthers(http: FastifyInstance, apiUrl: string): Promise<void> {
  await http.register(async part => {
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    const replyOptions = {
      rewriteRequestHeaders: (
        request: { ip?: string; socket?: { remoteAddress?: string } },
        headers: Record<string, unknown>,
      ) => ({ ...headers, 'x-forwarded-for': request.ip ?? request.socket?.remoteAddress ?? '' }),
    } as never
    // The proxy would write the path of every address down, with codes and numbers in it.
    const quiet = { disableRequestLogging: true }
    for (const prefix of [
      '/api',
      '/console',
      '/my',
      '/grant',
      '/signin',
      '/openapi.json',
      '/.well-known/oauth-authorization-server',
    ])
      await part.register(proxy, {
        ...quiet,
        upstream: apiUrl,
        prefix,
        rewritePrefix: prefix,
        http2: false,
        replyOptions,
      })
    await part.register(proxy, {
      ...quiet,
      upstream: apiUrl,
      prefix: '/reports/:code',
      rewritePrefix: '/reports/:code',
      httpMethods: ['GET'],
      replyOptions,
    })
    await part.register(proxy, {
      ...quiet,
      upstream: apiUrl,
      prefix: '/subjects/:subjectId/report',
      rewritePrefix: '/subjects/:subjectId/report',
      httpMethods: ['POST'],
      replyOptions,
    })
  })
}
