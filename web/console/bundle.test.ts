import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

/* The console is built as it is delivered and weighed: what a first visit to each page takes over the wire. */

const SHELL_KB = 235
const PAGE_KB = 350

type Part = { file: string; css?: string[]; imports?: string[]; dynamicImports?: string[]; isEntry?: boolean }
let outDir = ''
let parts: Record<string, Part> = {}

before(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'mingxin-bundle-'))
  // In a process of its own: a build for production changes the environment it runs in.
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const args = [vite, 'build', import.meta.dirname, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error']
  await promisify(execFile)(process.execPath, args)
  parts = JSON.parse(await readFile(join(outDir, '.vite/manifest.json'), 'utf8')) as Record<string, Part>
})

after(async () => {
  await rm(outDir, { recursive: true, force: true })
})

function reach(name: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const next of parts[name]?.imports ?? []) reach(next, seen)
  return seen
}

async function kilobytes(names: Iterable<string>): Promise<number> {
  const files = new Set([...names].flatMap(name => [parts[name]?.file ?? '', ...(parts[name]?.css ?? [])]))
  const sizes = await Promise.all([...files].map(async file => (await packed(file)).size))
  return sizes.reduce((sum, size) => sum + size, 0) / 1024
}

async function packed(file: string): Promise<{ size: number }> {
  const all = await readdir(join(outDir, 'assets'))
  return await stat(join(outDir, all.includes(`${file.replace('assets/', '')}.gz`) ? `${file}.gz` : file))
}

test('the shell and the first load of every page stay within their budget, gzipped', async () => {
  const [entry, shell] = Object.entries(parts).find(([, part]) => part.isEntry) ?? []
  assert.ok(entry && shell)
  const base = reach(entry)
  const shellSize = await kilobytes(base)
  assert.ok(shellSize <= SHELL_KB, `the shell takes ${shellSize.toFixed(1)} KB of ${SHELL_KB}`)
  const pages = shell.dynamicImports ?? []
  assert.ok(pages.length >= 17, 'every page is a chunk of its own')
  for (const page of pages) {
    const size = await kilobytes(reach(page, new Set(base)))
    assert.ok(size <= PAGE_KB, `${page} takes ${size.toFixed(1)} KB of ${PAGE_KB}`)
  }
})

test('what is laid beside a file for sending is that very file', async () => {
  for (const { file } of Object.values(parts)) {
    const plain = await readFile(join(outDir, file))
    if (plain.length < 1024) continue
    assert.ok(gunzipSync(await readFile(join(outDir, `${file}.gz`))).equals(plain), `${file}.gz`)
    assert.ok(brotliDecompressSync(await readFile(join(outDir, `${file}.br`))).equals(plain), `${file}.br`)
  }
})

test('the page takes nothing from elsewhere and runs no script of its own text', async () => {
  const page = await readFile(join(outDir, 'index.html'), 'utf8')
  assert.doesNotMatch(page, /https?:\/\//)
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)/)
  assert.doesNotMatch(page, /%console\./, 'every word of the page is filled in')
  assert.match(page, /content="__NONCE__"/)
})
