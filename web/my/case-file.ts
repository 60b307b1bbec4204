import type { FastifyInstance, FastifyReply } from 'fastify'
import { may } from '../../src/access/actor.ts'
import { NotAllowed, NotFound } from '../../src/base/refusal.ts'
import { ownKey } from '../../src/cases/files-of.ts'
import { readOwnRecords } from '../../src/cases/own-records.ts'
import { readPaper } from '../../src/cases/read-paper.ts'
import { icsOf } from '../../src/legal-clock/ics.ts'
import { caseIdOf, readOwn } from './case.ts'
import type { Site, Visit } from './page.ts'
import { repairFrom } from './repair-start.ts'

/* Files of a case: a last day for the subject's own calendar, and papers as they were handed in. */

export function bindCaseFiles(part: FastifyInstance, site: Site, visitOf: (request: unknown) => Visit): void {
  const allowed = (request: unknown): Visit => {
    const visit = visitOf(request)
    if (!may(visit.actor, 'case.lodge')) throw Object.assign(new NotAllowed('mandate.not-covered'), { message: 'case.lodge' })
    return visit
  }
  part.get('/cases/:caseId/due/:file', async (request, reply) => {
    const visit = allowed(request)
    const view = await readOwn(visit)
    const clock = view.clocks.find(one => `${one.clock}-${one.runNo}.ics` === visit.params['file'])
    if (!clock?.sheet.ics) throw new NotFound('page.not-found')
    return give(site, reply, `${view.number}.ics`).type('text/calendar; charset=utf-8').send(clock.sheet.ics)
  })
  part.get('/repairs/:recordId/from.ics', async (request, reply) => {
    const visit = allowed(request)
    const { records } = await readOwnRecords(site.app, visit.actor)
    const own = records.find(({ record }) => String(record.recordId) === visit.params['recordId'])
    const from = own && repairFrom(site, own)
    if (!own || !from) throw new NotFound('page.not-found')
    const number = `XF-${own.record.recordId}`
    const ics = icsOf({
      uid: `${number}@${site.app.city.city}.mingxin`,
      revision: 0,
      on: from,
      title: site.say('my.repair-from', { item: own.item.name }),
      details: site.say('my.repair-from-text', { from }),
      madeAt: site.app.now(),
    })
    return give(site, reply, `${number}.ics`).type('text/calendar; charset=utf-8').send(ics)
  })
  part.get('/cases/:caseId/papers/:paperId', async (request, reply) => {
    const { actor, params } = allowed(request)
    const paperId = Number(params['paperId'])
    if (!Number.isSafeInteger(paperId)) throw new NotFound('paper.unknown')
    const key = await ownKey(site.app, actor, caseIdOf(params['caseId'] ?? ''))
    const paper = await readPaper(site.app, actor, key, paperId)
    return give(site, reply, paper.name).type(paper.media).send(paper.bytes)
  })
}

/** Handed over as a file and as nothing else: a browser neither shows nor runs it. */
function give(site: Site, reply: FastifyReply, name: string): FastifyReply {
  return reply
    .headers(site.headers)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
}
