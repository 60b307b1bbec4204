import { loadWords } from '../words/words.ts'
import type { Say } from './open-platform.ts'

/** Says sentences on standard error, so that standard output stays for results. */
export function sayOnScreen(): Say {
  const words = loadWords()
  return (code, facts) => {
    process.stderr.write(`${words.say(code, facts)}\n`)
  }
}

/** Says nothing: for `--json`. */
export const silent: Say = () => undefined
