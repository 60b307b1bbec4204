import { fork } from 'node:child_process'
import { join } from 'node:path'

/** Another process of a test, that does what it is told and answers. */
export type TestChild<Order> = { ask<T = unknown>(order: Order): Promise<T>; stop(): Promise<void> }

/** Starts a file of this folder as a process of its own. */
export function startChild<Order>(file: string): TestChild<Order> {
  const child = fork(join(import.meta.dirname, file), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let last = 0
  child.on('message', (answer: { id: number; value?: unknown; error?: string }) => {
    const one = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error === undefined) one?.resolve(answer.value)
    else one?.reject(new Error(answer.error))
  })
  child.on('exit', code => {
    for (const one of waiting.values()) one.reject(new Error(`${file} ended with ${code}`))
  })
  return {
    ask: order =>
      new Promise((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve: resolve as (value: unknown) => void, reject })
        child.send({ id: last, order })
      }),
    stop: () =>
      new Promise(resolve => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.disconnect()
      }),
  }
}
