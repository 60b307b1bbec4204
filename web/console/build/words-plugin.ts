import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { parse } from 'yaml'

const FILE = join(import.meta.dirname, '../../../words/parts/console.yaml')
const NAME = 'virtual:words'

/** The console's sentences, key to sentence, as words/parts/console.yaml has them. */
export function readConsoleWords(): Record<string, string> {
  return (parse(readFileSync(FILE, 'utf8')) ?? {}) as Record<string, string>
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
      this.addWatchFile(FILE)
    },
  }
}
