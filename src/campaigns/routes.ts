import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requireFresh } from '../access/fresh.ts'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { type AskedList, listOfFile, listOfTexts } from '../checks/list.ts'
import { serve } from '../http/serve.ts'
import { partsOf } from '../http/upload.ts'
import { sendBatch, workOff } from './batch.ts'
import { readBatch } from './batch-views.ts'
import { concludeCampaign } from './conclude.ts'
import * as doors from './contract.ts'
import { readLedger } from './government.ts'
import * as ledger from './ledger-contract.ts'
import { ledgerCsv } from './ledger-csv.ts'
import { readCodes } from './list-codes.ts'
import { openInCampaign } from './open-case.ts'
import { decideCampaign, proposeCampaign } from './propose.ts'
import { listCampaignCases, listCampaigns, readCampaign, readChoices } from './views.ts'

const LIST_BYTES = 4 * 1024 * 1024

/** The doors of campaigns and of the government's ledger. Needs @fastify/multipart. */
export function bindCampaigns(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listCampaigns, ({ actor, query }) => listCampaigns(app, actor, query))
  serve(http, app, doors.readChoices, ({ actor }) => readChoices(app, actor))
  serve(http, app, doors.proposeCampaign, ({ actor, input }) => proposeCampaign(app, actor, input))
  serve(http, app, doors.getCampaign, ({ actor, params }) => readCampaign(app, actor, params.campaignId))
  serve(http, app, doors.decideCampaign, async ({ actor, params, input }) => {
    requireFresh(app, actor)
    await decideCampaign(app, actor, params.campaignId, input.decision)
    return { decided: input.decision }
  })
  serve(http, app, doors.concludeCampaign, async ({ actor, params, input }) => {
    await concludeCampaign(app, actor, params.campaignId, input.summary)
    return { concluded: true as const }
  })
  serve(http, app, doors.openCampaignCase, ({ actor, params, input }) => openInCampaign(app, actor, params.campaignId, input))
  serve(http, app, doors.listCampaignCases, ({ actor, params, query }) => listCampaignCases(app, actor, params.campaignId, query))
  bindLists(http, app)
  serve(http, app, ledger.readLedger, ({ actor, query: { filter, after = null, limit } }) =>
    readLedger(app, actor, filter, { after, limit }),
  )
  serve(http, app, ledger.exportLedger, async ({ actor, query, reply }) => sendCsv(reply, ledgerCsv(app, actor, query.filter)))
}

function bindLists(http: FastifyInstance, app: App): void {
  serve(http, app, doors.readCodeList, async ({ request, reply }) => {
    const folder = await mkdtemp(join(tmpdir(), 'mingxin-codes-'))
    reply.raw.once('close', () => rm(folder, { recursive: true, force: true }))
    return { lines: await readCodes(app, await readList(app, request, folder)) }
  })
  serve(http, app, doors.sendBatch, ({ actor, params, input }) => sendBatch(app, actor, params.campaignId, input))
  serve(http, app, doors.workOffBatch, ({ actor, params, input }) => workOff(app, actor, params, input.atMost))
  serve(http, app, doors.getBatch, ({ actor, params }) => readBatch(app, actor, params))
}

/** A file (`file`), or pasted lines (`codes`). */
async function readList(app: App, request: FastifyRequest, folder: string): Promise<AskedList> {
  if (!request.isMultipart()) throw new Refusal('check.no-lines', null, {}, 422)
  let pasted = ''
  let path: string | null = null
  for await (const part of partsOf(request, { fileSize: LIST_BYTES, files: 1, fieldSize: LIST_BYTES })) {
    if (part.type === 'field') pasted = String(part.value)
    else {
      path = join(folder, 'list')
      await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
      if (part.file.truncated) throw new Refusal('file.too-large', null, {}, 413)
    }
  }
  if (path !== null) return await listOfFile(path, app.city.inventedPrefixes)
  return await listOfTexts(pasted.split(/[\r\n,，;；、\s]+/))
}

/** The first page is registered before anything is sent: its refusal is a whole answer. */
async function sendCsv(reply: FastifyReply, parts: AsyncGenerator<string>): Promise<FastifyReply> {
  const head = await parts.next()
  const first = await parts.next()
  const all = async function* (): AsyncGenerator<string> {
    if (!head.done) yield head.value
    if (!first.done) yield first.value
    yield* parts
  }
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="government-cases.csv"')
    .header('cache-control', 'no-store')
    .send(Readable.from(all()))
}
