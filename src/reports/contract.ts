import { z } from 'zod'
import { MergedFrom } from '../archive/contract.ts'
import type { SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'

/* Doors of reports: issue, fetch, verify. */

export const ReportView = z.strictObject({
  code: z.string(),
  number: z.string(),
  kind: z.enum(['public', 'special']),
  subjectId: z.number(),
  subjectName: z.string(),
  issuedAt: z.string(),
  validUntil: z.string().nullable(),
  window: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  pages: z.number(),
  digest: z.string(),
  verifyUrl: z.string(),
  reportUrl: z.string(),
})

export const issueReport = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/reports',
  needs: 'anyone',
  reach: ['public', 'own-subject'],
  since: '0.1',
  summary: '开具报告：公共信用信息报告任何人可开；专项报告只有主体本人可开',
  params: z.strictObject({ subjectId: idText<SubjectId>() }),
  input: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('public') }),
    z.strictObject({
      kind: z.literal('special'),
      years: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      domains: z.array(z.string()).min(1).max(60).optional(),
      purpose: z.string().max(100).optional(),
      businessNo: z.string().max(100).optional(),
    }),
  ]),
  /** `mergedFrom`: another subject was asked for, which was merged into the one of the report. */
  output: ReportView.extend({ mergedFrom: MergedFrom.nullable() }),
  status: 201,
  refuses: [
    'subject.unknown',
    'report.not-of-persons',
    'report.special-own-only',
    'report.own-merged',
    'report.domain-unknown',
    'report.window-unknown',
    'report.changed-meanwhile',
  ],
})

export const getReport = endpoint({
  method: 'GET',
  path: '/reports/:code',
  needs: 'anyone',
  reach: 'by-code',
  since: '0.1',
  summary: '取回一份报告：PDF 或 JSON，按 Accept；已被替代或撤回的返回 410',
  params: z.strictObject({ code: z.string().max(60) }),
  files: ['application/pdf', 'application/json'],
  refuses: ['report.unknown', 'report.superseded', 'report.withdrawn', 'report.over'],
})

export const VerifyView = z.strictObject({
  code: z.string(),
  state: z.enum(['valid', 'expired', 'superseded', 'withdrawn', 'unknown']),
  sentence: z.string(),
  kind: z.string().nullable(),
  number: z.string().nullable(),
  subjectName: z.string().nullable(),
  uscc: z.string().nullable(),
  issuedAt: z.string().nullable(),
  validUntil: z.string().nullable(),
  pages: z.number().nullable(),
  digest: z.string().nullable(),
  /** Of a valid one: something has changed since it was issued that it could not show; what, is not said here. */
  changedSince: z.boolean(),
})
export type VerifyView = z.infer<typeof VerifyView>

export const verifyReport = endpoint({
  method: 'GET',
  path: '/verify/:code',
  needs: 'anyone',
  reach: 'by-code',
  since: '0.1',
  summary: '核验报告：有效、已过有效期、已被替代、已撤回、未找到',
  params: z.strictObject({ code: z.string().max(60) }),
  output: VerifyView,
})

export const IssuedView = ReportView.extend({
  state: z.string(),
  /** When it was superseded or withdrawn, and why: a code, or the office's words. */
  endedAt: z.string().nullable(),
  endReason: z.string().nullable(),
})

export const listIssued = endpoint({
  method: 'GET',
  path: '/reports',
  needs: 'signed-in',
  reach: ['own-subject', 'own-unit'],
  since: '0.1',
  summary: '本人（本单位）开具的报告',
  query: z.strictObject({ before: z.coerce.number().optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  output: z.strictObject({ reports: z.array(IssuedView), next: z.number().nullable() }),
})
