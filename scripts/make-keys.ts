import { parseArgs } from 'node:util'
import { keyPurposes, makeKey, readKeys } from '../src/crypto/key-file.ts'

/*
 * `node scripts/run.mjs scripts/make-keys.ts FOLDER --by OFFICER [--suite gm] [--rotate PURPOSE]`: the keys of a production platform, made by
 * a named officer; a production platform refuses keys that a first start made. Purposes that have a key keep it; `--rotate` adds a newer one.
 */

const options = { by: { type: 'string' }, suite: { type: 'string' }, rotate: { type: 'string' } } as const
const { values, positionals } = parseArgs({ options, allowPositionals: true })
const [folder] = positionals
const suite = values.suite ?? 'intl'
const rotated = keyPurposes.find(purpose => purpose === values.rotate)

if (!folder || !values.by || (suite !== 'intl' && suite !== 'gm') || (values.rotate && !rotated)) {
  console.error(`usage: make-keys.ts FOLDER --by OFFICER [--suite intl|gm] [--rotate ${keyPurposes.join('|')}]`)
  process.exitCode = 2
} else {
  const held = new Set((await readKeys(folder)).map(entry => entry.purpose))
  const wanted = rotated ? [rotated] : keyPurposes.filter(purpose => !held.has(purpose))
  for (const purpose of wanted) console.log(await makeKey(folder, { purpose, suite, madeAt: new Date(), madeBy: values.by }))
  console.log(`${wanted.length} keys made, ${held.size} purposes had theirs`)
}
