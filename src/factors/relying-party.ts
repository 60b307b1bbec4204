import { isIP } from 'node:net'
import type { App } from '../app.ts'

/** For whom a passkey is made: a host and the one origin at which it answers. */
export type RelyingParty = { readonly id: string; readonly origin: string; readonly name: string }

const LOOPBACK = new Set(['127.0.0.1', '[::1]'])

/**
 * The platform as passkeys know it, out of its public address; null where browsers know none: at a bare IP address, or over plain http but on
 * one's own machine, which is then called `localhost` (WebAuthn level 3, 5.1.3 and 13.4.9).
 */
export function relyingParty({ publicUrl, city }: Pick<App, 'publicUrl' | 'city'>): RelyingParty | null {
  const url = new URL(publicUrl)
  if (LOOPBACK.has(url.hostname)) url.hostname = 'localhost'
  const { hostname, origin, protocol } = url
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return null
  if (protocol !== 'https:' && hostname !== 'localhost') return null
  return { id: hostname, origin, name: city.platformName }
}
