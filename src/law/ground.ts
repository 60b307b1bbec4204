import type { Facts } from '../base/refusal.ts'
import type { Law } from './law.ts'
import type { Instrument } from './model.ts'
import type { Path } from './place.ts'
import type { Located, Reading } from './reading.ts'
import type { FlawCode } from './rules.ts'

/** What a check looks at: the law as one object, and the same with places. */
export type Ground = { readonly law: Law; readonly reading: Reading }

/** How a check says what is wrong: the entry it stands in, and the way from the entry to the value. */
export type Report = (code: FlawCode, at: Located<unknown>, path: Path, facts?: Facts) => void

export type Check = (ground: Ground, report: Report) => void

export type Level = Instrument['level']

/** The act of a basis `instrument#article`. */
export const instrumentIdOf = (basis: string): string => basis.split('#')[0] ?? ''

/** The levels of the acts a basis cites; an unknown act has none. */
export function levelsOf(law: Law, bases: readonly string[]): Set<Level> {
  return new Set(bases.flatMap(basis => law.instruments.get(instrumentIdOf(basis))?.level ?? []))
}

export const cites = (law: Law, bases: readonly string[], allowed: ReadonlySet<Level>): boolean =>
  [...levelsOf(law, bases)].some(level => allowed.has(level))

/** What 国办发〔2020〕49号 asks for before anything is taken away: law, regulation, or a central document. */
export const NATIONAL_BASIS: ReadonlySet<Level> = new Set(['law', 'regulation', 'central-policy'])
/** The same within a province or city that has its own regulation. */
export const LOCAL_BASIS: ReadonlySet<Level> = new Set([...NATIONAL_BASIS, 'local-regulation'])
/** Acts that bind: what may permit a record about a person. Policies, standards and drafts do not. */
export const LEGAL_DOCUMENTS: ReadonlySet<Level> = new Set([
  ...LOCAL_BASIS,
  'judicial-interpretation',
  'departmental-rule',
  'local-rule',
])

/** Reports every entry whose key an earlier entry already has. */
export function reportTwice<T>(
  entries: readonly Located<T>[],
  key: (value: T) => string,
  field: string,
  code: FlawCode,
  report: Report,
): void {
  const seen = new Set<string>()
  for (const entry of entries) {
    const id = key(entry.value)
    if (seen.has(id)) report(code, entry, [field], { id })
    seen.add(id)
  }
}

/** The positions of the values that an earlier position already has. */
export function repeated(values: readonly string[]): number[] {
  const seen = new Set<string>()
  return values.flatMap((value, index) => {
    const again = seen.has(value)
    seen.add(value)
    return again ? [index] : []
  })
}

/** Every value under a key of the given name, at any depth, with the way to it. */
export function findKeys(
  value: unknown,
  name: string,
  path: Path = [],
): { readonly path: Path; readonly value: unknown; readonly owner: Readonly<Record<string, unknown>> }[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((one, index) => findKeys(one, name, [...path, index]))
  const owner = value as Readonly<Record<string, unknown>>
  return Object.entries(owner).flatMap(([key, inner]) => {
    const here = [...path, key]
    return key === name ? [{ path: here, value: inner, owner }] : findKeys(inner, name, here)
  })
}
