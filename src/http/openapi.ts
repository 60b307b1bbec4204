import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { API, bound } from './serve.ts'

type Schema = Record<string, unknown>

const PROBLEM: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    basis: { type: ['string', 'null'] },
    facts: { type: 'object' },
    issues: { type: 'array' },
    id: { type: 'string' },
  },
}

/** The OpenAPI 3.1 document of every bound door, made from the contracts. Deterministic. */
export function openapi(endpoints: readonly Endpoint[] = bound): Schema {
  const paths: Record<string, Record<string, Schema>> = {}
  const sorted = [...endpoints].sort((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1))
  for (const endpoint of sorted) {
    const path = API + endpoint.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: '明信 Mingxin', version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'mingxin_session' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operation(endpoint: Endpoint): Schema {
  const parameters = [...parametersOf('path', endpoint.params), ...parametersOf('query', endpoint.query)]
  const open = endpoint.needs === 'anyone'
  return {
    summary: endpoint.summary,
    'x-needs': endpoint.needs,
    'x-reach': endpoint.reach,
    'x-since': endpoint.since,
    'x-refuses': endpoint.refuses,
    ...(endpoint.secondPerson ? { 'x-second-person': endpoint.secondPerson } : {}),
    ...(open ? {} : { security: [{ session: [] }, { bearer: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(endpoint),
    responses: {
      [endpoint.status]: { description: 'ok', content: contentOf(endpoint) },
      '400': problem('输入不符'),
      ...(open ? {} : { '401': problem('未登录'), '403': problem('没有权限') }),
      '404': problem('不存在'),
      '409': problem('依规定不能办理'),
      ...(endpoint.body === 'json' && endpoint.method !== 'DELETE' ? { '415': problem('请求内容不是 JSON') } : {}),
    },
  }
}

function problem(description: string): Schema {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Schema
  return schema
}

function parametersOf(where: 'path' | 'query', type: z.ZodType): Schema[] {
  const schema = schemaOf(type, 'input') as { properties?: Record<string, Schema>; required?: string[] }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (schema.required ?? []).includes(name),
    schema: property,
  }))
}

function bodyOf(endpoint: Endpoint): Schema {
  if (endpoint.body === 'multipart') {
    return {
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' }, source: { type: 'string' } } },
          },
        },
      },
    }
  }
  if (endpoint.body === 'form') {
    const schema = schemaOf(endpoint.input, 'input')
    return { requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema } } } }
  }
  if (endpoint.body !== 'json' || endpoint.method === 'DELETE') return {}
  return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.input, 'input') } } } }
}

function contentOf(endpoint: Endpoint): Schema {
  const files = Object.fromEntries(endpoint.files.map(type => [type, { schema: { type: 'string', format: 'binary' } }]))
  return endpoint.files.includes('application/json')
    ? files
    : { ...files, 'application/json': { schema: schemaOf(endpoint.output, 'output') } }
}
