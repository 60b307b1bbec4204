import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { processMark } from '../src/db/process-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingxin-bootstrap-'))
const started: ChildProcess[] = []
after(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** A small checkout of its own, with an npm that installs nothing but says so in `npm.log`. */
const checkout = join(folder, 'checkout')
const lock = {
  packages: { '': {}, 'node_modules/one': { version: '1.0.0' }, 'node_modules/for-others': { version: '1.0.0', optional: true } },
}
const npm = join(folder, 'npm-cli.js')
mkdirSync(join(checkout, 'scripts'), { recursive: true })
for (const name of readdirSync(import.meta.dirname).filter(file => file.endsWith('.mjs'))) {
  copyFileSync(join(import.meta.dirname, name), join(checkout, 'scripts', name))
}
writeFileSync(join(checkout, '.node-version'), '24\n')
writeFileSync(
  npm,
  `const fs = require('node:fs')
  fs.appendFileSync('npm.log', process.argv[2] + '\\n')
  fs.rmSync('node_modules', { recursive: true, force: true })
  setTimeout(() => {
    const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
    fs.mkdirSync('node_modules')
    fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/one': packages['node_modules/one'] } }))
  }, 700)`,
)
writeFileSync(
  join(checkout, 'program.ts'),
  `const [deed]: string[] = process.argv.slice(2)
  console.log(String(process.pid))
  if (deed === 'end') process.exitCode = 7
  if (deed !== 'end') setInterval(() => {}, 1000)
  if (deed === 'handle') for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => { console.log(name); setTimeout(() => process.exit(3), 100) })
  }`,
)

function startProgram(deed: string): ChildProcess {
  const env = { ...process.env, npm_execpath: npm }
  const command = [join(checkout, 'scripts/run.mjs'), 'program.ts', deed]
  // Away from the terminal that this test may run in, whose Ctrl-C would not be passed on.
  const child = spawn(process.execPath, command, { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  started.push(child)
  return child
}

async function finish(child: ChildProcess) {
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const [code, signal] = await once(child, 'close')
  return { code, signal, output: output.trim().split('\n').slice(1) }
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [text] = (await once(child.stdout?.setEncoding('utf8') ?? child, 'data')) as [string]
  return text.trim()
}

const installs = (): number => readFileSync(join(checkout, 'npm.log'), 'utf8').trim().split('\n').length

function setLock(version: string): void {
  lock.packages['node_modules/one'] = { version }
  writeFileSync(join(checkout, 'package-lock.json'), JSON.stringify(lock))
}

test('of two first starts at once one installs, and both run; later starts do not install again', async () => {
  setLock('1.0.0')
  const ended = await Promise.all([startProgram('end'), startProgram('end')].map(finish))
  assert.deepEqual([ended.map(({ code }) => code), installs()], [[7, 7], 1])
  rmSync(join(checkout, 'node_modules/.mingxin-stamp'))
  assert.deepEqual([(await finish(startProgram('end'))).code, installs()], [7, 1])
})

test('another version in the lock file is installed', async () => {
  setLock('1.0.1')
  assert.deepEqual([(await finish(startProgram('end'))).code, installs()], [7, 2])
})

test('a start that was killed while it installed leaves the installer at work, and the next start waits for it', async () => {
  setLock('1.0.2')
  const killed = startProgram('end')
  while (installs() < 3) await sleep(20)
  killed.kill('SIGKILL')
  assert.deepEqual([(await finish(startProgram('end'))).code, installs()], [7, 3])
})

test('packages are not installed through a link: the folder it points at keeps what it has, and a sentence says so', async () => {
  const modules = join(checkout, 'node_modules')
  const elsewhere = join(checkout, 'elsewhere')
  renameSync(modules, elsewhere)
  symlinkSync(elsewhere, modules)
  setLock('1.0.3')
  const held = readdirSync(elsewhere).sort()
  const { code } = await finish(startProgram('end'))
  assert.deepEqual([code, installs(), readdirSync(elsewhere).sort()], [1, 3, held])
  rmSync(modules)
  renameSync(elsewhere, modules)
  setLock('1.0.2')
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} reaches the program once, and its exit code comes back`, async () => {
    const child = startProgram('handle')
    const ended = finish(child)
    await once(child.stdout ?? child, 'data')
    // The line is written before the handlers are set.
    setTimeout(() => child.kill(signal), 200)
    assert.deepEqual(await ended, { code: 3, signal: null, output: [signal] })
  })
}

test('a program that a signal ends ends its starter by the same signal', async () => {
  const child = startProgram('hang')
  const ended = finish(child)
  await once(child.stdout ?? child, 'data')
  child.kill('SIGTERM')
  assert.equal((await ended).signal, 'SIGTERM')
})

test('a program does not outlive its starter by two seconds, however that ends', async () => {
  const child = startProgram('hang')
  const pid = Number(await firstLine(child))
  assert.ok(processMark(pid))
  const began = performance.now()
  child.kill('SIGKILL')
  while (processMark(pid)) {
    assert.ok(performance.now() - began < 2000)
    await sleep(20)
  }
})
