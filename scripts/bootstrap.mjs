/*
 * From whatever Node the system has to the project's own: installs what is missing, then runs a TypeScript file under
 * Node 24 and behaves as if it were that program: same signals, same exit code, and neither outlives the other (leash.mjs).
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/*
 * On a machine with much memory Node lets garbage grow to several times what is in use. These two keep a delivery of any size below 400 MB and
 * cost no time that could be measured; they are inherited by the doors.
 */
const MEMORY = ['--max-semi-space-size=16', '--max-old-space-size=2000']
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a TypeScript file of the project; ends this process with the program's exit code.
 * @param {string} file path from the project's folder
 * @param {string[]} args
 */
export async function start(file, args) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    console.error(`需要Node 20或更高版本，现在是${process.version}。(Node 20 or newer is needed)`)
    process.exit(1)
  }
  const { ensureInstalled } = await import('./install.mjs')
  const node = await ensureInstalled(root)
  const leash = new URL('leash.mjs', import.meta.url).href
  const options = ['--disable-warning=ExperimentalWarning', ...MEMORY, '--import', leash]
  const child = spawn(node, [...options, resolve(root, file), ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of passedOn) process.on(signal, () => passOn(child, signal))
  child.on('error', fault => {
    console.error(`不能运行${node}：${fault.message} (cannot run it)`)
    process.exit(126)
  })
  child.on('exit', (code, signal) => (signal ? endAs(signal) : process.exit(code ?? 1)))
}

// Ctrl-C in a terminal reaches both of us already; sent on, the program would take it for a second, impatient one.
function passOn(child, signal) {
  if (signal !== 'SIGINT' || !isInForeground()) child.kill(signal)
}

/** Whether a key in a terminal is heard by our process group: then the terminal has told the program, too. */
function isInForeground() {
  if (process.platform !== 'linux') return Boolean(process.stdin.isTTY)
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // The third field is our process group, the sixth the one that the terminal talks to (-1 without a terminal).
  return fields[2] === fields[5]
}

function endAs(signal) {
  for (const name of passedOn) process.removeAllListeners(name)
  process.kill(process.pid, signal)
  // A signal that does not end us by itself leaves the shell's convention.
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 1000)
}
