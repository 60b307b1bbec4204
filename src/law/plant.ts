import type { DatabaseEdition } from './editions.ts'
import type { FlawCode } from './rules.ts'
import { planted } from './testing.ts'
import { type LawTexts, smallLaw } from './testing-law.ts'

/** One flaw planted in the small law: what is changed, which rule must find it, and the line it must name (by the text of that line). */
export type Plant = {
  readonly code: FlawCode
  readonly file: string
  readonly line: string
  readonly texts: LawTexts
  readonly editions?: readonly DatabaseEdition[]
  /** What the flaw brings with it: other rules that the same change breaks. */
  readonly follows?: readonly FlawCode[]
}

type Change = readonly [file: string, from: string, to: string]

/** The small law with places changed; the flaw stands where the first change was made, or on the line that holds `line`. */
export function change(code: FlawCode, changes: Change | readonly Change[], line?: string): Plant {
  const all = (typeof changes[0] === 'string' ? [changes] : changes) as readonly Change[]
  const texts = smallLaw()
  for (const [file, from, to] of all) texts[file] = planted(texts[file] ?? '', from, to)
  const [file = '', , to = ''] = all[0] ?? []
  return { code, file, line: line ?? to.split('\n').find(one => one !== '') ?? '', texts }
}

/** The small law with a file more, or with another text in a file's place. */
export function add(code: FlawCode, file: string, text: string, line = ''): Plant {
  return { code, file, line, texts: { ...smallLaw(), [file]: text } }
}

/** The same plant with another place changed too. */
export function also(plant: Plant, [file, from, to]: Change): Plant {
  return { ...plant, texts: { ...plant.texts, [file]: planted(plant.texts[file] ?? '', from, to) } }
}

/** The same plant where the flaw shows in another file than the one that was changed. */
export const seenIn = (file: string, plant: Plant): Plant => ({ ...plant, file })

/** The same plant, which breaks other rules on its way. */
export const bringing = (plant: Plant, ...follows: readonly FlawCode[]): Plant => ({ ...plant, follows })

/** The small law with a file less. */
export function drop(code: FlawCode, file: string): Plant {
  const texts = smallLaw()
  delete texts[file]
  return { code, file, line: '', texts }
}

export const textOf = (file: string): string => smallLaw()[file] ?? ''
