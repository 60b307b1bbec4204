import { randomBytes } from 'node:crypto'
import { realpathSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { Refusal } from '../base/refusal.ts'
import {
  type Cluster,
  findPostmaster,
  hasCluster,
  isAlive,
  makeCluster,
  type Postmaster,
  runsFrom,
  type Say,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts'
import { lockHolder, readIfThere, releaseLock, takeLock } from './process-lock.ts'
import { findPlace, leaveToFolderOwner, type Place, rootHome } from './server-account.ts'
import { findBinaries } from './server-binaries.ts'
import { serverSettings, thisMachine } from './server-settings.ts'

/** Connection addresses of the database `mingxin`: as its owner, and as the superuser (who makes roles and backups only). */
export interface ServerAddress {
  readonly url: string
  readonly superuserUrl: string
}

export interface Server extends ServerAddress {
  /** Whether the server was found running, left behind by a platform process that was killed. */
  readonly adopted: boolean
  /** Ends all sessions, writes everything, and resolves when the server's process is gone. */
  stop(): Promise<void>
}

/** What is kept beside the database, readable by the folder's owner only. */
interface Kept {
  readonly databaseHome: string
  readonly port: number
  readonly passwords: { readonly postgres: string; readonly credit_owner: string }
}

interface Opening {
  readonly dataDir: string
  readonly say?: Say
  /** False switches full durability off. For tests only. */
  readonly durable?: boolean
}

/** The folder for the platform's data where none is named: `/var/lib/mingxin` for root, else `.data` here. */
export function defaultDataDir(): string {
  return process.getuid?.() === 0 ? rootHome : resolve('.data')
}

/**
 * Starts the PostgreSQL server of a data folder, or adopts the one that a killed platform process left running there. On
 * first use it makes the database `mingxin`, owned by the role `credit_owner`. Should the server die, it is started again.
 * @throws Refusal `server.folder-in-use` (another platform runs there), and those of findPlace, findBinaries, startPostmaster
 */
export async function openServer({ dataDir, say = () => {}, durable = true }: Opening): Promise<Server> {
  const place = findPlace(dataDir)
  const holder = takeLock(lockFile(place.dataDir))
  if (holder) throw new Refusal('server.folder-in-use', null, { folder: place.dataDir, pid: holder.pid })
  let open = false
  try {
    const server = await openLocked(place, say, durable)
    open = true
    return server
  } finally {
    if (!open) releaseLock(lockFile(place.dataDir))
  }
}

/**
 * The addresses of the server that another platform process runs on this folder, so that a command can work beside it;
 * null where none does. While that process is still starting, or has not yet made role and database, it is waited for.
 */
export async function joinServer(dataDir: string): Promise<ServerAddress | null> {
  const folder = existingFolder(dataDir)
  while (folder !== null && lockHolder(lockFile(folder))) {
    const kept = readKept(folder)
    const found = kept && findPostmaster(join(kept.databaseHome, 'postgres'))
    if (kept && found?.status === 'ready' && (await isReady(kept, found.port, MADE))) return addressOf(kept, found.port)
    await sleep(50)
  }
  return null
}

/** Whether a server was ever started on this folder. */
export function hasDatabase(dataDir: string): boolean {
  const folder = existingFolder(dataDir)
  return folder !== null && readKept(folder) !== null
}

async function openLocked(place: Place, say: Say, durable: boolean): Promise<Server> {
  const binaries = findBinaries(place, say)
  const folder = join(place.databaseHome, 'postgres')
  const cluster: Cluster = { folder, binaries, account: place.account, durable }
  refuseOtherMajor(cluster)
  let kept = readKept(place.dataDir)
  // A folder that was moved or copied away from its database must not start with an empty one.
  const left = kept?.databaseHome ?? folder
  if (!hasCluster(folder) && hasCluster(join(left, 'postgres'))) {
    throw new Refusal('server.database-elsewhere', null, { folder: place.dataDir, databaseHome: left })
  }
  if (!kept && hasCluster(folder)) throw new Refusal('server.passwords-missing', null, { file: keptFile(place.dataDir) })
  kept = { ...(kept ?? firstKept()), databaseHome: place.databaseHome }
  keep(place.dataDir, kept)
  if (!hasCluster(folder)) {
    say('server.creating', { folder, ...(place.account && { user: place.account.name }) })
    await makeCluster(cluster, kept.passwords.postgres)
  }
  const settings = (port: number): string => serverSettings(thisMachine(), port, durable)
  const start = (port: number): Promise<Postmaster> => startPostmaster(cluster, port, settings, say)
  const orphan = await settleOrphan(cluster, kept, say)
  if (orphan) say('server.adopted', { pid: orphan.pid })
  const running = orphan ?? (await start(kept.port))
  keep(place.dataDir, { ...kept, port: running.port })
  await makeDatabase(kept, running.port)
  return watched(place, running, addressOf(kept, running.port), orphan !== null, start, say)
}

/** Keeps the server alive until `stop`; a later life of it uses the same port, so that connection pools find it again. */
function watched(
  place: Place,
  first: Postmaster,
  address: ServerAddress,
  adopted: boolean,
  start: (port: number) => Promise<Postmaster>,
  say: Say,
): Server {
  let running = first
  let revival: Promise<void> | null = null
  const revive = async (): Promise<void> => {
    say('server.died', { pid: running.pid })
    running = await start(running.port)
    revival = null
  }
  const watch = setInterval(() => {
    // A server that cannot be started again must not be tried for ever: the failure ends the process, loudly.
    if (revival === null && !isAlive(running)) revival = revive()
  }, 500)
  watch.unref()
  // Where Node ends without `stop` (an uncaught fault), the server is told to end too.
  const lastCall = (): void => {
    if (isAlive(running)) process.kill(running.pid, 'SIGINT')
  }
  process.once('exit', lastCall)
  const stop = async (): Promise<void> => {
    clearInterval(watch)
    await revival
    if (isAlive(running)) await stopPostmaster(running, say)
    process.off('exit', lastCall)
    releaseLock(lockFile(place.dataDir))
  }
  let stopping: Promise<void> | null = null
  return { ...address, adopted, stop: () => (stopping ??= stop()) }
}

/** A server that a killed platform process left running: ours to go on with if it answers, else stopped cleanly. */
async function settleOrphan(cluster: Cluster, kept: Kept, say: Say): Promise<Postmaster | null> {
  for (;;) {
    const found = findPostmaster(cluster.folder)
    if (!found) return null
    const settled = found.status === 'ready' || found.status === 'stopping'
    if (found.status === 'ready' && runsFrom(found, cluster.binaries) && (await isReady(kept, found.port))) return found
    if (settled) await stopPostmaster(found, say)
    else await sleep(50)
  }
}

/** The last that `makeDatabase` makes: the server takes connections before that. */
const MADE = "select from pg_database where datname = 'mingxin'"

/** Whether our server answers there, and the question, where one is given, with a row. */
async function isReady(kept: Kept, port: number, question = 'select'): Promise<boolean> {
  const client = new Client({ connectionString: addressOf(kept, port, 'postgres').superuserUrl, connectionTimeoutMillis: 5000 })
  client.on('error', () => {}) // a server that goes away meanwhile is told by the query below
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    const isOurs = realpathSync(rows[0]?.data_directory ?? '') === realpathSync(join(kept.databaseHome, 'postgres'))
    return isOurs && (await client.query(question)).rowCount === 1
  } catch {
    // Whatever keeps us from asking (wrong password, another program, a server going down): this one cannot be used.
    return false
  } finally {
    await client.end()
  }
}

async function makeDatabase(kept: Kept, port: number): Promise<void> {
  const client = new Client({ connectionString: addressOf(kept, port, 'postgres').superuserUrl })
  await client.connect()
  try {
    const has = async (sql: string): Promise<boolean> => ((await client.query(sql)).rowCount ?? 0) > 0
    const role = await has("select from pg_roles where rolname = 'credit_owner'")
    if (!role) await client.query(`create role credit_owner login createrole password '${kept.passwords.credit_owner}'`)
    if (await has(MADE)) return
    await client.query('create database mingxin owner credit_owner')
  } finally {
    await client.end()
  }
}

function refuseOtherMajor({ folder, binaries }: Cluster): void {
  const found = readIfThere(join(folder, 'PG_VERSION'))?.trim()
  const ours = binaries.version.split('.')[0]
  if (found && found !== ours) throw new Refusal('server.other-major', null, { folder, found, ours })
}

const lockFile = (dataDir: string): string => join(dataDir, 'platform.lock')
const keptFile = (dataDir: string): string => join(dataDir, 'server.json')

function firstKept(): Omit<Kept, 'databaseHome'> {
  const password = (): string => randomBytes(24).toString('base64url')
  return { port: 0, passwords: { postgres: password(), credit_owner: password() } }
}

function readKept(dataDir: string): Kept | null {
  const text = readIfThere(keptFile(dataDir))
  return text === null ? null : (JSON.parse(text) as Kept)
}

function keep(dataDir: string, kept: Kept): void {
  const half = `${keptFile(dataDir)}.half`
  writeFileSync(half, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flush: true })
  leaveToFolderOwner(half)
  renameSync(half, keptFile(dataDir))
}

function addressOf({ passwords }: Kept, port: number, database = 'mingxin'): ServerAddress {
  const url = (role: keyof Kept['passwords']): string => `postgresql://${role}:${passwords[role]}@127.0.0.1:${port}/${database}`
  return { url: url('credit_owner'), superuserUrl: url('postgres') }
}

function existingFolder(dataDir: string): string | null {
  try {
    return realpathSync(dataDir)
  } catch {
    // Node tells "no such folder" by a throw only.
    return null
  }
}
