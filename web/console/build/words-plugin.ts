import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { parse } from 'yaml'

const FOLDER = join(import.meta.dirname, '../../../words/parts')
const NAME = 'virtual:words'

/**
 * Parts that come with their pages and not with the shell: `words/parts/console-<part>.yaml` is the module `virtual:words/<part>`, which those
 * pages import. What the shell itself says of a page, its entry in the menu and its permission, stands in console.yaml.
 */
export const PAGE_WORDS = ['account-resets', 'cases', 'campaigns', 'measures'] as const

type Part = (typeof PAGE_WORDS)[number]
const fileOf = (part: Part): string => `console-${part}.yaml`

const files = (): string[] => readdirSync(FOLDER).filter(name => /^(console(-[a-z-]+)?|clock)\.yaml$/.test(name))
const shellFiles = (): string[] => files().filter(name => !PAGE_WORDS.some(part => fileOf(part) === name))

function readWords(names: readonly string[]): Record<string, string> {
  const parts = names.map(name => (parse(readFileSync(join(FOLDER, name), 'utf8')) ?? {}) as Record<string, string>)
  return Object.assign({}, ...parts)
}

/** The console's sentences, key to sentence, as words/parts/console.yaml and console-….yaml have them, with those of clocks, which the account says too. */
export const readConsoleWords = (): Record<string, string> => readWords(files())

/** Those of them that are there before any page is. */
export const readShellWords = (): Record<string, string> => readWords(shellFiles())

function sentencesOf(id: string): Record<string, string> | undefined {
  if (id === NAME) return readShellWords()
  const part = PAGE_WORDS.find(one => id === `${NAME}/${one}`)
  return part && readWords([fileOf(part)])
}

/** Gives the console's sentences to the build as the modules `virtual:words` and `virtual:words/<part>`, and to index.html as `%key%`. */
export function wordsPlugin(): Plugin {
  return {
    name: 'mingxin-words',
    resolveId: id => (id === NAME || id.startsWith(`${NAME}/`) ? `\0${id}` : undefined),
    load: id => {
      const sentences = id.startsWith(`\0${NAME}`) ? sentencesOf(id.slice(1)) : undefined
      return sentences && `export const sentences = ${JSON.stringify(sentences)}`
    },
    transformIndexHtml: html => {
      const words = readConsoleWords()
      return html.replaceAll(/%(console\.[a-z.-]+)%/g, (_, key: string) => words[key] ?? key)
    },
    buildStart() {
      for (const name of files()) this.addWatchFile(join(FOLDER, name))
    },
  }
}
