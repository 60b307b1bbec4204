/**
 * Writes `src/subject/traditional.ts`: which traditional character is written how in simplified script. One character
 * to one character, taken from the OpenCC character table in the installed `opencc-js`. Run it after an update:
 * `node scripts/make-t2s.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const root = new URL('../', import.meta.url)
const dictionary = readFileSync(new URL('node_modules/opencc-js/dist/esm-lib/dict/TSCharacters.js', root), 'utf8')
const version = JSON.parse(readFileSync(new URL('node_modules/opencc-js/package.json', root), 'utf8')).version as string

/** Characters of GB 2312: the simplified script's own. 乾, 於, 後 and a few more are in it and stay as they are. */
function gb2312(): Set<string> {
  const decoder = new TextDecoder('gb18030')
  const found = new Set<string>()
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) found.add(decoder.decode(Uint8Array.of(row, cell)))
  }
  return found
}

// Stands in 合夥企業 far more often than in its own right.
const FOLDED_ALL_THE_SAME = new Set(['夥'])
// Standard characters of their own in names since 2013 (通用规范汉字表), though OpenCC folds them; 苧 is what 薴 folds to.
const KEPT = new Set([...'昇迺堃龢邨氾絜勠苧'])

const own = gb2312()
const pairs = [...dictionary.matchAll(/([^\s|"]+) ([^\s|"]+)/g)]
  .map(([, from, to]) => [from ?? '', to ?? ''] as const)
  // Pairs outside the basic plane fold rare characters into still rarer ones that no register uses.
  .filter(([from, to]) => from.length === 1 && to.length === 1 && from !== to && !KEPT.has(from))
  .filter(([from]) => !own.has(from) || FOLDED_ALL_THE_SAME.has(from))

function wrapped(text: string): string {
  const lines = [...text].reduce<string[]>((all, one, at) => {
    if (at % 100 === 0) all.push('')
    all[all.length - 1] += one
    return all
  }, [])
  return lines.map(line => `  '${line}'`).join(' +\n')
}

writeFileSync(
  new URL('src/subject/traditional.ts', root),
  `// Made by scripts/make-t2s.ts from the character table of OpenCC (opencc-js ${version}, Apache-2.0). Not edited by hand.

/** Traditional characters; the one at the same place of \`SIMPLIFIED\` is its simplified form. ${pairs.length} pairs. */
export const TRADITIONAL =
${wrapped(pairs.map(([from]) => from).join(''))}

export const SIMPLIFIED =
${wrapped(pairs.map(([, to]) => to).join(''))}
`,
)
