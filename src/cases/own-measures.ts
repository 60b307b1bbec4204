import type { Actor } from '../access/actor.ts'
import { ownLook } from '../access/own-look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { Row } from '../db/database.ts'
import { actsFrom } from '../law/procedure-flow.ts'
import { caseLine } from './case-line.ts'
import { FILE_COLUMNS } from './file-columns.ts'
import { openFilled } from './filled-text.ts'
import { measureOf } from './measure-case.ts'
import type { CaseClock, CaseFile } from './model.ts'
import { runningEdition } from './running-edition.ts'
import type { CaseLine } from './shapes.ts'
import { DUE_FIRST } from './work-query.ts'

/* The cases of measures against whoever is signed in: what stands beside the measures on its own page. */

export type OwnMeasureCase = CaseLine & {
  /** The row of the register; null: the law has it no more. */
  readonly measure: { readonly name: string; readonly statutes: readonly string[] } | null
  /** The unit that asked for it. */
  readonly initiatorName: string
  /** What it is to restrict, as the notice says it; null: nothing was proposed yet. */
  readonly scope: string | null
  /** What the subject may do in the state in which it is; the case itself says of each whether it may today. */
  readonly acts: readonly { readonly act: string; readonly name: string }[]
}

type ScopeRow = { readonly caseId: number; readonly entryNo: number; readonly sealed: Buffer }

/** Those that are open, what is due first in front, then the closed. A look at oneself (SG13, M209). Refuses whoever speaks for nobody. */
export async function readOwnMeasureCases(app: App, actor: Actor): Promise<OwnMeasureCase[]> {
  const texts = await ownLook<ScopeRow>(app, actor, 'measures', own => ({
    name: 'own-measure-scopes',
    text: `select t.case_id as "caseId", t.entry_no as "entryNo", t.sealed from case_text t
      join case_entry e on e.subject_id = t.subject_id and e.case_id = t.case_id and e.entry_no = t.entry_no and e.act = 'propose'
      join case_file f on f.subject_id = t.subject_id and f.case_id = t.case_id and f.about = 'measure'
      where t.subject_id = $1 order by t.entry_no`,
    values: [own],
  }))
  const scopes = new Map(texts.map(one => [one.caseId, openFilled(app, one.caseId, one.entryNo, one.sealed)['scope'] ?? null]))
  const files = await app.db.rows<CaseFile & Row & { readonly clock: CaseClock | null }>({
    name: 'own-measure-cases',
    text: `select ${FILE_COLUMNS}, d.clock from case_file f ${DUE_FIRST}
      where f.subject_id = $1 and f.about = 'measure' order by f.closed_at is not null, d.due_on, f.case_id desc`,
    values: [actor.subjectId],
  })
  return files.map(file => ({
    ...caseLine(app, file, file.clock, true),
    ...besides(app, file),
    scope: scopes.get(file.caseId) ?? null,
  }))
}

function besides(app: App, file: CaseFile): Pick<OwnMeasureCase, 'measure' | 'initiatorName' | 'acts'> {
  const { law } = app
  const { procedure } = runningEdition(law, file, legalDay(app.now(), app.city.zone))
  const acts = actsFrom(procedure, file.state).filter(one => one.by.includes('subject'))
  const found = measureOf(law, file.aboutRef)
  return {
    measure: found && { name: found.name, statutes: found.statutes },
    initiatorName: law.units.get(file.openedUnit ?? '')?.name ?? '',
    acts: file.closedAt === null ? acts.map(({ act, name }) => ({ act, name })) : [],
  }
}
