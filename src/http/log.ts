import type { Server } from 'node:http'
import { type FastifyHttpOptions, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { ROOT } from '../base/root.ts'

/*
 * What a door writes down: one JSON object a line, UTC, to its standard output. Refusals at the door and faults; never an address with its
 * query, never a body, a header, a cookie or a value of a row (principle 2). What people did stands in the register of acts and looks.
 */

/** Of the driver's errors: what tells where it happened. Their message, detail and hint quote values. */
const DRIVER_FACTS = ['code', 'schema', 'table', 'column', 'constraint', 'routine', 'severity'] as const
const FRAME = /^\s+at .*/
const MOST_FRAMES = 20
const SQLSTATE = /^[0-9A-Z]{5}$/

type Told = { readonly [fact: string]: unknown }
type ToldError = { [fact: string]: unknown; type: string; message: string; stack: string }

/** An error as it may be written down: its kind, its code and where it came from. A message only where no input can stand in it. */
export function tellError(error: unknown): ToldError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const known = error as Error & Readonly<Record<string, unknown>>
  const facts = Object.fromEntries(DRIVER_FACTS.flatMap(name => (typeof known[name] === 'string' ? [[name, known[name]]] : [])))
  const frames = (error.stack ?? '').split('\n').filter(line => FRAME.test(line))
  const place = frames.slice(0, MOST_FRAMES).map(line => line.trim().replaceAll(`file://${ROOT}/`, '').replaceAll(`${ROOT}/`, ''))
  return { type: error.name, ...facts, message: mayQuote(known) ? '' : error.message, stack: place.join('\n') }
}

/** Errors of the driver, of parsers and of checks quote what they were given. */
function mayQuote(error: Error & Readonly<Record<string, unknown>>): boolean {
  const { code } = error
  if (typeof code === 'string' && SQLSTATE.test(code)) return true
  return error instanceof SyntaxError || error instanceof RangeError || error instanceof URIError || error.name === 'ZodError'
}

function tellRequest(request: FastifyRequest): Told {
  return { method: request.method, route: request.routeOptions?.url }
}

/** Options of a door's logger. `level`: from which level on it writes; `to`: where the lines go, its standard output unless a test reads them. */
export function logOf(level: string, to?: LogLines): Pick<FastifyHttpOptions<Server>, 'logger' | 'logController'> {
  return {
    logController: new LogController({ disableRequestLogging: true }),
    logger: {
      level,
      ...(to ? { stream: to } : {}),
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      base: { pid: process.pid },
      serializers: { req: tellRequest, err: tellError, res: reply => ({ status: reply.statusCode }) },
    },
  }
}

/** Takes a line of the log with its line feed. */
export type LogLines = { write(line: string): void }

const senders = new WeakMap<FastifyRequest, string>()

/** Remembers who sent a request (`account:7`), for what is written down of it. */
export function noteActor(request: FastifyRequest, actorId: string): void {
  senders.set(request, actorId)
}

/** Who may not, who sends what no honest program sends, who comes too often. What was not found is counted by the quota, not told. */
const REFUSED_AT_DOOR = new Set([400, 401, 403, 405, 409, 413, 415, 422, 429])

/** Writes a refusal at the door down: who (by number), where, which; an unexpected fault with its cause. */
export function noteProblem(
  request: FastifyRequest,
  problem: { readonly status: number; readonly code: string; readonly id?: string },
  error: unknown,
): void {
  const { url: route } = request.routeOptions
  if (problem.status >= 500) request.log.error({ err: error, fault: problem.id, route }, 'unexpected fault')
  else if (REFUSED_AT_DOOR.has(problem.status))
    request.log.info(
      {
        event: 'refused',
        code: problem.code,
        status: problem.status,
        method: request.method,
        route,
        actor: senders.get(request) ?? null,
      },
      'refused at the door',
    )
}

/** Tells the sender of too many requests when to come again. */
export function hurryBack(reply: FastifyReply, status: number): void {
  if (status === 429 && !reply.hasHeader('retry-after')) reply.header('retry-after', '60')
}
