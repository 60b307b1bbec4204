import type { Actor } from '../access/actor.ts'
import { ownLook } from '../access/own-look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { Row } from '../db/database.ts'
import { declarationRulesOn, familyOf } from '../law/declarations.ts'
import { actsFrom } from '../law/procedure-flow.ts'
import { caseLine } from './case-line.ts'
import { FILE_COLUMNS } from './file-columns.ts'
import { openFilled } from './filled-text.ts'
import type { CaseClock, CaseFile, CaseId, Filled } from './model.ts'
import { runningEdition } from './running-edition.ts'
import type { CaseLine } from './shapes.ts'
import { DUE_FIRST } from './work-query.ts'

/* What a subject has declared of its own accord: in its own words, where each stands, and what it can do about it now. */

export type OwnDeclaration = {
  readonly line: CaseLine
  readonly family: string
  readonly title: string
  readonly number: string | null
  readonly until: string
  readonly isPublic: boolean
  /** Verified, and neither over nor taken back. */
  readonly isVerified: boolean
  /** The number of the last act: sent with the next one. */
  readonly entryNo: number
  readonly acts: readonly { readonly act: string; readonly name: string }[]
}

type DeclaredRow = CaseFile &
  Row & {
    readonly clock: CaseClock | null
    readonly texts: readonly Buffer[]
    readonly entries: readonly number[]
    readonly order: string
    readonly isVerified: boolean
  }

type Asked = { readonly after?: string | undefined; readonly limit: number }

const ORDER = `(f.closed_at is not null)::int::text || lpad((9e15 - f.case_id)::bigint::text, 16, '0')`

/** A page of the declarations of whoever is signed in, those that go on first, the youngest in front; a look at itself. */
export async function listOwnDeclarations(
  app: App,
  actor: Actor,
  { after, limit }: Asked,
): Promise<{ declarations: OwnDeclaration[]; next: string | null }> {
  const rows = await ownLook<DeclaredRow>(app, actor, 'declarations', own => ({
    name: 'own-declarations',
    text: `select ${FILE_COLUMNS}, d.clock, ${ORDER} as "order",
        array(select x.sealed from case_text x where x.subject_id = f.subject_id and x.case_id = f.case_id order by x.entry_no) as texts,
        array(select x.entry_no from case_text x where x.subject_id = f.subject_id and x.case_id = f.case_id order by x.entry_no) as entries,
        f.closed_at is null and exists (select from case_record r where r.subject_id = f.subject_id and r.case_id = f.case_id) as "isVerified"
      from case_file f ${DUE_FIRST}
      where f.subject_id = $1 and f.about = 'declaration' and ($2::text is null or ${ORDER} > $2) order by "order" limit $3`,
    values: [own, after ?? null, limit + 1],
  }))
  const page = rows.slice(0, limit)
  return {
    declarations: page.map(row => declarationOf(app, row)),
    next: rows.length > limit ? (page.at(-1)?.order ?? null) : null,
  }
}

function declarationOf(app: App, row: DeclaredRow): OwnDeclaration {
  const today = legalDay(app.now(), app.city.zone)
  const filled: Filled = Object.assign(
    {},
    ...row.texts.map((sealed, at) => openFilled(app, row.caseId as CaseId, row.entries[at] ?? 0, sealed)),
  )
  const { procedure } = runningEdition(app.law, row, today)
  const isOpen = row.closedAt === null
  return {
    line: caseLine(app, row, row.clock, true),
    family: familyOf(declarationRulesOn(app.law, row.openedOn), filled['family'])?.name ?? '',
    title: filled['title'] ?? '',
    number: filled['number'] ?? null,
    until: filled['until'] ?? '',
    isPublic: filled['openness'] === 'public',
    isVerified: row.isVerified && row.turn !== 'receivers',
    entryNo: row.entryNo,
    acts: isOpen ? actsFrom(procedure, row.state).filter(act => act.by.includes('subject')) : [],
  }
}
