import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../base/root.ts'
import type { DoorSettings } from '../platform/door-settings.ts'
import { findFreePort } from '../platform/ports.ts'
import type { TestApp } from '../testing-app.ts'
import { type Caller, openDoors } from './doors.ts'
import type { Answered, Asked, ProbeDoors } from './outlet-probes.ts'

/* The doors of a test's platform as `npm start` runs them: portal, API and worker each a process with its own login, asked over HTTP. */

export type RealAnswer = Answered & { readonly bytes: Buffer; readonly headers: Headers }

export type RealDoors = Omit<ProbeDoors, 'ask'> & {
  ask(door: 'portal' | 'api', caller: Caller, asked: Asked): Promise<RealAnswer>
  /** Whoever has come in stays so until others come: when it is asked by the clock, nobody signs in first. */
  renew(): void
  /** Another account. */
  readonly signInAnew: ProbeDoors['signIn']
  close(): Promise<void>
}

/** Starts the three processes with their clock where the test's stands; from then on it runs. */
export async function openRealDoors(t: TestApp): Promise<RealDoors> {
  const [apiPort, portalPort] = [await findFreePort(), await findFreePort()]
  const at = { api: `http://127.0.0.1:${apiPort}`, portal: `http://127.0.0.1:${portalPort}` }
  const common = {
    ...{ dataDir: t.app.config.dataDir ?? '', apiUrl: at.api, publicUrl: at.portal, host: '127.0.0.1' },
    aheadMs: t.app.now().getTime() - Date.now(),
  }
  const wanted: DoorSettings[] = [
    { ...common, door: 'api', databases: t.urls, port: apiPort },
    { ...common, door: 'work', databases: { app: t.urls.app }, port: 0 },
    { ...common, door: 'portal', databaseUrl: t.portalUrl, port: portalPort },
  ]
  const started: ChildProcess[] = []
  await Promise.all(wanted.map(settings => startDoor(settings, started)))
  // Signing in writes a session; the doors that stand beside it are asked nothing.
  const inner = await openDoors(t)
  const callers = new Map<string, Promise<Caller>>()
  const once = (key: readonly unknown[], make: () => Promise<Caller>): Promise<Caller> => {
    const name = JSON.stringify(key)
    const caller = callers.get(name) ?? make()
    callers.set(name, caller)
    return caller
  }
  return {
    app: inner.app,
    signIn: (unit, roles, subjectId) => once([unit, roles, subjectId], () => inner.signIn(unit, roles, subjectId)),
    signInAnew: inner.signIn,
    program: unit => once(['program', unit], () => inner.program(unit)),
    receiverProgram: unit => once(['receiver', unit], () => inner.receiverProgram(unit)),
    renew: () => callers.clear(),
    ask: (door, caller, asked) => askReal(at[door], caller, asked),
    close: async () => {
      await inner.close()
      await Promise.all(started.map(ended))
    },
  }
}

function startDoor(settings: DoorSettings, started: ChildProcess[]): Promise<void> {
  const door = fork(join(ROOT, 'src/main.ts'), ['door', settings.door], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  started.push(door)
  return new Promise((resolve, reject) => {
    door.on('message', message => {
      if ((message as { asks?: boolean }).asks) door.send(settings)
      if ((message as { ready?: boolean }).ready) resolve()
    })
    door.once('exit', code => reject(new Error(`the ${settings.door} door ended with ${code}`)))
  })
}

function ended(door: ChildProcess): Promise<void> {
  if (door.exitCode !== null || door.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    door.once('exit', () => resolve())
    door.kill('SIGTERM')
  })
}

/** Every request comes from an address of its own: how often one address may ask is not what is asked here. */
let asker = 0
const nextAddress = (): string => {
  asker += 1
  return `10.${(asker >> 16) & 255}.${(asker >> 8) & 255}.${asker & 255}`
}

async function askReal(address: string, { headers }: Caller, asked: Asked): Promise<RealAnswer> {
  const body = asked.payload === undefined ? null : JSON.stringify(asked.payload)
  const type = body === null ? {} : { 'content-type': 'application/json' }
  const answer = await fetch(new URL(asked.url, address), {
    ...{ method: asked.method ?? 'GET', body, redirect: 'manual' },
    headers: { ...type, 'x-forwarded-for': nextAddress(), ...headers, ...asked.headers },
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.ok(answer.status < 500, `${asked.url}: ${answer.status} ${bytes}`)
  return {
    ...{ statusCode: answer.status, body: bytes.toString(), bytes, headers: answer.headers },
    json: <T>() => JSON.parse(bytes.toString()) as T,
  }
}
