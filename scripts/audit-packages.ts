import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/*
 * Asks the registry what is known against the packages of package-lock.json (`npm audit`) and ends with 1 for a weakness of level high or
 * critical. A registry that answers no such question (a mirror, a machine without network) is told loudly and is no failure, unless
 * `--required` is given: then not to know is one, too.
 */

type Report = { readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> }; readonly error?: unknown }

const root = join(import.meta.dirname, '..')
const { stdout } = spawnSync('npm', ['audit', '--json', '--loglevel=silent'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 ** 2,
})
const report = stdout.trim().startsWith('{') ? (JSON.parse(stdout) as Report) : {}
const found = report.metadata?.vulnerabilities

if (!found) {
  console.log('!! NOT AUDITED: the registry does not answer what is known against packages; ask again where it does (npm audit)')
  process.exitCode = process.argv.includes('--required') ? 1 : 0
} else {
  const severe = (found['high'] ?? 0) + (found['critical'] ?? 0)
  const told = Object.entries(found).map(([level, count]) => `${level} ${count}`)
  console.log(`known weaknesses of packages: ${told.join(', ')}`)
  if (severe > 0) {
    console.log(stdout)
    process.exitCode = 1
  }
}
