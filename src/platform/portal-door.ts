import proxy from '@fastify/http-proxy'
import type { FastifyInstance } from 'fastify'
import { openPortal } from '../../web/portal/open-portal.ts'
import type { Law } from '../law/law.ts'
import { namesOf } from '../law/names.ts'
import { openBrake } from '../quota/brake.ts'
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
}

/**
 * The public's door, and on one machine the front of the others: what is not the portal's own is handed to the API door as it came.
 * This process has a login that sees schema `pub` and nothing else.
 */
export async function openPortalDoor(opening: PortalOpening): Promise<FastifyInstance> {
  const http = await openPortal({
    databaseUrl: opening.databaseUrl,
    law: opening.law,
    words: loadWords(namesOf(opening.law)),
    city: opening.law.city,
    publicUrl: opening.publicUrl,
    now: opening.now,
    brake: openBrake(opening.law.quotas.values(), opening.now),
    ...(opening.trustedProxies ? { trustedProxies: opening.trustedProxies } : {}),
    ...(opening.logLevel ? { logLevel: opening.logLevel } : {}),
  })
  await http.register(async part => {
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    const replyOptions = {
      rewriteRequestHeaders: (
        request: { ip?: string; socket?: { remoteAddress?: string } },
        headers: Record<string, unknown>,
      ) => ({ ...headers, 'x-forwarded-for': request.ip ?? request.socket?.remoteAddress ?? '' }),
    } as never
    for (const prefix of [
      '/api',
      '/console',
      '/my',
      '/grant',
      '/signin',
      '/openapi.json',
      '/.well-known/oauth-authorization-server',
    ])
      await part.register(proxy, { upstream: opening.apiUrl, prefix, rewritePrefix: prefix, http2: false, replyOptions })
    await part.register(proxy, {
      upstream: opening.apiUrl,
      prefix: '/reports/:code',
      rewritePrefix: '/reports/:code',
      httpMethods: ['GET'],
      replyOptions,
    })
    await part.register(proxy, {
      upstream: opening.apiUrl,
      prefix: '/subjects/:subjectId/report',
      rewritePrefix: '/subjects/:subjectId/report',
      httpMethods: ['POST'],
      replyOptions,
    })
  })
  http.get('/healthz', async (_, reply) => {
    const answer = await fetch(`${opening.apiUrl}/healthz`).catch(() => null)
    return reply.code(answer?.ok ? 200 : 503).send({ ok: answer?.ok ?? false })
  })
  return http
}
