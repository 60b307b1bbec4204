import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../base/root.ts'
import type { Say } from './open-platform.ts'

const DIST = join(ROOT, 'web/console/dist/index.html')
const SOURCES = ['web/console', 'web/kit', 'words', 'src']

/** Builds the console's files where they are missing or older than what they are made of. */
export async function buildConsole(say: Say): Promise<void> {
  const builtAt = existsSync(DIST) ? statSync(DIST).mtimeMs : 0
  if (builtAt > 0 && (await newest()) <= builtAt) return
  say('start.console')
  await new Promise<void>((resolve, reject) => {
    const vite = spawn(
      process.execPath,
      [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', 'web/console', '--logLevel', 'error'],
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
    )
    vite.once('error', reject)
    vite.once('exit', code => (code === 0 ? resolve() : reject(new Error(`the console was not built (vite ended with ${code})`))))
  })
}

async function newest(): Promise<number> {
  let latest = 0
  for (const folder of SOURCES) {
    for (const entry of await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.parentPath.includes('/dist') || entry.name.endsWith('.test.ts')) continue
      latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs)
    }
  }
  return latest
}
