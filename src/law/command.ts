import { parseArgs } from 'node:util'
import { loadWords } from '../words/words.ts'
import { isError, printFlaw, sentenceOf } from './flaw.ts'
import { readLaw } from './load.ts'

/**
 * `mingxin check-law [--production] [--json] [--law DIR] [--city DIR]`: every flaw as `file:line  code  sentence`, then one line with the
 * counts. `--json` prints one object `{ digest, errors, warnings, flaws }`. The answer is the exit code: 0 sound, 1 flawed, 2 called wrongly.
 */
export function runCheckLaw(args: string[], out: (line: string) => void): Promise<number> {
  const options = {
    production: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    law: { type: 'string', default: 'law' },
    city: { type: 'string', default: 'city/example' },
  } as const
  const { values, tokens, positionals } = parseArgs({ args, options, strict: false, tokens: true, allowPositionals: true })
  const foreign = tokens.find(token => token.kind === 'option' && !(token.name in options))
  if (foreign !== undefined || positionals.length > 0) {
    out(loadWords().say('check-law.usage'))
    return Promise.resolve(2)
  }
  const production = values.production === true
  const { law, flaws: found, reading } = readLaw({ lawDir: String(values.law), cityDir: String(values.city), production })
  const errors = found.filter(isError).length
  const warnings = found.length - errors
  if (values.json) out(JSON.stringify({ digest: law.digest, errors, warnings, flaws: found }))
  else {
    for (const flaw of found) out(printFlaw(flaw))
    out(sentenceOf('law.checked', { files: reading.files.length, errors, warnings }))
  }
  return Promise.resolve(errors > 0 ? 1 : 0)
}
