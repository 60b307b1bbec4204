import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DatabaseEdition } from './editions.ts'
import type { Flaw } from './flaw.ts'
import { loadLaw } from './load.ts'
import type { LawTexts } from './testing-law.ts'

/** The text with the one place changed; a place that is missing or stands twice is a mistake in the test. */
export function planted(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`stands ${text.split(from).length - 1} times: ${from}`)
  return text.replace(from, () => to)
}

/** Writes the texts to a folder of their own for as long as `use` runs. */
export function withLaw<T>(texts: LawTexts, use: (places: { lawDir: string; cityDir: string }) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'mingxin-law-'))
  for (const [path, text] of Object.entries(texts)) {
    const at = join(root, path)
    mkdirSync(dirname(at), { recursive: true })
    writeFileSync(at, text)
  }
  const done = use({ lawDir: join(root, 'law'), cityDir: join(root, 'city/small') })
  if (done instanceof Promise) return done.finally(() => rmSync(root, { recursive: true })) as T
  rmSync(root, { recursive: true })
  return done
}

/** The flaws of the texts, and of editions made in the console. */
export function flawsOf(texts: LawTexts, databaseEditions: readonly DatabaseEdition[] = []): readonly Flaw[] {
  return withLaw(texts, places => loadLaw({ ...places, databaseEditions }).flaws)
}
