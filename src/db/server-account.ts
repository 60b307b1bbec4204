import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../base/refusal.ts'
import { readIfThere } from './process-lock.ts'

/** The system user that runs the database server. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** Where a server's files are: the platform's folder, and the folder (often the same) that holds the database itself. */
export interface Place {
  readonly dataDir: string
  readonly databaseHome: string
  /** Null where the server runs as the user who runs Node. */
  readonly account: Account | null
}

/** Root's data folder. The database of another folder that its user cannot reach is kept below it. */
export const rootHome = '/var/lib/mingxin'

/**
 * Makes the data folder and says where the database goes. PostgreSQL refuses to run as root, so for root another user is
 * found, and where that user cannot reach the data folder (a home with mode 0700) the database goes to
 * `/var/lib/mingxin/<hash of the folder>` while everything else stays in the folder.
 * @throws Refusal `server.no-account` (the system has no user that can run the server), `server.folder-unreachable` (the
 *   database lies where its user could go once and cannot now)
 */
export function findPlace(dataDir: string): Place {
  const isRoot = process.getuid?.() === 0
  // For root the server is another user, who has to pass through; what lies inside is closed one by one.
  mkdirSync(dataDir, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
  const folder = realpathSync(dataDir)
  if (!isRoot) return { dataDir: folder, databaseHome: folder, account: null }
  const elsewhere = join(rootHome, createHash('sha256').update(folder).digest('hex').slice(0, 12))
  const own = ownerOf(join(folder, 'postgres')) ?? ownerOf(join(elsewhere, 'postgres')) ?? ownerOf(folder)
  const account = own ?? accountNamed('postgres') ?? accountNamed('nobody')
  if (!account) throw new Refusal('server.no-account', null, { folder })
  const isReachable = canReach(account, folder)
  // A database that is there already decides, so that a change of modes never leads to a second, empty one.
  const isHere = existsSync(join(folder, 'postgres'))
  if (isHere && !isReachable) throw new Refusal('server.folder-unreachable', null, { folder, user: account.name })
  if (isHere || (isReachable && !existsSync(join(elsewhere, 'postgres'))))
    return { dataDir: folder, databaseHome: folder, account }
  mkdirSync(elsewhere, { recursive: true, mode: 0o711 })
  for (const step of [rootHome, elsewhere]) chmodSync(step, statSync(step).mode | 0o111)
  return { dataDir: folder, databaseHome: elsewhere, account }
}

/** Whether the user can enter the folder; asked of the system itself, because access lists and mounts decide it too. */
export function canReach(account: Account, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { uid: account.uid, gid: account.gid, cwd: '/' }).status === 0
}

/** Makes a folder that only the server's user can open. */
export function makeServerFolder(folder: string, account: Account | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account) chownSync(folder, account.uid, account.gid)
}

/** Gives a file that root wrote to the owner of the folder it lies in, who may run the platform without root next time. */
export function leaveToFolderOwner(file: string): void {
  if (process.getuid?.() !== 0) return
  const owner = statSync(dirname(file))
  chownSync(file, owner.uid, owner.gid)
}

function accountNamed(name: string): Account | null {
  return accounts().find(account => account.name === name) ?? null
}

// Files that exist decide: a user `postgres` that is installed later must not make the server change hands.
function ownerOf(folder: string): Account | null {
  const uid = statSync(folder, { throwIfNoEntry: false })?.uid
  return accounts().find(account => account.uid === uid && uid !== 0) ?? null
}

function accounts(): Account[] {
  const lines = (readIfThere('/etc/passwd') ?? '').split('\n').map(line => line.split(':'))
  return lines
    .filter(fields => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
