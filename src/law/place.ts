import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { DatabaseEdition } from './editions.ts'
import type { Place } from './flaw.ts'

/** A file of the law as it was read: its name is what a flaw prints, its text is what the digest covers. */
export type LawFile = {
  /** `law/…`, `city/<city>/…`, or `db:` and the path of an edition made in the console. */
  readonly name: string
  /** The path below the law folder or the city's folder. */
  readonly path: string
  readonly text: string
  readonly origin: 'national' | 'city'
  /** The edition, where the text came from the database. */
  readonly edition: DatabaseEdition | null
}

/** The way to a value inside a file: keys and positions. */
export type Path = readonly (string | number)[]

export type Parsed = { readonly document: Document; readonly counter: LineCounter }

/** YAML 1.2 core: no `no` → false, no merge keys, no key twice. */
export function parseText(text: string): Parsed {
  const counter = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: counter,
  })
  return { document, counter }
}

// Kept only for files that have a flaw: a sound law keeps no syntax trees in memory.
const flawed = new WeakMap<LawFile, Parsed>()

function parsed(file: LawFile): Parsed {
  const found = flawed.get(file) ?? parseText(file.text)
  flawed.set(file, found)
  return found
}

function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents
  let offset = 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(one => isScalar(one.key) && String(one.key.value) === String(step))
      if (!isPair(pair)) break
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = (node as { range?: [number, number, number] } | undefined)?.range?.[0] ?? offset
    } else break
    if (isAlias(node)) node = node.resolve(document)
  }
  return offset
}

/** Where a value stands; for a key that is missing, where the map stands that should have it. */
export function placeOf(file: LawFile, path: Path): Place {
  const { document, counter } = parsed(file)
  const { line, col } = counter.linePos(offsetOf(document, path))
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}
