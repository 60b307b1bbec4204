import { run } from 'node:test'
import { inspect } from 'node:util'

/*
 * Runs the files of one group and tells the starter what becomes of each test, over the channel between the two. A process of its own: a
 * test that ends its process ends this one and not the count.
 */

export type Told =
  | {
      readonly tell: 'test'
      readonly file: string
      readonly name: string
      readonly outcome: Outcome
      readonly ms: number
      readonly fault: string
    }
  | { readonly tell: 'file'; readonly file: string; readonly ms: number }
  | { readonly tell: 'end' }
export type Outcome = 'passed' | 'failed' | 'skipped'

type Order = { readonly files: string[]; readonly isolation: 'none' | 'process'; readonly concurrency: number }

/** What both kinds of event say; a suite is a heading, a file in a process of its own counts as a test of its name. */
type Event = {
  readonly name: string
  readonly file?: string | undefined
  readonly skip?: string | boolean | undefined
  readonly todo?: string | boolean | undefined
  readonly details: {
    readonly duration_ms: number
    readonly type?: string | undefined
    readonly error?: Error & { failureType?: string; exitCode?: number | null; signal?: string | null }
  }
}

const order = JSON.parse(process.argv[2] ?? '') as Order
const isAlone = order.isolation === 'none'
const stream = run({ files: order.files, isolation: order.isolation, ...(isAlone ? {} : { concurrency: order.concurrency }) })

/** The end of what each file wrote to stderr; told with a failure of the file itself (it could not be loaded, or died). */
const said = new Map<string, string>()
const SAID_CHARACTERS = 4000

const tell = (told: Told): void => {
  process.send?.(told)
}

stream.on('test:pass', event => tellTest(event, event.skip || event.todo ? 'skipped' : 'passed'))
stream.on('test:fail', event => tellTest(event, event.todo ? 'skipped' : 'failed'))
stream.on('test:summary', event => {
  if (event.file) tell({ tell: 'file', file: event.file, ms: event.duration_ms })
})
stream.on('test:stderr', ({ file = '', message }) => said.set(file, `${said.get(file) ?? ''}${message}`.slice(-SAID_CHARACTERS)))
stream.on('end', () => tell({ tell: 'end' }))
stream.resume()

function tellTest(event: Event, outcome: Outcome): void {
  const { error, type, duration_ms: ms } = event.details
  // A suite counts for what stands in it; by itself it can only fail, in its hooks.
  if (type === 'suite' && (outcome !== 'failed' || error?.failureType === 'subtestsFailed')) return
  const fault = outcome === 'failed' && error ? inspect(error.cause ?? error, { depth: 4 }) : ''
  const isFile = event.name === event.file
  const whole = isFile && outcome === 'failed' ? `${said.get(event.name) ?? ''}${endOf(error)}${fault}` : fault
  tell({ tell: 'test', file: event.file ?? '', name: event.name, outcome, ms, fault: whole })
}

/** How the process of a file ended: a death by signal (the system's memory, say) leaves no word of its own. */
function endOf(error: Event['details']['error']): string {
  if (error?.signal) return `its process was ended by ${error.signal}\n`
  return error?.exitCode ? `its process ended with code ${error.exitCode}\n` : ''
}
