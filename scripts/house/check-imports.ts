import { ARROWS, BROWSER_PACKAGES, OPEN_STORES, PURE, PURE_EXCEPT, WITHOUT_APP } from './arrows.ts'
import { type Breach, folderOf, isForTests, type Sources } from './breach.ts'
import type { Import, Source } from './source.ts'

const APP = 'src/app.ts'
const STORE = /^src\/[a-z-]+\/([a-z-]+-)?store\.ts$/

/** Every import across folders follows an arrow; product code imports nothing that only tests use. */
export function checkArrows(sources: Sources): Breach[] {
  return sources.flatMap(source =>
    isForTests(source.file) ? [] : source.imports.filter(one => one.isOurs).flatMap(one => arrowBreach(source.file, one)),
  )
}

function arrowBreach(file: string, { to, isTypeOnly, line }: Import): Breach[] {
  const [from, towards] = [folderOf(file), folderOf(to)]
  if (isForTests(to)) return [{ file, line, rule: 'for-tests', sentence: `${to} is for tests only` }]
  if (from === towards) return []
  const arrows = ARROWS[from]
  if (!arrows) return [{ file, line, rule: 'folder-unknown', sentence: `${from} has no arrows in scripts/house/arrows.ts` }]
  if (to === APP && isTypeOnly && !WITHOUT_APP.includes(from)) return []
  if (arrows.includes(towards)) return []
  return [{ file, line, rule: 'arrow-missing', sentence: `${from} may not lean on ${towards}: ${to}` }]
}

/** A folder's store is its own. */
export function checkPrivate(sources: Sources): Breach[] {
  return sources.flatMap(({ file, imports }) =>
    imports
      .filter(({ to }) => STORE.test(to) && folderOf(to) !== folderOf(file) && !isForTests(file) && !(to in OPEN_STORES))
      .map(({ to, line }) => ({
        file,
        line,
        rule: 'store-private',
        sentence: `${to} is private to ${folderOf(to)}; use its commands or views`,
      })),
  )
}

/** No file waits for itself when it is loaded. What is erased (types) does not wait. */
export function checkCycles(sources: Sources): Breach[] {
  const graph = runningGraph(sources)
  const state = new Map<string, 'open' | 'done'>()
  const breaches: Breach[] = []
  const path: string[] = []
  const visit = (file: string): void => {
    state.set(file, 'open')
    path.push(file)
    for (const { to, line } of graph.get(file) ?? []) {
      if (state.get(to) === 'open') {
        const cycle = [...path.slice(path.indexOf(to)), to].join(' → ')
        breaches.push({ file, line, rule: 'import-cycle', sentence: cycle })
      } else if (!state.has(to)) visit(to)
    }
    path.pop()
    state.set(file, 'done')
  }
  for (const { file } of sources) if (!state.has(file)) visit(file)
  return breaches
}

function runningGraph(sources: Sources): Map<string, readonly Import[]> {
  const files = new Set(sources.map(source => source.file))
  return new Map(sources.map(({ file, imports }) => [file, imports.filter(one => !one.isTypeOnly && files.has(one.to))]))
}

/** What browsers import holds no `node:`, no server package and no clock, however far it reaches. */
export function checkPurity(sources: Sources): Breach[] {
  const byFile = new Map(sources.map(source => [source.file, source]))
  return sources.flatMap(source => {
    if (!isPureRoot(source.file)) return []
    return source.imports
      .filter(one => !one.isTypeOnly && (PURE.test(source.file) || one.to.startsWith('src/')))
      .flatMap(one => impure(byFile, source, one))
  })
}

function isPureRoot(file: string): boolean {
  if (PURE.test(file)) return !(file in PURE_EXCEPT)
  const isScreen = /^web\/(console|kit)\//.test(file) && !/^web\/console\/(build\/|vite\.config|serve-)/.test(file)
  return isScreen && !isForTests(file)
}

function impure(byFile: ReadonlyMap<string, Source>, source: Source, first: Import): Breach[] {
  const seen = new Set<string>()
  const reach = (one: Import, way: readonly string[]): string[] | null => {
    const here = [...way, one.to]
    if (!one.isOurs) return BROWSER_PACKAGES.some(name => one.to === name || one.to.startsWith(`${name}/`)) ? null : here
    if (one.to.startsWith('src/db/')) return here
    if (seen.has(one.to)) return null
    seen.add(one.to)
    const next = byFile.get(one.to)
    if (next?.spots.some(spot => spot.kind === 'clock')) return [...here, 'the clock']
    for (const further of next?.imports ?? []) {
      const found = further.isTypeOnly ? null : reach(further, here)
      if (found) return found
    }
    return null
  }
  const way = reach(first, [])
  if (!way) return []
  return [
    { file: source.file, line: first.line, rule: 'not-pure', sentence: `reaches ${way.join(' → ')}; browsers cannot follow` },
  ]
}
