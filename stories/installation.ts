import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ROOT } from '../src/base/root.ts'

/* A fresh clone of the project in a folder of its own, started and stopped as its user does: by npm, by Ctrl-C, by kill -9. */

const run = promisify(execFile)
/** With MINGXIN_FULL=1 the clone installs its packages itself, from an empty npm cache; otherwise it is lent those of this checkout. */
const isFull = process.env['MINGXIN_FULL'] === '1'
/** The example city's last day: behind every clock, the same in every run. */
const DEMO_DAY = '2026-06-30'
const LONGEST_START_MS = 900_000

export type Installation = {
  readonly root: string
  /** A data folder of the clone that nobody has used yet. */
  newData(): string
  start(dataDir: string, settings?: Readonly<Record<string, string>>): Promise<Started>
  /** A command of the CLI, beside the running platform; what it printed. */
  command(dataDir: string, args: readonly string[], input?: string): Promise<string>
  remove(): Promise<void>
}

export type Started = {
  readonly address: string
  /** What it has said so far. */
  readonly said: () => string
  /** When GET /healthz answers 200; the seconds it took. */
  ready(): Promise<number>
  /** When it has said this. */
  says(pattern: RegExp): Promise<void>
  /** Ctrl-C in a terminal: every process of the group hears it. The seconds until npm has ended. */
  pressCtrlC(): Promise<number>
  /** kill -9, for every process that npm has started in its group. */
  kill(): Promise<void>
}

export async function cloneProject(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-clone-'))
  const root = join(folder, 'mingxin')
  await run('git', ['clone', '--quiet', '--no-hardlinks', ROOT, root])
  if (!isFull) symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  let count = 0
  const started: Started[] = []
  const env = (dataDir: string): Record<string, string> => ({
    ...surroundings(),
    MINGXIN_DATA: dataDir,
    MINGXIN_DEMO_DAY: DEMO_DAY,
    npm_config_cache: join(folder, 'npm-cache'),
  })
  return {
    root,
    newData: () => join(folder, `data-${++count}`),
    start: async (dataDir, settings = {}) => {
      const port = await freePort()
      const child = spawn('npm', ['start'], {
        cwd: root,
        env: { ...env(dataDir), PORT: String(port), HOST: '127.0.0.1', ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      })
      const one = watch(child, `http://127.0.0.1:${port}`)
      started.push(one)
      return one
    },
    command: async (dataDir, args, input = '') => {
      const answer = run('npx', ['mingxin', ...args], { cwd: root, env: env(dataDir) })
      answer.child.stdin?.end(input)
      return (await answer).stdout
    },
    remove: async () => {
      for (const one of started) await one.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const PASSED_ON = /^(PATH|HOME|LANG|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|\w+_PROXY|npm_config_(registry|cafile|userconfig))$/i

/** How this machine finds Node and reaches the registry; nothing that the platform itself would read. */
function surroundings(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (PASSED_ON.test(name) && value ? [[name, value]] : [])),
  )
}

function watch(child: ChildProcess, address: string): Started {
  let text = ''
  let hasEnded = false
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (text += piece))
  const ended = new Promise<void>(done => child.on('close', () => done())).then(() => {
    hasEnded = true
  })
  const until = async (what: string, isSo: () => Promise<boolean> | boolean): Promise<number> => {
    const began = performance.now()
    while (!(await isSo())) {
      assert.equal(hasEnded, false, `it ended before ${what}:\n${text}`)
      assert.ok(performance.now() - began < LONGEST_START_MS, `waited too long for ${what}:\n${text}`)
      await sleep(50)
    }
    return (performance.now() - began) / 1000
  }
  const isHealthy = async (): Promise<boolean> =>
    await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5000) }).then(
      answer => answer.status === 200,
      () => false,
    )
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid && !hasEnded) process.kill(-child.pid, name)
  }
  return {
    address,
    said: () => text,
    ready: () => until('/healthz', isHealthy),
    says: async pattern => {
      await until(String(pattern), () => pattern.test(text))
    },
    pressCtrlC: async () => {
      const began = performance.now()
      signal('SIGINT')
      await ended
      return (performance.now() - began) / 1000
    },
    kill: async () => {
      signal('SIGKILL')
      await ended
    },
  }
}

/** Processes on this machine whose command line names the folder: after the end there must be none. */
export function processesNaming(folder: string): string[] {
  if (!existsSync('/proc/self/cmdline')) return []
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid && existsSync(`/proc/${name}/cmdline`))
    .flatMap(name => commandLine(name) ?? [])
    .filter(line => line.includes(folder))
}

function commandLine(pid: string): string | null {
  try {
    return `${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`
  } catch {
    // It ended between our two looks.
    return null
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
