import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import type { Statement } from '../db/database.ts'
import { type KeptReason, lookLeaf, lookMissLeaf, receiptOf } from './look-leaf.ts'

/* A read and its entry in the register as ONE statement: values of the read first, those of the entry behind them. */

/** A read that is only made, and only registered, where `provided` (a query) finds a row; `text` asks so too: `exists (select from provided)`. */
export type ProvidedRead = Statement & { readonly provided?: string }

/** Who looks, when, why, where. */
export type Looker = KeptReason & {
  readonly at: Date
  readonly actor: string
  readonly unit: string | null
  readonly mandateId: number | null
  readonly outlet: string
}

export type Registering = { readonly statement: Statement; readonly receipt: string }

type Shown = { readonly shown: readonly string[]; readonly until: Day | null }

/** The read about these subjects with one entry for each. */
export async function lookStatement(
  app: Pick<App, 'ids'>,
  looker: Looker & Shown,
  subjectIds: readonly SubjectId[],
  read: ProvidedRead,
): Promise<Registering> {
  const ids = await app.ids.take(subjectIds.length + 1)
  const batchId = ids[subjectIds.length] as number
  const receipt = receiptOf(batchId)
  const leaves = subjectIds.map((subjectId, i) => lookLeaf({ ...looker, receipt, subjectId, lookId: ids[i] as number }))
  const given = read.values ?? []
  const isOne = subjectIds.length === 1
  const values = [
    ...given,
    isOne ? subjectIds[0] : subjectIds,
    isOne ? ids[0] : ids.slice(0, subjectIds.length),
    looker.at,
    looker.actor,
    looker.unit,
    looker.outlet,
    looker.purpose,
    looker.businessNo,
    looker.basis,
    looker.ground,
    looker.authorisationId,
    looker.shown,
    looker.until,
    receipt,
    batchId,
    Buffer.concat(leaves),
    looker.mandateId,
  ]
  const text = lookText(read, given.length, isOne)
  const name = read.name ? { name: `look-${isOne ? 'one' : 'set'}-${read.name}` } : {}
  return { statement: { ...name, text, values }, receipt }
}

const texts = new Map<string, string>()

/** A look at one subject has a statement of its own: with plain values its plan is made once, with lists of unknown length at every call. */
function lookText({ text: readText, provided }: ProvidedRead, given: number, isOne: boolean): string {
  const key = `${isOne} ${given} ${provided ?? ''} ${readText}`
  const kept = texts.get(key)
  if (kept) return kept
  const p = (n: number): string => `$${given + n}`
  const reason = `${p(7)}, ${p(8)}, ${p(9)}, ${p(10)}, ${p(11)}::bigint`
  const shared = `${p(3)}::timestamptz, ${p(4)}, ${p(5)}, ${p(6)}, ${reason}, ${p(12)}::text[], ${p(13)}::date, ${p(14)}, ${p(15)}::bigint, ${p(17)}::bigint`
  const from = provided ? 'from provided' : ''
  const entries = isOne
    ? `select ${p(1)}::bigint, ${p(2)}::bigint, 0, ${shared} ${from}`
    : `select who.subject_id, who.look_id, who.no - 1, ${shared} from unnest(${p(1)}::bigint[], ${p(2)}::bigint[]) with ordinality as who (subject_id, look_id, no) ${provided ? 'cross join provided' : ''}`
  const count = isOne ? '1' : `cardinality(${p(1)}::bigint[])`
  const text = `with ${provided ? `provided as (${provided}), ` : ''}looked as (insert into look (subject_id, look_id, leaf_no, at, actor, unit, outlet, purpose, business_no, basis, ground, authorisation_id, shown, until, receipt, batch_id, mandate_id)
    ${entries}),
  batched as (insert into ledger_batch (batch_id, at, kind, leaf_count, leaves) select ${p(15)}, ${p(3)}, 'look', ${count}, ${p(16)}::bytea ${from})
  ${readText}`
  texts.set(key, text)
  return text
}

const NOTHING: Statement = { name: 'nothing', text: 'select' }

/** The read, if there is one, with an entry for everything that was asked for and nobody known was found for. */
export async function missStatement(
  app: Pick<App, 'ids' | 'keys'>,
  looker: Looker,
  asked: readonly string[],
  read: Statement = NOTHING,
): Promise<Registering> {
  const ids = await app.ids.take(asked.length + 1)
  const batchId = ids[asked.length] as number
  const receipt = receiptOf(batchId)
  const digests = asked.map(text => app.keys.blindIndex('look-miss', text))
  const leaves = digests.map((digest, i) =>
    lookMissLeaf({
      lookId: ids[i] as number,
      asked: digest.toString('hex'),
      receipt,
      at: looker.at,
      actor: looker.actor,
      unit: looker.unit,
      mandateId: looker.mandateId,
      outlet: looker.outlet,
      purpose: looker.purpose,
      businessNo: looker.businessNo,
      basis: looker.basis,
      ground: looker.ground,
      authorisationId: looker.authorisationId,
    }),
  )
  const given = read.values ?? []
  const p = (n: number): string => `$${given.length + n}`
  return {
    receipt,
    statement: {
      ...(read.name ? { name: `miss-${read.name}` } : {}),
      text: `with batched as (insert into ledger_batch (batch_id, at, kind, leaf_count, leaves) values (${p(1)}, ${p(2)}, 'look', cardinality(${p(4)}::bigint[]), ${p(3)})),
        missed as (insert into look_miss (look_id, at, actor, unit, outlet, purpose, business_no, basis, ground, authorisation_id, asked, receipt, batch_id, leaf_no, mandate_id)
          select look_id, ${p(2)}, ${p(6)}, ${p(7)}, ${p(8)}, ${p(9)}, ${p(10)}, ${p(11)}, ${p(12)}, ${p(13)}::bigint, asked, ${p(14)}, ${p(1)}, no - 1, ${p(15)}::bigint
          from unnest(${p(4)}::bigint[], ${p(5)}::bytea[]) with ordinality as m (look_id, asked, no))
        ${read.text}`,
      values: [
        ...given,
        batchId,
        looker.at,
        Buffer.concat(leaves),
        ids.slice(0, asked.length),
        digests,
        looker.actor,
        looker.unit,
        looker.outlet,
        looker.purpose,
        looker.businessNo,
        looker.basis,
        looker.ground,
        looker.authorisationId,
        receipt,
        looker.mandateId,
      ],
    },
  }
}
