import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lawDocuments } from '../src/law/documents.ts'
import { openLaw } from '../src/law/load.ts'

/*
 * Writes `docs/law/` from `law/` and `city/example/`. With `--check` nothing is written: it names each file that differs and exits with 1.
 */

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/law')
const law = openLaw({ lawDir: join(root, 'law'), cityDir: join(root, 'city/example') })
const wanted = lawDocuments(law)

mkdirSync(folder, { recursive: true })
const held = new Map(readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')]))
const changed = [...new Set([...wanted.keys(), ...held.keys()])].filter(name => wanted.get(name) !== held.get(name)).sort()

if (process.argv.includes('--check')) {
  for (const name of changed) console.log(`docs/law/${name} does not say what law/ says; run npm run law:docs`)
  process.exitCode = changed.length > 0 ? 1 : 0
} else {
  for (const name of changed) {
    const text = wanted.get(name)
    if (text === undefined) rmSync(join(folder, name))
    else writeFileSync(join(folder, name), text)
  }
  console.log(`docs/law: ${wanted.size} files, ${changed.length} changed`)
}
