import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Writes generated files where they differ. With `--check` on the command line nothing is written: each file that differs is named, and
 * the process ends with 1.
 */
export function keepGenerated(root: string, files: ReadonlyMap<string, string>): void {
  const isCheck = process.argv.includes('--check')
  for (const [file, text] of files) {
    const path = join(root, file)
    const held = existsSync(path) ? readFileSync(path, 'utf8') : null
    if (held === text) continue
    if (isCheck) {
      console.log(`${file}:${firstDifference(held ?? '', text)}  is not what the sources say; run npm run generate`)
      process.exitCode = 1
    } else {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
      console.log(`written ${file}`)
    }
  }
}

/** The first line that differs, counted from 1. */
export function firstDifference(held: string, wanted: string): number {
  const [a, b] = [held.split('\n'), wanted.split('\n')]
  const at = a.findIndex((line, i) => line !== b[i])
  return (at < 0 ? a.length : at) + 1
}
