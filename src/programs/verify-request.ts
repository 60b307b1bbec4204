import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { hasBody, proveBody, requireDigest } from './body-proof.ts'
import { SKEW_SECONDS } from './model.ts'
import { type Message, type ReadSignature, readSignature, signatureBase } from './signature-base.ts'
import { isSignature } from './signing.ts'
import { spend } from './spent-nonces.ts'
import type { Arrival } from './store.ts'

/* What this platform asks of a signature (RFC 9421, 3.2.1): everything that decides what is done, when it was signed, and that it came once. */

const NONCE = /^[\x21-\x7e]{16,128}$/

/** The signature of a request, with its key's id; null where it has none. Refuses `signature.malformed`. */
export function signatureOf(request: FastifyRequest): (ReadSignature & { readonly keyid: string }) | null {
  const { headers } = request
  const [input, signature] = [headers['signature-input'], headers.signature]
  if (input === undefined && signature === undefined) return null
  const read = readSignature(String(input ?? ''), String(signature ?? ''))
  if (read.keyid === undefined) throw new Refusal('signature.incomplete', null, { what: 'keyid' }, 401)
  return { ...read, keyid: read.keyid }
}

/**
 * Lets a signed request pass, or refuses it: a key that is none of the program's or not in use (`signature.key-unknown`), something that
 * is not covered (`signature.incomplete`), another time (`signature.out-of-time`), another text or key (`signature.wrong`), a second time
 * (`signature.replayed`), a body that was read and is another one (`signature.body-altered`). A body that is still on its way is held
 * against its digest where it ends.
 */
export async function requireSignature(
  app: App,
  request: FastifyRequest,
  read: ReadSignature & { readonly keyid: string },
  arrival: Arrival,
): Promise<void> {
  const { keyId, algorithm, material } = arrival
  if (keyId === null || algorithm === null || material === null)
    throw new Refusal('signature.key-unknown', null, { key: read.keyid.slice(0, 60) }, 401)
  if (read.alg !== undefined && read.alg !== algorithm) throw new Refusal('signature.algorithm', null, { algorithm }, 401)
  requireCover(request, read)
  const endsAt = requireTime(app.now(), read)
  requireDigest(request)
  const key = { algorithm, material: algorithm === 'hmac-sm3' ? app.keys.open(material, secretPlace(keyId)) : material }
  if (!isSignature(key, signatureBase(messageOf(app, request), read), read.signature))
    throw new Refusal('signature.wrong', null, { origin: originOf(app) }, 401)
  if (!(await spend(app, keyId, read.nonce ?? '', endsAt))) throw new Refusal('signature.replayed', null, {}, 401)
  // What was read before the handler (JSON, a form, plain text) is all here; a form of files is held against its digest as it ends.
  if (!request.isMultipart()) await proveBody(request)
}

/** Where a secret stands: sealed for this place, it opens nowhere else. */
export function secretPlace(keyId: string): string {
  return `signing_key.material ${keyId}`
}

/** The origin under which the platform is known; the Host header of a request proves nothing. */
export function originOf(app: Pick<App, 'publicUrl'>): string {
  return new URL(app.publicUrl).origin
}

function messageOf(app: App, request: FastifyRequest): Message {
  const { raw } = request
  return {
    method: request.method,
    origin: originOf(app),
    target: raw.url ?? '/',
    header: name => headerOf(raw.rawHeaders, name),
  }
}

/** Every value of a header in the order in which they came, as RFC 9421, 2.1 joins them; Node leaves some of them out. */
function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  const values = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name)
  return values.length > 0 ? values.map(value => value.trim()).join(', ') : undefined
}

function requireCover(request: FastifyRequest, { components, nonce, created }: ReadSignature): void {
  const target = request.raw.url ?? ''
  const hasTarget =
    components.includes('@target-uri') ||
    components.includes('@request-target') ||
    (components.includes('@path') && (components.includes('@query') || !target.includes('?')))
  const lacking = [
    ...(components.includes('@method') ? [] : ['@method']),
    ...(hasTarget ? [] : ['@target-uri']),
    ...(request.headers.authorization === undefined || components.includes('authorization') ? [] : ['authorization']),
    ...(!hasBody(request.raw) || components.includes('content-digest') ? [] : ['content-digest']),
    ...(created === undefined ? ['created'] : []),
    ...(nonce !== undefined && NONCE.test(nonce) ? [] : ['nonce']),
  ]
  if (lacking.length > 0) throw new Refusal('signature.incomplete', null, { what: lacking.join('、') }, 401)
}

/** The instant until which this signature could be taken again; its nonce is remembered so long. */
function requireTime(now: Date, { created = 0, expires }: ReadSignature): Date {
  const seconds = now.getTime() / 1000
  if (Math.abs(seconds - created) > SKEW_SECONDS || (expires !== undefined && expires < seconds))
    throw new Refusal('signature.out-of-time', null, { now: Math.floor(seconds), seconds: SKEW_SECONDS }, 401)
  return new Date((created + SKEW_SECONDS + 1) * 1000)
}
