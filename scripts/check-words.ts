import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadWords } from '../src/words/words.ts'
import { declaredDoors } from './api-docs.ts'
import { isForTests } from './house/breach.ts'
import { readSources, type Source } from './house/source.ts'
import { FAMILIES, missingOfFamilies } from './word-families.ts'

/*
 * Every code that a person can meet has a sentence in words/; every sentence is met somewhere. The first ends with 1, the second is told.
 */

/** What takes the code of a sentence: functions as their first argument, members as their value. */
const SAYING = new Set([
  'Refusal',
  'NotFound',
  'NotAllowed',
  'refused',
  'refusal',
  'say',
  'sayOr',
  'report',
  'makeFlaw',
  'brokenRow',
  'code:',
])
const CODE = /^[a-z][a-z0-9-]*(\.[a-zA-Z0-9{}-]+)+$/

export type Missing = { readonly file: string; readonly line: number; readonly code: string }

/** Codes that are said and have no sentence. Codes with blanks (`state.${x}`) are only known at run time. */
export function missingSentences(sources: readonly Source[], has: (code: string) => boolean): Missing[] {
  return sources.flatMap(({ file, texts }) =>
    texts
      .filter(({ givenTo, hasBlanks, text }) => SAYING.has(givenTo) && !hasBlanks && CODE.test(text) && !has(text))
      .map(({ text, line }) => ({ file, line, code: text })),
  )
}

/** Sentences that no literal names, whole or with blanks. `others`: texts of files that are not TypeScript. */
export function unusedSentences(sources: readonly Source[], codes: Iterable<string>, others: string): string[] {
  const texts = sources.flatMap(source => source.texts)
  const whole = new Set(texts.map(({ text }) => text))
  const patterns = texts
    .filter(({ text, hasBlanks }) => hasBlanks && CODE.test(text))
    .map(({ text }) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll('{}', '.+')}$`))
  return [...codes].filter(code => !whole.has(code) && !patterns.some(pattern => pattern.test(code)) && !others.includes(code))
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const sources = readSources(root, ['src', 'web']).filter(source => !isForTests(source.file))
  const words = loadWords()
  const missing = missingSentences(sources, words.has)
  for (const { file, line, code } of missing) console.log(`${file}:${line}  ${code} has no sentence in words/`)
  for (const door of await declaredDoors(root)) {
    for (const code of door.refuses.filter(one => !words.has(one))) {
      console.log(`${door.method} ${door.path}  may refuse ${code}, which has no sentence in words/`)
      missing.push({ file: '', line: 0, code })
    }
  }
  for (const code of missingOfFamilies(FAMILIES, words.has)) {
    console.log(`src/law/procedure-words.ts  ${code} has no sentence in words/`)
    missing.push({ file: '', line: 0, code })
  }
  const unused = unusedSentences(sources, words.all.keys(), otherTexts(root))
  const shown = process.argv.includes('--unused') ? unused : []
  console.log(
    `${words.all.size} sentences, ${missing.length} missing, ${unused.length} never named in the code${shown.map(code => `\n  ${code}`).join('')}`,
  )
  process.exitCode = missing.length > 0 ? 1 : 0
}

/** What else may name a sentence: the law, the city, pages and scripts of the web. */
function otherTexts(root: string): string {
  const texts: string[] = []
  for (const folder of ['law', 'city', 'web']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (/\.(yaml|html|js|css)$/.test(name) && !/node_modules|dist/.test(name))
        texts.push(readFileSync(join(root, folder, name), 'utf8'))
    }
  }
  return texts.join('\n')
}
