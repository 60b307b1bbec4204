import { z } from 'zod'
import type { FactId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'

/* The subject's own doors: what it says beside its records (主体说明). What a case makes of a record has no door of its own. */

const params = z.strictObject({ recordId: idText<FactId>() })

export const writeComment = endpoint({
  method: 'POST',
  path: '/rights/records/:recordId/comment',
  needs: 'rights.lodge',
  reach: 'own-subject',
  since: '0.4',
  summary: '在自己的一条记录旁写主体说明；凡显示这条记录的地方同时显示，代替原来的说明',
  params,
  input: z.strictObject({ text: z.string().max(5000) }),
  output: z.strictObject({ commentId: z.number() }),
  status: 201,
  refuses: ['record.unknown', 'text.missing', 'text.prohibited', 'comment.too-long', 'comment.changed-meanwhile'],
})

export const withdrawComment = endpoint({
  method: 'POST',
  path: '/rights/records/:recordId/comment/withdrawal',
  needs: 'rights.lodge',
  reach: 'own-subject',
  since: '0.4',
  summary: '撤回自己的主体说明；各处即时不再显示，印有它的报告不再有效',
  params,
  output: z.strictObject({ withdrawn: z.boolean() }),
  refuses: ['record.unknown', 'comment.none'],
})
