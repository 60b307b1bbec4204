import type { App } from '../app.ts'
import { knownRecord } from '../archive/registrations.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import { type Day, day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { Query } from '../db/database.ts'
import { effectOf } from '../disclosure/breach.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import type { ItemEditionId } from '../law/law.ts'
import type { SubjectKind } from '../law/model.ts'
import { confirmationsOf, servedNotices } from './beside.ts'
import { findEarlyExit } from './case-records.ts'
import { commitmentBars } from './commitment-bars.ts'
import { type Compared, compareDeclared } from './declared.ts'
import { filesOf } from './files-of.ts'
import type { GuardFacts } from './guards.ts'
import { barEnd } from './guards-repair.ts'
import { readMeasureRef } from './measure-case.ts'
import type { Filled, OpenedCase, RecordFacts } from './model.ts'

/* What the conditions of an act are judged by, read in the transaction of the act. */

const EVER = new Date('9999-12-31T00:00:00Z')
const EVERY_DAY = day('2999-12-31')

/** The record that an id names among those of a subject and of all that were merged into it; null where there is none such. */
export async function recordFacts(
  app: Pick<App, 'law'>,
  query: Query,
  { subjectId, recordId, today }: { readonly subjectId: SubjectId; readonly recordId: number; readonly today: Day },
): Promise<RecordFacts | null> {
  const facts = await listFacts(query, await filesOf(query, subjectId, today), EVER)
  const record = recordsOf(facts, EVERY_DAY).find(one => one.recordId === (recordId as FactId))
  if (!record) return null
  const { head } = record
  const kind = await kindOf(query, head.subjectId)
  const item = app.law.itemEditions.get(`${head.item}@${head.edition}` as ItemEditionId)
  const disclosed = item && kind ? disclosedRecord(app.law, item, kind, knownRecord(record)) : null
  return {
    subjectId: head.subjectId,
    recordId: record.recordId,
    item: head.item,
    edition: head.edition,
    authority: head.authority,
    decidedOn: head.decidedOn,
    content: head.content,
    effect: item ? effectOf(item, disclosed?.breach) : 'adverse',
    state: record.state,
    contested: record.contested,
    disclosed,
  }
}

/** Until when a subject may not apply for repair, because a repair was revoked for false material; null: it may. */
export async function barredUntil(app: Pick<App, 'law'>, query: Query, subjectId: SubjectId): Promise<Day | null> {
  const row = await query.row<{ on_day: Day }>({
    name: 'case-repair-revoked',
    text: `select e.on_day from case_entry e join case_file f using (subject_id, case_id)
      where e.subject_id = $1 and f.procedure = 'repair-revocation' and e.act = 'revoke' order by e.on_day desc limit 1`,
    values: [subjectId],
  })
  return row ? barEnd(app.law, row.on_day) : null
}

async function kindOf(query: Query, subjectId: SubjectId): Promise<SubjectKind | null> {
  const row = await query.row<{ kind: SubjectKind }>({
    name: 'case-subject-kind',
    text: 'select kind from subject where subject_id = $1',
    values: [subjectId],
  })
  return row?.kind ?? null
}

const KIND_ASKED: ReadonlySet<string> = new Set(['list', 'commitment', 'declaration', 'measure'])

/** The record that a case is about, or on which the measure rests that it is about. */
function recordIdOf(about: string, aboutRef: string | null): number | null {
  if (about === 'measure') return readMeasureRef(aboutRef)?.recordId ?? null
  return about === 'record' && aboutRef !== null ? Number(aboutRef) : null
}

/** What is declared, held against the subject's own records as they are known now. */
async function comparedWith(
  { law }: Pick<App, 'law'>,
  { query, today }: { readonly query: Query; readonly today: Day },
  subjectId: SubjectId,
  declared: Filled,
): Promise<Compared> {
  return compareDeclared(law, declared, recordsOf(await listFacts(query, [subjectId], EVER), today), today)
}

export type About = {
  readonly subjectId: SubjectId
  readonly about: string
  readonly aboutRef: string | null
  readonly unit: string
}

/** Everything that a condition may ask about, as it is known to this query's transaction. */
export async function guardFacts(
  app: Pick<App, 'law'>,
  { query, today }: { readonly query: Query; readonly today: Day },
  { subjectId, about, aboutRef, unit }: About,
  opened: OpenedCase | null,
  filled: Filled,
): Promise<GuardFacts> {
  const recordId = recordIdOf(about, aboutRef)
  const record = recordId === null ? null : await recordFacts(app, query, { subjectId, recordId, today })
  const key = opened?.file
  const all = { ...opened?.filled, ...filled }
  return {
    law: app.law,
    today,
    subjectId,
    aboutRef,
    unit,
    subjectKind: KIND_ASKED.has(about) ? await kindOf(query, subjectId) : null,
    commitmentBars: about === 'commitment' ? await commitmentBars(app.law, query, subjectId, today) : [],
    compared: about === 'declaration' ? await comparedWith(app, { query, today }, subjectId, all) : null,
    filled: all,
    record,
    earlyExit: record ? await findEarlyExit(app.law, query, record.subjectId, record.recordId) : undefined,
    opened,
    served: key ? await servedNotices(query, key) : new Map(),
    barredUntil: about === 'record' ? await barredUntil(app, query, subjectId) : null,
    openConfirmations: key ? (await confirmationsOf(query, key)).open : 0,
  }
}
