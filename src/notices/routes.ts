import type { FastifyInstance, FastifyReply } from 'fastify'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { serve } from '../http/serve.ts'
import { readOwnAddress, setAddress } from './address.ts'
import * as doors from './contract.ts'
import type { NoticeKey } from './model.ts'
import { printNotices } from './print.ts'
import * as proofs from './proof.ts'
import { servedOn } from './serve.ts'
import { findOwn, listOwnNotices, listUnitNotices, readOwnFile, readOwnNotice, readUnitNotice } from './views.ts'

/** The doors of letters: a subject's own, and those of the unit that serves. */
export function bindNotices(http: FastifyInstance, app: App): void {
  bindOwn(http, app)
  const served = async ({ subjectId, noticeId }: NoticeKey) => ({ servedOn: await servedOn(app.db, subjectId, noticeId) })
  serve(http, app, doors.listOfUnit, ({ actor, query }) => listUnitNotices(app, actor, query))
  serve(http, app, doors.getNotice, ({ actor, params }) => readUnitNotice(app, actor, params))
  serve(http, app, doors.openNotice, async ({ actor, params }) => {
    await proofs.openUnitNotice(app, actor, params)
    return await served(params)
  })
  serve(http, app, doors.recordProof, async ({ actor, params, input }) => {
    await proofs.recordProof(app, actor, params, { ...input, on: day(input.on) })
    return await served(params)
  })
  serve(http, app, doors.recordPublication, async ({ actor, params, input }) => {
    await proofs.recordPublication(app, actor, params, input)
    return await served(params)
  })
  serve(http, app, doors.printNotices, async ({ actor, input, reply }) => {
    const keys = input.notices.map(one => ({ subjectId: one.subjectId as SubjectId, noticeId: one.noticeId }))
    return sendFile(reply, 'letters.pdf', await printNotices(app, actor, keys))
  })
}

function bindOwn(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listOwn, ({ actor, query }) => listOwnNotices(app, actor, query))
  serve(http, app, doors.getAddress, ({ actor }) => readOwnAddress(app, actor))
  serve(http, app, doors.setAddress, async ({ actor, input }) => {
    await setAddress(app, actor, input)
    return { kept: true }
  })
  serve(http, app, doors.getOwn, ({ actor, params }) => readOwnNotice(app, actor, params.noticeId))
  serve(http, app, doors.openOwn, async ({ actor, params }) => {
    const { key, group } = await findOwn(app, actor, params.noticeId)
    await proofs.openNotice(app, actor, key, group)
    return { servedOn: await servedOn(app.db, key.subjectId, key.noticeId) }
  })
  serve(http, app, doors.getOwnFile, async ({ actor, params, reply }) =>
    sendFile(reply, `notice-${params.noticeId}.pdf`, await readOwnFile(app, actor, params.noticeId)),
  )
}

function sendFile(reply: FastifyReply, name: string, pdf: Buffer): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}"`)
    .type('application/pdf')
    .send(pdf)
}
