import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { keepGenerated } from './generated.ts'
import { readSources, type Source } from './house/source.ts'

/*
 * Writes `docs/security/asvs.md` and `threats.md` from the YAML beside them: what OWASP ASVS 5.0.0 asks at levels 1 and 2 (its numbers, our
 * words), and what threatens each door (STRIDE), each line with the test that holds it or the reason why there is none. A line without either,
 * a test or file that does not exist, a number or a letter missing, unknown or twice: each is a fault, and faults end with 1. `--check` writes nothing.
 */

/** What holds a line. */
export type Held = {
  /** `file · title`: the title of a test or story, or an unmistakable part of it. */
  readonly tests?: readonly string[]
  /** Why there is no test, or what the tests leave to something else. */
  readonly reason?: string
  /** Not met, or met in part; said with its reason. */
  readonly open?: boolean
}

export type Requirement = Held & {
  readonly level: 1 | 2
  /** What is asked, in our words. */
  readonly asks: string
}

export type Threat = Held & {
  /** `S` spoofing, `T` tampering, `R` repudiation, `I` information disclosure, `D` denial of service, `E` elevation of privilege. */
  readonly kind: string
  readonly threat: string
  /** What stops it, with its files in backticks. */
  readonly stops: string
  readonly remains: string
}

export type Door = { readonly name: string; readonly what: string; readonly threats: readonly Threat[] }

/** Of each section, the levels of its requirements one after the other: `V1.1: '22'`. */
export type Numbers = Readonly<Record<string, string>>

const CHAPTERS: Readonly<Record<string, string>> = {
  V1: 'Encoding and sanitization',
  V2: 'Validation and business logic',
  V3: 'Web frontend',
  V4: 'API and web service',
  V5: 'File handling',
  V6: 'Authentication',
  V7: 'Session management',
  V8: 'Authorization',
  V9: 'Self-contained tokens',
  V10: 'OAuth and OIDC',
  V11: 'Cryptography',
  V12: 'Secure communication',
  V13: 'Configuration',
  V14: 'Data protection',
  V15: 'Secure coding and architecture',
  V16: 'Security logging and error handling',
  V17: 'WebRTC',
}

const KINDS: Readonly<Record<string, string>> = {
  S: 'Spoofing',
  T: 'Tampering',
  R: 'Repudiation',
  I: 'Information disclosure',
  D: 'Denial of service',
  E: 'Elevation of privilege',
}

const TESTS = /\.(test|story)\.tsx?$/
const TITLED = new Set(['test', 'describe', 'story'])
const LEAST_OF_TITLE = 12

/** The titles of each file of tests, one a line; blanks of a template as `{}`. */
export function titlesByFile(sources: readonly Source[]): Map<string, string> {
  return new Map(
    sources
      .filter(({ file }) => TESTS.test(file))
      .map(({ file, texts }) => [
        file,
        texts
          .filter(({ givenTo }) => TITLED.has(givenTo))
          .map(({ text }) => text)
          .join('\n'),
      ]),
  )
}

/** What is wrong with how a line is held. */
function faultsOfHeld(id: string, { tests = [], reason, open }: Held, titles: ReadonlyMap<string, string>): string[] {
  const untraced = tests.filter(test => {
    const at = test.indexOf(' · ')
    const title = test.slice(at + 3).trim()
    return at < 0 || title.length < LEAST_OF_TITLE || !titles.get(test.slice(0, at))?.includes(title)
  })
  return [
    ...(tests.length > 0 || reason ? [] : [`${id}: neither a test nor a reason`]),
    ...(open && !reason ? [`${id}: open without a reason`] : []),
    ...untraced.map(test => `${id}: no such test: ${test}`),
  ]
}

/** Whatever keeps the checklist from being whole and true. */
export function faultsOfChecklist(
  lines: Readonly<Record<string, Requirement>>,
  numbers: Numbers,
  titles: ReadonlyMap<string, string>,
): string[] {
  const asked = new Map<string, number>(
    Object.entries(numbers).flatMap(([section, levels]) =>
      [...levels].flatMap((level, i) => (level < '3' ? [[`${section}.${i + 1}`, Number(level)] as const] : [])),
    ),
  )
  const missing = [...asked.keys()].filter(id => !(id in lines)).map(id => `${id}: missing`)
  const wrong = Object.entries(lines).flatMap(([id, line]) => [
    ...(asked.has(id) ? [] : [`${id}: no requirement of levels 1 and 2`]),
    ...(asked.has(id) && asked.get(id) !== line.level ? [`${id}: is of level ${asked.get(id)}`] : []),
    ...(line.asks?.trim() ? [] : [`${id}: does not say what is asked`]),
    ...faultsOfHeld(id, line, titles),
  ])
  return [...missing, ...wrong]
}

/** Whatever keeps the threat model from being whole and true. `exists`: whether there is a file or folder of that path. */
export function faultsOfThreats(
  doors: Readonly<Record<string, Door>>,
  titles: ReadonlyMap<string, string>,
  exists: (path: string) => boolean,
): string[] {
  return Object.entries(doors).flatMap(([id, { threats }]) => {
    const unthought = Object.keys(KINDS).filter(kind => threats.every(threat => threat.kind !== kind))
    return [
      ...unthought.map(kind => `${id}: no threat of kind ${kind} (${KINDS[kind]})`),
      ...threats.flatMap(threat => faultsOfThreat(`${id} ${threat.kind}`, threat, titles, exists)),
    ]
  })
}

function faultsOfThreat(
  id: string,
  threat: Threat,
  titles: ReadonlyMap<string, string>,
  exists: (path: string) => boolean,
): string[] {
  const { kind, stops = '', remains, threat: what } = threat
  const gone = pathsIn(stops).filter(path => !exists(path))
  return [
    ...(kind in KINDS ? [] : [`${id}: no kind of STRIDE`]),
    ...(what?.trim() && stops.trim() && remains?.trim()
      ? []
      : [`${id}: threat, what stops it and what remains are said together`]),
    ...gone.map(path => `${id}: no such file: ${path}`),
    ...faultsOfHeld(id, threat, titles),
  ]
}

/** Paths of this repository in backticks; a name may stand for several (`src/http/*`). */
export function pathsIn(text: string): string[] {
  return [...text.matchAll(/`((?:src|web|scripts|docs|law|stories)\/[^`\s]+)`/g)].map(([, path = '']) =>
    path.replace(/\/?\*.*$/, ''),
  )
}

/** The page of the checklist. */
export function checklistPage(lines: Readonly<Record<string, Requirement>>): string {
  const all = Object.values(lines)
  const count = (fits: (line: Requirement) => boolean): number => all.filter(fits).length
  const open = count(line => line.open === true)
  const tested = count(line => !line.open && (line.tests?.length ?? 0) > 0)
  const head = `# ASVS 5.0.0, levels 1 and 2

Written by \`npm run security:docs\` from [asvs.yaml](asvs.yaml): the numbers are those of the OWASP Application Security Verification Standard 5.0.0, the words are ours. A line names the test that holds it, or the reason why it needs none; **open** marks what is not met, or in part only.

${all.length} requirements: ${tested} held by tests that are named, ${all.length - tested - open} by a reason, ${open} open or met in part.
`
  const chapters = Object.entries(CHAPTERS).map(([chapter, name]) => {
    const rows = Object.entries(lines).filter(([id]) => id.startsWith(`${chapter}.`))
    return `\n## ${chapter} ${name}\n\n| No. | L | Asks | Held by |\n|---|---|---|---|\n${rows.map(([id, line]) => requirementRow(id, line)).join('\n')}\n`
  })
  return head + chapters.join('')
}

function requirementRow(id: string, line: Requirement): string {
  return `| ${id} | ${line.level} | ${cell(line.asks)} | ${heldBy(line)} |`
}

/** The page of the threats. */
export function threatsPage(doors: Readonly<Record<string, Door>>): string {
  const all = Object.values(doors).flatMap(door => door.threats)
  const head = `# Threats

Written by \`npm run security:docs\` from [threats.yaml](threats.yaml). Of each door and each store: what somebody could try (STRIDE), what stops it and where, the test that shows it or the reason why there is none, and what remains. ${all.length} threats, ${all.filter(one => one.open).length} of them open in part.
`
  const parts = Object.values(doors).map(({ name, what, threats }) => {
    const rows = threats.map(
      threat =>
        `| ${KINDS[threat.kind] ?? threat.kind} | ${cell(threat.threat)} | ${cell(threat.stops)} | ${heldBy(threat)} | ${cell(threat.remains)} |`,
    )
    return `\n## ${name}\n\n${what.trim()}\n\n| Kind | Threat | What stops it | Shown by | What remains |\n|---|---|---|---|---|\n${rows.join('\n')}\n`
  })
  return head + parts.join('')
}

function heldBy({ tests = [], reason, open }: Held): string {
  const named = tests.map(test => cell(`\`${test.replace(' · ', '` · ')}`.replaceAll('{}', '…')))
  return [...(open ? ['**open**'] : []), ...named, ...(reason ? [cell(reason)] : [])].join('<br>')
}

const cell = (text: string): string => text.trim().replaceAll('|', '/').replaceAll(/\s+/g, ' ')

/** Reads a YAML file; what the parser holds against it (a key twice, too) are faults. */
export function readYaml<T>(file: string, text: string): { readonly value: T; readonly faults: string[] } {
  const document = parseDocument(text)
  return { value: document.toJS() as T, faults: document.errors.map(error => `${file}: ${error.message.split('\n')[0]}`) }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const read = <T>(file: string) => readYaml<T>(file, readFileSync(join(root, file), 'utf8'))
  const numbers = read<Numbers>('docs/security/asvs-numbers.yaml')
  const lines = read<Record<string, Requirement>>('docs/security/asvs.yaml')
  const doors = read<Record<string, Door>>('docs/security/threats.yaml')
  const titles = titlesByFile(readSources(root, ['src', 'web', 'stories', 'scripts']))
  const faults = [
    ...[numbers, lines, doors].flatMap(one => one.faults),
    ...faultsOfChecklist(lines.value, numbers.value, titles),
    ...faultsOfThreats(doors.value, titles, path => existsSync(join(root, path))),
  ]
  for (const fault of faults) console.log(fault)
  if (faults.length > 0) process.exitCode = 1
  keepGenerated(
    root,
    new Map([
      ['docs/security/asvs.md', checklistPage(lines.value)],
      ['docs/security/threats.md', threatsPage(doors.value)],
    ]),
  )
}
