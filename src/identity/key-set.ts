import type { KeyObject } from 'node:crypto'
import { unsound } from './outbound.ts'
import { isSignedBy, keyFor, type PublicJwk, readToken, type SignedToken } from './signed-token.ts'

/*
 * A provider's public keys, remembered. Keys change while people sign in: a token under a key that is not known makes the set be asked for
 * again, but not more often than every ten seconds, whoever sends made-up tokens.
 */

const FRESH_MS = 10 * 60_000
export const REFETCH_MS = 10_000

export type KeySet = {
  /** The key a token names; undefined where the provider has none such. */
  find(token: Pick<SignedToken, 'alg' | 'kid'>): Promise<KeyObject | undefined>
}

/** `ask` fetches the set; `now` is the platform's clock. */
export function openKeySet(ask: () => Promise<unknown>, now: () => Date): KeySet {
  let kept: { keys: readonly PublicJwk[]; at: number } | undefined
  let asking: Promise<void> | undefined
  let askedAt: number | undefined
  const load = async (): Promise<void> => {
    askedAt = now().getTime()
    kept = { keys: keysOf(await ask()), at: askedAt }
  }
  /** Whoever comes while the set is on its way waits for it; after that nobody asks again for a while. */
  const reload = async (): Promise<void> => {
    if (asking === undefined && !isOver(askedAt, REFETCH_MS)) return
    asking ??= load().finally(() => {
      asking = undefined
    })
    await asking
  }
  const isOver = (since: number | undefined, most: number): boolean =>
    since === undefined || Math.abs(now().getTime() - since) >= most
  return {
    find: async token => {
      if (isOver(kept?.at, FRESH_MS)) await reload()
      const known = keyFor(kept?.keys ?? [], token)
      if (known) return known
      await reload()
      return keyFor(kept?.keys ?? [], token)
    },
  }
}

function keysOf(answer: unknown): readonly PublicJwk[] {
  const keys = (answer as { keys?: unknown } | null)?.keys
  if (!Array.isArray(keys) || keys.length > 100) throw unsound('keys-malformed')
  return keys.filter((key): key is PublicJwk => typeof key === 'object' && key !== null)
}

/** The token, its signature verified. Refuses `identity.answer-unsound`: algorithm not allowed, key unknown, forged. */
export async function verifyToken(keys: KeySet, token: string, allowed: Parameters<typeof readToken>[1]): Promise<SignedToken> {
  const read = readToken(token, allowed)
  const key = await keys.find(read)
  if (!key) throw unsound('token-key-unknown')
  if (!isSignedBy(key, read)) throw unsound('token-signature')
  return read
}
