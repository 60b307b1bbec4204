import { existsSync } from 'node:fs'
import { filesUnder, readSources, type Source } from '../house/source.ts'

/*
 * Which test runs how. Rule tests share one process: they hold nothing but values. Tests of the database, and those that start programs,
 * have a process each, two at a time. Tests in a browser too, where there is a browser, and after all others: each has processes of its own.
 */

export type Group = {
  readonly name: 'rules' | 'processes' | 'browser'
  readonly files: readonly string[]
  readonly isolation: 'none' | 'process'
  readonly concurrency: number
}

const FOLDERS = ['src', 'web', 'scripts', 'stories']
const TEST = /\.(test|story)\.tsx?$/
/** Measures the memory of its process: what others left there would be counted. */
const MEASURES_MEMORY = /\.memory\.test\.ts$/
const LONG = /\.long\.(test|story)\.tsx?$/
const NEEDS_BROWSER = ['playwright-core']
/** Reached from a test, they hold more than values: servers, processes, threads. */
const NEEDS_PROCESS = ['src/db/testing.ts', 'src/db/server.ts', 'src/db/process-lock.ts']
const STARTS = ['node:child_process', 'node:worker_threads']

/** The test files of the tree, those in `wanted` (parts of paths) or all; the long ones only when asked for. */
export function groupTests(root: string, options: { long: boolean; wanted: readonly string[] }): Group[] {
  const { long, wanted } = options
  const files = filesUnder(root, FOLDERS, TEST)
    .filter(file => long || !LONG.test(file) || wanted.includes(file))
    .filter(file => wanted.length === 0 || wanted.some(part => file.includes(part)))
  const sources = new Map(readSources(root, FOLDERS).map(source => [source.file, source]))
  const kinds = new Map(files.map(file => [file, groupOf(file, sources)]))
  const of = (name: Group['name']): string[] => files.filter(file => kinds.get(file) === name)
  const groups: Group[] = [
    { name: 'rules', files: of('rules'), isolation: 'none', concurrency: 1 },
    { name: 'processes', files: of('processes'), isolation: 'process', concurrency: 2 },
    { name: 'browser', files: of('browser'), isolation: 'process', concurrency: 2 },
  ]
  return groups.filter(group => group.files.length > 0)
}

function groupOf(file: string, sources: ReadonlyMap<string, Source>): Group['name'] {
  const reached = reach(file, sources)
  if (NEEDS_BROWSER.some(name => reached.has(name))) return 'browser'
  const startsOne = sources.get(file)?.imports.some(one => !one.isTypeOnly && STARTS.includes(one.to))
  return startsOne || LONG.test(file) || MEASURES_MEMORY.test(file) || NEEDS_PROCESS.some(name => reached.has(name))
    ? 'processes'
    : 'rules'
}

function reach(file: string, sources: ReadonlyMap<string, Source>, seen = new Set<string>()): Set<string> {
  seen.add(file)
  for (const { to, isTypeOnly } of sources.get(file)?.imports ?? []) {
    if (!isTypeOnly && !seen.has(to)) reach(to, sources, seen)
  }
  return seen
}

/** The browser that the tests may drive, or null. */
export function findChromium(): string | null {
  const given = process.env.CHROMIUM_PATH
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']
  return [...(given ? [given] : []), ...places].find(existsSync) ?? null
}
