import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Facts } from '../base/refusal.ts'

/*
 * Every sentence a person reads: `words/zh-CN.yaml` and `words/parts/*.yaml`, flat maps `noun.reason: sentence`, facts in {braces}.
 */

const FOLDER = join(import.meta.dirname, '../../words')

export type Words = {
  /** The sentence of a code with its blanks filled; the code itself where no sentence exists (a test finds such codes). */
  say(code: string, facts?: Facts): string
  has(code: string): boolean
  readonly all: ReadonlyMap<string, string>
}

/** Fills {blanks}. A blank without a fact becomes 「—」, so that a sentence never shows a brace. */
export function fill(sentence: string, facts: Facts = {}): string {
  return sentence.replaceAll(/\{([a-zA-Z0-9]+)\}/g, (_, name: string) => {
    const fact = facts[name]
    return fact === undefined || fact === null ? '—' : String(fact)
  })
}

/** Reads all sentences. Throws on a code that is said twice. */
export function loadWords(folder: string = FOLDER): Words {
  const all = new Map<string, string>()
  const parts = readdirSync(join(folder, 'parts')).filter(file => file.endsWith('.yaml'))
  for (const file of ['zh-CN.yaml', ...parts.map(part => join('parts', part))]) {
    const read = (parse(readFileSync(join(folder, file), 'utf8')) ?? {}) as Record<string, string>
    for (const [code, sentence] of Object.entries(read)) {
      if (all.has(code) && all.get(code) !== sentence) throw new Error(`${file}: ${code} is said twice`)
      all.set(code, sentence)
    }
  }
  return { all, has: code => all.has(code), say: (code, facts) => fill(all.get(code) ?? code, facts) }
}
