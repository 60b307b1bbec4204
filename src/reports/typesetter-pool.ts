import { Worker } from 'node:worker_threads'
import { Refusal } from '../base/refusal.ts'
import type { ReportModel } from './model.ts'
import type { RenderedReport } from './typesetter.ts'

/** What a thread tells: that it is open, a report set in type, or the flaw that kept it from being set. */
export type Answer = 'open' | { pdf: Uint8Array; pages: number; warnings: string[] } | { failure: string }

interface Job {
  report: ReportModel
  /** Threads that died of it. */
  deaths: number
  resolve(rendered: RenderedReport): void
  reject(reason: Error): void
}

// A thread may die of its neighbours' appetite for memory; a report of which two die in turn is the cause itself.
const MOST_DEATHS = 2

/**
 * Threads of one program (`render-worker.ts`), at most `size`, opened as reports find the others busy: most processes never print.
 * A thread gets a report only once it has told that it is open, so that none waits for a start while another thread is free.
 */
export class TypesetterPool {
  readonly #size: number
  readonly #program: URL
  readonly #opening = new Set<Worker>()
  readonly #idle: Worker[] = []
  readonly #busy = new Map<Worker, Job>()
  readonly #waiting: Job[] = []
  #drained: (() => void) | null = null
  #closing: Promise<void> | null = null

  constructor(size: number, program: URL) {
    this.#size = size
    this.#program = program
  }

  /** Sets one report; refuses `report.not-set` when two threads died of it or no thread can open, and fails when the pool is closed. */
  typeset(report: ReportModel): Promise<RenderedReport> {
    if (this.#closing) return Promise.reject(new Error('the renderer is closed'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ report, deaths: 0, resolve, reject })
      this.#assign()
    })
  }

  /** Finishes what was asked, then ends every thread, those still opening too. */
  close(): Promise<void> {
    this.#closing ??= this.#end()
    return this.#closing
  }

  async #end(): Promise<void> {
    if (this.#busy.size + this.#waiting.length > 0) await new Promise<void>(resolve => (this.#drained = resolve))
    await Promise.all([...this.#idle.splice(0), ...this.#opening].map(worker => worker.terminate()))
  }

  #assign(): void {
    this.#handOut()
    const missing = Math.min(this.#waiting.length - this.#opening.size, this.#size - this.#opening.size - this.#busy.size)
    for (let i = 0; i < missing; i++) this.#open()
    if (this.#busy.size + this.#waiting.length === 0) this.#drained?.()
  }

  #handOut(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const [worker, job] = [this.#idle.pop(), this.#waiting.shift()]
      if (!worker || !job) return
      this.#busy.set(worker, job)
      worker.postMessage(job.report)
    }
  }

  #open(): void {
    const worker = new Worker(this.#program)
    worker.on('message', (answer: Answer) => this.#hear(worker, answer))
    worker.on('error', cause => this.#bury(worker, cause instanceof Error ? cause : new Error(String(cause))))
    // A thread can end without an error, too.
    worker.on('exit', code => this.#bury(worker, new Error(`a typesetter ended with code ${code}`)))
    this.#opening.add(worker)
  }

  #hear(worker: Worker, answer: Answer): void {
    const job = this.#busy.get(worker)
    this.#busy.delete(worker)
    this.#opening.delete(worker)
    this.#idle.push(worker)
    if (answer !== 'open') {
      if ('failure' in answer) job?.reject(new Error(answer.failure))
      else job?.resolve({ ...answer, pdf: Buffer.from(answer.pdf.buffer, answer.pdf.byteOffset, answer.pdf.byteLength) })
    }
    this.#assign()
  }

  #bury(worker: Worker, cause: Error): void {
    const idle = this.#idle.indexOf(worker)
    if (idle >= 0) this.#idle.splice(idle, 1)
    const job = this.#busy.get(worker)
    if (job) this.#retry(job, cause)
    const wasOpening = this.#opening.delete(worker)
    // An error is followed by an exit: the thread is no longer known then.
    if (!this.#busy.delete(worker) && !wasOpening && idle < 0) return
    if (wasOpening) {
      // While other threads work or open, the next report asked or set tries again. With none left, the report that waits longest
      // pays for each round of starts, so that a fault of all (a font is missing) ends in refusals and not in a circle.
      if (this.#busy.size + this.#opening.size > 0) return
      this.#waiting.shift()?.reject(notSet(cause))
    }
    this.#assign()
  }

  #retry(job: Job, cause: Error): void {
    job.deaths += 1
    if (job.deaths < MOST_DEATHS) this.#waiting.unshift(job)
    else job.reject(notSet(cause))
  }
}

function notSet(cause: Error): Refusal {
  const refusal = new Refusal('report.not-set', null, {}, 503)
  refusal.cause = cause
  return refusal
}
