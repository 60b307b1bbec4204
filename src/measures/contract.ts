import { z } from 'zod'
import { lookQuery } from '../archive/contract.ts'
import type { SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { ANSWERS } from './model.ts'
import { AnswerView, InitiatedView, MeasureView, RegisterView } from './shapes.ts'

/* Doors of measures: the register, a subject's own, a unit's, what the window answers. Begun, confirmed and ended they are as cases. */

export const readRegister = endpoint({
  method: 'GET',
  path: '/measures/register',
  needs: 'anyone',
  reach: 'public',
  since: '0.5',
  summary: '措施清单：每项的法条、机关、触发、期限，今天能不能采取、不能的缺什么',
  output: z.strictObject({ asOf: z.string(), measures: z.array(RegisterView) }),
})

export const readFigures = endpoint({
  method: 'GET',
  path: '/measures/figures',
  needs: 'anyone',
  reach: 'public',
  since: '0.5',
  summary: '联合惩戒的合计：发起、响应、采取、在实施、已终止，响应用几天；按措施和单位，少于五件的合在一起',
  output: z.strictObject({
    asOf: z.string().nullable(),
    figures: z.array(
      z.strictObject({
        by: z.enum(['all', 'measure', 'unit']),
        /** Null: those that are too few to stand alone. */
        id: z.string().nullable(),
        name: z.string(),
        initiated: z.number(),
        responded: z.number(),
        declined: z.number(),
        begun: z.number(),
        inForce: z.number(),
        ended: z.number(),
        overdue: z.number(),
        medianDays: z.number().nullable(),
      }),
    ),
  }),
})

export const listInitiated = endpoint({
  method: 'GET',
  path: '/measures',
  needs: 'case.read',
  reach: ['own-unit', 'city'],
  since: '0.5',
  summary: '本单位发起的和采取的措施，连同窗口适用、暂缓、不适用各几次；信用办看全市。不写主体名称',
  query: z.strictObject({
    state: z.enum(['in-force', 'ended']).default('in-force'),
    after: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({ asOf: z.string(), measures: z.array(InitiatedView), next: z.number().nullable() }),
})

export const listOwnMeasures = endpoint({
  method: 'GET',
  path: '/measures/mine',
  needs: 'case.lodge',
  reach: 'own-subject',
  since: '0.5',
  summary: '对自己的措施：谁、依哪一条、到什么时候、可以做什么，窗口怎样适用过',
  output: z.strictObject({ asOf: z.string(), measures: z.array(MeasureView) }),
})

export const listSubjectMeasures = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId/measures',
  needs: 'check.make',
  reach: 'any-subject',
  since: '0.5',
  summary: '逢办必查：对一个主体、由本单位采取或者发起的措施；信用办看全部；登记查看',
  params: z.strictObject({ subjectId: idText<SubjectId>() }),
  query: z.strictObject(lookQuery),
  output: z.strictObject({ asOf: z.string(), measures: z.array(MeasureView), receipt: z.string() }),
  refuses: ['subject.unknown', 'look.purpose-missing'],
})

export const answerMeasure = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/measures/:caseId/answers',
  needs: 'measure.answer',
  reach: 'any-subject',
  since: '0.5',
  summary: '窗口人员具名答复一项措施：在这件事上适用、暂缓（写理由）、不适用（写理由）；平台不自动拒绝',
  params: z.strictObject({ subjectId: idText<SubjectId>(), caseId: idText() }),
  input: z.strictObject({
    answer: z.enum(ANSWERS),
    reason: z.string().max(1000).default(''),
    purpose: z.string().min(1).max(100),
    businessNo: z.string().min(1).max(100),
  }),
  output: AnswerView,
  status: 201,
  refuses: [
    ...['measure.unknown', 'measure.not-in-force', 'measure.answered-before', 'measure.reason-missing'],
    ...['look.purpose-missing', 'text.prohibited'],
  ],
})
