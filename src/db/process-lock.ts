import { execFileSync } from 'node:child_process'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Who holds a lock file: a process id, and the mark of that one life of it (ids are used again, marks are not). */
export interface LockHolder {
  readonly pid: number
  readonly mark: string
}

/** The text of a file, or null where there is no such file. */
export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (fault) {
    // Asking first and reading afterwards would race with the process that removes the file.
    if (['ENOENT', 'ESRCH', 'ENOTDIR'].includes((fault as NodeJS.ErrnoException).code ?? '')) return null
    throw fault
  }
}

/**
 * The mark of a living process: the machine's start and the process's start. Null where no such process lives; a dead one
 * that its parent has not collected (usual in containers without an init process) counts as dead.
 */
export function processMark(pid: number): string | null {
  if (process.platform !== 'linux') return startedBySystem(pid)
  const stat = readIfThere(`/proc/${pid}/stat`)
  // The second field is the program's name in brackets and may hold blanks and brackets itself.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  const started = fields?.[19]
  if (!started || fields[0] === 'Z' || fields[0] === 'X') return null
  return `${readIfThere('/proc/sys/kernel/random/boot_id')?.trim() ?? 'machine'}:${started}`
}

function startedBySystem(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '')
  } catch {
    // `ps` says "no such process" by its exit code, which Node turns into a throw.
    return null
  }
}

/** The living process that holds the lock, or null where nobody does. */
export function lockHolder(file: string): LockHolder | null {
  return living(readIfThere(file))
}

/**
 * Takes the lock for this process, also from a holder that died without giving it back.
 * @returns null when it is ours now, else the living holder
 */
export function takeLock(file: string): LockHolder | null {
  const own: LockHolder = { pid: process.pid, mark: processMark(process.pid) ?? '' }
  const ticket = `${file}.${process.pid}`
  writeFileSync(ticket, JSON.stringify(own), { mode: 0o644 })
  try {
    for (;;) {
      if (linked(ticket, file)) return null
      const found = readIfThere(file)
      const holder = living(found)
      if (holder) return holder
      if (found !== null) setAside(file, found)
    }
  } finally {
    rmSync(ticket, { force: true })
  }
}

/** Gives the lock back; does nothing where it is another's. */
export function releaseLock(file: string): void {
  const holder = lockHolder(file)
  if (holder?.pid === process.pid) rmSync(file, { force: true })
}

function living(text: string | null): LockHolder | null {
  // A file cut short by a power failure holds nothing that could be a living process.
  const found = /^\{"pid":(\d+),"mark":"([^"]*)"\}$/.exec(text ?? '')
  if (!found) return null
  const holder = { pid: Number(found[1]), mark: found[2] ?? '' }
  return processMark(holder.pid) === holder.mark ? holder : null
}

// A link is made whole or not at all, so that nobody ever reads half a lock.
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw fault
  }
}

// Between our look and our move another process may have taken the lock: what was moved is compared, and put back.
function setAside(file: string, judged: string): void {
  const aside = `${file}.${process.pid}.dead`
  try {
    renameSync(file, aside)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return
    throw fault
  }
  if (readFileSync(aside, 'utf8') !== judged && !existsSync(file)) linked(aside, file)
  rmSync(aside, { force: true })
}
