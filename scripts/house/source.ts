import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseSync } from 'vite'

/*
 * What the checks know of a source file, read from its syntax tree: a comment or a sentence never counts as code.
 */

export type Import = {
  /** A path of this repository (`src/base/day.ts`), or the name as written (`node:fs`, `zod`). */
  readonly to: string
  readonly isOurs: boolean
  /** Erased before the program runs. */
  readonly isTypeOnly: boolean
  readonly line: number
}

/** A literal text: a string, the fixed text of a template (its blanks as `{}`), a regular expression, or text between tags. */
export type Text = {
  readonly text: string
  readonly line: number
  /** What it is given to: the function whose first argument it is (`new Refusal('a.b')` → `Refusal`), or the member (`{ code: 'a.b' }` → `code:`). */
  readonly givenTo: string
  /** A template with blanks: `M051 · ${what}`. */
  readonly hasBlanks: boolean
}

/** Something the checks count; `looks` and `changes`: the App's pool of that name. */
export type Spot = { readonly kind: SpotKind; readonly line: number }
export type SpotKind = 'catch' | 'cast' | 'any' | 'env' | 'transaction' | 'clock' | 'looks' | 'changes'

export type Source = {
  readonly file: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly texts: readonly Text[]
  readonly spots: readonly Spot[]
  /** Errors of the parser; such a file says nothing else. */
  readonly faults: readonly string[]
}

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown }

/** Files below the folders whose names match, as paths from the root, sorted. Generated and foreign folders are left out. */
export function filesUnder(root: string, folders: readonly string[], name: RegExp): string[] {
  const found: string[] = []
  for (const folder of folders) {
    let entries: string[] = []
    try {
      entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault
    }
    for (const entry of entries) {
      const file = join(folder, entry)
      if (name.test(entry) && !/(^|\/)(node_modules|dist)\//.test(file)) found.push(file)
    }
  }
  return found.sort()
}

/** Every TypeScript file of the folders, read. */
export function readSources(root: string, folders: readonly string[]): Source[] {
  return filesUnder(root, folders, /\.tsx?$/).map(file => readSource(file, readFileSync(join(root, file), 'utf8')))
}

export function readSource(file: string, text: string): Source {
  const read = parseSync(file, text)
  const lineAt = lineFinder(text)
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  if (read.errors.length > 0) {
    return { file, lines, imports: [], texts: [], spots: [], faults: read.errors.map(error => error.message) }
  }
  const reading = new Reading(file, lineAt)
  reading.visit(read.program as unknown as Node, null)
  const { imports, texts, spots } = reading
  return { file, lines, imports, texts, spots, faults: [] }
}

/** One walk over a tree. */
class Reading {
  readonly imports: Import[] = []
  readonly texts: Text[] = []
  readonly spots: Spot[] = []
  private readonly file: string
  private readonly lineAt: (offset: number) => number

  constructor(file: string, lineAt: (offset: number) => number) {
    this.file = file
    this.lineAt = lineAt
  }

  visit(node: Node, parent: Node | null): void {
    if (this.importsOf(node)) return
    const kind = spotOf(node)
    if (kind) this.spots.push({ kind, line: this.lineAt(node.start) })
    const text = textOf(node)
    if (text !== null) {
      const hasBlanks = node.type === 'TemplateLiteral' && (node.expressions as Node[]).length > 0
      this.texts.push({ text, hasBlanks, line: this.lineAt(node.start), givenTo: parent ? receiverOf(node, parent) : '' })
    }
    for (const child of childrenOf(node)) if (child.type !== 'TemplateElement') this.visit(child, node)
  }

  private importsOf(node: Node): boolean {
    const from = node.source as Node | null | undefined
    const path = from?.value
    if (typeof path !== 'string' || !IMPORTING.has(node.type)) return false
    const isOurs = path.startsWith('.')
    const to = isOurs ? normalize(join(dirname(this.file), path)) : path
    this.imports.push({ to, isOurs, isTypeOnly: isTypeOnly(node), line: this.lineAt(node.start) })
    return true
  }
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true
  const named = (node.specifiers as Node[] | undefined) ?? []
  return named.length > 0 && named.every(one => one.importKind === 'type' || one.exportKind === 'type')
}

function spotOf(node: Node): SpotKind | null {
  switch (node.type) {
    case 'CatchClause':
      return 'catch'
    case 'TSAnyKeyword':
      return 'any'
    case 'TSAsExpression':
      return isDoubtfulCast(node) ? 'cast' : null
    case 'NewExpression':
      return nameOf(node.callee) === 'Date' && (node.arguments as Node[]).length === 0 ? 'clock' : null
    case 'CallExpression':
      return callSpot(node)
    case 'MemberExpression':
      return nameOf(node.object) === 'process' && nameOf(node.property) === 'env' ? 'env' : poolOf(node.object, node.property)
    case 'VariableDeclarator':
      return unpackedPool(node)
    default:
      return null
  }
}

/** `app.looks`, `this.app.changes`. */
function poolOf(holder: unknown, property: unknown): SpotKind | null {
  const { property: last } = holder as Node
  if (nameOf(holder) !== 'app' && nameOf(last) !== 'app') return null
  const name = nameOf(property)
  return name === 'looks' || name === 'changes' ? name : null
}

/** `const { looks } = app`. */
function unpackedPool({ id, init }: Node): SpotKind | null {
  const pattern = id as Node
  if (pattern.type !== 'ObjectPattern' || !init) return null
  return (pattern.properties as Node[]).map(one => poolOf(init, one.key)).find(kind => kind !== null) ?? null
}

function callSpot(node: Node): SpotKind | null {
  const callee = node.callee as Node
  if (callee.type !== 'MemberExpression') return null
  const name = nameOf(callee.property)
  if (name === 'transaction') return 'transaction'
  if (name === 'now' && nameOf(callee.object) === 'Date') return 'clock'
  return name === 'catch' ? 'catch' : null
}

/** `as never` fits everywhere and `as unknown as` fits anything: both switch the compiler off. */
function isDoubtfulCast(node: Node): boolean {
  const to = node.typeAnnotation as Node
  const from = node.expression as Node
  if (to.type === 'TSNeverKeyword') return true
  return from.type === 'TSAsExpression' && (from.typeAnnotation as Node).type === 'TSUnknownKeyword'
}

function textOf(node: Node): string | null {
  if (node.type === 'TemplateLiteral') {
    return (node.quasis as Node[]).map(part => (part.value as { cooked: string | null }).cooked ?? '').join('{}')
  }
  if (node.type === 'JSXText') return node.value as string
  if (node.type !== 'Literal') return null
  const pattern = node.regex as { pattern: string } | undefined
  return pattern ? pattern.pattern : typeof node.value === 'string' ? node.value : null
}

function receiverOf(node: Node, parent: Node): string {
  if (parent.type === 'Property' && parent.value === node) return `${nameOf(parent.key)}:`
  const called = parent.type === 'CallExpression' || parent.type === 'NewExpression'
  if (!called || (parent.arguments as Node[])[0] !== node) return ''
  const callee = parent.callee as Node
  return nameOf(callee) || nameOf(callee.property)
}

function nameOf(node: unknown): string {
  const named = node as Node | null | undefined
  return named?.type === 'Identifier' ? (named.name as string) : ''
}

function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && typeof (child as Node).type === 'string') yield child as Node
    }
  }
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return offset => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}
