import { ABOUT, EFFECT_NAMES, ENDS, GUARDS, OFFICES, TERMS, TURNS } from '../src/law/procedure-words.ts'

/*
 * Sentences that are said by a word of a closed list (`case.effect-${effect}`): no literal names them whole, so that their absence would only
 * show where somebody reads the code instead of the sentence.
 */
export const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'case.effect-': EFFECT_NAMES,
  'procedure.effect-': EFFECT_NAMES,
  'procedure.guard-': GUARDS,
  'procedure.term-': TERMS,
  'procedure.turn-': TURNS,
  'procedure.office-': OFFICES,
  'procedure.end-': ENDS,
  'console.new-case.about-': ABOUT,
}

/** Codes of the families that have no sentence. */
export function missingOfFamilies(families: typeof FAMILIES, has: (code: string) => boolean): string[] {
  return Object.entries(families).flatMap(([prefix, names]) => names.map(name => `${prefix}${name}`).filter(code => !has(code)))
}
