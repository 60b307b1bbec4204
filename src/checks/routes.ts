import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireReason, type TypedReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { lookQuery } from '../archive/contract.ts'
import { Refusal } from '../base/refusal.ts'
import { serve } from '../http/serve.ts'
import { partsOf } from '../http/upload.ts'
import { type BatchPart, checkList } from './batch.ts'
import { csvAnswer, jsonAnswer, ndjsonAnswer } from './batch-answer.ts'
import { makeCheck } from './commands.ts'
import * as doors from './contract.ts'
import { type AskedList, listOfFile, listOfTexts } from './list.ts'

const LIST_BYTES = 64 * 1024 * 1024

/** The doors of the check. A batch arrives as a form with a file or pasted lines, as JSON, or as plain text. Needs @fastify/multipart. */
export function bindChecks(http: FastifyInstance, app: App): void {
  serve(http, app, doors.makeCheck, ({ actor, input }) => makeCheck(app, actor, input as Parameters<typeof makeCheck>[2]))
  serve(http, app, doors.makeBatchCheck, async ({ actor, query, request, reply }) => {
    const folder = await mkdtemp(join(tmpdir(), 'mingxin-check-'))
    // The list is on disk until the last part is sent, whether or not the caller stays that long.
    reply.raw.once('close', () => rm(folder, { recursive: true, force: true }))
    const sent = await readBatch(app, request, folder)
    const reason = requireReason({ ...query, ...sent.reason })
    return await sendParts(app, request, reply, sent.list, checkList(app, actor, reason, sent.list))
  })
}

type Sent = { readonly list: AskedList; readonly reason: TypedReason }

const JsonBatch = z.strictObject({ subjects: z.array(z.string().max(300)), ...lookQuery })
const FIELDS = ['purpose', 'businessNo', 'basis'] as const

async function readBatch(app: App, request: FastifyRequest, folder: string): Promise<Sent> {
  if (request.isMultipart()) return await readForm(app, request, folder)
  if (typeof request.body === 'string') return { list: await listOfTexts(request.body.split(/\r\n|\n|\r/)), reason: {} }
  const { subjects, ...reason } = JsonBatch.parse(request.body)
  return { list: await listOfTexts(subjects), reason: given(reason) }
}

function given(fields: Readonly<Record<string, string | undefined>>): Sent['reason'] {
  return Object.fromEntries(FIELDS.flatMap(name => (fields[name] ? [[name, fields[name]]] : [])))
}

async function readForm(app: App, request: FastifyRequest, folder: string): Promise<Sent> {
  const fields: Record<string, string> = {}
  let path: string | null = null
  for await (const part of partsOf(request, { fileSize: LIST_BYTES, files: 1, fieldSize: 20 * 1024 * 1024 })) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value)
      continue
    }
    path = join(folder, 'list')
    await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
    if (part.file.truncated) throw new Refusal('file.too-large', null, {}, 413)
  }
  if (path !== null) return { list: await listOfFile(path, app.city.inventedPrefixes), reason: given(fields) }
  return { list: await listOfTexts((fields.subjects ?? '').split(/\r\n|\n|\r/)), reason: given(fields) }
}

/** Sends the parts in the form the caller accepts. The first part is settled before anything is sent: its refusal is a whole answer. */
async function sendParts(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  list: AskedList,
  parts: AsyncGenerator<BatchPart, void>,
): Promise<FastifyReply> {
  const accept = request.headers.accept ?? ''
  const first = await parts.next()
  const all = async function* (): AsyncGenerator<BatchPart> {
    if (!first.done) yield first.value
    yield* parts
  }
  reply.header('cache-control', 'no-store')
  if (accept.includes('application/x-ndjson'))
    return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(ndjsonAnswer(all(), list)))
  if (accept.includes('text/csv'))
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="check.csv"')
      .send(Readable.from(csvAnswer(all(), app.words)))
  return reply.type('application/json; charset=utf-8').send(Readable.from(jsonAnswer(all(), list)))
}
