import type { CustomFetch } from 'openid-client'
import { Refusal } from '../base/refusal.ts'
import type { IdentityProvider } from '../law/identity-model.ts'

/* Every call to a provider goes through here: to its own hosts only, never led on, bounded in time and size. */

export const OUTBOUND_SECONDS = 8
const MOST_BYTES = 512 * 1024

/** Whether an address is one of the provider's: the issuer's own origin, or a named host over the same kind of connection. */
export function isOfProvider({ issuer, hosts }: IdentityProvider, address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  const own = new URL(issuer)
  return protocol === own.protocol && username === '' && password === '' && (host === own.host || hosts.includes(host))
}

/** The origins of a provider's hosts. */
export function originsOf({ issuer, hosts }: IdentityProvider): string[] {
  const { origin, protocol } = new URL(issuer)
  return [origin, ...hosts.map(host => `${protocol}//${host}`)]
}

/**
 * A `fetch` that reaches this provider and nobody else. Refuses `identity.address-foreign` (an endpoint on a host that was not configured),
 * `identity.unreachable` (no answer within eight seconds), `identity.answer-unsound` (an answer of more than 512 KB).
 */
export function outboundTo(provider: IdentityProvider): CustomFetch {
  return async (address, options) => {
    if (!isOfProvider(provider, address)) throw new Refusal('identity.address-foreign', null, { name: provider.name }, 502)
    const limit = AbortSignal.timeout(OUTBOUND_SECONDS * 1000)
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
    try {
      const { method, headers, body } = options
      // What the library sends is a form, or nothing.
      const form = body instanceof URLSearchParams || typeof body === 'string' ? body : null
      const answer = await fetch(address, { method, headers, body: form, redirect: 'manual', signal })
      return new Response(await bounded(answer), { status: answer.status, headers: answer.headers })
    } catch (error) {
      if (error instanceof Refusal) throw error
      throw new Refusal('identity.unreachable', null, { name: provider.name }, 503)
    }
  }
}

async function bounded(answer: Response): Promise<string | null> {
  if (answer.body === null) return null
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of answer.body) {
    bytes += part.byteLength
    if (bytes > MOST_BYTES) throw unsound('too-large')
    parts.push(part)
  }
  return bytes === 0 ? null : Buffer.concat(parts).toString('utf8')
}

/** What a provider sent does not stand up to a check. `fault` is for the log and the person who is asked for help; it holds no value. */
export function unsound(fault: string): Refusal {
  return new Refusal('identity.answer-unsound', null, { fault }, 400)
}
