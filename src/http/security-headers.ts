import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import type { Words } from '../words/words.ts'
import { problemOf } from './problem.ts'

/*
 * What every answer tells the browser: nothing framed, nothing guessed, nothing told to another site (ASVS 3.4). No answer leaves without
 * these, whoever made it: a page, a file, a refusal, or the server itself.
 */

const PAGE_POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
/** An answer that is no page has nothing to load and nothing to run, even if somebody opens it as one. */
const BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

type Headers = Readonly<Record<string, string>>

/** Headers of every page that is drawn on the server: everything from this site. `publicUrl`: the platform's own address. */
export function securityHeaders(publicUrl: string): Record<string, string> {
  return {
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/** Headers of every other answer. What nobody said may be kept is not. */
function bareHeaders(publicUrl: string): Headers {
  return {
    ...securityHeaders(publicUrl),
    'content-security-policy': BARE_POLICY,
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  }
}

/** Adds to each answer of a door what its maker left out. */
export function guardAnswers(http: FastifyInstance, publicUrl: string): void {
  const bare = Object.entries(bareHeaders(publicUrl))
  http.addHook('onSend', async (_, reply, payload) => {
    for (const [name, value] of bare) if (!reply.hasHeader(name)) reply.header(name, value)
    return payload
  })
}

/** Answers requests that reach no route because their address cannot be read: the server's own answer would show it and have no headers. */
export function unreadable(words: Words, publicUrl: string): NonNullable<FastifyServerOptions['frameworkErrors']> {
  const headers = {
    ...bareHeaders(publicUrl),
    'content-type': 'application/problem+json; charset=utf-8',
  }
  return (error, _, reply) => {
    const problem = problemOf(error, words)
    reply.raw.writeHead(problem.status, headers)
    reply.raw.end(JSON.stringify(problem))
  }
}
