import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { stringify } from 'yaml'
import type { App } from '../app.ts'
import { ROOT } from '../base/root.ts'
import type { IdentityProvider } from '../law/identity-model.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openPortalDoor } from '../platform/portal-door.ts'
import { findFreePort } from '../platform/ports.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'

/* A platform of a test's own with providers of unified identity configured, listening as a browser and a provider reach it. */

export const CLIENT_ID = 'mingxin-test'
export const CLIENT_SECRET = 'test-only-secret-of-the-relying-party'

/** How the provider `province` is configured, but for its address. */
export const PROVINCE = {
  id: 'province',
  name: '某省统一身份认证',
  client: { id: CLIENT_ID, authentication: 'client-secret-basic', file: '' },
  scopes: ['openid', 'profile'],
  for: ['subjects', 'staff'],
  claims: {
    name: 'name',
    residentId: 'id_number',
    organisation: { uscc: 'uscc', capacity: 'corp_role', capacities: { '1': 'legal-representative', '2': 'agent' } },
    employeeNumber: 'employee_no',
  },
  realName: { claim: 'acr', values: ['high', 'two-factor'] },
  twoFactors: { claim: 'acr', values: ['two-factor'] },
} as const

export type Provided = Omit<Partial<IdentityProvider>, 'client'> & { readonly issuer: string; readonly client?: object }

export type FederatedPlatform = {
  readonly t: TestApp
  readonly app: App
  /** The same as the worker has it. */
  readonly worker: App
  readonly http: FastifyInstance
  /** The platform's own address. */
  readonly address: string
  /** Puts another secret into the client's file, as an administrator would: whole, in one step. */
  replaceSecret(secret: string): Promise<void>
  close(): Promise<void>
}

/** Opens it at a port that is free now; `secret`: what stands in the client's file. `hasFront`: the portal stands before it. */
export async function openFederatedPlatform(
  port: number,
  providers: readonly Provided[],
  { secret = CLIENT_SECRET, hasFront = false }: { readonly secret?: string; readonly hasFront?: boolean } = {},
): Promise<FederatedPlatform> {
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-city-'))
  const cityDir = join(folder, 'city')
  await cp(join(ROOT, 'city/example'), cityDir, { recursive: true })
  const file = join(folder, 'client.secret')
  await writeFile(file, `${secret}\n`, { mode: 0o600 })
  const written = providers.map(one => ({ ...PROVINCE, ...one, client: { ...PROVINCE.client, file, ...one.client } }))
  await writeFile(join(cityDir, 'identity-providers.yaml'), stringify({ providers: written }))
  const t = await openTestApp({ cityDir })
  const address = `http://127.0.0.1:${port}`
  const app: App = { ...t.app, publicUrl: address }
  const http = await openApiDoor(app)
  http.log.level = 'silent'
  const apiPort = hasFront ? await findFreePort() : port
  await http.listen({ port: apiPort, host: '127.0.0.1' })
  const front = hasFront
    ? await openPortalDoor({
        databaseUrl: t.portalUrl,
        apiUrl: `http://127.0.0.1:${apiPort}`,
        publicUrl: address,
        law: app.law,
        now: app.now,
      })
    : null
  await front?.listen({ port, host: '127.0.0.1' })
  return {
    t,
    app,
    worker: t.worker,
    http,
    address,
    replaceSecret: async replacement => {
      await writeFile(`${file}.next`, `${replacement}\n`, { mode: 0o600 })
      await rename(`${file}.next`, file)
    },
    close: async () => {
      await front?.close()
      await http.close()
      await t.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export { findFreePort }
