import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../base/root.ts'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/database.ts'
import { readDatabaseEditions } from '../law/editions.ts'
import { buildConsole } from './build-console.ts'
import type { DoorSettings } from './door-settings.ts'
import { type ExampleCity, loadExampleCity, sayExampleCity } from './example-city.ts'
import { openPlatform, openPlatformApp, type Platform, type Say } from './open-platform.ts'
import { findFreePort, requirePort } from './ports.ts'
import { sayOnScreen } from './say.ts'

/*
 * `npm start`: database, migrations, example city, then the doors, each a process and a login of its own:
 * the portal (sees schema pub only; on one machine it also fronts the others), the API with the console, and the worker.
 */

export async function runServe(): Promise<number> {
  const config = readConfig()
  const say = sayOnScreen()
  const stopping = stopSignal()
  const platform = await openPlatform(config, say, { join: false })
  const doors: ChildProcess[] = []
  try {
    await requirePort(config.port, config.host)
    const built = buildConsole(say)
    const city = await prepareCity(config, platform, say, stopping)
    await built
    if (!stopping.aborted) {
      const address = `http://127.0.0.1:${config.port}`
      await openDoors(config, platform, city, doors)
      say('start.ready', { address })
      sayExampleCity(config, city, say)
      if (process.stdout.isTTY === false) process.stdout.write(`${address}\n`)
      await Promise.race([ended(stopping), ...doors.map(door => died(door, say))])
    }
  } finally {
    say('start.stopping')
    await Promise.all(doors.map(closeDoor))
    await platform.stop()
  }
  return stopping.aborted ? 0 : 1
}

function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })))
}

async function prepareCity(
  config: ReturnType<typeof readConfig>,
  platform: Platform,
  say: Say,
  stopping: AbortSignal,
): Promise<ExampleCity | null> {
  if (!config.demo) return null
  const app = await openPlatformApp(config, platform, { poolSize: 4 })
  try {
    return await loadExampleCity(app, say, stopping, platform.dataDir).catch(error => {
      if (stopping.aborted) return null
      throw error
    })
  } finally {
    await app.close()
  }
}

async function openDoors(
  config: ReturnType<typeof readConfig>,
  platform: Platform,
  city: ExampleCity | null,
  doors: ChildProcess[],
): Promise<void> {
  const apiPort = await findFreePort()
  const apiUrl = `http://127.0.0.1:${apiPort}`
  const common = {
    dataDir: platform.dataDir,
    apiUrl,
    publicUrl: config.publicUrl ?? `http://127.0.0.1:${config.port}`,
    aheadMs: city?.aheadMs ?? 0,
  }
  const { app, door, look, portal } = platform.logins
  const database = openDatabase(door, { max: 1 })
  const editions = await readDatabaseEditions(database)
  await database.close()
  const wanted: DoorSettings[] = [
    { ...common, door: 'api', databases: { app, door, look }, port: apiPort, host: '127.0.0.1' },
    { ...common, door: 'work', databases: { app }, port: 0, host: '127.0.0.1' },
    { ...common, door: 'portal', databaseUrl: portal, port: config.port, host: config.host, editions },
  ]
  await Promise.all(wanted.map(settings => openDoor(settings, doors)))
}

function openDoor(settings: DoorSettings, doors: ChildProcess[]): Promise<void> {
  const door = fork(join(ROOT, 'src/main.ts'), ['door', settings.door], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  doors.push(door)
  return new Promise((resolve, reject) => {
    door.on('message', message => {
      if ((message as { asks?: boolean }).asks) door.send(settings)
      if ((message as { ready?: boolean }).ready) resolve()
    })
    door.once('exit', code => reject(new Error(`the ${settings.door} door ended with ${code}`)))
  })
}

function died(door: ChildProcess, say: Say): Promise<void> {
  return new Promise(resolve => {
    door.once('exit', code => {
      if (code !== 0 && code !== null) say('start.door-died', { door: door.spawnargs.at(-1) ?? '', code })
      resolve()
    })
  })
}

function closeDoor(door: ChildProcess): Promise<void> {
  if (door.exitCode !== null || door.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    const hard = setTimeout(() => door.kill('SIGKILL'), 8000)
    door.once('exit', () => {
      clearTimeout(hard)
      resolve()
    })
    door.kill('SIGTERM')
  })
}
