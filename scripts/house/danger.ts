import { parseSync } from 'vite'

/*
 * What turns text into code, a shell, markup or a weak secret, wherever it stands in a file: read from its syntax tree, so that a comment or a
 * sentence is none.
 */

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown }

/** Names that may not be called, made or set, and why. */
const CALLS = new Map([
  ['eval', 'runs text'],
  ['Function', 'runs text'],
  ['execScript', 'runs text'],
  ['runInThisContext', 'runs text'],
  ['runInNewContext', 'runs text'],
  ['exec', 'hands text to a shell'],
  ['execSync', 'hands text to a shell'],
  ['insertAdjacentHTML', 'makes markup of text'],
  ['write', 'makes markup of text'],
  ['writeln', 'makes markup of text'],
  ['createContextualFragment', 'makes markup of text'],
  ['pseudoRandomBytes', 'can be guessed'],
])
const MEMBERS = new Map([
  ['innerHTML', 'makes markup of text'],
  ['outerHTML', 'makes markup of text'],
  ['srcdoc', 'makes markup of text'],
  ['dangerouslySetInnerHTML', 'makes markup of text'],
  ['rejectUnauthorized', 'takes any certificate'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', 'takes any certificate'],
  ['insecureHTTPParser', 'reads what is no HTTP'],
  ['__proto__', 'changes what every object is'],
])
const MODULES: ReadonlySet<string> = new Set(['node:vm', 'vm', 'node:repl', 'node:inspector'])
const WEAK_HASHES = /^(?:md[245]|sha-?1|ripemd(?:160)?|rmd160)$/i
/** Of a name that is common, only when it belongs to this; '' for what belongs to nothing. */
const ONLY_OF = new Map([
  ['exec', ''],
  ['write', 'document'],
  ['writeln', 'document'],
])

export type Danger = { readonly line: number; readonly what: string; readonly why: string }

/** Every dangerous place of a file. */
export function dangersIn(file: string, text: string): Danger[] {
  const found: Danger[] = []
  const visit = (node: Node): void => {
    const danger = dangerOf(node)
    if (danger) found.push({ line: text.slice(0, node.start).split('\n').length, ...danger })
    for (const child of childrenOf(node)) visit(child)
  }
  visit(parseSync(file, text).program as unknown as Node)
  return found
}

function dangerOf(node: Node): Omit<Danger, 'line'> | null {
  switch (node.type) {
    case 'ImportDeclaration':
      return importDanger(node)
    case 'CallExpression':
    case 'NewExpression':
      return callDanger(node)
    case 'MemberExpression':
    case 'JSXAttribute':
      return named(nameOf(node['property'] ?? node['name']), MEMBERS)
    case 'Property':
      return propertyDanger(node)
    default:
      return null
  }
}

function importDanger(node: Node): Omit<Danger, 'line'> | null {
  const from = (node['source'] as Node)['value'] as string
  if (MODULES.has(from)) return { what: from, why: 'runs text' }
  if (!/^(?:node:)?child_process$/.test(from)) return null
  const names = (node['specifiers'] as Node[]).map(one => nameOf(one['imported'] ?? one['local']))
  const bad = names.find(name => name === 'exec' || name === 'execSync')
  return bad ? { what: bad, why: 'hands text to a shell' } : null
}

function callDanger(node: Node): Omit<Danger, 'line'> | null {
  const callee = node['callee'] as Node
  const name = nameOf(callee) || nameOf(callee['property'])
  const holder = callee.type === 'MemberExpression' ? nameOf(callee['object']) || '?' : ''
  const [first] = node['arguments'] as Node[]
  const value = first?.type === 'Literal' ? first['value'] : undefined
  if (holder === 'Math' && name === 'random') return { what: 'Math.random', why: 'can be guessed' }
  if (/^create(?:Hash|Hmac)$|^hash$/.test(name) && typeof value === 'string' && WEAK_HASHES.test(value))
    return { what: `${name}(${value})`, why: 'is broken' }
  if (/^set(?:Timeout|Interval)$/.test(name) && typeof value === 'string') return { what: name, why: 'runs text' }
  return (ONLY_OF.get(name) ?? holder) === holder ? named(name, CALLS) : null
}

/** `{ shell: true }`, `{ rejectUnauthorized: false }`; what switches something safe on is none. */
function propertyDanger(node: Node): Omit<Danger, 'line'> | null {
  const name = nameOf(node['key'])
  const value = (node['value'] as Node)['value']
  if (name === 'shell' && value !== false) return { what: 'shell', why: 'hands text to a shell' }
  if (name === 'insecureHTTPParser' && value === false) return null
  if (name === 'rejectUnauthorized' && value === true) return null
  return named(name, MEMBERS)
}

function named(name: string, names: ReadonlyMap<string, string>): Omit<Danger, 'line'> | null {
  const why = names.get(name)
  return why ? { what: name, why } : null
}

function nameOf(node: unknown): string {
  const one = node as Node | null | undefined
  if (one?.type === 'Identifier' || one?.type === 'JSXIdentifier') return one['name'] as string
  return one?.type === 'Literal' && typeof one['value'] === 'string' ? one['value'] : ''
}

function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (child !== null && typeof child === 'object' && typeof (child as Node).type === 'string') yield child as Node
}
