import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { parse } from 'yaml'

const FOLDER = join(import.meta.dirname, '../../../words/parts')
const NAME = 'virtual:words'

const files = (): string[] =>
  readdirSync(FOLDER)
    .filter(name => /^(console(-[a-z-]+)?|clock)\.yaml$/.test(name))
    .map(name => join(FOLDER, name))

/** The console's sentences, key to sentence, as words/parts/console.yaml and console-….yaml have them, with those of clocks, which the account says too. */
export function readConsoleWords(): Record<string, string> {
  return Object.assign({}, ...files().map(file => (parse(readFileSync(file, 'utf8')) ?? {}) as Record<string, string>))
}

/** Gives the console's sentences to the build as the module `virtual:words`, and to index.html as `%key%`. */
export function wordsPlugin(): Plugin {
  return {
    name: 'mingxin-words',
    resolveId: id => (id === NAME ? `\0${NAME}` : undefined),
    load: id => (id === `\0${NAME}` ? `export const sentences = ${JSON.stringify(readConsoleWords())}` : undefined),
    transformIndexHtml: html => {
      const words = readConsoleWords()
      return html.replaceAll(/%(console\.[a-z.-]+)%/g, (_, key: string) => words[key] ?? key)
    },
    buildStart() {
      for (const file of files()) this.addWatchFile(file)
    },
  }
}
