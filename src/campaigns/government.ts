import type { Actor } from '../access/actor.ts'
import { type Looking, looking } from '../access/look.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { caseLine } from '../cases/case-line.ts'
import { openFilled } from '../cases/filled-text.ts'
import type { CaseClock, CaseFile, CaseId } from '../cases/model.ts'
import type { CaseLine } from '../cases/shapes.ts'
import type { Query, Row } from '../db/database.ts'
import { campaignsOf } from '../law/campaign-model.ts'
import { ledgerFrom } from './ledger-query.ts'
import type { LedgerFilter } from './ledger-words.ts'

/*
 * The ledger of the government's own dishonesty: every case about a body of the state, by the same table and on the same clocks as anybody's. Read by
 * who watches all units, and each reading is registered: a body sees who looked, like anybody.
 */

export type LedgerRow = CaseLine & {
  readonly bodyName: string
  /** What it is held to have done, as the letter that opened the case says. */
  readonly found: string
  /** Whether the body let one of its own days pass. */
  readonly isLate: boolean
  readonly outcome: 'open' | 'in-time' | 'late' | 'other'
  readonly campaign: string | null
}

type FileRow = CaseFile &
  Row & { readonly clock: CaseClock | null; readonly isLate: boolean; readonly isDone: boolean; readonly campaign: string | null }

/** A page of the ledger, the latest case first, registered as a look at each body it names. */
export async function readLedger(
  app: App,
  actor: Actor,
  filter: LedgerFilter,
  { after, limit }: { readonly after: number | null; readonly limit: number },
): Promise<{ rows: LedgerRow[]; next: number | null; asOf: Day }> {
  const asOf = legalDay(app.now(), app.city.zone)
  const { text, values } = ledgerFrom(campaignsOf(app.law), filter, asOf, after, limit)
  const files = await app.db.rows<FileRow>({ name: `government-ledger-${filter}`, text, values })
  const rows = files.length === 0 ? [] : await looking(app, at => rowsOf(app, actor, at, files, asOf))
  return { rows, next: files.length === limit ? (files.at(-1)?.caseId ?? null) : null, asOf }
}

async function rowsOf(app: App, actor: Actor, at: Looking, files: readonly FileRow[], asOf: Day): Promise<LedgerRow[]> {
  const subjectIds = [...new Set(files.map(one => one.subjectId))]
  const { rows: cards } = await at.look<Row & { subjectId: SubjectId; name: string }>(
    {
      actor,
      outlet: 'case',
      purpose: app.words.say('case.purpose'),
      businessNo: `ZWSX${asOf.replaceAll('-', '')}`,
      isMadeNumber: true,
      shown: ['card', 'government-ledger'],
    },
    subjectIds,
    {
      name: 'ledger-cards',
      text: 'select subject_id as "subjectId", name from subject_card where subject_id = any($1::bigint[])',
      values: [subjectIds],
    },
  )
  const names = new Map(cards.map(one => [one.subjectId, one.name]))
  const found = await foundOf(app, at, files)
  return files.map(file => ({
    ...caseLine(app, file, file.clock, false),
    bodyName: names.get(file.subjectId) ?? '',
    found: found.get(file.caseId) ?? '',
    isLate: file.isLate,
    outcome: file.closedAt === null ? 'open' : !file.isDone ? 'other' : file.isLate ? 'late' : 'in-time',
    campaign: file.campaign,
  }))
}

/** What the first act of each case says was found: the first thing its form asks for. */
async function foundOf(app: App, at: Query, files: readonly FileRow[]): Promise<Map<CaseId, string>> {
  const texts = await at.rows<Row & { caseId: CaseId; sealed: Buffer }>({
    name: 'ledger-texts',
    text: `select t.case_id as "caseId", t.sealed from unnest($1::bigint[], $2::bigint[]) as asked (subject_id, case_id)
      join case_text t using (subject_id, case_id) where t.entry_no = 1`,
    values: [files.map(one => one.subjectId), files.map(one => one.caseId)],
  })
  const procedures = new Map(files.map(one => [one.caseId, one.procedure]))
  return new Map(
    texts.map(({ caseId, sealed }) => {
      const filled = openFilled(app, caseId, 1, sealed)
      const table = app.law.procedures.get(procedures.get(caseId) ?? '')?.at(-1)
      const asked = table?.acts.filter(act => act.from.length === 0).flatMap(act => act.fields.map(one => one.field)) ?? []
      const first = asked.find(field => filled[field] !== undefined)
      return [caseId, (first && filled[first]) ?? '']
    }),
  )
}
