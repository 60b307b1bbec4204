import { z } from 'zod'
import { endpoint, idText } from '../http/endpoint.ts'

/* Doors of what is only registered and stays off: impact assessments, their sign-off, switches; and the self-check. */

const text = z.string().min(1).max(4000)
const row = z.string().regex(/^M\d{3}$/)

export const AssessmentView = z.strictObject({
  assessmentId: z.number(),
  basis: z.string(),
  basisTitle: z.string(),
  purpose: z.string(),
  necessity: z.string(),
  effects: z.string(),
  measures: z.string(),
  authorName: z.string(),
  madeAt: z.string(),
  signedBy: z.string().nullable(),
  signedAt: z.string().nullable(),
  statement: z.string().nullable(),
  /** Whether this officer may sign it: not its author. */
  maySign: z.boolean(),
})

export const GateView = z.strictObject({
  row: z.string(),
  name: z.string(),
  does: z.string(),
  source: z.string(),
  /** Nothing of it exists in the program, open or not. */
  built: z.literal(false),
  isOpen: z.boolean(),
  gateId: z.number().nullable(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  assessments: z.array(AssessmentView),
})
export type GateView = z.infer<typeof GateView>

export const listGates = endpoint({
  method: 'GET',
  path: '/gates',
  needs: 'compliance.read',
  reach: 'city',
  since: '0.3',
  summary: '只登记、默认关着的功能：影响评估、签署、开关',
  output: z.strictObject({ gates: z.array(GateView) }),
})

export const assess = endpoint({
  method: 'POST',
  path: '/gates/:row/assessments',
  needs: 'gate.assess',
  reach: 'city',
  since: '0.3',
  summary: '记录一份个人信息保护影响评估（目的和合法性、必要性、对权益的影响和风险、保护措施）',
  params: z.strictObject({ row }),
  input: z.strictObject({
    basis: z.string().min(1).max(100),
    purpose: text,
    necessity: text,
    effects: text,
    measures: text,
  }),
  output: z.strictObject({ assessmentId: z.number() }),
  status: 201,
  refuses: ['gate.unknown', 'gate.basis-unknown', 'gate.basis-too-low', 'text.prohibited'],
})

export const signOff = endpoint({
  method: 'POST',
  path: '/gates/assessments/:assessmentId/sign-off',
  needs: 'gate.assess',
  reach: 'city',
  since: '0.3',
  secondPerson: 'assessment',
  summary: '签署一份影响评估；作者不能签自己的',
  params: z.strictObject({ assessmentId: idText() }),
  input: z.strictObject({ statement: text }),
  output: z.strictObject({ signed: z.boolean() }),
  refuses: ['access.not-fresh', 'gate.assessment-unknown', 'gate.own-assessment', 'gate.signed-before', 'text.prohibited'],
})

export const openGate = endpoint({
  method: 'POST',
  path: '/gates/:row/opening',
  needs: 'gate.assess',
  reach: 'city',
  since: '0.3',
  summary: '凭已签署的评估登记打开，到终止日自动关上；签署同时在门户公开',
  params: z.strictObject({ row }),
  input: z.strictObject({ assessmentId: z.number().int().positive(), validUntil: z.iso.date() }),
  output: z.strictObject({ gateId: z.number() }),
  status: 201,
  refuses: ['access.not-fresh', 'gate.unknown', 'gate.not-signed', 'gate.already-open', 'gate.until-past', 'gate.until-too-far'],
})

export const closeGate = endpoint({
  method: 'POST',
  path: '/gates/:row/closing',
  needs: 'gate.assess',
  reach: 'city',
  since: '0.3',
  summary: '提前关上，写明理由',
  params: z.strictObject({ row }),
  input: z.strictObject({ reason: text }),
  output: z.strictObject({ closed: z.boolean() }),
  refuses: ['gate.unknown', 'gate.not-open', 'text.prohibited'],
})

export const FindingView = z.strictObject({
  id: z.string(),
  name: z.string(),
  question: z.string(),
  count: z.number(),
})
export const CheckView = z.strictObject({
  checkId: z.number(),
  at: z.string(),
  by: z.string(),
  isClean: z.boolean(),
  findings: z.array(FindingView),
})
export type CheckView = z.infer<typeof CheckView>
export const CertificateView = z.strictObject({
  certificateId: z.number(),
  name: z.string(),
  actionName: z.string(),
  counted: z.number(),
  madeAt: z.string(),
})

export const listChecks = endpoint({
  method: 'GET',
  path: '/compliance',
  needs: 'compliance.read',
  reach: 'city',
  since: '0.3',
  summary: '合规自查的结果和保存期证书，各自最近的在前、分页',
  query: z.strictObject({
    beforeCheck: z.coerce.number().int().positive().optional(),
    beforeCertificate: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.strictObject({
    checks: z.array(CheckView),
    nextCheck: z.number().nullable(),
    certificates: z.array(CertificateView),
    nextCertificate: z.number().nullable(),
  }),
})

export const runCheck = endpoint({
  method: 'POST',
  path: '/compliance',
  needs: 'compliance.check',
  reach: 'city',
  since: '0.3',
  summary: '做一次合规自查：超范围归集、超期披露、违规公开、越权使用',
  output: CheckView,
  status: 201,
})

export const getCertificate = endpoint({
  method: 'GET',
  path: '/compliance/certificates/:certificateId',
  needs: 'compliance.read',
  reach: 'city',
  since: '0.3',
  summary: '一张保存期证书：正文和签名；在账本里的位置由mingxin retention --certificate给出',
  params: z.strictObject({ certificateId: idText() }),
  output: z.strictObject({
    body: z.string(),
    signatures: z.array(z.strictObject({ algorithm: z.string(), publicKey: z.string(), signature: z.string() })),
  }),
  refuses: ['retention.certificate-unknown'],
})
