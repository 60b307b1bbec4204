import { z } from 'zod'
import { lookQuery } from '../archive/contract.ts'
import type { SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'

/* Doors of commitments: where one may promise what, and whether a subject may. Signing is opening a case (src/cases/subject-contract.ts). */

const matter = {
  /** What the field `matter` of the case takes. */
  matter: z.string(),
  unit: z.string(),
  unitName: z.string(),
  kind: z.enum(['approval', 'tender', 'open']),
  name: z.string(),
  type: z.string(),
  typeName: z.string(),
  replaces: z.array(z.string()),
  inPlaceOf: z.string().nullable(),
  greenChannel: z.boolean(),
  closedTo: z.array(z.string()),
  basis: z.array(z.string()),
}

export const listMatters = endpoint({
  method: 'GET',
  path: '/commitments/matters',
  needs: 'anyone',
  reach: 'public',
  since: '0.4',
  summary: '信用承诺事项清单：哪个单位在哪个事项上接受承诺、代替什么、对谁不适用，今天的样式全文和摘要',
  query: z.strictObject({ unit: z.string().max(60).optional() }),
  output: z.strictObject({
    asOf: z.string(),
    matters: z.array(
      z.strictObject({
        ...matter,
        template: z.strictObject({
          id: z.string(),
          name: z.string(),
          edition: z.string(),
          /** What whoever signs sends back: what was shown is what is signed. */
          digest: z.string(),
          paragraphs: z.array(z.string()),
        }),
      }),
    ),
  }),
})

export const listSubjectMatters = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId/commitment-matters',
  needs: 'check.make',
  reach: 'any-subject',
  since: '0.4',
  summary: '逢办必查：主体今天在哪些事项上可以作出承诺，哪些不适用、为什么；登记查看',
  params: z.strictObject({ subjectId: idText<SubjectId>() }),
  query: z.strictObject({ ...lookQuery, unit: z.string().max(60).optional() }),
  output: z.strictObject({
    asOf: z.string(),
    matters: z.array(
      z.strictObject({
        ...matter,
        mayPromise: z.boolean(),
        /** Why not, with the article. */
        why: z.string().nullable(),
      }),
    ),
    receipt: z.string(),
  }),
  refuses: ['subject.unknown', 'look.purpose-missing'],
})
