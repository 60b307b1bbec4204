import type { Facts } from '../base/refusal.ts'
import { loadWords, type Words } from '../words/words.ts'
import { type FlawCode, RULES } from './rules.ts'

/** One thing that is wrong in `law/` or `city/`, where it stands (line and column count from 1) and its sentence. */
export type Flaw = {
  readonly code: FlawCode
  /** An error keeps the platform from starting; a warning does not. */
  readonly level: 'error' | 'warning'
  /** `law/…`, `city/…`, or `db:…` for an edition made in the console. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
  readonly facts: Facts
}

export type Place = { readonly line: number; readonly column: number }

let words: Words | undefined

/** The zh-CN sentence of a code with its facts filled in. A sound law reads no sentences. */
export function sentenceOf(code: FlawCode | 'law.checked', facts: Facts): string {
  words ??= loadWords()
  return words.say(code, facts)
}

export function makeFlaw(code: FlawCode, file: string, place: Place, facts: Facts = {}): Flaw {
  return { code, level: RULES[code], file, line: place.line, column: place.column, message: sentenceOf(code, facts), facts }
}

/** By file, then by place. */
export function sortFlaws(flaws: readonly Flaw[]): Flaw[] {
  return [...flaws].sort(
    (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column || a.code.localeCompare(b.code, 'en'),
  )
}

export const isError = (flaw: Flaw): boolean => flaw.level === 'error'

/** `file:line  code  sentence`, as editors and CI logs link it. */
export function printFlaw(flaw: Flaw): string {
  return `${flaw.file}:${flaw.line}  ${flaw.code}  ${flaw.message}`
}
