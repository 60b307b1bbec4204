import type { FastifyInstance } from 'fastify'
import type { Endpoint } from '../../http/endpoint.ts'
import { API, bound } from '../../http/serve.ts'

/** A way in, as the server itself knows it: whatever is bound is found, contract or page. */
export type Route = {
  readonly door: 'api' | 'portal'
  readonly method: string
  /** With `:name` and `*`. */
  readonly path: string
  readonly endpoint: Endpoint | undefined
}

const LINE = /^([│├└─ ]*)(\S.*?) \(([A-Z, ]+)\)/
const LEVEL = 4

/** Every route of a server, read from the server's own print of them. */
export function routesOf(http: FastifyInstance, door: Route['door']): Route[] {
  const above: string[] = []
  return http
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap(line => {
      const [, indent = '', text = '', methods = ''] = LINE.exec(line) ?? []
      if (!text) return []
      const depth = indent.length / LEVEL
      above.length = depth
      above[depth - 1] = text
      const path = above.slice(0, depth).join('')
      return methods
        .split(', ')
        .flatMap(method => (method === 'HEAD' ? [] : [{ door, method, path, endpoint: contractOf(method, path) }]))
    })
}

function contractOf(method: string, path: string): Endpoint | undefined {
  return bound.find(one => one.method === method && API + one.path === path)
}
