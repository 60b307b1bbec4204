import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../base/root.ts'
import type { Say } from './open-platform.ts'

const CONSOLE = join(ROOT, 'web/console')
const DIST = join(CONSOLE, 'dist')
const SOURCES = ['web/console', 'web/kit', 'words', 'src']

/**
 * Builds the console's files where they are missing or older than what they are made of. They are put in place when they are whole: a
 * platform that starts meanwhile finds the former ones, and a build cut off leaves those.
 */
export async function buildConsole(say: Say): Promise<void> {
  const page = join(DIST, 'index.html')
  const builtAt = existsSync(page) ? statSync(page).mtimeMs : 0
  if (builtAt > 0 && (await newest()) <= builtAt) return
  say('start.console')
  const made = join(CONSOLE, `.build-${process.pid}`)
  await runVite(join(made, 'dist'))
  await mkdir(join(made, 'former'))
  if (existsSync(DIST)) await rename(DIST, join(made, 'former/dist'))
  await rename(join(made, 'dist'), DIST)
  await rm(made, { recursive: true })
}

async function runVite(outDir: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const vite = spawn(
      process.execPath,
      [
        join(ROOT, 'node_modules/vite/bin/vite.js'),
        'build',
        'web/console',
        '--outDir',
        outDir,
        '--emptyOutDir',
        '--logLevel',
        'error',
      ],
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
