import { spawn } from 'node:child_process'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { stopTestServer } from '../src/db/testing.ts'
import { buildConsole } from '../src/platform/build-console.ts'
import { findChromium, type Group, groupTests } from './test/groups.ts'
import type { Outcome, Told } from './test/run-group.ts'

/*
 * `npm test`, `npm test -- src/law`, `npm run test:long`. Every test file of src, web, scripts and stories; a file without a test fails.
 * `--keep-server` leaves the tests' database server running (it ends by itself); `--only rules|processes|browser` runs one group.
 * The last line is `N passed, N failed, N skipped`.
 */

const root = join(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  options: { long: { type: 'boolean' }, 'keep-server': { type: 'boolean' }, only: { type: 'string' } },
  allowPositionals: true,
})

const count: Record<Outcome, number> = { passed: 0, failed: 0, skipped: 0 }
const faults: string[] = []

const wanted = positionals.map(path => relative(root, join(process.cwd(), path)) || path)
const groups = groupTests(root, { long: values.long ?? false, wanted }).filter(
  group => !values.only || group.name === values.only,
)
if (groups.length === 0) fail('no such test', 'nothing was run')

const chromium = findChromium()
// The API's door serves the console. Built here once: two tests that found it missing would build it in each other's way.
if (groups.some(group => group.name !== 'rules')) await buildConsole(() => console.log('building the console'))
for (const group of groups) {
  if (group.name === 'browser' && !chromium) leaveOut(group)
  else await runGroup(group)
}
if (!values['keep-server']) await stopTestServer()

for (const fault of faults) console.log(`\n✖ ${fault}`)
console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exitCode = count.failed > 0 ? 1 : 0

function fail(name: string, fault: string): void {
  count.failed += 1
  faults.push(`${name}\n  ${fault.replaceAll('\n', '\n  ')}`)
}

function leaveOut(group: Group): void {
  console.log(
    `!! NO BROWSER: ${group.files.length} files of tests are left out. Install chromium (apt-get install chromium) or set CHROMIUM_PATH.`,
  )
  for (const file of group.files) console.log(`!!   left out: ${file}`)
  count.skipped += group.files.length
}

async function runGroup(group: Group): Promise<void> {
  const began = Date.now()
  const ran = new Map<string, number>(group.files.map(file => [file, 0]))
  const slow: { name: string; ms: number }[] = []
  const order = { files: group.files.map(file => join(root, file)), isolation: group.isolation, concurrency: group.concurrency }
  const program = join(import.meta.dirname, 'test/run-group.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(order)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...(chromium ? { CHROMIUM_PATH: chromium } : {}) },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal))
  let isComplete = false
  child.on('message', (told: Told) => {
    if (told.tell === 'end') {
      isComplete = true
      return
    }
    const file = relative(root, told.file)
    if (told.tell === 'file') {
      console.log(`  ${file}  ${ran.get(file) ?? 0} tests, ${seconds(told.ms)}`)
      return
    }
    // A file without a test is reported as a test of the file's name.
    if (told.outcome !== 'failed' && relative(root, told.name) === file) return
    ran.set(file, (ran.get(file) ?? 0) + 1)
    slow.push({ name: `${file} · ${told.name}`, ms: told.ms })
    const isFile = relative(root, told.name) === file
    if (told.outcome === 'failed') fail(isFile ? file : `${file} · ${told.name}`, told.fault)
    else count[told.outcome] += 1
  })
  const ended = await new Promise<string>(done => {
    child.on('close', (code, signal) => done(signal ?? String(code)))
  })
  for (const [file, tests] of ran) if (tests === 0) fail(file, 'the file has no test, or ended before its first')
  if (!isComplete) fail(`the group ${group.name}`, `its process ended (${ended}) before its tests did`)
  const total = [...ran.values()].reduce((sum, tests) => sum + tests, 0)
  console.log(`${group.name}: ${total} tests in ${ran.size} files, ${seconds(Date.now() - began)}`)
  for (const { name, ms } of slow.sort((a, b) => b.ms - a.ms).slice(0, 5))
    if (ms > 2000) console.log(`  slow: ${seconds(ms)}  ${name}`)
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
