import { spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../base/refusal.ts'
import { processMark, readIfThere } from './process-lock.ts'
import { type Account, makeServerFolder } from './server-account.ts'
import type { Binaries } from './server-binaries.ts'

/** One database cluster (PostgreSQL's word for the folder of one server) and the programs that run it. */
export interface Cluster {
  readonly folder: string
  readonly binaries: Binaries
  readonly account: Account | null
  readonly durable: boolean
}

/** A living server process. `mark` tells it from a later process with the same id. */
export interface Postmaster {
  readonly pid: number
  readonly mark: string
  readonly port: number
  readonly status: string
}

/** Progress for a person: a code with a sentence in `words/`, and its facts. */
export type Say = (code: string, facts?: Readonly<Record<string, string | number>>) => void

/** The server that runs on this folder, whoever started it; null where none does. */
export function findPostmaster(folder: string): Postmaster | null {
  const lines = readIfThere(join(folder, 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  const mark = pid > 0 ? processMark(pid) : null
  // After a restart of the machine the id may be any other program's.
  if (!lines || !mark || !commandOf(pid).includes(`-D ${folder} `)) return null
  return { pid, mark, port: Number(lines[3] ?? 0), status: (lines[7] ?? 'starting').trim() }
}

/** Whether the server runs these very programs, and not those of an earlier installation. */
export function runsFrom(postmaster: Postmaster, binaries: Binaries): boolean {
  if (process.platform !== 'linux') return commandOf(postmaster.pid).startsWith(binaries.postgres)
  return readlinkSync(`/proc/${postmaster.pid}/exe`) === realpathSync(binaries.postgres)
}

export const isAlive = (postmaster: Postmaster): boolean => processMark(postmaster.pid) === postmaster.mark

/** Makes the cluster where there is none. A folder is there whole or not at all, whenever this is cut short. */
export async function makeCluster(cluster: Cluster, password: string): Promise<void> {
  const half = `${cluster.folder}.half`
  const passwordFile = `${half}.password`
  rmSync(half, { recursive: true, force: true })
  makeServerFolder(half, cluster.account)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (cluster.account) chownSync(passwordFile, cluster.account.uid, cluster.account.gid)
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8'
  // The built-in provider sorts the same on every system and after every upgrade of it, so that no index goes wrong.
  const args = ['--encoding=UTF8', `--locale=${locale}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  args.push('--text-search-config=simple', '--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`)
  if (!cluster.durable) args.push('--no-sync')
  const { code, output } = await runToEnd(cluster, cluster.binaries.initdb, [...args, '-D', half])
  rmSync(passwordFile)
  if (code !== 0) throw new Refusal('server.cannot-create', null, { folder: cluster.folder, reason: lastLine(output) })
  const include =
    "\n# Written anew at every start.\ninclude 'mingxin.conf'\n# Yours: what stands there prevails.\ninclude_if_exists 'local.conf'\n"
  writeFileSync(join(half, 'postgresql.conf'), `${readFileSync(join(half, 'postgresql.conf'), 'utf8')}${include}`)
  renameSync(half, cluster.folder)
}

/**
 * Starts a server and waits until it answers, however long its recovery takes.
 * @param settings the text of `mingxin.conf`, given the port
 * @throws Refusal `server.start-failed` with the server's own last words
 */
export async function startPostmaster(
  cluster: Cluster,
  wishedPort: number,
  settings: (port: number) => string,
  say: Say,
): Promise<Postmaster> {
  const log = join(cluster.folder, 'start.log')
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt <= 3 ? wishedPort : 0)
    writeFor(cluster, join(cluster.folder, 'mingxin.conf'), settings(port))
    writeFor(cluster, log, '')
    disownPidFile(cluster.folder)
    const started = await awaitReady(cluster, launch(cluster, log), say)
    if (started) return started
    // Right after a kill the old server's last processes still hold its memory; a port may be taken between look and use.
    if (attempt === 10) throw new Refusal('server.start-failed', null, { folder: cluster.folder, reason: lastFault(log) })
    await sleep(100 * attempt)
  }
}

/** Stops a server: fast first (sessions end, everything is written), at once if that has no end. Resolves when it is gone. */
export async function stopPostmaster(postmaster: Postmaster, say: Say): Promise<void> {
  const began = performance.now()
  process.kill(postmaster.pid, 'SIGINT')
  for (let ticks = 1; isAlive(postmaster); ticks += 1) {
    await sleep(10)
    if (ticks % 1000 === 0) say('server.still-stopping', { seconds: Math.round((performance.now() - began) / 1000) })
    // Nothing is lost by it: the next start replays the journal.
    if (ticks === 12_000) process.kill(postmaster.pid, 'SIGQUIT')
  }
}

function launch(cluster: Cluster, log: string): number {
  const output = openSync(log, 'a')
  // A group of its own: Ctrl-C in a terminal must not stop the database before the platform has finished with it.
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.folder], {
    ...userOf(cluster),
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  child.unref()
  child.on('error', () => {}) // `pid` is missing then, which awaitReady takes as a server that ended
  return child.pid ?? 0
}

async function awaitReady(cluster: Cluster, pid: number, say: Say): Promise<Postmaster | null> {
  const mark = pid > 0 ? processMark(pid) : null
  for (let ticks = 1; mark !== null && processMark(pid) === mark; ticks += 1) {
    const found = findPostmaster(cluster.folder)
    if (found?.pid === pid && found.status === 'ready') return found
    if (ticks % 1000 === 0) say('server.recovering', { seconds: ticks / 100 })
    await sleep(10)
  }
  return null
}

/**
 * PostgreSQL refuses a folder whose `postmaster.pid` names any living process, even one that only inherited the number. The
 * file is left with our own number instead, which the server takes for its starter's, so that its check for surviving
 * processes of the old server (the file's shared memory key) still happens.
 */
function disownPidFile(folder: string): void {
  const file = join(folder, 'postmaster.pid')
  const text = readIfThere(file)
  if (text === null) return
  if (text.includes('\n')) writeFileSync(file, text.replace(/^.*/, String(process.pid)))
  else rmSync(file)
}

/** Program and arguments, each followed by a blank. */
function commandOf(pid: number): string {
  if (process.platform === 'linux') return (readIfThere(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ')
  return `${spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()} `
}

async function runToEnd(cluster: Cluster, program: string, args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { ...userOf(cluster), stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((done, fail) => child.on('error', fail).on('close', code => done({ code, output })))
}

// Nothing of our own environment: PGDATA, PGPORT and the like would change what the server does.
function userOf({ account }: Cluster) {
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8'
  const env = { PATH: '/usr/bin:/bin', LC_ALL: locale, TZ: 'UTC' }
  return { cwd: '/', env, ...(account && { uid: account.uid, gid: account.gid }) }
}

function writeFor({ account }: Cluster, file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 })
  if (account) chownSync(file, account.uid, account.gid)
}

// Once its own log is open, the server says no more here than where that log is.
const lastFault = (log: string): string => {
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  return lines.findLast(line => line.includes('FATAL')) ?? lines.at(-1) ?? ''
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

async function freePort(wished: number): Promise<number> {
  const server = createServer()
  const port = await new Promise<number | null>(done => {
    server.on('error', () => done(null))
    server.listen(wished, '127.0.0.1', () => done((server.address() as { port: number }).port))
  })
  if (port === null) return freePort(0)
  await new Promise(done => server.close(done))
  return port
}

/** Whether a cluster was made in the folder. */
export const hasCluster = (folder: string): boolean => existsSync(join(folder, 'PG_VERSION'))
