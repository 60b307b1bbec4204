import { join } from 'node:path'
import { legalDay } from '../base/day.ts'
import { ROOT } from '../base/root.ts'
import { readConfig } from '../config.ts'
import { masterDirOf } from '../crypto/key-file.ts'
import { openLaw } from '../law/load.ts'
import { openApp } from '../open-app.ts'
import { type DoorSettings, doorSettings } from './door-settings.ts'
import { watchDropFolder } from './drop-folder.ts'
import { enterKeys } from './keys-log.ts'
import { startWorker } from './worker.ts'

/** The API's door has three pools. */
const CONNECTIONS_OF_A_POOL = 8
const CONNECTIONS_OF_THE_WORKER = 6

/**
 * `mingxin door portal|api|work`: one door of the platform in a process of its own, with its own login. Started by `serve` (which sends the
 * settings over the channel) or by an operator (who gives them in the environment).
 */
export async function runDoor(args: string[]): Promise<number> {
  const settings = await doorSettings(args[0])
  const close = await openDoor(settings)
  process.send?.({ ready: true })
  await new Promise<void>(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve())
    process.once('disconnect', () => resolve())
  })
  await close()
  process.exit(0)
}

async function openDoor(settings: DoorSettings): Promise<() => Promise<void>> {
  const config = readConfig()
  const days = settings.aheadMs
  const now = (): Date => new Date(Date.now() + days)
  if (settings.door === 'portal') {
    const { openPortalDoor } = await import('./portal-door.ts')
    const law = openLaw({
      lawDir: join(ROOT, 'law'),
      cityDir: config.cityDir ?? join(ROOT, 'city/example'),
      databaseEditions: settings.editions ?? [],
      today: legalDay(now(), 'Asia/Shanghai'),
    })
    const http = await openPortalDoor({
      databaseUrl: settings.databaseUrl,
      apiUrl: settings.apiUrl,
      publicUrl: settings.publicUrl,
      law,
      now,
      trustedProxies: config.trustedProxies,
      logLevel: config.logLevel,
    })
    await http.listen({ port: settings.port, host: settings.host })
    return () => http.close()
  }
  const app = await openApp({
    config: { ...config, publicUrl: settings.publicUrl },
    databases: settings.databases,
    dataDir: settings.dataDir,
    now,
    poolSize: settings.door === 'api' ? CONNECTIONS_OF_A_POOL : CONNECTIONS_OF_THE_WORKER,
  })
  if (settings.door === 'api') {
    const { openApiDoor } = await import('./api-door.ts')
    const http = await openApiDoor(app)
    await http.listen({ port: settings.port, host: settings.host })
    return async () => {
      await http.close()
      await app.close()
    }
  }
  const keyDir = join(settings.dataDir, 'keys')
  await enterKeys(app, { keyDir, masterDir: config.masterKeyDir ?? masterDirOf(keyDir) })
  const worker = await startWorker(app)
  const drop = await watchDropFolder(app, config.dropDir ?? join(settings.dataDir, 'drop'))
  return async () => {
    await drop.stop()
    await worker.stop()
    await app.close()
  }
}
