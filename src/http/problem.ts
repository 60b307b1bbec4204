import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Facts, NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import type { Words } from '../words/words.ts'
import { type IssueView, issueViews } from './issues.ts'
import { hurryBack, noteProblem } from './log.ts'
import { isTornUpload } from './upload.ts'

/* The only translator from what was thrown to what a caller reads: RFC 9457 problem documents. */

export type Problem = {
  type: string
  title: string
  status: number
  code: string
  basis?: string | null
  facts?: Readonly<Record<string, unknown>>
  issues?: readonly IssueView[]
  id?: string
}

const NO_REGISTER = new Set(['42501', '53100', '53300', '57P03', '08006', '08001', 'ECONNREFUSED'])

/** PostgreSQL's answers to a zero character: no text that a person writes holds one, and the database takes none. */
const NOT_A_TEXT = new Set(['22021', '22P05'])

/** The problem document of anything thrown. `id` stands in the log beside the cause of an unexpected fault. */
export function problemOf(error: unknown, words: Words): Problem {
  const make = (status: number, code: string, more: Partial<Problem> = {}): Problem => ({
    type: `urn:mingxin:${code}`,
    title: words.say(code, named(words, more)),
    status,
    code,
    ...more,
  })
  if (error instanceof Refusal) return make(error.status, error.code, { basis: error.basis, facts: error.facts })
  if (error instanceof NotFound) return make(404, error.code)
  if (error instanceof NotAllowed)
    return make(error.status, error.code, error.message === error.code ? {} : { facts: { permission: error.message } })
  if (error instanceof z.ZodError) return make(400, 'input.invalid', { issues: issueViews(error.issues, words) })
  if (isTornUpload(error)) return make(400, 'delivery.torn')
  const known = error as Partial<FastifyError> & { code?: string }
  if (known.statusCode === 429) return make(429, 'rate.limited', { facts: { seconds: 60 } })
  if (known.statusCode === 413) return make(413, 'file.too-large')
  if (known.statusCode === 415) return make(415, 'request.media-type')
  if (typeof known.statusCode === 'number' && known.statusCode >= 400 && known.statusCode < 500)
    return make(known.statusCode, 'request.unreadable')
  if (known.code && NOT_A_TEXT.has(known.code)) return make(400, 'request.unreadable')
  if (known.code && NO_REGISTER.has(known.code)) return make(503, 'look.register-down', { id: randomUUID() })
  const id = randomUUID()
  return make(500, 'fault.unexpected', { id, facts: { id } })
}

/** The facts of a sentence as a person reads them: the article cited, the permission by its name. */
function named({ names }: Words, { basis, facts = {} }: Partial<Problem>): Facts {
  const { permission } = facts
  return {
    ...(basis ? { article: names.cite(basis) } : {}),
    ...(facts as Facts),
    ...(typeof permission === 'string' ? { permission: names.permission(permission) } : {}),
  }
}

/** Fastify's error handler. */
export function answerProblems(words: Words): (error: unknown, request: FastifyRequest, reply: FastifyReply) => void {
  return (error, request, reply) => {
    const problem = problemOf(error, words)
    noteProblem(request, problem, error)
    hurryBack(reply, problem.status)
    if (problem.code === 'program.token-over') reply.header('www-authenticate', 'Bearer error="invalid_token"')
    reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
  }
}
