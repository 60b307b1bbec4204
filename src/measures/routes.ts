import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { serve } from '../http/serve.ts'
import { answerMeasure } from './answer.ts'
import * as doors from './contract.ts'
import { readFigures } from './figures.ts'
import { readRegister } from './register.ts'
import { listInitiated, readOwnMeasures, readSubjectMeasures } from './views.ts'

/** The doors of measures. */
export function bindMeasures(http: FastifyInstance, app: App): void {
  serve(http, app, doors.readRegister, async () => readRegister(app))
  serve(http, app, doors.readFigures, () => readFigures(app))
  serve(http, app, doors.listInitiated, ({ actor, query }) => listInitiated(app, actor, query))
  serve(http, app, doors.listOwnMeasures, ({ actor }) => readOwnMeasures(app, actor))
  serve(http, app, doors.listSubjectMeasures, ({ actor, params, query }) =>
    readSubjectMeasures(app, actor, params.subjectId, query),
  )
  serve(http, app, doors.answerMeasure, ({ actor, params, input }) => answerMeasure(app, actor, params, input))
}
