#!/usr/bin/env node
/*
 * `node scripts/complete-lock.mjs [package-lock.json]` after every change of dependencies.
 * A registry that does not carry the builds for every system makes npm leave those out of the lock file, and `npm ci` then
 * refuses the file as incomplete. They are optional and their versions are exact, so that they can be written in: npm skips
 * those of other systems unseen, and fetches ours where a registry has it.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const file = process.argv[2] ?? 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8'))
const added = []

for (const [path, { optionalDependencies = {}, dev, ...rest }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const there = found(path, name)
    if (there && (there.version === version || !/^\d/.test(version))) continue
    const system = systemOf(name)
    if (!/^\d+\.\d+\.\d+/.test(version) || !system) throw new Error(`cannot complete ${name}@${version}, wanted by ${path}`)
    const own = rest.devOptional ? { devOptional: true } : dev ? { dev } : {}
    const place = there ? `${path}/node_modules/${name}` : `node_modules/${name}`
    lock.packages[place] = { version, ...system, ...own, optional: true }
    added.push(`${name}@${version}`)
  }
}

const [root, ...others] = Object.entries(lock.packages)
lock.packages = Object.fromEntries([root, ...others.sort(([a], [b]) => (a < b ? -1 : 1))])
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length > 0 ? `added ${added.join(', ')}` : 'complete')

/** As Node resolves it: in the package's own node_modules, then in those of the folders above. */
function found(path, name) {
  const steps = path === '' ? [] : path.split('/node_modules/')
  const folders = steps.map((_, end) => steps.slice(0, steps.length - end).join('/node_modules/'))
  return [...folders.map(folder => `${folder}/node_modules/${name}`), `node_modules/${name}`]
    .map(place => lock.packages[place])
    .find(Boolean)
}

/** What the name of a build says about its system, such as `…-linux-arm64-musl`. */
function systemOf(name) {
  const found = /(?:^|[-/])(android|darwin|freebsd|linux|win32)-(arm64|arm|ia32|x64|ppc64|riscv64|s390x)(?:-(\w+))?$/.exec(name)
  if (!found) return null
  const [, os, cpu, abi] = found
  const libc = abi === 'musl' ? { libc: ['musl'] } : os === 'linux' && abi?.startsWith('gnu') ? { libc: ['glibc'] } : {}
  return { cpu: [cpu], ...libc, os: [os] }
}
