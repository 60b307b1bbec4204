import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../src/base/root.ts'
import type { Law } from '../../src/law/law.ts'
import type { Words } from '../../src/words/words.ts'

/** Folders of the program that have a part in drawing a page. */
export const DRAWS = ['src/base', 'src/disclosure', 'src/law', 'src/subject', 'web/portal']

/** Digest (hex) of all that a drawn page shows but its rows: the law, the words, and the program that draws. */
export function stampOf(law: Law, words: Words): string {
  const digest = createHash('sha256').update(law.digest)
  for (const [code, sentence] of words.all) digest.update(`${code}\0${sentence}\0`)
  for (const folder of DRAWS) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => /\.(?:ts|svg)$/.test(file) && !file.endsWith('.test.ts'))
      .sort()
    for (const file of files) digest.update(file).update(readFileSync(join(ROOT, folder, file)))
  }
  return digest.digest('hex')
}
