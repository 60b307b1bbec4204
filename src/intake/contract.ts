import { z } from 'zod'
import type { DeliveryId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'

/* Doors of intake: deliveries and their outcomes, templates, punctuality. */

export const CountsView = z.strictObject({
  received: z.number(),
  filed: z.number(),
  duplicate: z.number(),
  corrected: z.number(),
  annulled: z.number(),
  refused: z.number(),
  waiting: z.number(),
})
const Sentence = z.strictObject({ code: z.string(), basis: z.string().nullable(), message: z.string() })

export const DeliveryView = z.strictObject({
  deliveryId: z.number(),
  source: z.string(),
  sourceName: z.string(),
  unit: z.string(),
  unitName: z.string(),
  item: z.string(),
  itemName: z.string(),
  edition: z.string(),
  channel: z.string(),
  fileName: z.string(),
  fileHash: z.string(),
  fileBytes: z.number(),
  receivedAt: z.string(),
  settledAt: z.string().nullable(),
  state: z.enum(['received', 'settling', 'settled', 'refused']),
  sameAs: z.number().nullable(),
  counts: CountsView,
  /** Rows that were taken and of which the sender is told something; they are among the six numbers already. */
  warned: z.number(),
  /** Why the file as a whole was not taken. */
  refusal: Sentence.nullable(),
  /** What was recognised: encoding or sheet, header row, columns known and unknown. */
  recognised: z
    .strictObject({
      kind: z.string(),
      encoding: z.string().nullable(),
      headerRow: z.number(),
      columnsKnown: z.number(),
      columns: z.number(),
      unknown: z.array(z.string()),
      otherSheets: z.array(z.string()),
    })
    .nullable(),
  seconds: z.number().nullable(),
})
export type DeliveryView = z.infer<typeof DeliveryView>

export const sendDelivery = endpoint({
  method: 'POST',
  path: '/deliveries',
  needs: 'delivery.send',
  reach: 'own-unit',
  since: '0.1',
  summary: '报送一个文件（multipart：source、file）',
  body: 'multipart',
  query: z.strictObject({ wait: z.coerce.number().min(0).max(600).optional() }),
  output: DeliveryView,
  status: 202,
  refuses: ['source.unknown', 'source.of-another-unit', 'item.not-assigned', 'item.not-in-force', 'file.empty', 'file.too-large'],
})

export const listDeliveriesDoor = endpoint({
  method: 'GET',
  path: '/deliveries',
  needs: 'delivery.read',
  reach: 'own-unit',
  since: '0.1',
  summary: '报送批次，最新在前',
  query: z.strictObject({ before: z.coerce.number().optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  output: z.strictObject({ deliveries: z.array(DeliveryView), next: z.number().nullable() }),
})

export const getDeliveryDoor = endpoint({
  method: 'GET',
  path: '/deliveries/:deliveryId',
  needs: 'delivery.read',
  reach: 'own-unit',
  since: '0.1',
  summary: '一个批次及其六项结果',
  params: z.strictObject({ deliveryId: idText<DeliveryId>() }),
  output: DeliveryView,
})

export const FaultView = z.strictObject({
  row: z.number(),
  column: z.number().nullable(),
  columnLetters: z.string().nullable(),
  columnName: z.string().nullable(),
  code: z.string(),
  basis: z.string().nullable(),
  /** The basis as it is cited. */
  article: z.string().nullable(),
  why: z.string(),
  how: z.string(),
})

const FaultQuery = z.strictObject({
  code: z.string().optional(),
  after: z.coerce.number().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const FaultsView = z.strictObject({
  causes: z.array(z.strictObject({ code: z.string(), sentence: z.string(), rows: z.number() })),
  faults: z.array(FaultView.extend({ value: z.string().nullable() })),
  next: z.number().nullable(),
})
export type FaultsView = z.infer<typeof FaultsView>

export const listFaults = endpoint({
  method: 'GET',
  path: '/deliveries/:deliveryId/faults',
  needs: 'delivery.read',
  reach: 'own-unit',
  since: '0.1',
  summary: '未通过的行：按原因归并，逐格说明',
  params: z.strictObject({ deliveryId: idText<DeliveryId>() }),
  query: FaultQuery,
  output: FaultsView,
})

export const listWarnings = endpoint({
  method: 'GET',
  path: '/deliveries/:deliveryId/warnings',
  needs: 'delivery.read',
  reach: 'own-unit',
  since: '0.1',
  summary: '已收下但需要留意的行：按事由归并，逐格说明；不计入未通过',
  params: z.strictObject({ deliveryId: idText<DeliveryId>() }),
  query: FaultQuery,
  output: FaultsView,
})

export const getRefusals = endpoint({
  method: 'GET',
  path: '/deliveries/:deliveryId/refusals',
  needs: 'delivery.read',
  reach: 'own-unit',
  since: '0.1',
  summary: '未通过的行，按原格式退回，右侧写明原因和改法',
  params: z.strictObject({ deliveryId: idText<DeliveryId>() }),
  files: [
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/json',
    'application/x-ndjson',
  ],
  refuses: ['delivery.nothing-refused'],
})

export const SourceView = z.strictObject({
  source: z.string(),
  name: z.string(),
  unit: z.string(),
  unitName: z.string(),
  item: z.string(),
  itemName: z.string(),
})
export const listSources = endpoint({
  method: 'GET',
  path: '/sources',
  needs: 'template.read',
  reach: 'own-unit',
  since: '0.1',
  summary: '本单位的数据来源',
  output: z.strictObject({ sources: z.array(SourceView) }),
})

export const getTemplate = endpoint({
  method: 'GET',
  path: '/items/:item/template',
  needs: 'template.read',
  reach: 'city',
  since: '0.1',
  summary: '目录项的填报模板（xlsx 或 csv）',
  params: z.strictObject({ item: z.string().max(80) }),
  query: z.strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx'), unit: z.string().max(80).optional() }),
  files: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
})

export const listPunctuality = endpoint({
  method: 'GET',
  path: '/departments',
  needs: 'department.read',
  reach: 'city',
  since: '0.1',
  summary: '各单位报送及时情况',
  query: z.strictObject({ from: z.string().optional(), to: z.string().optional() }),
  output: z.strictObject({
    from: z.string(),
    to: z.string(),
    departments: z.array(
      z.strictObject({
        unit: z.string(),
        unitName: z.string(),
        reported: z.number(),
        onTime: z.number(),
        late: z.number(),
        unknown: z.number(),
        refused: z.number(),
        waiting: z.number(),
        months: z.array(z.strictObject({ month: z.string(), reported: z.number(), late: z.number() })),
      }),
    ),
  }),
})
