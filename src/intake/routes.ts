import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, isProgram, seesAllUnits } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { DeliveryId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import type { StoredFile } from '../files/store.ts'
import { serve } from '../http/serve.ts'
import { partsOf } from '../http/upload.ts'
import { bindWaiting } from '../matching/routes.ts'
import * as doors from './contract.ts'
import { type DeliveryRow, getDelivery, listDeliveries } from './delivery-store.ts'
import type { Channel } from './model.ts'
import { punctuality } from './punctuality.ts'
import { receiveDelivery } from './receive.ts'
import { templateBytes } from './templates.ts'
import { deliveryView, listFaults, listWarnings, refusedFile } from './views.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const MEDIA: Readonly<Record<string, { type: string; ending: string }>> = {
  xlsx: { type: XLSX, ending: 'xlsx' },
  csv: { type: 'text/csv', ending: 'csv' },
  json: { type: 'application/json', ending: 'json' },
  ndjson: { type: 'application/x-ndjson', ending: 'ndjson' },
}
const LOOK_AGAIN_MS = 100

/** Binds the doors of intake. */
export function bindIntake(http: FastifyInstance, app: App): void {
  serve(http, app, doors.sendDelivery, async ({ actor, query, request, reply }) => {
    const sending = await readSending(app, request)
    const channel: Channel = isProgram(actor) ? 'api' : 'console'
    const delivery = await receiveDelivery(app, actor, {
      source: sending.source,
      channel,
      fileName: sending.fileName,
      content: sending.stored,
    })
    const row = query.wait ? await waitFor(app, delivery.deliveryId, query.wait) : await getDelivery(app.db, delivery.deliveryId)
    if (row.state === 'settled' || row.state === 'refused') reply.code(201)
    return await deliveryView(app, row)
  })
  serve(http, app, doors.listDeliveriesDoor, async ({ actor, query }) => {
    const rows = await listDeliveries(app.db, seesAllUnits(actor) ? null : actor.unit, query.before ?? null, query.limit)
    return {
      deliveries: await Promise.all(rows.map(row => deliveryView(app, row))),
      next: rows.length === query.limit ? (rows.at(-1)?.deliveryId ?? null) : null,
    }
  })
  serve(http, app, doors.getDeliveryDoor, async ({ actor, params }) =>
    deliveryView(app, await ownDelivery(app, actor, params.deliveryId)),
  )
  serve(http, app, doors.listFaults, async ({ actor, params, query }) =>
    listFaults(app, actor, await ownDelivery(app, actor, params.deliveryId), query),
  )
  serve(http, app, doors.listWarnings, async ({ actor, params, query }) =>
    listWarnings(app, actor, await ownDelivery(app, actor, params.deliveryId), query),
  )
  serve(http, app, doors.getRefusals, async ({ actor, params, reply }) => {
    const delivery = await ownDelivery(app, actor, params.deliveryId)
    const { format, bytes } = await refusedFile(app, actor, delivery)
    const media = MEDIA[format.kind] ?? { type: 'application/octet-stream', ending: 'dat' }
    return sendFile(
      reply,
      bytes,
      'encoding' in format ? `${media.type}; charset=${format.encoding}` : media.type,
      `待改-${params.deliveryId}.${media.ending}`,
    )
  })
  serve(http, app, doors.listSources, async ({ actor }) => ({
    sources: [...app.law.sources.values()]
      .filter(source => seesAllUnits(actor) || source.unit === actor.unit)
      .map(source => sourceView(app, source)),
  }))
  serve(http, app, doors.getTemplate, async ({ actor, params, query, reply }) => {
    const bytes = templateBytes(app, query.format, params.item, query.unit ?? actor.unit)
    return sendFile(
      reply,
      bytes,
      query.format === 'xlsx' ? XLSX : 'text/csv; charset=utf-8',
      `模板-${params.item}.${query.format}`,
    )
  })
  serve(http, app, doors.listPunctuality, async ({ query }) => punctuality(app, query))
  bindWaiting(http, app)
}

function sourceView(
  app: App,
  source: { source: string; name: string; unit: string; item: string },
): { source: string; name: string; unit: string; unitName: string; item: string; itemName: string } {
  const item = app.law.items.get(source.item)?.at(-1)
  return {
    source: source.source,
    name: source.name,
    unit: source.unit,
    unitName: app.law.units.get(source.unit)?.name ?? source.unit,
    item: source.item,
    itemName: item?.name ?? source.item,
  }
}

/** A unit sees its own deliveries; to others they do not exist. */
async function ownDelivery(app: App, actor: Actor, deliveryId: DeliveryId): Promise<DeliveryRow> {
  const row = await getDelivery(app.db, deliveryId)
  if (!seesAllUnits(actor) && row.unit !== actor.unit) throw new NotAllowed('source.of-another-unit')
  return row
}

type Sent = { readonly source: string; readonly fileName: string; readonly stored: StoredFile }

/** `source` may stand before or behind `file`, so the file goes into the store while the rest of the form is still on its way. */
async function readSending(app: App, request: FastifyRequest): Promise<Sent> {
  if (!request.isMultipart()) throw new Refusal('delivery.not-multipart', null, {}, 400)
  let source = (request.query as { source?: unknown }).source
  let file: { fileName: string; stored: StoredFile } | null = null
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      if (part.fieldname === 'source') source = part.value
    } else if (part.fieldname === 'file' && !file) {
      const stored = await app.files.put(part.file)
      if (part.file.truncated) throw new Refusal('file.too-large', null, {}, 413)
      file = { fileName: part.filename, stored }
    } else part.file.resume()
  }
  if (!file) throw new Refusal('delivery.no-file', null, {}, 400)
  if (typeof source !== 'string' || source === '') throw new Refusal('delivery.no-source', null, {}, 400)
  return { source: source.trim(), ...file }
}

async function waitFor(app: App, deliveryId: DeliveryId, seconds: number): Promise<DeliveryRow> {
  const until = Date.now() + seconds * 1000
  for (;;) {
    const row = await getDelivery(app.db, deliveryId)
    if (row.state === 'settled' || row.state === 'refused' || Date.now() >= until) return row
    await sleep(LOOK_AGAIN_MS)
  }
}

/** Sends bytes as a download; the name is given in UTF-8 (RFC 5987). */
export function sendFile(reply: FastifyReply, bytes: AsyncIterable<Buffer>, type: string, name: string): FastifyReply {
  reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('cache-control', 'no-store')
    .type(type)
  return reply.send(Readable.from(bytes))
}
