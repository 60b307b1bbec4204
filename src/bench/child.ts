import { fork } from 'node:child_process'
import { openApiDoor } from '../platform/api-door.ts'
import { openPortalDoor } from '../platform/portal-door.ts'
import { bareDoor, barePage } from './bare-routes.ts'
import { NOW, openBenchApp, type Settings } from './place.ts'
import { type Sent, sendFile } from './send-file.ts'
import { type Staged, stageFile } from './stage-file.ts'

/*
 * Each measured side runs in a process of its own, so that one's memory and garbage are never the other's.
 */

export type Task = Settings & {
  readonly task: 'send' | 'stage' | 'portal' | 'api' | 'bare-page' | 'bare-door'
  readonly path?: string
  readonly source?: string
}

type Answer = { readonly ready?: boolean; readonly port?: number; readonly result?: unknown }
export type OpenSide = { readonly address: string; close(): Promise<void> }

/** Runs a task to its end in a process of its own; what it answers. */
export function runChild(task: Task & { task: 'send' }): Promise<Sent>
export function runChild(task: Task & { task: 'stage' }): Promise<Staged>
export async function runChild(task: Task): Promise<unknown> {
  const child = fork(import.meta.filename)
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => (code === 0 ? resolve() : reject(new Error(`the measured process ended with ${code}`))))
  })
  let result: unknown
  child.on('message', (answer: Answer) => {
    if (answer.ready) child.send(task)
    else result = answer.result
  })
  await ended
  return result
}

/** Opens a side that listens, in a process of its own. */
export async function openSide(task: Task): Promise<OpenSide> {
  const child = fork(import.meta.filename)
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the measured process ended with ${code}`)))
    child.on('message', (answer: Answer) => {
      if (answer.ready) child.send(task)
      if (answer.port) resolve(answer.port)
    })
  })
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

async function perform(task: Task): Promise<void> {
  const { path = '', source = '' } = task
  if (task.task === 'send' || task.task === 'stage') {
    const result = await (task.task === 'send' ? sendFile(task, path, source) : stageFile(task, path, source))
    process.send?.({ result }, () => process.exit(0))
    return
  }
  const http = await openListener(task)
  const address = await http.listen({ port: 0, host: '127.0.0.1' })
  process.send?.({ port: Number(new URL(address).port) })
}

async function openListener(task: Task) {
  switch (task.task) {
    case 'bare-page':
      return barePage(task.databases.app)
    case 'bare-door':
      return bareDoor(task.databases.app)
    case 'api':
      return await openApiDoor(await openBenchApp(task))
    default: {
      const { openLaw } = await import('./law-only.ts')
      return await openPortalDoor({
        databaseUrl: task.databases.app,
        apiUrl: 'http://127.0.0.1:9',
        publicUrl: 'http://127.0.0.1',
        // One address asks for all of it, within a minute that does not end.
        law: { ...openLaw(), quotas: new Map() },
        now: () => NOW,
      })
    }
  }
}

if (import.meta.main) {
  // The leash of a started program lets go of the channel; here it is what is waited for.
  process.channel?.ref()
  process.once('message', (task: Task) => void perform(task))
  process.send?.({ ready: true })
}
