/*
 * Chance that can be repeated: the same seed and label give the same run of numbers on every machine, so that the example city's files are
 * the same bytes for the same arguments. Each record has a run of its own and can be made again without its neighbours.
 */

export type Label = string | number

/** A 32-bit seed from the city's seed and what is to be made. */
export function seedOf(seed: number, ...label: readonly Label[]): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  for (const part of label) {
    if (typeof part === 'number') hash = mix(hash ^ part)
    else for (let at = 0; at < part.length; at++) hash = mix(hash ^ part.charCodeAt(at))
    hash = mix(hash + 0x6d2b79f5)
  }
  return hash
}

function mix(value: number): number {
  let hash = value >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A run of numbers (mulberry32). Never for secrets. */
export class Chance {
  private state: number

  constructor(seed: number, ...label: readonly Label[]) {
    this.state = seedOf(seed, ...label)
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let value = this.state
    value = Math.imul(value ^ (value >>> 15), value | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  between(from: number, to: number): number {
    return from + this.below(to - from + 1)
  }

  /** True with the given likelihood. */
  is(likelihood: number): boolean {
    return this.next() < likelihood
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T
  }

  /** One of `[weight, value]`. */
  weighted<T>(from: readonly (readonly [weight: number, value: T])[]): T {
    let total = 0
    for (const [weight] of from) total += weight
    let left = this.next() * total
    for (const [weight, value] of from) {
      left -= weight
      if (left < 0) return value
    }
    return (from.at(-1) as readonly [number, T])[1]
  }
}
