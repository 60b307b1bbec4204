import { z } from 'zod'
import type { AuthorisationId, RequestId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { AuthorisationView, page, RequestStateView, word } from './contract.ts'

/* Doors of the subject: what it is asked, what it lets others see, how it takes that back. */

/** How a subject names a request: the code it scanned, or the number of one addressed to it. */
const place = z.union([z.strictObject({ code: z.string().max(200) }), z.strictObject({ requestId: idText<RequestId>() })])

export const ConsentView = z.strictObject({
  requestId: z.number(),
  state: z.enum(['open', 'over', 'granted', 'refused', 'withdrawn']),
  receiverName: z.string(),
  receiverCode: z.string().nullable(),
  purposeName: z.string(),
  businessNo: z.string(),
  days: z.number(),
  terms: z.array(z.number()),
  times: z.number().nullable(),
  endsAt: z.string(),
  lines: z.array(z.string()),
  classes: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      shows: z.string(),
      example: z.string(),
      consent: z.string().nullable(),
      because: z.string().nullable(),
    }),
  ),
  textDigest: z.string(),
  textEdition: z.string(),
})

export const consultRequest = endpoint({
  method: 'POST',
  path: '/authorisation-requests/consultation',
  needs: 'authorisation.grant',
  reach: 'own-subject',
  since: '0.2',
  summary: '主体看一个请求：谁、为什么、看哪些、多久；码在请求体中',
  input: z.strictObject({ place }),
  output: ConsentView,
  refuses: ['authorisation.request-unknown'],
})

export const listRequestsToMe = endpoint({
  method: 'GET',
  path: '/authorisation-requests/mine',
  needs: 'authorisation.grant',
  reach: 'own-subject',
  since: '0.2',
  summary: '发给本主体、还没有答复的请求',
  output: z.strictObject({ requests: z.array(RequestStateView.extend({ receiverName: z.string() })) }),
})

export const answerRequest = endpoint({
  method: 'POST',
  path: '/authorisation-requests/answer',
  needs: 'authorisation.grant',
  reach: 'own-subject',
  since: '0.2',
  summary: '主体答复一个请求：同意（敏感的类逐类单独同意，期限可以缩短；10分钟内验证过身份）或者不同意',
  input: z.discriminatedUnion('answer', [
    z.strictObject({
      answer: z.literal('granted'),
      place,
      days: z.int().min(1).max(366).optional(),
      sensitive: z.array(word).max(40).default([]),
      textDigest: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    z.strictObject({ answer: z.literal('refused'), place }),
  ]),
  output: z.strictObject({ answer: z.enum(['granted', 'refused']), authorisationId: z.number().nullable() }),
  refuses: [
    'authorisation.request-unknown',
    'authorisation.request-over',
    'authorisation.request-answered',
    'authorisation.text-changed',
    'authorisation.days-out-of-range',
    'authorisation.class-unknown',
    'authorisation.nothing-granted',
    'authorisation.subject-merged',
    'access.not-fresh',
  ],
})

export const GivenView = AuthorisationView.extend({
  receiverName: z.string(),
  /** Reads by the receiver that were refused. */
  refusedReads: z.number(),
  lastRefusedAt: z.string().nullable(),
  lastRefusal: z.string().nullable(),
  reports: z.number(),
})
export type GivenView = z.infer<typeof GivenView>

export const listGiven = endpoint({
  method: 'GET',
  path: '/authorisations/mine',
  needs: 'authorisation.grant',
  reach: 'own-subject',
  since: '0.2',
  summary: '本主体给出的授权：给谁、看什么、到何时、看过几次、被拒绝几次',
  query: z.strictObject(page),
  output: z.strictObject({ authorisations: z.array(GivenView), next: z.number().nullable() }),
})

export const revokeAuthorisation = endpoint({
  method: 'POST',
  path: '/authorisations/mine/:authorisationId/revocation',
  needs: 'authorisation.grant',
  reach: 'own-subject',
  since: '0.2',
  summary: '撤回授权：当即生效',
  params: z.strictObject({ authorisationId: idText<AuthorisationId>() }),
  output: z.strictObject({ endedAt: z.string() }),
  refuses: ['authorisation.unknown', 'authorisation.ended-before'],
})
