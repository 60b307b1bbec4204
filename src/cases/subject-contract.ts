import { z } from 'zod'
import { endpoint, idText } from '../http/endpoint.ts'
import { doing, OPEN_REFUSALS, OpenedView, PAPER_INPUT, PAPER_REFUSALS, page, STEP_REFUSALS, Stepped, step } from './doing.ts'
import type { CaseId } from './model.ts'
import { CaseLine, CaseView } from './shapes.ts'

/* The subject's own doors of cases. */

const ownParams = z.strictObject({ caseId: idText<CaseId>() })

export const listOwnCases = endpoint({
  method: 'GET',
  path: '/cases/mine',
  needs: 'case.lodge',
  reach: 'own-subject',
  since: '0.4',
  summary: '自己的案件：异议、修复等，正在办理的在前',
  query: z.strictObject(page),
  output: z.strictObject({ cases: z.array(CaseLine), next: z.string().nullable() }),
})

export const openOwnCase = endpoint({
  method: 'POST',
  path: '/cases/mine',
  needs: 'case.lodge',
  reach: 'own-subject',
  since: '0.4',
  summary: '主体提出：异议、修复等',
  input: z.strictObject({ procedure: z.string().max(60), aboutRef: z.string().max(60).optional(), ...doing }),
  output: OpenedView,
  status: 201,
  refuses: OPEN_REFUSALS,
})

export const sendOwnPaper = endpoint({
  method: 'POST',
  path: '/cases/mine/papers',
  needs: 'case.lodge',
  reach: 'own-subject',
  since: '0.4',
  summary: '先传一份材料（PDF、JPEG、PNG，不超过10MB），再随一步交上',
  ...PAPER_INPUT,
  refuses: PAPER_REFUSALS,
})

export const getOwnCase = endpoint({
  method: 'GET',
  path: '/cases/mine/:caseId',
  needs: 'case.lodge',
  reach: 'own-subject',
  since: '0.4',
  summary: '自己的一件案件：办到哪一步，谁在办，到哪天，自己能做什么',
  params: ownParams,
  output: CaseView,
  refuses: ['case.unknown'],
})

export const stepOwnCase = endpoint({
  method: 'POST',
  path: '/cases/mine/:caseId/steps',
  needs: 'case.lodge',
  reach: 'own-subject',
  since: '0.4',
  summary: '主体在自己的案件里做一步：补充材料、陈述申辩、撤回',
  params: ownParams,
  input: step,
  output: Stepped,
  refuses: STEP_REFUSALS,
})

export const getOwnPaper = endpoint({
  method: 'GET',
  path: '/cases/mine/:caseId/papers/:paperId',
  needs: 'case.lodge',
  reach: 'own-subject',
  since: '0.4',
  summary: '取自己案件里的一份材料',
  params: ownParams.extend({ paperId: idText() }),
  files: ['application/pdf', 'image/jpeg', 'image/png'],
  refuses: ['case.unknown', 'paper.unknown'],
})
