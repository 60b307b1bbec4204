import type { Places } from './places.ts'
import type { Source } from './source.ts'

/** One thing that is not as the house is built. */
export type Breach = { readonly file: string; readonly line: number; readonly rule: string; readonly sentence: string }

export function breachLine(breach: Breach): string {
  return `${breach.file}:${breach.line}  ${breach.rule}  ${breach.sentence}`
}

/** Files that only tests use: they may plant, catch, cast and speak Chinese. */
export function isForTests(file: string): boolean {
  return /\.(test|story|plants)\.tsx?$|(^|[/-])testing(-[a-z-]+)?\.ts$|(^|\/)(plant|example-rows)\.ts$|^(stories|scripts|src\/invariants)\//.test(
    file,
  )
}

/** The folder as the arrows name it: `src/intake/line.ts` → `intake`, `src/app.ts` → `app.ts`, `web/kit/call.ts` → `web/kit`. */
export function folderOf(file: string): string {
  const parts = file.split('/')
  return parts[0] === 'src' ? (parts[1] ?? '') : parts.slice(0, 2).join('/')
}

/** The entry of a list that covers the file: the file itself or a folder above it. */
export function placeOf(places: Places, file: string): string | undefined {
  return Object.keys(places).find(place => (place.endsWith('/') ? file.startsWith(place) : place === file))
}

/** Entries that cover no file in which the thing stands. */
export function unusedPlaces(list: string, places: Places, used: ReadonlySet<string>): Breach[] {
  return Object.keys(places)
    .filter(place => !used.has(place))
    .map(place => ({ file: list, line: 1, rule: 'list-unused', sentence: `${place} needs no exception any more; take it out` }))
}

export type Sources = readonly Source[]
