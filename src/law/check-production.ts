import { type Flaw, makeFlaw, sortFlaws } from './flaw.ts'
import { findKeys } from './ground.ts'
import type { Confidence } from './model.ts'
import { placeOf } from './place.ts'
import type { Reading } from './reading.ts'
import { printPath } from './shape-flaw.ts'

const UNCONFIRMED: ReadonlySet<unknown> = new Set<Confidence>(['memory', 'proposal', 'unknown'])

/**
 * What keeps a city from going live: every value whose confidence is memory, proposal or unknown (principle 12), and invented codes.
 * All of them, with file and line; the example city lives with them under a visible mark.
 */
export function productionFlaws(reading: Reading): Flaw[] {
  const flaws: Flaw[] = []
  for (const content of reading.contents) {
    for (const { path, value, owner } of findKeys(content.value, 'confidence')) {
      if (!UNCONFIRMED.has(value)) continue
      const facts = { confidence: String(value), what: nameOf(owner) ?? printPath(path.slice(0, -1)) }
      flaws.push(makeFlaw('law.unconfirmed', content.file.name, placeOf(content.file, path), facts))
    }
  }
  for (const city of reading.cities) {
    city.value.inventedPrefixes.forEach((prefix, index) => {
      flaws.push(
        makeFlaw('law.invented-in-production', city.file.name, placeOf(city.file, ['inventedPrefixes', index]), { prefix }),
      )
    })
  }
  for (const provider of reading.identityProviders) {
    if (!provider.value.issuer.startsWith('http:')) continue
    const place = placeOf(provider.file, [...provider.path, 'issuer'])
    flaws.push(makeFlaw('law.identity-trial-in-production', provider.file.name, place, { name: provider.value.name }))
  }
  return sortFlaws(flaws)
}

function nameOf(owner: Readonly<Record<string, unknown>>): string | undefined {
  for (const key of ['title', 'name', 'kind', 'case', 'id', 'domain']) if (typeof owner[key] === 'string') return owner[key]
  return undefined
}
