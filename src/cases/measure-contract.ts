import { z } from 'zod'
import { lookQuery } from '../archive/contract.ts'
import type { SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'

/* The door before a measure is asked for. Asking itself is opening a case (src/cases/contract.ts) with the `aboutRef` and `trigger` of one of these. */

export const listMeasureOpenings = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId/measure-openings',
  needs: 'case.handle',
  reach: 'any-subject',
  since: '0.5',
  summary: '对一个主体的每条在效信息，本单位今天可以发起哪些措施、由哪个单位响应，其余为什么不可以；登记查看',
  params: z.strictObject({ subjectId: idText<SubjectId>() }),
  query: z.strictObject(lookQuery),
  output: z.strictObject({
    asOf: z.string(),
    records: z.array(
      z.strictObject({
        recordId: z.number(),
        itemName: z.string(),
        authorityName: z.string(),
        decidedOn: z.string(),
        documentNo: z.string(),
        contested: z.boolean(),
        measures: z.array(
          z.strictObject({
            measure: z.string(),
            name: z.string(),
            /** What the case is opened about. */
            aboutRef: z.string(),
            /** What the field `trigger` takes. */
            trigger: z.string(),
            triggerName: z.string(),
            term: z.string().nullable(),
            /** What the field `unit` takes: the bodies in this city. */
            units: z.array(z.strictObject({ unit: z.string(), name: z.string() })),
            cites: z.array(z.string()),
            mayInitiate: z.boolean(),
            why: z.string().nullable(),
          }),
        ),
      }),
    ),
    receipt: z.string(),
  }),
  refuses: ['subject.unknown', 'look.purpose-missing', 'case.procedure-unknown'],
})
