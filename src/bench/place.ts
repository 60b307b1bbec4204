import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import { type Config, readConfig } from '../config.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { ensureLogins, type Logins, migrate } from '../db/migrate.ts'
import { openServer } from '../db/server.ts'
import { type DatabaseUrls, openApp } from '../open-app.ts'

/** The measured city's last day: files are dated from it, so that every run measures the same rows. */
export const LAST_DAY = day('2026-11-20')
export const NOW = new Date(`${LAST_DAY}T04:00:00Z`)
export const SEED = 20_260_401

/** A platform of the measurement's own: its folder, its durable server, its logins; gone when it is closed. */
export type Place = {
  readonly folder: string
  readonly app: App
  readonly logins: Logins
  /** As the superuser, for what no part of the platform does: emptying, dumping, a second database. */
  readonly admin: Database
  /** The address of another database of the same server, as the superuser. */
  addressOf(database: string): string
  close(): Promise<void>
}

export type Settings = { readonly databases: DatabaseUrls; readonly dataDir: string }

export async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-bench-'))
  // For root the server is another user; where it can pass through, the database lies in the folder and goes with it.
  await chmod(folder, 0o711)
  const server = await openServer({ dataDir: folder, durable: true })
  await migrate(server.url)
  const logins = await ensureLogins(server.url, join(folder, 'logins'))
  const app = await openBenchApp({ databases: { app: logins.app }, dataDir: folder })
  const admin = openDatabase(server.superuserUrl, { max: 2, name: 'mingxin-bench' })
  return {
    ...{ folder, app, logins, admin },
    addressOf: database => {
      const url = new URL(server.superuserUrl)
      url.pathname = `/${database}`
      return url.toString()
    },
    close: async () => {
      await app.close()
      await admin.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The App of a measuring process, at the city's last day. */
export function openBenchApp({ databases, dataDir }: Settings, poolSize = 10): Promise<App> {
  const config: Config = { ...readConfig({}), dataDir }
  return openApp({ config, databases, dataDir, now: () => NOW, poolSize })
}
