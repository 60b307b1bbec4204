import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSource } from './house/source.ts'
import {
  checklistPage,
  type Door,
  faultsOfChecklist,
  faultsOfThreats,
  pathsIn,
  type Requirement,
  readYaml,
  type Threat,
  threatsPage,
  titlesByFile,
} from './security-pages.ts'

const NUMBERS = { 'V1.1': '123', 'V2.1': '2' }
const SOURCES = [
  readSource('src/a/door.test.ts', "test('a forged token opens nothing', () => {}); const said = 'what is no title at all'"),
  readSource('src/a/table.test.ts', 'test(`M458 · signed with $' + '{one}: $' + '{other}`, () => {})'),
  readSource('src/a/door.ts', "test('product code is no test of anything', () => {})"),
]
const titles = titlesByFile(SOURCES)

const line = (more: Partial<Requirement> = {}): Requirement => ({ level: 1, asks: 'something', reason: 'because', ...more })
const whole = (more: Readonly<Record<string, Requirement>> = {}): Record<string, Requirement> => ({
  'V1.1.1': line(),
  'V1.1.2': line({ level: 2 }),
  'V2.1.1': line({ level: 2, tests: ['src/a/door.test.ts · a forged token opens'] }),
  ...more,
})
const faults = (lines: Record<string, Requirement>): string[] => faultsOfChecklist(lines, NUMBERS, titles)

test('a whole checklist has no fault; a level that is not asked for is left out', () => {
  assert.deepEqual(faults(whole()), [])
})

test('an unexplained line, an open one without a reason, and one that does not say what is asked are faults', () => {
  assert.deepEqual(faults(whole({ 'V1.1.1': { level: 1, asks: 'something' } })), ['V1.1.1: neither a test nor a reason'])
  const bare = { level: 1 as const, asks: ' ', open: true, tests: ['src/a/door.test.ts · a forged token'] }
  assert.deepEqual(faults(whole({ 'V1.1.1': bare })), ['V1.1.1: does not say what is asked', 'V1.1.1: open without a reason'])
})

for (const missing of [
  'src/a/door.test.ts · a stolen token opens nothing',
  'src/a/gone.test.ts · a forged token opens nothing',
  'src/a/door.test.ts · what is no title at all',
  'src/a/door.ts · product code is no test of anything',
  'src/a/door.test.ts · a forged',
  'src/a/door.test.ts a forged token opens nothing',
])
  test(`“${missing}” is no test`, () => {
    assert.deepEqual(faults(whole({ 'V1.1.1': line({ tests: [missing] }) })), [`V1.1.1: no such test: ${missing}`])
  })

test('a title with blanks is cited with its blanks', () => {
  assert.deepEqual(faults(whole({ 'V1.1.1': line({ tests: ['src/a/table.test.ts · M458 · signed with {}: {}'] }) })), [])
})

test('a number that is missing, unknown, of another level or twice is a fault', () => {
  const { 'V1.1.2': _, ...rest } = whole()
  assert.deepEqual(faults(rest), ['V1.1.2: missing'])
  assert.deepEqual(faults(whole({ 'V1.1.3': line() })), ['V1.1.3: no requirement of levels 1 and 2'])
  assert.deepEqual(faults(whole({ 'V1.1.2': line() })), ['V1.1.2: is of level 2'])
  assert.match(readYaml('a.yaml', 'V1.1.1: 1\nV1.1.1: 2\n').faults.join(), /^a\.yaml: Map keys must be unique/)
})

const threat = (kind: string, more: Partial<Threat> = {}): Threat => ({
  ...{ kind, threat: 'somebody tries', stops: '`src/a/door.ts`', remains: 'nothing known', reason: 'because' },
  ...more,
})
const door = (...threats: Threat[]): Record<string, Door> => ({ portal: { name: 'Portal', what: 'for all', threats } })
const ALL = [...'STRIDE'].map(kind => threat(kind))
const threatFaults = (doors: Record<string, Door>): string[] => faultsOfThreats(doors, titles, path => path === 'src/a/door.ts')

test('a door without a thought for one kind, a threat half said, and a file that is gone are faults', () => {
  assert.deepEqual(threatFaults(door(...ALL)), [])
  assert.deepEqual(threatFaults(door(...ALL.slice(1))), ['portal: no threat of kind S (Spoofing)'])
  assert.deepEqual(threatFaults(door(...ALL, threat('S', { remains: '' }))), [
    'portal S: threat, what stops it and what remains are said together',
  ])
  assert.deepEqual(threatFaults(door(...ALL, threat('T', { stops: '`src/a/gone.ts`' }))), [
    'portal T: no such file: src/a/gone.ts',
  ])
  assert.deepEqual(threatFaults(door(...ALL, threat('X'))), ['portal X: no kind of STRIDE'])
})

test('files are found in what stops a threat, folders and several at once too', () => {
  assert.deepEqual(pathsIn('the brake (`src/access/brake.ts`), `src/http/*`, `npm audit`'), ['src/access/brake.ts', 'src/http'])
})

test('the pages count what is tested, explained and open, and no cell breaks its table', () => {
  const page = checklistPage(whole({ 'V1.1.1': line({ open: true, reason: 'a | b\nc' }) }))
  assert.match(page, /3 requirements: 1 held by tests that are named, 1 by a reason, 1 open/)
  assert.match(page, /\| V1\.1\.1 \| 1 \| something \| \*\*open\*\*<br>a \/ b c \|\n/)
  assert.match(threatsPage(door(...ALL)), /6 threats, 0 of them open/)
})
