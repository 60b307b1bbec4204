import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import type { Database, Tx } from '../db/database.ts'

/* Tasks in PostgreSQL (graphile-worker): enqueued in the transaction of the change, delivered as often as it takes. */

/** Every task by name, with what it is told. Bound to commands in `src/<folder>/tasks.ts`. */
export type Tasks = {
  'settle-delivery': { deliveryId: number }
  'publish-subjects': { subjectIds: number[] }
  'refresh-figures': Record<string, never>
  'renew-pages': Record<string, never>
  'release-files': Record<string, never>
  'complete-receivers': QueuedWithdrawals
  'corrections-confirmed': { subjectId: number; caseId: number }
  'end-retention': Record<string, never>
  'find-unusual': Record<string, never>
  'forget-sign-ins': Record<string, never>
  'render-notice': { subjectId: number; noticeId: number }
  'send-notice': { subjectId: number; noticeId: number; serial: string; channel: 'sms' | 'email' }
  'advance-notices': Record<string, never>
  'run-clocks': Record<string, never>
  'ground-gone': { subjectId: number; caseId: number }
  'case-opened': { subjectId: number; caseId: number }
  'notice-served': { subjectId: number; caseId: number; template: string }
}
/** Records that one change took away, whose receivers are looked for once more when every read that began before it is over. */
export type QueuedWithdrawals = {
  readonly actId: number
  readonly batchId: number
  readonly at: string
  /** What is left out is as usual: no case, its own subject's reports alone, since it is known. */
  readonly taken: readonly {
    readonly correctionId: number
    readonly subjectId: number
    readonly recordIds: readonly number[]
    readonly cause: string
    readonly caseId?: number
    readonly shownUnder?: readonly number[]
    readonly since?: string
  }[]
}

export type TaskName = keyof Tasks

export type Queue = {
  /** In the transaction of the change. `key`: a waiting task of the same key is replaced, not doubled. `afterSeconds`: not before. */
  enqueue<Name extends TaskName>(
    tx: Pick<Tx, 'run'>,
    name: Name,
    told: Tasks[Name],
    options?: { key?: string; after?: string; afterSeconds?: number },
  ): Promise<void>
}

export const queue: Queue = {
  async enqueue(tx, name, told, options = {}) {
    await tx.run({
      name: 'enqueue-task',
      text: "select graphile_worker.add_job($1, payload := $2::json, queue_name := $3, job_key := $4, job_key_mode := 'replace', run_at := clock_timestamp() + make_interval(secs => $5))",
      values: [name, JSON.stringify(told), options.after ?? null, options.key ?? null, options.afterSeconds ?? 0],
    })
  },
}

export type TaskHandlers = { [Name in TaskName]: (told: Tasks[Name]) => Promise<void> }

/** Runs tasks until stopped. One process of the platform does this: what one that died still held is given back, or it would wait four hours. */
export async function runTasks(database: Database, handlers: TaskHandlers, concurrency: number): Promise<Runner> {
  await database.run({
    text: 'select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))',
  })
  const taskList: TaskList = {}
  for (const [name, handle] of Object.entries(handlers)) taskList[name] = payload => handle(payload as never)
  return await run({
    pgPool: database.pool,
    taskList,
    concurrency,
    noHandleSignals: true,
    noPreparedStatements: false,
    pollInterval: 2000,
    schema: 'graphile_worker',
    logger: quiet(),
  })
}

/** Only what a person must act on: failed tasks. */
export function quiet(): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') process.stderr.write(`task: ${message}\n`)
  })
}
