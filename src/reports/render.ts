import { Worker } from 'node:worker_threads'
import { ReportModel } from './model.ts'
import type { RenderedReport } from './typesetter.ts'

export interface Renderer {
  /** One report as PDF/A-2a with its page count and a warning for each character printed otherwise than sent. Refuses (zod) a model that is none. */
  render(model: ReportModel): Promise<RenderedReport>
  /** Finishes what was asked, then ends the threads. */
  close(): Promise<void>
}

interface Job {
  report: ReportModel
  resolve(rendered: RenderedReport): void
  reject(reason: Error): void
}

type Answer = { pdf: Uint8Array; pages: number; warnings: string[] } | { failure: string }

/**
 * Threads that typeset reports, so that the HTTP loop never waits for one. Each holds one warm compiler (about 130 MB with its
 * fonts) and does one report at a time; the others wait in order. A thread that dies fails its report alone and is replaced.
 */
export function openRenderer({ workers = 1 }: { workers?: number } = {}): Renderer {
  if (!Number.isInteger(workers) || workers < 1 || workers > 16) throw new RangeError(`workers: 1 to 16, not ${workers}`)
  const pool = new Pool(workers)
  return {
    render: async model => {
      const report = ReportModel.parse(model)
      return new Promise((resolve, reject) => pool.ask({ report, resolve, reject }))
    },
    close: () => pool.close(),
  }
}

class Pool {
  readonly #size: number
  readonly #idle: Worker[] = []
  readonly #busy = new Map<Worker, Job>()
  readonly #waiting: Job[] = []
  #closed = false
  #drained: (() => void) | null = null

  constructor(size: number) {
    // Compilers are opened when the first report is asked for: most processes never print.
    this.#size = size
  }

  #start(): void {
    const worker = new Worker(new URL('./render-worker.ts', import.meta.url))
    worker.on('message', (answer: Answer) => this.#settle(worker, answer))
    worker.on('error', cause => this.#bury(worker, cause instanceof Error ? cause : new Error(String(cause))))
    this.#idle.push(worker)
  }

  ask(job: Job): void {
    if (this.#closed) job.reject(new Error('the renderer is closed'))
    else this.#waiting.push(job)
    this.#assign()
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#busy.size > 0 || this.#waiting.length > 0) await new Promise<void>(resolve => (this.#drained = resolve))
    await Promise.all(this.#idle.splice(0).map(worker => worker.terminate()))
  }

  #assign(): void {
    if (this.#waiting.length > 0 && this.#idle.length === 0 && this.#busy.size < this.#size) this.#start()
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const [worker, job] = [this.#idle.pop(), this.#waiting.shift()]
      if (!worker || !job) return
      this.#busy.set(worker, job)
      worker.postMessage(job.report)
    }
    if (this.#busy.size === 0 && this.#waiting.length === 0) this.#drained?.()
  }

  #settle(worker: Worker, answer: Answer): void {
    const job = this.#busy.get(worker)
    this.#busy.delete(worker)
    this.#idle.push(worker)
    if ('failure' in answer) job?.reject(new Error(answer.failure))
    else job?.resolve({ ...answer, pdf: Buffer.from(answer.pdf.buffer, answer.pdf.byteOffset, answer.pdf.byteLength) })
    this.#assign()
  }

  // The next job starts the successor. A thread that cannot open (a font is missing) so fails one job after another, never in a circle.
  #bury(worker: Worker, cause: Error): void {
    const job = this.#busy.get(worker)
    this.#busy.delete(worker)
    const idle = this.#idle.indexOf(worker)
    if (idle >= 0) this.#idle.splice(idle, 1)
    job?.reject(cause)
    this.#assign()
  }
}
