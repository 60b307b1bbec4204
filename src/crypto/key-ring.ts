import { createSecretKey, type KeyObject } from 'node:crypto'
import { Refusal } from '../base/refusal.ts'
import { type KeyEntry, type KeyPurpose, suites } from './key-file.ts'
import type { Suite } from './suite.ts'

/** A key in memory. What leaves this object is derived from `master`, never `master` itself. */
export type Key = {
  readonly id: string
  readonly purpose: KeyPurpose
  readonly suite: Suite
  readonly master: KeyObject
  readonly useFrom: number
  readonly secret: Buffer
}

export type KeyRing = {
  /** The key that seals, signs or indexes now. */
  active(purpose: KeyPurpose): Key
  /** All keys of a purpose, the active one first, then the older ones, then those still to come. */
  every(purpose: KeyPurpose): readonly Key[]
  find(id: string): Key | undefined
}

/** Arranges key entries (oldest `useFrom` first) by purpose; `now` is asked at each use, so a rotation starts by itself. */
export function ringOf(entries: readonly KeyEntry[], now: () => Date): KeyRing {
  const keys = entries.map(keyOf)
  const byId = new Map(keys.map(key => [key.id, key]))
  const newestFirst = Map.groupBy(keys.toReversed(), key => key.purpose)

  function active(purpose: KeyPurpose): Key {
    const instant = now().getTime()
    const found = newestFirst.get(purpose)?.find(key => key.useFrom <= instant)
    if (!found) throw new Refusal('keys.missing', null, { purpose }, 500)
    return found
  }

  return {
    active,
    every(purpose) {
      const first = active(purpose)
      return [
        first,
        ...(newestFirst.get(purpose) ?? []).filter(key => key !== first).sort((a, b) => rank(a, first) - rank(b, first)),
      ]
    },
    find: id => byId.get(id),
  }
}

function rank(key: Key, active: Key): number {
  return key.useFrom <= active.useFrom ? 0 : 1
}

function keyOf(entry: KeyEntry): Key {
  const secret = Buffer.from(entry.secret, 'base64')
  const { id, purpose } = entry
  return { id, purpose, suite: suites[entry.suite], master: createSecretKey(secret), useFrom: Date.parse(entry.useFrom), secret }
}
