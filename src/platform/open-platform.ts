import { isAbsolute, resolve } from 'node:path'
import { checkBreachedFile } from '../access/listed-passwords.ts'
import type { App } from '../app.ts'
import { ROOT } from '../base/root.ts'
import type { Config } from '../config.ts'
import { ensureLogins, type Logins, migrate } from '../db/migrate.ts'
import { defaultDataDir, joinServer, openServer } from '../db/server.ts'
import { openApp } from '../open-app.ts'

/** Where the platform stands: its data folder and the logins of its doors. */
export type Platform = {
  readonly dataDir: string
  /** Connection of the schema's owner: migrations and backup only. */
  readonly ownerUrl: string
  readonly logins: Logins
  /** True when another process of this platform owns the server. */
  readonly joined: boolean
  stop(): Promise<void>
}

export type Say = (code: string, facts?: Readonly<Record<string, string | number>>) => void

export function dataDirOf(config: Config): string {
  const given = config.dataDir ?? defaultDataDir()
  return isAbsolute(given) ? given : resolve(ROOT, given)
}

/**
 * Finds or starts the database, applies migrations, makes the doors' logins. `join`: a server that another process of the platform runs is
 * used as it is (the CLI beside a running platform); without it such a folder is refused.
 */
export async function openPlatform(config: Config, say: Say, options: { join: boolean }): Promise<Platform> {
  const dataDir = dataDirOf(config)
  if (config.breachedFile !== null) await checkBreachedFile(config.breachedFile)
  if (config.databaseUrl) {
    say('start.database-given')
    return await readyPlatform(dataDir, config.databaseUrl, say, false, async () => undefined)
  }
  const running = options.join ? await joinServer(dataDir) : null
  if (running) return await readyPlatform(dataDir, running.url, say, true, async () => undefined)
  say('start.database', { folder: dataDir })
  const server = await openServer({ dataDir, say: say as never })
  return await readyPlatform(dataDir, server.url, say, false, () => server.stop())
}

async function readyPlatform(
  dataDir: string,
  ownerUrl: string,
  say: Say,
  joined: boolean,
  stop: () => Promise<void>,
): Promise<Platform> {
  if (!joined) await migrate(ownerUrl, file => say('start.migration', { file }))
  const logins = await ensureLogins(ownerUrl, dataDir)
  return { dataDir, ownerUrl, logins, joined, stop }
}

/** The App of a command, or of the example city's load: the line's login, and the look's for what a command shows. */
export async function openPlatformApp(
  config: Config,
  platform: Platform,
  more: { now?: () => Date; poolSize?: number } = {},
): Promise<App> {
  return await openApp({
    config,
    databases: { app: platform.logins.app, look: platform.logins.look },
    dataDir: platform.dataDir,
    ...more,
  })
}
