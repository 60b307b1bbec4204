import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { stopTestServer } from '../src/db/testing.ts'

/*
 * `npm run check`: everything that is checked without a test, cheapest first. All steps run; all failures are told. `npm run generate` writes
 * anew what the later steps compare.
 */

type Step = { readonly name: string; readonly command: readonly string[] }

const root = join(import.meta.dirname, '..')
const node = (file: string, ...args: string[]): string[] => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  file,
  ...args,
]
const tool = (name: string, ...args: string[]): string[] => [join('node_modules/.bin', name), ...args]

const STEPS: readonly Step[] = [
  {
    name: 'format and lint',
    command: tool('biome', 'check', '--error-on-warnings', '--diagnostic-level=warn', '--max-diagnostics=200', '.'),
  },
  { name: 'the house: arrows, names, sizes, places', command: node('scripts/check-house.ts') },
  { name: 'words: every code has its sentence', command: node('scripts/check-words.ts') },
  { name: 'coverage: every row has a test or a reason', command: node('scripts/coverage.ts', '--check') },
  { name: 'the law: no flaw', command: node('src/main.ts', 'check-law') },
  { name: 'docs/law is what law/ says', command: node('scripts/law-docs.ts', '--check') },
  { name: 'docs/openapi.json and docs/api.md are what the contracts say', command: node('scripts/api-docs.ts', '--check') },
  {
    name: 'docs/security/sbom.cdx.json is what package-lock.json says; every licence may be used',
    command: node('scripts/sbom.ts', '--check'),
  },
  { name: 'docs/security says what the tests hold', command: node('scripts/security-pages.ts', '--check') },
  { name: 'types of the server, the portal and the scripts', command: tool('tsc', '--noEmit') },
  { name: 'types of the console', command: tool('tsc', '--noEmit', '-p', 'web/console') },
  { name: 'src/db/schema.sql is what the migrations make', command: node('scripts/dump-schema.ts', '--check') },
]

const failed: string[] = []
for (const { name, command } of STEPS) {
  const began = Date.now()
  const [program = '', ...args] = command
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 })
  const isGood = status === 0
  console.log(`${isGood ? '✔' : '✖'} ${name}  ${((Date.now() - began) / 1000).toFixed(1)} s`)
  if (isGood) continue
  failed.push(name)
  const told = `${stdout ?? ''}${stderr ?? ''}${error ? String(error) : ''}`.trim()
  console.log(told.replaceAll(/^/gm, '    '))
}
// The last step started it; whoever tests next starts another.
if (!process.argv.includes('--keep-server')) await stopTestServer()
console.log(
  failed.length === 0
    ? `\nall ${STEPS.length} checks hold`
    : `\n${failed.length} of ${STEPS.length} checks fail: ${failed.join('; ')}`,
)
process.exitCode = failed.length === 0 ? 0 : 1
