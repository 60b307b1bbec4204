import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import type { Door } from './claims.ts'
import { listIdentityProviders } from './contract.ts'

export type SignInWay = { readonly id: string; readonly name: string; readonly start: string }

/** The providers of a door, in the order of the city's file; none where none is configured. */
export function waysOf({ law }: App, door: Door): SignInWay[] {
  return [...law.identityProviders.values()]
    .filter(one => one.for.includes(door))
    .map(({ id, name }) => ({ id, name, start: `/signin/oidc/${id}?door=${door}` }))
}

export function bindIdentity(http: FastifyInstance, app: App): void {
  serve(http, app, listIdentityProviders, async ({ query }) => ({ providers: waysOf(app, query.door) }))
}
