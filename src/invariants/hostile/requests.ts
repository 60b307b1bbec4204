import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { z } from 'zod'
import { hostileFiles, multipartOf } from './files.ts'
import type { Route } from './routes.ts'
import { HOSTILE_BODIES, HOSTILE_HEADERS, HOSTILE_TYPES, HOSTILE_VALUES, TEXTS } from './values.ts'

/*
 * Requests that are nearly right: of a plausible one some places are turned hostile, so that the harm reaches as deep as it can; and requests
 * that are wrong as a whole.
 */

/** Values that exist, by the name of the place they stand at. */
export type Known = Readonly<Record<string, readonly unknown[]>>

type Schema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly minimum?: number
}

const schemas = new WeakMap<z.ZodType, Schema>()

function schemaOf(type: z.ZodType): Schema {
  const kept = schemas.get(type)
  if (kept) return kept
  const schema = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema
  schemas.set(type, schema)
  return schema
}

const text = fc.constantFrom(...TEXTS)
const hostile = fc.constantFrom(...HOSTILE_VALUES)
const PLAIN_TEXTS = ['行政审批', '审-77', '2026-11-20', '澜川', '1', 'special', 'public', 'resident-id', 'same', 'new']

/** A value that the contract would take, or nearly. */
function plausible(schema: Schema, name: string, known: Known): fc.Arbitrary<unknown> {
  const existing = known[name]
  if (existing && existing.length > 0) return fc.constantFrom(...existing)
  const choice = schema.anyOf ?? schema.oneOf
  if (choice && choice.length > 0) return fc.oneof(...choice.map(one => plausible(one, name, known)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum && schema.enum.length > 0) return fc.constantFrom(...schema.enum)
  if (schema.properties) return fc.record(plausibleAll(schema, known), { requiredKeys: [] })
  if (schema.items) return fc.array(plausible(schema.items, name, known), { maxLength: 3 })
  if (schema.type === 'integer' || schema.type === 'number') return fc.constantFrom(1, schema.minimum ?? 0, 3, 100)
  if (schema.type === 'boolean') return fc.boolean()
  return fc.constantFrom(...PLAIN_TEXTS)
}

function plausibleAll(schema: Schema, known: Known): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, plausible(one, name, known)]))
}

/** An object of the contract with some of its places turned hostile, and sometimes a place that nobody asked for. */
function nearly(schema: Schema, known: Known, harm: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  const good = fc.record(plausibleAll(schema, known))
  const names = Object.keys(schema.properties ?? {})
  const bad = names.length === 0 ? fc.constant({}) : fc.dictionary(fc.constantFrom(...names), harm, { minKeys: 1, maxKeys: 2 })
  const foreign = fc.option(
    fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'roles', 'admin', 'unit', '$where', ''), harm, { maxKeys: 2 }),
  )
  return fc.tuple(good, bad, foreign).map(([a, b, c]) => ({ ...a, ...b, ...c }))
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

function queryOf(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${safely(name)}=${safely(asText(value).slice(0, 9_000))}`)
    .join('&')
}

/** Half a character has no address; it goes as its replacement, as every browser sends it. */
function safely(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}

const RAW_QUERIES = [
  'a=%',
  '%00=1',
  'q=%ff%fe',
  'q[]=1&q[]=2',
  'q[__proto__]=1',
  'limit=1&limit=2',
  `${'a=1&'.repeat(3_000)}b=2`,
  '?',
  '=',
  '&&&',
]
const RAW_PARTS = [
  '%',
  '%ff',
  '%00',
  '..',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '.',
  '*',
  ':',
  '%0d%0aset-cookie:a=b',
  'a'.repeat(5_000),
]

function pathOf(route: Route, known: Known): fc.Arbitrary<string> {
  const parts = route.path.split('/').map(part => {
    if (!part.includes(':') && !part.includes('*')) return fc.constant(part)
    const name = part.replace(/^:/, '').replace(/\(.*$/, '')
    const existing = known[name] ?? [1, 999_999_999]
    return fc.oneof(
      { arbitrary: fc.constantFrom(...existing).map(value => safely(String(value))), weight: 3 },
      { arbitrary: text.map(one => safely(one.slice(0, 3_000))), weight: 2 },
      { arbitrary: fc.constantFrom(...RAW_PARTS), weight: 1 },
    )
  })
  return fc.tuple(...parts).map(all => all.join('/') || '/')
}

function queries(route: Route, known: Known): fc.Arbitrary<string> {
  const schema = route.endpoint
    ? schemaOf(route.endpoint.query)
    : { properties: { q: {}, page: {}, before: {}, after: {}, code: {} } }
  return fc.oneof(
    { arbitrary: nearly(schema, known, fc.oneof(text, hostile)).map(queryOf), weight: 5 },
    { arbitrary: fc.constantFrom(...RAW_QUERIES), weight: 1 },
    { arbitrary: fc.constant(''), weight: 2 },
  )
}

type Sent = Pick<InjectOptions, 'payload' | 'headers'>
const jsonSent = (value: unknown): Sent => ({ payload: JSON.stringify(value), headers: { 'content-type': 'application/json' } })

const files = hostileFiles()

function bodies(route: Route, known: Known): fc.Arbitrary<Sent> {
  if (route.method === 'GET' || route.method === 'HEAD') return fc.constant({})
  const wrong: fc.Arbitrary<Sent> = fc
    .tuple(fc.constantFrom(...HOSTILE_BODIES), fc.constantFrom('application/json', 'application/json', ...HOSTILE_TYPES))
    .map(([payload, type]) => ({ payload, headers: { 'content-type': type } }))
  const typed = fc
    .dictionary(
      fc.constantFrom('csrf', 'login', 'password', 'code', 'name', 'reason', 'back', 'years', 'purpose'),
      fc.oneof(text, hostile),
      { maxKeys: 5 },
    )
    .map(values => ({ payload: queryOf(values), headers: { 'content-type': 'application/x-www-form-urlencoded' } }))
  const { endpoint } = route
  if (!endpoint) return fc.oneof({ arbitrary: typed, weight: 4 }, { arbitrary: wrong, weight: 1 })
  if (endpoint.body === 'multipart') return fc.oneof({ arbitrary: uploads(known), weight: 5 }, { arbitrary: wrong, weight: 1 })
  const near = nearly(schemaOf(endpoint.input), known, fc.oneof(text, hostile)).map(jsonSent)
  return fc.oneof(
    { arbitrary: near, weight: 6 },
    { arbitrary: wrong, weight: 2 },
    { arbitrary: hostile.map(jsonSent), weight: 1 },
  )
}

/** The large ones go once each, by name; here are those of which thousands can be sent. */
const small = files.filter(file => file.bytes.length < 100_000)

function uploads(known: Known): fc.Arbitrary<Sent> {
  const source = fc.oneof(fc.constantFrom(...(known['source'] ?? ['']).map(String)), text)
  return fc.tuple(fc.constantFrom(...small), source, fc.option(text)).map(([file, name, more]) => {
    const plain = (value: string): string => value.slice(0, 5_000).replaceAll('\r', ' ').replaceAll('\n', ' ').toWellFormed()
    const { type, body } = multipartOf(
      { ...file, name: plain(file.name).replaceAll('"', '%22') },
      { source: plain(name), ...(more === null ? {} : { more: plain(more) }) },
    )
    return { payload: body, headers: { 'content-type': type } }
  })
}

/** A hostile request for this route. */
export function requestFor(route: Route, known: Known): fc.Arbitrary<InjectOptions> {
  const headers = fc.oneof(
    { arbitrary: fc.constant({}), weight: 6 },
    { arbitrary: fc.constantFrom(...HOSTILE_HEADERS), weight: 1 },
  )
  return fc
    .tuple(pathOf(route, known), queries(route, known), bodies(route, known), headers)
    .map(([path, query, body, more]) => ({
      method: route.method as 'GET',
      url: query ? `${path}?${query}` : path,
      ...body,
      headers: { ...body.headers, ...more },
    }))
}
