import { z } from 'zod'
import type { SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { doing, OPEN_REFUSALS, OpenedView, PAPER_INPUT, PAPER_REFUSALS, page, STEP_REFUSALS, Stepped, step } from './doing.ts'
import type { CaseId } from './model.ts'
import { ActView, CaseLine, CaseView } from './shapes.ts'
import { DUE_GROUPS, WORK_TURNS } from './work-contract.ts'

/* Doors of cases for officers, and the credit office's view of every clock. Buttons and forms are drawn from what they answer. */

const keyParams = z.strictObject({ subjectId: idText<SubjectId>(), caseId: idText<CaseId>() })

export const listWork = endpoint({
  method: 'GET',
  path: '/cases',
  needs: 'case.read',
  reach: ['own-unit', 'city'],
  since: '0.4',
  summary: '在办案件：本单位负责的和提出的，按到期日；信用办看全市',
  query: z.strictObject({
    ...page,
    unit: z.string().max(60).optional(),
    procedure: z.string().max(60).optional(),
    turn: z.enum(WORK_TURNS).default('all'),
    state: z.enum(['open', 'closed']).default('open'),
    due: z.enum(DUE_GROUPS).optional(),
  }),
  output: z.strictObject({ cases: z.array(CaseLine), next: z.string().nullable() }),
})

export const clockFigures = endpoint({
  method: 'GET',
  path: '/cases/clocks',
  needs: 'case.coordinate',
  reach: 'city',
  since: '0.4',
  summary: '各单位的期限：已超期、今天到期、三个工作日内、以后，近一年按期办结',
  output: z.strictObject({
    asOf: z.string(),
    units: z.array(
      z.strictObject({
        unit: z.string(),
        unitName: z.string(),
        overdue: z.number(),
        today: z.number(),
        soon: z.number(),
        later: z.number(),
        standing: z.number(),
        doneInTime: z.number(),
        doneLate: z.number(),
      }),
    ),
  }),
})

export const listOpenings = endpoint({
  method: 'GET',
  path: '/cases/openings',
  needs: 'case.handle',
  reach: 'city',
  since: '0.4',
  summary: '本人今天可以提出的案件，连同要填的表',
  output: z.strictObject({
    openings: z.array(
      z.strictObject({
        procedure: z.string(),
        name: z.string(),
        purpose: z.string(),
        about: z.string(),
        /** What it may be about, where the law names it: one of these is chosen. */
        abouts: z.array(z.strictObject({ id: z.string(), name: z.string() })),
        acts: z.array(ActView),
      }),
    ),
  }),
})

export const openCaseAbout = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/cases',
  needs: 'case.handle',
  reach: 'any-subject',
  since: '0.4',
  summary: '机关对一个主体提出案件：拟列入、约谈、整改等',
  params: z.strictObject({ subjectId: idText<SubjectId>() }),
  input: z.strictObject({ procedure: z.string().max(60), aboutRef: z.string().max(60).optional(), ...doing }),
  output: OpenedView,
  status: 201,
  refuses: [...OPEN_REFUSALS, 'subject.unknown'],
})

export const sendPaper = endpoint({
  method: 'POST',
  path: '/cases/papers',
  needs: 'case.handle',
  reach: 'self',
  since: '0.4',
  summary: '机关先传一份材料，再随一步交上',
  ...PAPER_INPUT,
  refuses: PAPER_REFUSALS,
})

export const getCase = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId/cases/:caseId',
  needs: 'case.read',
  reach: ['own-unit', 'city'],
  since: '0.4',
  summary: '一件案件：经过、材料、期限、现在依法可以做什么，其余为什么不可以',
  params: keyParams,
  output: CaseView,
  refuses: ['case.unknown'],
})

export const stepCase = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/cases/:caseId/steps',
  needs: 'case.handle',
  reach: ['own-unit', 'city'],
  since: '0.4',
  summary: '机关在案件里做一步；要两个人办的，由本单位另一人确认，确认前要证明是本人',
  params: keyParams,
  input: step,
  output: Stepped,
  // Of an act by which the second of two officers confirms or returns what the first proposed.
  refuses: [...STEP_REFUSALS, 'case.same-person', 'access.not-fresh'],
  secondPerson: 'case',
})

export const getPaper = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId/cases/:caseId/papers/:paperId',
  needs: 'case.read',
  reach: ['own-unit', 'city'],
  since: '0.4',
  summary: '取案件里的一份材料',
  params: keyParams.extend({ paperId: idText() }),
  files: ['application/pdf', 'image/jpeg', 'image/png'],
  refuses: ['case.unknown', 'paper.unknown'],
})
