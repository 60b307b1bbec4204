import type { FastifyInstance } from 'fastify'
import { searchSubjects } from '../../web/portal/search.ts'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { serve } from '../http/serve.ts'
import { recordLink, undoLink } from '../matching/link-subjects.ts'
import * as doors from './contract.ts'
import { findPerson } from './find-person.ts'
import { cardView, readArchive } from './read-archive.ts'
import { getSubjectCard, refusePersonNumber } from './subject-page.ts'

/** Binds the doors of the archive. */
export function bindArchive(http: FastifyInstance, app: App): void {
  serve(http, app, doors.searchSubjects, async ({ query }) => {
    refusePersonNumber(app, query.q)
    const found = await searchSubjects(app.db, query)
    if (!found.ok) throw new Refusal(found.code, found.basis, found.facts, 400)
    const { subjects, next } = found.value
    return {
      subjects: subjects.map(({ subjectId, name, uscc, kind, status, district, hit }) => ({
        subjectId,
        name,
        uscc,
        kind,
        status,
        district,
        hit,
      })),
      next,
    }
  })
  serve(http, app, doors.searchPersons, ({ actor, input }) => findPerson(app, actor, input))
  serve(http, app, doors.getSubject, async ({ actor, params, query }) =>
    cardView(await getSubjectCard(app, actor, params.subjectId, query)),
  )
  serve(http, app, doors.linkSubjects, ({ actor, params, input }) =>
    recordLink(app, actor, { subjectId: params.subjectId, ...input }),
  )
  serve(http, app, doors.unlinkSubjects, async ({ actor, params, input }) => {
    await undoLink(app, actor, params, input.reason)
    return { undone: true }
  })
  serve(http, app, doors.listRecords, ({ actor, params, query }) => readArchive(app, actor, params.subjectId, query))
}
