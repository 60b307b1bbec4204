import { networkOf } from '../access/device.ts'
import type { Keys } from '../crypto/keys.ts'

const MOST_ADDRESSES = 10_000
const known = new WeakMap<Keys, Map<string, string>>()

/** How an address stands in the counts: as a keyed digest, of IPv6 the network of one household (its first 64 bits). */
export function addressKey(keys: Keys, address: string): string {
  let own = known.get(keys)
  if (!own) {
    own = new Map()
    known.set(keys, own)
  }
  const network = networkOf(address)
  let key = own.get(network)
  if (key === undefined) {
    if (own.size >= MOST_ADDRESSES) own.clear()
    key = `address:${keys.mac('session', `quota ${network}`).subarray(0, 16).toString('base64url')}`
    own.set(network, key)
  }
  return key
}
