import { searchSubjects } from '../../web/portal/search.ts'
import { openDatabase } from '../db/database.ts'
import { nameBigrams } from '../subject/name.ts'
import { sampleSubjects } from './city.ts'
import { type Figure, percentile, within } from './figure.ts'
import type { Place } from './place.ts'

const QUERIES = 1000
const FREQUENT = 200
const LIMIT_MS = 20

/** Name search with two characters: pairs from names of the city, and the pair that most names hold. */
export async function measureSearch(place: Place): Promise<Figure[]> {
  const db = openDatabase(place.logins.portal, { max: 2, name: 'mingxin-bench' })
  try {
    const pairs = (await sampleSubjects(place, QUERIES)).map(({ name }, i) => pick(nameBigrams(name), i))
    const frequent = mostFrequent((await sampleSubjects(place, QUERIES)).flatMap(({ name }) => nameBigrams(name)))
    const timed = async (words: readonly string[]): Promise<number[]> => {
      const spent: number[] = []
      for (const q of words) {
        const began = performance.now()
        await searchSubjects(db, { q })
        spent.push(performance.now() - began)
      }
      return spent
    }
    await timed(pairs.slice(0, 100))
    const all = await timed(pairs)
    const often = await timed(new Array<string>(FREQUENT).fill(frequent))
    return [
      within('search.two-characters', percentile(all, 0.99), 'ms p99', LIMIT_MS, 'less'),
      within('search.frequent-word', percentile(often, 0.99), 'ms p99', LIMIT_MS, 'less'),
    ]
  } finally {
    await db.close()
  }
}

function pick(pairs: readonly string[], n: number): string {
  return pairs[n % pairs.length] ?? '公司'
}

function mostFrequent(pairs: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '公司'
}
