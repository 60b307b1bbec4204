import { type ChildProcess, fork } from 'node:child_process'
import { Refusal } from '../base/refusal.ts'
import type { Paper, RenderedReport } from './typesetter.ts'

/** What a typesetter tells: that it is open, a report set in type, or the flaw that kept it from being set. */
export type Answer = 'open' | { pdf: Uint8Array; pages: number; warnings: string[] } | { failure: string }

interface Job {
  report: Paper
  /** Typesetters that died of it. */
  deaths: number
  resolve(rendered: RenderedReport): void
  reject(reason: Error): void
}

// A typesetter may be the victim of a machine short of memory; a report of which two die in turn is the cause itself.
const MOST_DEATHS = 2
// The heap holds one report; the compiler's memory is not in it.
const OPTIONS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4', '--max-old-space-size=500']
// One thread a compiler: the machine's other cores are the other typesetters'. Nothing of our own environment goes along.
const ENVIRONMENT = { RAYON_NUM_THREADS: '1' }

/**
 * Processes of one program (`render-worker.ts`), at most `size`, opened as reports find the others busy: most programs never print. Processes
 * and not threads, because the compiler's cache is one for each process: two threads wait for each other in it, and a crash of its machine
 * code ends the process it is in. A typesetter gets a report only once it has told that it is open, so that no report waits for a start
 * while another typesetter is free.
 */
export class TypesetterPool {
  readonly #size: number
  readonly #program: URL
  readonly #opening = new Set<ChildProcess>()
  readonly #idle: ChildProcess[] = []
  readonly #busy = new Map<ChildProcess, Job>()
  readonly #waiting: Job[] = []
  #drained: (() => void) | null = null
  #closing: Promise<void> | null = null

  constructor(size: number, program: URL) {
    this.#size = size
    this.#program = program
  }

  /** Sets one report; refuses `report.not-set` when two typesetters died of it or none can open, and fails when the pool is closed. */
  typeset(report: Paper): Promise<RenderedReport> {
    if (this.#closing) return Promise.reject(new Error('the renderer is closed'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ report, deaths: 0, resolve, reject })
      this.#assign()
    })
  }

  /** Finishes what was asked, then ends every typesetter, those still opening too. */
  close(): Promise<void> {
    this.#closing ??= this.#end()
    return this.#closing
  }

  async #end(): Promise<void> {
    if (this.#busy.size + this.#waiting.length > 0) await new Promise<void>(resolve => (this.#drained = resolve))
    await Promise.all([...this.#idle.splice(0), ...this.#opening].map(endOf))
  }

  #assign(): void {
    this.#handOut()
    const missing = Math.min(this.#waiting.length - this.#opening.size, this.#size - this.#opening.size - this.#busy.size)
    for (let i = 0; i < missing; i++) this.#open()
    if (this.#busy.size + this.#waiting.length === 0) this.#drained?.()
  }

  #handOut(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const [setter, job] = [this.#idle.pop(), this.#waiting.shift()]
      if (!setter || !job) return
      this.#busy.set(setter, job)
      // One that cannot be reached any more is buried by its end.
      setter.send(job.report, fault => fault && setter.kill('SIGKILL'))
    }
  }

  #open(): void {
    const setter = fork(this.#program, {
      execArgv: OPTIONS,
      env: ENVIRONMENT,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    setter.on('message', (answer: Answer) => this.#hear(setter, answer))
    setter.on('error', cause => this.#bury(setter, cause))
    setter.on('exit', (code, signal) => this.#bury(setter, new Error(`a typesetter ended with ${signal ?? code}`)))
    this.#opening.add(setter)
  }

  #hear(setter: ChildProcess, answer: Answer): void {
    const job = this.#busy.get(setter)
    // An answer that comes after the end of its typesetter: it was buried, and its report is set by another.
    if (!job && !this.#opening.has(setter)) return
    this.#busy.delete(setter)
    this.#opening.delete(setter)
    this.#idle.push(setter)
    if (answer !== 'open') {
      if ('failure' in answer) job?.reject(new Error(answer.failure))
      else job?.resolve({ ...answer, pdf: Buffer.from(answer.pdf.buffer, answer.pdf.byteOffset, answer.pdf.byteLength) })
    }
    this.#assign()
  }

  #bury(setter: ChildProcess, cause: Error): void {
    const idle = this.#idle.indexOf(setter)
    if (idle >= 0) this.#idle.splice(idle, 1)
    const job = this.#busy.get(setter)
    if (job) this.#retry(job, cause)
    const wasOpening = this.#opening.delete(setter)
    // An error may be followed by an exit: the typesetter is no longer known then.
    if (!this.#busy.delete(setter) && !wasOpening && idle < 0) return
    if (wasOpening) {
      // While others work or open, the next report asked or set tries again. With none left, the report that waits longest pays for
      // each round of starts, so that a fault of all (a font is missing) ends in refusals and not in a circle.
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

function endOf(setter: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (setter.exitCode !== null || setter.signalCode !== null) return resolve()
    setter.once('exit', () => resolve())
    setter.kill('SIGKILL')
  })
}

function notSet(cause: Error): Refusal {
  const refusal = new Refusal('report.not-set', null, {}, 503)
  refusal.cause = cause
  return refusal
}
