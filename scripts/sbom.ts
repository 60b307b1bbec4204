import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { keepGenerated } from './generated.ts'

/*
 * Writes `docs/security/sbom.cdx.json`: every package of package-lock.json as CycloneDX, with version, digest and licence, as `npm sbom` tells
 * it, without what changes from run to run (serial number, time, npm's own version). `--check` compares only. A licence that the project may
 * not use ends it with 1.
 */

const root = join(import.meta.dirname, '..')
const FILE = 'docs/security/sbom.cdx.json'

/** SPDX ids that may be used and handed on with the product. */
const ALLOWED: ReadonlySet<string> = new Set([
  ...['MIT', 'MIT-0', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'OFL-1.1', 'MulanPSL-2.0', 'Unlicense'],
  ...['CC0-1.0', 'BlueOak-1.0.0', 'PostgreSQL', 'Zlib', 'Python-2.0'],
])
/** Packages whose licence needs a word, by the beginning of their names. */
const EXPLAINED: Readonly<Record<string, string>> = {
  '@biomejs/cli-': 'the binary of another system, not installed here; of @biomejs/biome (MIT OR Apache-2.0)',
  '@myriaddreamin/typst-ts-node-compiler-': 'the binary of another system; of @myriaddreamin/typst-ts-node-compiler (Apache-2.0)',
  '@napi-rs/canvas-': 'the binary of another system; of @napi-rs/canvas (MIT), used in tests',
  'axe-core': 'MPL-2.0, unchanged, used in tests; nothing of it is handed on',
  lightningcss: 'MPL-2.0, unchanged, a tool that builds the console; nothing of it is handed on',
  buffers: 'MIT by its repository, told in no field; reached through exceljs, whose reading parts are not used',
  chainsaw: 'MIT/X11 by its repository, told in no field; reached through exceljs, whose reading parts are not used',
}

type License = { readonly license?: { readonly id?: string; readonly name?: string }; readonly expression?: string }
type Component = {
  readonly type: string
  readonly name: string
  readonly group?: string
  readonly version?: string
  readonly purl?: string
  readonly scope?: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly licenses?: readonly License[]
}
type Bom = { readonly specVersion: string; readonly components: readonly Component[] }

const bom = readBom()
const components = [...bom.components]
  .map(({ type, group, name, version, purl, scope, hashes, licenses }) => ({
    ...{ type, group, name, version, purl, scope, hashes, licenses },
  }))
  .sort((a, b) => ((a.purl ?? a.name) < (b.purl ?? b.name) ? -1 : 1))
const kept = {
  bomFormat: 'CycloneDX',
  specVersion: bom.specVersion,
  version: 1,
  metadata: { component: { type: 'application', name: 'mingxin' } },
  components,
}
keepGenerated(root, new Map([[FILE, `${JSON.stringify(kept, null, 1)}\n`]]))
for (const component of bom.components) judge(component)

function readBom(): Bom {
  const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--loglevel=error']
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 })
  if (status !== 0) throw new Error(`npm sbom ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as Bom
}

function judge({ name, licenses = [] }: Component): void {
  const told = licenses.map(one => one.expression ?? one.license?.id ?? one.license?.name ?? '').filter(Boolean)
  if (told.some(isAllowed) || Object.keys(EXPLAINED).some(beginning => name.startsWith(beginning))) return
  console.log(`${name}: licence ${told.join(', ') || 'not told'} is not among those that the project may use (scripts/sbom.ts)`)
  process.exitCode = 1
}

/** One of several that may be chosen is enough; of several that hold together each must be allowed. */
function isAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '')
  return plain.split(/ OR /i).some(choice => choice.split(/ AND /i).every(id => ALLOWED.has(id.trim())))
}
