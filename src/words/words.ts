import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Facts } from '../base/refusal.ts'

/*
 * Every sentence a person reads: `words/zh-CN.yaml` and `words/parts/*.yaml`, flat maps `noun.reason: sentence`, facts in {braces}.
 */

const FOLDER = join(import.meta.dirname, '../../words')

/** How what is kept as an id is named to a person. */
export type Names = {
  /** A basis (`instrument#article`) as a person cites it. */
  cite(basis: string): string
  permission(id: string): string
}

export type Words = {
  /** The sentence of a code with its blanks filled; the code itself where no sentence exists (a test finds such codes). */
  say(code: string, facts?: Facts): string
  has(code: string): boolean
  readonly all: ReadonlyMap<string, string>
  readonly names: Names
}

/** Fills {blanks}. A blank without a fact becomes 「—」, so that a sentence never shows a brace. */
export function fill(sentence: string, facts: Facts = {}): string {
  return sentence.replaceAll(/\{([a-zA-Z0-9]+)\}/g, (_, name: string) => {
    const fact = facts[name]
    return fact === undefined || fact === null ? '—' : String(fact)
  })
}

const BY_ID: Names = { cite: basis => basis, permission: id => id }

/** Reads all sentences; where no law is at hand, a basis or a permission is named by its id. Throws on a code that is said twice. */
export function loadWords(names: Names = BY_ID, folder: string = FOLDER): Words {
  const all = new Map<string, string>()
  const parts = readdirSync(join(folder, 'parts')).filter(file => file.endsWith('.yaml'))
  for (const file of ['zh-CN.yaml', ...parts.map(part => join('parts', part))]) {
    const read = (parse(readFileSync(join(folder, file), 'utf8')) ?? {}) as Record<string, string>
    for (const [code, sentence] of Object.entries(read)) {
      if (all.has(code) && all.get(code) !== sentence) throw new Error(`${file}: ${code} is said twice`)
      all.set(code, sentence)
    }
  }
  return { all, names, has: code => all.has(code), say: (code, facts) => fill(all.get(code) ?? code, facts) }
}
