import { type Runner, runOnce } from 'graphile-worker'
import type { App } from '../app.ts'
import { runSequencer } from '../ledger/sequence.ts'
import { quiet, runTasks } from '../queue/queue.ts'
import { requeueOpenDeliveries, taskHandlers } from '../tasks.ts'

export type Worker = { stop(): Promise<void> }

const FIGURES_EVERY_MS = 15_000
const UNUSUAL_EVERY_MS = 900_000
const FILES_EVERY_MS = 600_000
/** Asked for every hour, done once a legal day: a platform that is started anew every morning does it too. */
const RETENTION_EVERY_MS = 3_600_000

/** What happens by itself: queued tasks, the sequencer, the figures, the sweeping of settled files. One process of the platform does this. */
export async function startWorker(app: App): Promise<Worker> {
  const sequencer = runSequencer(app)
  await requeueOpenDeliveries(app)
  const runner: Runner = await runTasks(app.db, taskHandlers(app), 2)
  const later = (
    name:
      | 'refresh-figures'
      | 'renew-pages'
      | 'release-files'
      | 'forget-sign-ins'
      | 'end-retention'
      | 'find-unusual'
      | 'advance-notices'
      | 'run-clocks',
  ) => app.queue.enqueue(app.db, name, {}, { key: name }).catch(() => undefined)
  // The program, the words or the law may be new.
  await later('renew-pages')
  // What ended while the platform stood still.
  await later('run-clocks')
  const clocks = [
    setInterval(() => later('refresh-figures'), FIGURES_EVERY_MS),
    setInterval(() => later('renew-pages'), FILES_EVERY_MS),
    setInterval(() => later('release-files'), FILES_EVERY_MS),
    setInterval(() => later('forget-sign-ins'), FILES_EVERY_MS),
    setInterval(() => later('end-retention'), RETENTION_EVERY_MS),
    setInterval(() => later('find-unusual'), UNUSUAL_EVERY_MS),
    setInterval(() => later('advance-notices'), FILES_EVERY_MS),
    setInterval(() => later('run-clocks'), FILES_EVERY_MS),
  ]
  return {
    stop: async () => {
      for (const clock of clocks) clearInterval(clock)
      await runner.stop()
      await sequencer.stop()
    },
  }
}

/** Runs every task that waits, here and now, then sequences: for commands without a running platform. */
export async function drainTasks(app: App): Promise<void> {
  const handlers = taskHandlers(app)
  const taskList = Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [name, (payload: unknown) => handle(payload as never)]),
  )
  await runOnce({
    pgPool: app.db.pool,
    taskList,
    noHandleSignals: true,
    schema: 'graphile_worker',
    logger: quiet(),
    concurrency: 2,
  })
  const sequencer = runSequencer(app)
  await sequencer.drain()
  await sequencer.stop()
}
