import { z } from 'zod'
import { CaseLine } from '../cases/shapes.ts'
import { endpoint } from '../http/endpoint.ts'
import { LEDGER_FILTERS } from './ledger-words.ts'

/* Doors of the ledger of the government's own dishonesty. */

const filter = z.enum(LEDGER_FILTERS).default('all')

export const readLedger = endpoint({
  method: 'GET',
  path: '/government-cases',
  needs: 'case.coordinate',
  reach: 'city',
  since: '0.4',
  summary: '政府失信台账：机关的案件，和任何主体一样有期限、一样逾期；每次查看登记',
  query: z.strictObject({
    filter,
    after: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    asOf: z.string(),
    rows: z.array(
      CaseLine.extend({
        bodyName: z.string(),
        found: z.string(),
        isLate: z.boolean(),
        outcome: z.enum(['open', 'in-time', 'late', 'other']),
        campaign: z.string().nullable(),
      }),
    ),
    next: z.number().nullable(),
  }),
})

export const exportLedger = endpoint({
  method: 'GET',
  path: '/government-cases/export',
  needs: 'case.coordinate',
  reach: 'city',
  since: '0.4',
  summary: '政府失信台账导出（CSV），每个机关登记一次查看',
  query: z.strictObject({ filter }),
  files: ['text/csv'],
})
