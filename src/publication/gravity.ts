import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { SubjectCard } from '../archive/cards.ts'
import type { ArchivedRecord } from '../archive/model.ts'

export type OpenGravity = { readonly card: SubjectCard; readonly record: Pick<ArchivedRecord, 'recordId' | 'head'> }

/** Puts penalties whose class neither table nor sender gives to a named officer of the deciding unit, once each (principles: 轻微, 一般, 严重). */
export async function openGravityQuestions(app: App, change: Change, open: readonly OpenGravity[]): Promise<void> {
  if (open.length === 0) return
  const ids = await app.ids.take(open.length)
  const sealed = open.map(({ record }, i) =>
    app.keys.seal(
      'data',
      Buffer.from(JSON.stringify({ content: record.head.content, decidedOn: record.head.decidedOn })),
      `waiting_row:${ids[i]}`,
    ),
  )
  await change.tx.run({
    name: 'open-gravity',
    text: `insert into waiting_row (waiting_id, unit, item, reason, evidence, subject_id, fact_id, sealed, opened_at)
      select waiting_id, unit, item, 'penalty.gravity-open', '{}', subject_id, fact_id, sealed, $1 from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bytea[])
        as w (waiting_id, unit, item, subject_id, fact_id, sealed)
      on conflict (fact_id) where reason = 'penalty.gravity-open' do nothing`,
    values: [
      change.at,
      ids,
      open.map(o => o.record.head.authority),
      open.map(o => o.record.head.item),
      open.map(o => o.card.subjectId),
      open.map(o => o.record.recordId),
      sealed,
    ],
  })
}
