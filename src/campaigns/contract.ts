import { z } from 'zod'
import { type Day, isDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { listOpenings } from '../cases/contract.ts'
import { doing, OPEN_REFUSALS, OpenedView, page } from '../cases/doing.ts'
import { CaseLine } from '../cases/shapes.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { CAMPAIGN_STATES, type CampaignId } from './model.ts'

/* Doors of campaigns: a set of cases and how far it is. No door of theirs names a subject. */

const dayText = z
  .string()
  .refine(isDay, 'day.format')
  .transform(text => text as Day)
const count = z.number().int()
const params = z.strictObject({ campaignId: idText<CampaignId>() })
const batchParams = params.extend({ batchId: idText<number>() })

const counts = { opened: count, open: count, overdue: count, done: count, endedOther: count }
const Counts = z.strictObject(counts)

export const CampaignLine = z.strictObject({
  campaignId: count,
  number: z.string(),
  name: z.string(),
  state: z.enum(CAMPAIGN_STATES),
  themeName: z.string(),
  basis: z.string(),
  leadName: z.string(),
  unitNames: z.array(z.string()),
  firstDay: z.string(),
  lastDay: z.string(),
  concludedOn: z.string().nullable(),
  counts: Counts,
  /** Whether this officer may put cases under it today. */
  mayOpenCases: z.boolean(),
})
export type CampaignLine = z.infer<typeof CampaignLine>

const Progress = z.strictObject({
  ...counts,
  states: z.array(
    z.strictObject({ procedure: z.string(), procedureName: z.string(), state: z.string(), stateName: z.string(), count }),
  ),
  units: z.array(z.strictObject({ unit: z.string(), unitName: z.string(), ...counts })),
  steps: z.array(z.strictObject({ step: z.string(), name: z.string(), count })),
  goals: z.array(z.strictObject({ goal: z.string(), name: z.string(), planned: count, done: count })),
})
export type Progress = z.infer<typeof Progress>
const batchCounts = { rows: count, opened: count, refused: count, waiting: count }

export const CampaignView = CampaignLine.extend({
  aim: z.string(),
  progress: Progress,
  report: z.strictObject({ summary: z.string(), concludedOn: z.string(), counts: Progress }).nullable(),
  mayDecide: z.boolean(),
  /** It waits for another officer of this unit. */
  waitsForAnother: z.boolean(),
  mayConclude: z.boolean(),
  batches: z.array(z.strictObject({ batchId: count, procedureName: z.string(), at: z.string(), ...batchCounts })),
})
export type CampaignView = z.input<typeof CampaignView>

const Named = z.strictObject({ id: z.string(), name: z.string() })

export const CampaignChoices = z.strictObject({
  themes: z.array(Named.extend({ means: z.string() })),
  goals: z.array(Named),
  units: z.array(Named),
  /** Acts in force today, on which one may rest. */
  instruments: z.array(Named),
  mostMonths: count,
  mostRows: count,
  openings: listOpenings.output.shape.openings,
  running: z.array(z.strictObject({ campaignId: count, name: z.string() })),
})
export type CampaignChoices = z.infer<typeof CampaignChoices>

export const listCampaigns = endpoint({
  method: 'GET',
  path: '/campaigns',
  needs: 'case.read',
  reach: 'city',
  since: '0.4',
  summary: '专项治理：每一项的依据、单位、期限和进度，不写主体',
  query: z.strictObject({ before: idText<CampaignId>().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  output: z.strictObject({ campaigns: z.array(CampaignLine), next: z.number().nullable() }),
})

export const readChoices = endpoint({
  method: 'GET',
  path: '/campaigns/choices',
  needs: 'case.handle',
  reach: 'city',
  since: '0.4',
  summary: '组织专项治理、把案件放进去可以选什么：主题、目标、依据、单位、案件的表',
  output: CampaignChoices,
})

export const proposeCampaign = endpoint({
  method: 'POST',
  path: '/campaigns',
  needs: 'case.handle',
  reach: 'own-unit',
  since: '0.4',
  summary: '提出一项专项治理，由本单位牵头，另一人确认以后才开始',
  input: z.strictObject({
    name: z.string().trim().min(4).max(60),
    theme: z.string().max(60),
    aim: z.string().trim().min(10).max(500),
    instrument: z.string().max(80).optional(),
    documentNo: z.string().trim().max(80).optional(),
    documentBody: z.string().trim().max(80).optional(),
    units: z.array(z.string().max(60)).max(60),
    firstDay: dayText,
    lastDay: dayText,
    goals: z.record(z.string().max(60), z.number().int().min(1).max(1_000_000)),
  }),
  output: z.strictObject({ campaignId: count, number: z.string() }),
  status: 201,
  refuses: [
    ...['campaign.unit-missing', 'campaign.theme-unknown', 'campaign.days-inverted', 'campaign.days-past', 'campaign.too-long'],
    ...['campaign.basis-missing', 'campaign.instrument-unknown', 'campaign.instrument-not-in-force', 'campaign.unit-unknown'],
    ...['campaign.goal-unknown', 'campaign.quota-of-punishments', 'text.missing', 'text.prohibited'],
  ],
})

export const getCampaign = endpoint({
  method: 'GET',
  path: '/campaigns/:campaignId',
  needs: 'case.read',
  reach: 'city',
  since: '0.4',
  summary: '一项专项治理：按环节、按单位的件数，超期的，目标，总结，本单位成批开的案件',
  params,
  output: CampaignView,
  refuses: ['campaign.unknown'],
})

export const decideCampaign = endpoint({
  method: 'POST',
  path: '/campaigns/:campaignId/decisions',
  needs: 'case.confirm',
  reach: 'own-unit',
  since: '0.4',
  summary: '牵头单位的另一人确认或者退回一项专项治理',
  params,
  input: z.strictObject({ decision: z.enum(['confirmed', 'returned']) }),
  output: z.strictObject({ decided: z.enum(['confirmed', 'returned']) }),
  refuses: [
    ...['campaign.unknown', 'campaign.not-led-by-you', 'campaign.decided-before', 'campaign.same-person'],
    ...['campaign.days-past', 'access.not-fresh'],
  ],
  secondPerson: 'campaign',
})

export const concludeCampaign = endpoint({
  method: 'POST',
  path: '/campaigns/:campaignId/report',
  needs: 'case.handle',
  reach: 'own-unit',
  since: '0.4',
  summary: '牵头单位总结一项专项治理：件数由平台数，没有办结的案件接着办',
  params,
  input: z.strictObject({ summary: z.string().trim().min(10).max(1000) }),
  output: z.strictObject({ concluded: z.literal(true) }),
  status: 201,
  refuses: [
    ...['campaign.unknown', 'campaign.not-led-by-you', 'text.missing', 'text.prohibited'],
    ...['proposed', 'returned', 'coming', 'concluded'].map(state => `campaign.not-running-${state}`),
  ],
})

const INTO = [
  ...['campaign.unknown', 'campaign.unit-not-part', 'campaign.procedure-not-part'],
  ...CAMPAIGN_STATES.filter(state => state !== 'running').map(state => `campaign.not-running-${state}`),
]

export const openCampaignCase = endpoint({
  method: 'POST',
  path: '/campaigns/:campaignId/cases',
  needs: 'case.handle',
  reach: 'any-subject',
  since: '0.4',
  summary: '在一项专项治理里对一个主体提出案件：文书和期限与平常一样',
  params,
  input: z.strictObject({ procedure: z.string().max(60), subjectId: idText<SubjectId>(), ...doing }),
  output: OpenedView,
  status: 201,
  refuses: [...OPEN_REFUSALS, ...INTO, 'campaign.case-open', 'subject.unknown'],
})

export const listCampaignCases = endpoint({
  method: 'GET',
  path: '/campaigns/:campaignId/cases',
  needs: 'case.read',
  reach: ['own-unit', 'city'],
  since: '0.4',
  summary: '一项专项治理里本单位的案件，信用办看全部；按到期日，不写主体名称',
  params,
  query: z.strictObject({ ...page, state: z.enum(['open', 'closed']).default('open') }),
  output: z.strictObject({ cases: z.array(CaseLine), next: z.string().nullable() }),
  refuses: ['campaign.unknown'],
})

export const readCodeList = endpoint({
  method: 'POST',
  path: '/campaigns/lists',
  needs: 'case.handle',
  reach: 'self',
  since: '0.4',
  summary: '认出一份名单里的统一社会信用代码（CSV、XLSX 或者粘贴的文字），逐行说明认不出的；什么也不保存',
  body: 'multipart',
  output: z.strictObject({
    lines: z.array(z.strictObject({ line: count, code: z.string().nullable(), why: z.string().nullable() })),
  }),
  refuses: ['campaign.too-many-rows', 'check.no-lines', 'check.no-column', 'check.too-many-lines', 'file.too-large'],
})

export const sendBatch = endpoint({
  method: 'POST',
  path: '/campaigns/:campaignId/batches',
  needs: 'case.handle',
  reach: 'own-unit',
  since: '0.4',
  summary: '交一份代码和一张共用的表，准备逐个提出案件；同一份只收一次',
  params,
  input: z.strictObject({
    procedure: z.string().max(60),
    act: doing.act,
    fields: doing.fields,
    codes: z.array(z.string().max(40)).max(5000),
  }),
  output: z.strictObject({ batchId: count, rows: count, isNew: z.boolean() }),
  status: 201,
  refuses: [
    ...INTO,
    ...['campaign.no-rows', 'campaign.too-many-rows', 'campaign.row-invalid', 'campaign.act-needs-papers'],
    ...['case.procedure-unknown', 'case.act-unknown', 'case.field-unknown', 'case.field-missing', 'case.field-invalid'],
    ...['case.field-too-long', 'text.prohibited'],
  ],
})

const BatchState = z.strictObject(batchCounts)

export const workOffBatch = endpoint({
  method: 'POST',
  path: '/campaigns/:campaignId/batches/:batchId/runs',
  needs: 'case.handle',
  reach: 'own-unit',
  since: '0.4',
  summary: '接着办一份名单里的下一些：每一个主体各开各的案件，开不了的写明原因，其余照办；中断了再来，不会重复',
  params: batchParams,
  input: z.strictObject({ atMost: z.number().int().min(1).max(50).default(20) }),
  output: BatchState,
  refuses: [...INTO, 'campaign.batch-unknown'],
})

export const getBatch = endpoint({
  method: 'GET',
  path: '/campaigns/:campaignId/batches/:batchId',
  needs: 'case.read',
  reach: 'own-unit',
  since: '0.4',
  summary: '一份名单的回执：第几个成了哪一件案件，没有成的为什么',
  params: batchParams,
  output: z.strictObject({
    ...batchCounts,
    lines: z.array(
      z.strictObject({
        row: count,
        subjectId: z.number().nullable(),
        caseId: z.number().nullable(),
        number: z.string().nullable(),
        why: z.string().nullable(),
      }),
    ),
  }),
  refuses: ['campaign.batch-unknown'],
})
