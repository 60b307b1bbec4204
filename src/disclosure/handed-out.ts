import { type HandedOut, OUTLETS } from './outlets.ts'

/* Which outlets hand something out, and how the entry of whoever got it ends (principle 10). */

const HANDED_OUT: ReadonlyMap<string, HandedOut> = new Map(
  OUTLETS.flatMap(({ outlet, entry }) =>
    entry === 'anonymous' || entry === 'own' || entry === 'screen' ? [] : [[outlet, entry] as const],
  ),
)

/** How the entry of what leaves at an outlet ends; undefined where nothing is handed out. */
export function entryAt(outlet: string): HandedOut | undefined {
  return HANDED_OUT.get(outlet)
}

/** The outlets whose entries end so. */
export function outletsEnding(...ends: readonly HandedOut[]): readonly string[] {
  return [...HANDED_OUT].filter(([, end]) => ends.includes(end)).map(([outlet]) => outlet)
}
