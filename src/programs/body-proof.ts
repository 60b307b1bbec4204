import { createHash, type Hash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../base/refusal.ts'
import { dictionaryOf } from './signature-base.ts'

/*
 * Content-Digest (RFC 9530) of what is signed. The body is hashed as it comes in, however large it is, beside whoever reads it; it is held
 * against the header when all of it is here, before anything of it is settled.
 */

/** Names in the header → Node's. `sm3` (GB/T 32905) is not registered; whoever must use 国密 alone needs it. */
const HASHES: Readonly<Record<string, string>> = { 'sha-256': 'sha256', sm3: 'sm3' }

type Watched = { readonly wanted: readonly { readonly hash: Hash; readonly digest: Buffer }[]; isProven: boolean }
const watched = new WeakMap<FastifyRequest, Watched>()

/** Whether a body follows the head of a request. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/**
 * Begins to hash the body of a signed request; to be called before anybody reads it (the door's first hook). A form of files is only read to
 * its end where the digest is right: whoever iterates over its parts gets the refusal in place of the end.
 */
export function watchBody(request: FastifyRequest): void {
  const { raw, headers } = request
  if (!headers['signature-input'] || !hasBody(raw)) return
  const wanted = readDigest(String(headers['content-digest'] ?? ''))
  // Paused first: to listen for data would set the stream flowing before its reader is there.
  raw.pause()
  raw.on('data', (chunk: Buffer) => {
    for (const { hash } of wanted) hash.update(chunk)
  })
  watched.set(request, { wanted, isProven: false })
  const parts = request.parts.bind(request)
  request.parts = (...options) => proven(request, parts(...options))
}

async function* proven<T>(request: FastifyRequest, parts: AsyncIterableIterator<T>): AsyncIterableIterator<T> {
  yield* parts
  await proveBody(request)
}

/** Digests of a header that this platform computes, too; empty where there is none. */
function readDigest(header: string): Watched['wanted'] {
  if (header === '') return []
  return [...dictionaryOf(header)].flatMap(([name, [value]]) => {
    const algorithm = HASHES[name]
    if (!algorithm || !(value instanceof ArrayBuffer)) return []
    return [{ hash: createHash(algorithm), digest: Buffer.from(value) }]
  })
}

/** Refuses `signature.digest-missing` where a signed body has no digest that this platform knows. */
export function requireDigest(request: FastifyRequest): void {
  if (!hasBody(request.raw)) return
  if (!watched.get(request)?.wanted.length)
    throw new Refusal('signature.digest-missing', null, { known: Object.keys(HASHES).join('、') }, 401)
}

/** Waits for the end of a signed body and holds it against its digest. Refuses `signature.body-altered`. */
export async function proveBody(request: FastifyRequest): Promise<void> {
  const own = watched.get(request)
  if (!own || own.isProven) return
  const { raw } = request
  if (!raw.readableEnded) {
    // What stands behind the last part belongs to the body.
    raw.resume()
    if (!raw.destroyed) await once(raw, 'end')
  }
  for (const { hash, digest } of own.wanted) {
    const found = hash.digest()
    if (found.length !== digest.length || !timingSafeEqual(found, digest))
      throw new Refusal('signature.body-altered', null, {}, 401)
  }
  own.isProven = true
}

/** False where a signed body was used and never held against its digest: a fault of the door, not of the sender. */
export function isBodyProven(request: FastifyRequest): boolean {
  return watched.get(request)?.isProven ?? true
}
