import { NON_PUBLIC } from '../../src/access/non-public.ts'
import { type Breach, isForTests, placeOf, type Sources, unusedPlaces } from './breach.ts'
import type { Places } from './places.ts'
import { CHANGES_POOL, LOOKS_POOL, READERS } from './readers.ts'
import type { Source } from './source.ts'

/* Nobody reads what is not public outside of looks, acts and the line (principle 8). */

const READING = /\b(?:from|join)\s+(?:only\s+)?(?:public\.)?([a-z_]+)\b/gi
const LIST = 'scripts/house/readers.ts'
const hidden = new Set(NON_PUBLIC.map(one => one.table))

const POOLS = {
  looks: { list: LOOKS_POOL, sentence: 'only src/access/look.ts asks the pool of looks: call look(), lookMiss() or looking()' },
  changes: { list: CHANGES_POOL, sentence: 'only src/access/change.ts asks the pool of changes: call change()' },
} as const

type Used = Map<Places, Set<string>>

/** SQL that reads a table that is not public, and pools that are asked, where they are not listed. `isWhole`: the lists are held against the tree. */
export function checkReaders(sources: Sources, isWhole: boolean): Breach[] {
  const used: Used = new Map()
  const inProduct = sources.filter(source => !isForTests(source.file))
  const breaches = inProduct.flatMap(source => [...unlistedReads(source, used), ...unlistedPools(source, used)])
  if (!isWhole) return breaches
  const lists = [...Object.values(READERS), LOOKS_POOL, CHANGES_POOL]
  return [...breaches, ...lists.flatMap(list => unusedPlaces(LIST, list, used.get(list) ?? new Set()))]
}

/** Whether a list covers the file; notes that it did. */
function isListed(list: Places, file: string, used: Used): boolean {
  const place = placeOf(list, file)
  if (place !== undefined) used.set(list, (used.get(list) ?? new Set()).add(place))
  return place !== undefined
}

function unlistedReads({ file, texts }: Source, used: Used): Breach[] {
  return texts.flatMap(({ text, line }) => {
    const table = [...text.matchAll(READING)].map(([, name = '']) => name.toLowerCase()).find(name => hidden.has(name))
    if (table === undefined || Object.values(READERS).filter(list => isListed(list, file, used)).length > 0) return []
    const sentence = `reads ${table}, which is not public, outside of looks and acts (READERS in ${LIST})`
    return [{ file, line, rule: 'read-unregistered', sentence }]
  })
}

function unlistedPools({ file, spots }: Source, used: Used): Breach[] {
  return spots.flatMap(({ kind, line }) => {
    if (kind !== 'looks' && kind !== 'changes') return []
    const { list, sentence } = POOLS[kind]
    return isListed(list, file, used) ? [] : [{ file, line, rule: `pool-of-${kind}`, sentence }]
  })
}
