/* Installs the packages of package-lock.json where they are missing or others. Plain JavaScript: it runs when nothing is there. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const beatMs = 2000
const unnamedMs = 20_000
const forgottenMs = 600_000

/**
 * Makes sure that node_modules is what package-lock.json says; two starts at once install once.
 * @param {string} root the project's folder
 * @returns {Promise<string>} the Node program to go on with
 */
export async function ensureInstalled(root) {
  if (!isInstalled(root)) {
    refuseLink(root)
    await alone(root, async name => isInstalled(root) || (await install(root, name)))
  }
  if (!findNode(root)) await alone(root, async name => findNode(root) || (await installNode(root, name)))
  const node = findNode(root)
  if (!node)
    fail('没有适合本系统的Node 24，请自行安装Node 24后重试。', 'no Node 24 runs on this system; install one and try again')
  return node
}

/** Whether every package is there in the version of the lock file; remembered in a stamp, because comparing takes a while. */
export function isInstalled(root) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const stamp = join(root, 'node_modules', '.mingxin-stamp')
  const digest = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return true
  // npm writes this list last, so that an installation cut short has none.
  const list = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(list) || !sameVersions(JSON.parse(lock).packages, JSON.parse(readFileSync(list, 'utf8')).packages)) return false
  try {
    writeFileSync(stamp, digest)
  } catch {
    // Installed by another user: it is compared again next time.
  }
  return true
}

/** What may be missing: packages for other systems, and all development packages at once (an installation without them). */
function sameVersions(wanted, found) {
  const withDev = Object.values(found).some(({ dev }) => dev)
  return Object.entries(wanted).every(([path, { version, link, optional, dev, devOptional, peer }]) => {
    if (path === '' || link) return true
    if (!found[path]) return Boolean(optional || devOptional || peer || (dev && !withDev))
    return found[path].version === version
  })
}

function refuseLink(root) {
  const modules = join(root, 'node_modules')
  // npm ci empties the folder first: through a link it would empty another checkout's, which is at work with it.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    fail(
      'node_modules是指向别处的链接，与package-lock.json不符；请在它指向的目录里安装，或删去链接后重试。',
      'node_modules is a link to another folder and does not fit package-lock.json',
    )
}

async function install(root, name) {
  say('正在安装依赖（只在首次或版本变化时，约一两分钟）…', 'installing packages')
  const began = Date.now()
  const code = await npm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], name)
  if (code !== 0 || !isInstalled(root)) {
    fail('依赖没有装好。请检查网络和npm镜像设置（npm config get registry）后重试。', 'npm ci did not succeed')
  }
  say(`依赖已装好，用时${Math.round((Date.now() - began) / 1000)}秒。`, 'packages installed')
}

/** The package `node` fetches its program in an install script; where such scripts are switched off, we run it. */
async function installNode(root, name) {
  say('正在下载Node 24运行程序…', 'fetching the Node 24 program')
  const folder = join(root, 'node_modules', 'node')
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }
  await ended(spawn(process.execPath, ['installArchSpecificPackage.js'], options), name)
}

/** The program of the package `node`; else a Node of the same line, ours or the system's. Null where none runs. */
export function findNode(root) {
  const wanted = readFileSync(join(root, '.node-version'), 'utf8').trim().replace(/^v/, '').split('.')[0]
  const modules = join(root, 'node_modules')
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  const nested = join(modules, 'node', 'node_modules')
  const places = [modules, nested].filter(existsSync).flatMap(folder => {
    const names = readdirSync(folder).filter(name => /^node(-bin)?-(linux|darwin|win)-/.test(name))
    return names.map(name => join(folder, name, 'bin', program))
  })
  const found = [join(modules, 'node', 'bin', program), ...places, process.execPath]
  return found.find(path => existsSync(path) && majorOf(path) === wanted) ?? null
}

function majorOf(path) {
  if (path === process.execPath) return process.versions.node.split('.')[0]
  return /^v(\d+)\./.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1]
}

/** Runs npm as the user would: the same registry, proxy and cache. What it prints goes to stderr: stdout is the program's. */
function npm(root, args, name) {
  const own = process.env.npm_execpath
  const options = { cwd: root, stdio: ['ignore', 2, 'inherit'] }
  if (own && /npm-cli\.c?js$/.test(own)) return ended(spawn(process.execPath, [own, ...args], options), name)
  return ended(spawn('npm', args, { ...options, shell: process.platform === 'win32' }), name)
}

function ended(child, name) {
  if (child.pid) name(child.pid)
  return new Promise(done => {
    child.on('error', () => done(127))
    child.on('close', code => done(code ?? 1))
  })
}

/**
 * Does the work while no other start of this checkout does. The lock lies outside node_modules, which npm clears, and names
 * the installer too: killed with -9, we leave it behind at work.
 */
async function alone(root, work) {
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 12)
  const lock = join(tmpdir(), `mingxin-install-${process.getuid?.() ?? 0}-${checkout}`)
  for (let waited = false; !taken(lock); waited = true) {
    if (!waited) say('另一次启动正在安装依赖，等它完成…', 'waiting for another start that is installing')
    await new Promise(done => setTimeout(done, 500))
  }
  const name = pid => writeFileSync(join(lock, String(pid)), '')
  name(process.pid)
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), beatMs)
  const giveBack = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', giveBack)
  await work(name)
  clearInterval(beat)
  process.off('exit', giveBack)
  giveBack()
}

function taken(lock) {
  try {
    mkdirSync(lock)
    return true
  } catch (fault) {
    if (fault.code !== 'EEXIST') throw fault
  }
  if (isDead(lock)) rmSync(lock, { recursive: true, force: true })
  return false
}

/** Whether nobody works under the lock any more: all that it names are gone, or (numbers are used again) it is long forgotten. */
function isDead(lock) {
  const touched = statSync(lock, { throwIfNoEntry: false })?.mtimeMs
  if (touched === undefined) return false
  const age = Date.now() - touched
  // Given back between our two looks, it is nobody's, and the next attempt takes it.
  const pids = existsSync(lock) ? readdirSync(lock).map(Number) : [process.pid]
  return age > forgottenMs || (pids.length === 0 ? age > unnamedMs : !pids.some(isRunning))
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    // Ended, but not collected by its parent: in containers without an init process that lasts for ever.
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch (fault) {
    return fault.code === 'EPERM'
  }
}

/** Says it in Chinese and, for an administrator who reads none, in English. */
export function say(chinese, english) {
  console.error(`${chinese} (${english})`)
}

function fail(chinese, english) {
  say(chinese, english)
  process.exit(1)
}
