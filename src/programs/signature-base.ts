import { parseDictionary, serializeInnerList, Token } from 'structured-headers'
import { Refusal } from '../base/refusal.ts'

/* HTTP Message Signatures (RFC 9421): what a signature covers, and the text that is signed. Without a clock, a key or a request of a server. */

/** The parts of a request that can be signed. `target` is the path with its query exactly as it was sent. */
export type Message = {
  readonly method: string
  /** Scheme and authority under which the platform is known, e.g. `https://credit.example.cn`. */
  readonly origin: string
  readonly target: string
  /** All values of a header joined by `, `; undefined where it was not sent. */
  header(name: string): string | undefined
}

export type SignatureParams = {
  readonly created?: number
  readonly expires?: number
  readonly nonce?: string
  readonly keyid?: string
  readonly alg?: string
}

export type ReadSignature = SignatureParams & {
  /** Names of the covered components, in the order in which they were signed. */
  readonly components: readonly string[]
  /** The value of `@signature-params`. */
  readonly paramsText: string
  readonly signature: Buffer
}

type Member = ReturnType<typeof parseDictionary> extends Map<string, infer M> ? M : never
type Params = Member extends [unknown, infer P] ? P : never

/**
 * Reads `Signature-Input` and `Signature` with exactly one signature. Refuses `signature.malformed`: texts that are no structured fields,
 * more than one signature, a component with parameters or named twice, a parameter of another type than RFC 9421 gives it.
 */
export function readSignature(input: string, signature: string): ReadSignature {
  const [inputs, signatures] = [dictionaryOf(input), dictionaryOf(signature)]
  const [first] = inputs
  const value = first && signatures.get(first[0])?.[0]
  if (!first || inputs.size !== 1 || signatures.size !== 1 || !(value instanceof ArrayBuffer)) throw malformed('signature')
  const [items, params] = first[1]
  if (!Array.isArray(items)) throw malformed('signature-input')
  const components = items.map(([name, own]) => {
    if (typeof name !== 'string' || own.size > 0 || name !== name.toLowerCase()) throw malformed(String(name))
    return name
  })
  if (new Set(components).size < components.length) throw malformed('signature-input')
  return {
    ...paramsOf(params),
    components,
    paramsText: serializeInnerList([items, params]),
    signature: Buffer.from(value),
  }
}

/** A dictionary of structured fields (RFC 8941). Refuses `signature.malformed`. */
export function dictionaryOf(text: string): ReturnType<typeof parseDictionary> {
  try {
    return parseDictionary(text)
  } catch {
    throw malformed(text.slice(0, 40))
  }
}

function malformed(what: string): Refusal {
  return new Refusal('signature.malformed', null, { what }, 400)
}

const TEXTS = ['nonce', 'keyid', 'alg'] as const
const TIMES = ['created', 'expires'] as const

function paramsOf(params: Params): SignatureParams {
  const found: Record<string, string | number> = {}
  for (const [names, isOfType] of [
    [TEXTS, (value: unknown) => typeof value === 'string'],
    [TIMES, (value: unknown) => Number.isInteger(value)],
  ] as const) {
    for (const name of names) {
      const value = params.get(name)
      if (value === undefined) continue
      if (!isOfType(value)) throw malformed(value instanceof Token ? value.toString() : name)
      found[name] = value as string | number
    }
  }
  return found
}

/** The text that is signed (RFC 9421, 2.5). Refuses `signature.component-unknown`, and `signature.component-missing` for a header not sent. */
export function signatureBase(message: Message, read: Pick<ReadSignature, 'components' | 'paramsText'>): string {
  const lines = read.components.map(name => `"${name}": ${componentOf(message, name)}`)
  return [...lines, `"@signature-params": ${read.paramsText}`].join('\n')
}

function componentOf(message: Message, name: string): string {
  if (name.startsWith('@')) return derived(message, name)
  const value = message.header(name)
  if (value === undefined) throw new Refusal('signature.component-missing', null, { component: name }, 401)
  return value.replaceAll(/\r\n[ \t]+/g, ' ').trim()
}

function derived({ method, origin, target }: Message, name: string): string {
  const mark = target.indexOf('?')
  switch (name) {
    case '@method':
      return method
    case '@target-uri':
      return origin + target
    case '@authority':
      return origin.slice(origin.indexOf('//') + 2).toLowerCase()
    case '@scheme':
      return origin.slice(0, origin.indexOf(':')).toLowerCase()
    case '@request-target':
      return target
    case '@path':
      return (mark < 0 ? target : target.slice(0, mark)) || '/'
    case '@query':
      return mark < 0 ? '?' : target.slice(mark)
    default:
      throw new Refusal('signature.component-unknown', null, { component: name }, 401)
  }
}
