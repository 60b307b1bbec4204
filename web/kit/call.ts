import type { z } from 'zod'
import type { Endpoint } from '../../src/http/endpoint.ts'

/* The one way from a screen to the API: the address, the input and the answer are typed by the contract the server itself uses. */

const API = '/api/v1'

type Given<E extends Endpoint> = {
  readonly params?: Readonly<Record<keyof z.input<E['params']> & string, string | number>>
  readonly query?: Partial<z.input<E['query']>>
  readonly input?: z.input<E['input']>
  /** A multipart body, for contracts whose body is `multipart`. */
  readonly form?: FormData
  readonly signal?: AbortSignal
}

export type Answer<E extends Endpoint> = z.output<E['output']>

/** What the server answered in place of a result (RFC 9457): `message` is the sentence for the person. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly basis: string | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly issues: readonly { path: string; message: string }[]
  readonly id: string | null

  constructor(status: number, body: Partial<Record<string, unknown>>) {
    super(typeof body.title === 'string' ? body.title : '')
    this.name = 'Problem'
    this.status = status
    this.code = typeof body.code === 'string' ? body.code : 'fault.unexpected'
    this.basis = typeof body.basis === 'string' ? body.basis : null
    this.facts = (body.facts ?? {}) as Record<string, unknown>
    this.issues = (body.issues ?? []) as { path: string; message: string }[]
    this.id = typeof body.id === 'string' ? body.id : null
  }
}

let csrf = ''

/** Remembers the session's CSRF value; sent with everything that changes something. */
export function setCsrf(value: string): void {
  csrf = value
}

/** The headers of a changing request. */
export function csrfHeader(): Record<string, string> {
  return csrf ? { 'x-csrf': csrf } : {}
}

/** The address of a door: its parameters filled in, absent query values left out. */
export function addressOf<E extends Endpoint>(endpoint: E, given: Pick<Given<E>, 'params' | 'query'> = {}): string {
  const params = (given.params ?? {}) as Record<string, string | number>
  const path = endpoint.path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new RangeError(`${endpoint.path} needs ${name}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries((given.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return API + path + (text ? `?${text}` : '')
}

/** Sends a request to a door and answers its raw response. Throws a Problem on anything but success. */
export async function ask<E extends Endpoint>(endpoint: E, given: Given<E> = {}, accept = 'application/json'): Promise<Response> {
  const changes = endpoint.method !== 'GET'
  const json = changes && endpoint.body === 'json'
  const response = await fetch(addressOf(endpoint, given), {
    method: endpoint.method,
    credentials: 'same-origin',
    headers: {
      accept: `${accept}, application/problem+json`,
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...(changes ? csrfHeader() : {}),
    },
    ...(json ? { body: JSON.stringify(given.input ?? {}) } : given.form ? { body: given.form } : {}),
    ...(given.signal ? { signal: given.signal } : {}),
  })
  if (!response.ok) throw await problemIn(response)
  return response
}

/** Calls a door: the answer is the contract's output. Throws a Problem, or a TypeError when the network is down. */
export async function call<E extends Endpoint>(endpoint: E, given: Given<E> = {}): Promise<Answer<E>> {
  const response = await ask(endpoint, given)
  return (await response.json()) as Answer<E>
}

async function problemIn(response: Response): Promise<Problem> {
  const json = /json/.test(response.headers.get('content-type') ?? '')
  return new Problem(response.status, json ? ((await response.json()) as Record<string, unknown>) : {})
}
