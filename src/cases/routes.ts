import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import '@fastify/multipart'
import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { serve } from '../http/serve.ts'
import { partsOf } from '../http/upload.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { clockFigures } from './clock-figures.ts'
import * as commitments from './commitment-contract.ts'
import { readMatters, readSubjectMatters } from './commitment-matters.ts'
import * as doors from './contract.ts'
import { readDeclarationRules } from './declaration-contract.ts'
import { declarationRulesView } from './declaration-rules.ts'
import { ownKey } from './files-of.ts'
import { listMeasureOpenings } from './measure-contract.ts'
import { readMeasureOpenings } from './measure-openings.ts'
import { readOpenings } from './openings.ts'
import { keepPaper, LARGEST_PAPER } from './papers.ts'
import { readPaper } from './read-paper.ts'
import { requireFreshSecond } from './second-person.ts'
import * as own from './subject-contract.ts'
import { readCase, readOwnCase } from './views.ts'
import * as work from './work-contract.ts'
import { listOwnCases, listWork, workFigures } from './work-views.ts'

/** The doors of cases. Needs @fastify/multipart. */
export function bindCases(http: FastifyInstance, app: App): void {
  bindOwn(http, app)
  bindPromises(http, app)
  bindMeasureOpenings(http, app)
  serve(http, app, doors.listWork, ({ actor, query }) => listWork(app, actor, query))
  serve(http, app, work.workFigures, ({ actor, query }) => workFigures(app, actor, query))
  serve(http, app, doors.clockFigures, () => clockFigures(app))
  serve(http, app, doors.listOpenings, ({ actor }) => readOpenings(app, actor))
  serve(http, app, doors.openCaseAbout, async ({ actor, params, input }) => {
    const known = await app.db.row(sql`select subject_id from subject where subject_id = ${params.subjectId}`)
    if (!known) throw new NotFound('subject.unknown')
    return await openCase(app, actor, { ...params, ...input })
  })
  serve(http, app, doors.sendPaper, ({ actor, request }) => takePaper(app, actor, request))
  serve(http, app, doors.getCase, ({ actor, params }) => readCase(app, actor, params))
  serve(http, app, doors.stepCase, async ({ actor, params, input }) => {
    await requireFreshSecond(app, actor, params, input.act)
    return await takeStep(app, actor, params, input)
  })
  serve(http, app, doors.getPaper, async ({ actor, params, reply }) =>
    sendPaper(reply, await readPaper(app, actor, params, params.paperId)),
  )
}

function bindMeasureOpenings(http: FastifyInstance, app: App): void {
  serve(http, app, listMeasureOpenings, ({ actor, params, query }) => readMeasureOpenings(app, actor, params.subjectId, query))
}

function bindPromises(http: FastifyInstance, app: App): void {
  serve(http, app, readDeclarationRules, async () => declarationRulesView(app))
  serve(http, app, commitments.listMatters, async ({ query }) => readMatters(app, query.unit))
  serve(http, app, commitments.listSubjectMatters, ({ actor, params, query }) =>
    readSubjectMatters(app, actor, params.subjectId, query),
  )
}

function bindOwn(http: FastifyInstance, app: App): void {
  serve(http, app, own.listOwnCases, ({ actor, query }) => listOwnCases(app, actor, query))
  serve(http, app, own.openOwnCase, ({ actor, input }) => openCase(app, actor, { subjectId: ownOf(actor), ...input }))
  serve(http, app, own.sendOwnPaper, ({ actor, request }) => takePaper(app, actor, request))
  serve(http, app, own.getOwnCase, ({ actor, params }) => readOwnCase(app, actor, params.caseId))
  serve(http, app, own.stepOwnCase, async ({ actor, params, input }) =>
    takeStep(app, actor, await ownKey(app, actor, params.caseId), input),
  )
  serve(http, app, own.getOwnPaper, async ({ actor, params, reply }) =>
    sendPaper(reply, await readPaper(app, actor, await ownKey(app, actor, params.caseId), params.paperId)),
  )
}

function ownOf({ subjectId }: Actor): SubjectId {
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'case.lodge' })
  return subjectId
}

async function takePaper(app: App, actor: Actor, request: FastifyRequest): Promise<{ paperId: number; bytes: number }> {
  if (!request.isMultipart()) throw new Refusal('paper.missing', null, {}, 400)
  let taken: { paperId: number; bytes: number } | null = null
  for await (const part of partsOf(request, { fileSize: LARGEST_PAPER + 1, files: 1 })) {
    if (part.type !== 'file') continue
    const bytes = await part.toBuffer()
    taken ??= await keepPaper(app, actor, bytes, part.filename)
  }
  if (!taken) throw new Refusal('paper.missing', null, {}, 400)
  return taken
}

type Paper = { readonly bytes: Buffer; readonly media: string; readonly name: string }

/** Shown as what it is and nothing else: a browser neither guesses nor runs it. */
function sendPaper(reply: FastifyReply, { bytes, media, name }: Paper): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .type(media)
    .send(bytes)
}
