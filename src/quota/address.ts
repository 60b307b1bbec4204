import { isIPv6 } from 'node:net'
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

/** An IPv4 address as it is, of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? []
  const front = head.split(':').filter(Boolean)
  const back = tail?.split(':').filter(Boolean) ?? []
  const groups =
    tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
