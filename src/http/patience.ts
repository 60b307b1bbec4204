import type { Server } from 'node:http'
import type { FastifyHttpOptions } from 'fastify'

/*
 * How long a door waits for a sender. Who sends his heads drop by drop holds a connection and nothing else; a file may take its time, but
 * not for ever (ASVS 2.4, 15.2).
 */

const HEADS_MS = 20_000
const REQUEST_MS = 30 * 60_000
const IDLE_MS = 10_000

/** Most bytes of a request's heads. */
const HEAD_BYTES = 16 * 1024

/** Options of a server that waits for nobody longer than it must. */
export const PATIENCE = {
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: IDLE_MS,
  http: { headersTimeout: HEADS_MS, maxHeaderSize: HEAD_BYTES, insecureHTTPParser: false },
} as const satisfies FastifyHttpOptions<Server>
