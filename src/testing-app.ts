import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Actor, ANYONE, type Role } from './access/actor.ts'
import { permissionsFor } from './access/testing.ts'
import type { App } from './app.ts'
import { readConfig } from './config.ts'
import { openDatabase } from './db/database.ts'
import { type TestDatabase, testDatabase } from './db/testing.ts'
import type { Law } from './law/law.ts'
import { openApp } from './open-app.ts'

/** The instant at which a test's platform stands unless it says otherwise: a Friday noon in Shanghai. */
export const TEST_NOW = new Date('2026-11-20T04:00:00Z')

export type TestApp = {
  /** As at the API's door: three logins. */
  readonly app: App
  /** The same platform as the worker has it: what it reads, it reads with the line's login. */
  readonly worker: App
  readonly database: TestDatabase
  /** Connection of a login that belongs to credit_portal and nothing else. */
  readonly portalUrl: string
  /** Addresses of the door's own logins, for a process beside this one. */
  readonly urls: { readonly app: string; readonly door: string; readonly look: string }
  /** Moves the clock. */
  setNow(now: Date): void
  close(): Promise<void>
}

/** `quotas: 'law'`: as the law's files say; without it nobody is limited, for a test's clock stands still and its minute never ends. */
export type TestAppOptions = { readonly now?: Date; readonly cityDir?: string; readonly quotas?: 'law' }

const DOORS = ['app', 'door', 'look', 'portal'] as const
const LOGINS = DOORS.map(door => ({ door, name: `mingxin_test_${door}`, group: `credit_${door}` }))
const PASSWORD = 'test-only'

/** A platform of a test's own: real PostgreSQL (a clone), the doors' own logins, files and keys in a folder that goes with it. */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await testDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'mingxin-app-'))
  let now = options.now ?? TEST_NOW
  await makeLogins(database.superuserUrl)
  const [appUrl, doorUrl, lookUrl, portalUrl] = LOGINS.map(login => withLogin(database.url, login.name)) as [
    ...[string, string, string, string],
  ]
  const config = { ...readConfig({ MINGXIN_DATA: dataDir }), ...(options.cityDir ? { cityDir: options.cityDir } : {}) }
  const opened = await openApp({ config, databases: { app: appUrl, door: doorUrl, look: lookUrl }, dataDir, now: () => now })
  const app = options.quotas === 'law' ? opened : { ...opened, law: { ...opened.law, quotas: wide(opened.law.quotas) } }
  return {
    app,
    worker: workerOf(app),
    database,
    portalUrl,
    urls: { app: appUrl, door: doorUrl, look: lookUrl },
    setNow: to => {
      now = to
    },
    close: async () => {
      await app.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function wide(quotas: Law['quotas']): Law['quotas'] {
  const most = { perMinute: 10_000_000, perDay: null, misses: null }
  return new Map([...quotas].map(([id, rule]) => [id, { ...rule, ...most }]))
}

/** A door's platform as the worker and the commands have it. */
export function workerOf(app: App): App {
  return { ...app, db: app.changes }
}

async function makeLogins(superuserUrl: string): Promise<void> {
  const admin = openDatabase(superuserUrl, { max: 1 })
  for (const { name, group } of LOGINS) {
    const text = `do $$ begin create role ${name} login password '${PASSWORD}'; exception when duplicate_object or unique_violation then null; end $$`
    await admin.run({ text })
    await admin.run({
      text: `do $$ begin grant ${group} to ${name}; exception when internal_error or unique_violation then null; end $$`,
    })
  }
  await admin.close()
}

function withLogin(url: string, name: string): string {
  const changed = new URL(url)
  changed.username = name
  changed.password = PASSWORD
  // On a given server the owner's address takes the owner's role; a door has its own.
  changed.searchParams.delete('options')
  return changed.toString()
}

/** An actor of a unit with roles, for commands called directly. */
export function actorFor(unit: string, ...roles: Role[]): Actor {
  return {
    ...ANYONE,
    id: `account:${unit}`,
    name: unit,
    unit,
    roles,
    permissions: permissionsFor(roles),
    assurance: 'two-factor',
  }
}
