import { basename } from 'node:path'
import { BASE_FILES, FORBIDDEN_NAMES, MOST_LINES, PURE } from './arrows.ts'
import { type Breach, folderOf, isForTests, placeOf, type Sources } from './breach.ts'
import { CHINESE } from './chinese-places.ts'
import * as places from './places.ts'
import type { SpotKind } from './source.ts'

const WRITING = /\b(?:insert\s+into|update(?:\s+only)?|delete\s+from|copy|truncate|merge\s+into)\s+((?:pub\.)?[a-z_]+)/gi
/** The table of a COPY as it is handed over: `fact (subject_id, …`. */
const COPIED = /^((?:pub\.)?[a-z_]+) \(/g
const NAMELESS = /\b(?:insert\s+into|delete\s+from|copy)\s+\{\}/i
const HAN = /\p{Script=Han}/u

/** Names say what a file is about; `base` is a closed list; nothing is longer than a person reads at once. */
export function checkNames(sources: Sources): Breach[] {
  return sources.flatMap(({ file, lines }) => {
    const name = basename(file).replace(/\..*$/, '')
    const found: Breach[] = []
    const breach = (rule: string, sentence: string, line = 1): number => found.push({ file, line, rule, sentence })
    if (FORBIDDEN_NAMES.includes(name)) breach('name-forbidden', `"${name}" says nothing; name the noun or the deed`)
    if (!/\.tsx$/.test(file) && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) breach('name-not-kebab', 'file names are kebab-case')
    if (/^src\/base\/[^/]+$/.test(file) && !isForTests(file) && !BASE_FILES.includes(name)) {
      breach('base-closed', 'base is a closed list (scripts/house/arrows.ts); another file needs a decision record')
    }
    if (/^src\/[^/]+\/[^/]+\/[^/]+\//.test(file)) breach('too-deep', 'src has two levels, three at most')
    if (lines > MOST_LINES) breach('too-long', `${lines} lines, ${MOST_LINES} at most`, MOST_LINES + 1)
    return found
  })
}

export function checkParsed(sources: Sources): Breach[] {
  return sources.flatMap(({ file, faults }) => faults.map(sentence => ({ file, line: 1, rule: 'unreadable', sentence })))
}

/** Who writes which table. `tables` are those of the migrations. */
export function checkWriters(sources: Sources, tables: ReadonlySet<string>): Breach[] {
  const inProduct = sources.filter(source => !isForTests(source.file))
  return inProduct.flatMap(({ file, texts }) =>
    texts.flatMap(({ text, line }) => {
      const found: Breach[] = []
      if (NAMELESS.test(text) && !places.COPY.includes(file))
        found.push({
          file,
          line,
          rule: 'table-unnamed',
          sentence: 'write the table’s name out, so that its writers can be found',
        })
      for (const [, name = ''] of [...text.matchAll(WRITING), ...text.matchAll(COPIED)]) {
        const table = name.toLowerCase()
        if (!tables.has(table) || mayWrite(table, file)) continue
        found.push({
          file,
          line,
          rule: 'table-owner',
          sentence: `writes ${table}, which is ${writersOf(table)}’s (WRITERS in scripts/house/places.ts)`,
        })
      }
      return found
    }),
  )
}

function mayWrite(table: string, file: string): boolean {
  return (places.WRITERS[table] ?? []).some(writer => (writer.startsWith('src/') ? writer === file : writer === folderOf(file)))
}

const writersOf = (table: string): string => (places.WRITERS[table] ?? ['nobody']).join(', ')

type Rule = { readonly kind: SpotKind; readonly rule: string; readonly list: places.Places; readonly sentence: string }

const SPOT_RULES: readonly Rule[] = [
  {
    kind: 'transaction',
    rule: 'transaction',
    list: places.TRANSACTIONS,
    sentence: 'only src/access/change.ts opens a transaction',
  },
  {
    kind: 'catch',
    rule: 'catch',
    list: places.CATCHES,
    sentence: 'let it be thrown: rules return, commands throw, http/problem.ts translates',
  },
  { kind: 'env', rule: 'environment', list: places.ENVIRONMENT, sentence: 'only src/config.ts reads the environment' },
  { kind: 'clock', rule: 'clock', list: places.CLOCKS, sentence: 'take the instant from App.now, or the day as an argument' },
]

export type PlaceLists = Readonly<Record<string, { readonly list: places.Places; readonly used: Set<string> }>>

/** The lists of exceptions, to be marked as used while the checks run. */
export function placeLists(): PlaceLists {
  const named = { ...Object.fromEntries(SPOT_RULES.map(rule => [rule.rule, rule.list])), chinese: CHINESE }
  return Object.fromEntries(Object.entries(named).map(([name, list]) => [name, { list, used: new Set<string>() }]))
}

/** `.transaction(`, `catch`, `process.env` and the clock stand where they are listed; `any` stands nowhere. */
export function checkSpots(sources: Sources, lists: PlaceLists): Breach[] {
  return sources.flatMap(({ file, spots }) =>
    spots.flatMap(({ kind, line }) => {
      if (kind === 'any') return [{ file, line, rule: 'any', sentence: 'say which type; `unknown` where nobody knows' }]
      const rule = SPOT_RULES.find(one => one.kind === kind)
      if (!rule || isForTests(file)) return []
      const place = placeOf(rule.list, file)
      const isPure = kind === 'clock' && PURE.test(file)
      if (place && !isPure) {
        lists[rule.rule]?.used.add(place)
        return []
      }
      return [{ file, line, rule: rule.rule, sentence: rule.sentence }]
    }),
  )
}

/** Casts that switch the compiler off, outside of tests: in each file as many as are listed, and the lists only shrink. */
export function checkCasts(sources: Sources, listed: Readonly<Record<string, number>> = places.CASTS): Breach[] {
  const counted = new Map(Object.keys(listed).map(file => [file, 0]))
  const breaches: Breach[] = []
  for (const { file, spots } of sources) {
    const casts = isForTests(file) ? [] : spots.filter(spot => spot.kind === 'cast')
    if (casts.length > 0) counted.set(file, casts.length)
    const sentence = `${casts.length} casts \`as never\` or \`as unknown as\`, ${listed[file] ?? 0} are listed: let the types say it`
    if (casts.length > (listed[file] ?? 0)) breaches.push(...casts.map(({ line }) => ({ file, line, rule: 'cast', sentence })))
  }
  for (const [file, count] of counted) {
    const sentence = `only ${count} casts are left in ${file}: lower CASTS`
    if (count < (listed[file] ?? 0)) breaches.push({ file: 'scripts/house/places.ts', line: 1, rule: 'cast', sentence })
  }
  return breaches
}

/** Chinese stands in law/, city/, words/ and stories/, not in identifiers and literals of src/. */
export function checkChinese(sources: Sources, lists: PlaceLists): Breach[] {
  return sources.flatMap(({ file, texts }) => {
    const found = file.startsWith('src/') && !isForTests(file) ? texts.find(({ text }) => HAN.test(text)) : undefined
    if (!found) return []
    const place = placeOf(CHINESE, file)
    if (place) {
      lists.chinese?.used.add(place)
      return []
    }
    return [
      { file, line: found.line, rule: 'chinese', sentence: 'sentences for people stand in words/, the law’s words in law/' },
    ]
  })
}
