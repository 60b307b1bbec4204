import type { Day } from '../base/day.ts'
import type { Gravity } from '../law/disclosure-model.ts'
import type { ItemEdition, Law } from '../law/law.ts'
import type { SubjectKind } from '../law/model.ts'
import type { DisclosedRecord, RecordState } from './model.ts'

/** What the archive knows of one record. `content`: column code → canonical value. */
export type KnownRecord = {
  readonly content: Readonly<Record<string, string>>
  readonly decidedOn: Day
  /** Unit id of the deciding body. */
  readonly authority: string
  readonly state: RecordState
  readonly contested: boolean
  /** The class a named officer gave. */
  readonly gravity: string | null
}

const LONG_TERM = '2099-12-31'
const GRAVITY_WORDS: Readonly<Record<string, Gravity>> = {
  轻微: 'minor',
  一般: 'general',
  严重: 'serious',
  minor: 'minor',
  general: 'general',
  serious: 'serious',
}

/** A record as disclosure asks for it: the item's roles say which column is which. */
export function disclosedRecord(
  law: Pick<Law, 'units'>,
  item: ItemEdition,
  subjectKind: SubjectKind,
  known: KnownRecord,
): DisclosedRecord {
  const { roles } = item
  const of = (column: string | undefined): string | null => (column ? (known.content[column] ?? null) : null)
  const day = (column: string | undefined): Day | null => {
    const text = of(column)
    return text === null || text === '' || text === LONG_TERM ? null : (text as Day)
  }
  const procedure = of(roles.procedure)
  const fine = of(roles.fine)
  return {
    item,
    fields: known.content,
    subjectKind,
    decidedOn: known.decidedOn,
    validUntil: day(roles.validUntil),
    shownUntil: day(roles.shownUntil),
    removedOn: day(roles.removedOn) ?? day(roles.endedOn),
    penaltyKinds: of(roles.penaltyKinds)?.split(';').filter(Boolean) ?? [],
    procedure: procedure === null || procedure === '' ? null : procedure.startsWith('简易') ? 'simple' : 'ordinary',
    gravity: GRAVITY_WORDS[known.gravity ?? of(roles.gravity) ?? ''] ?? null,
    fineYuan: fine === null || fine === '' ? null : Number(fine),
    domains: law.units.get(known.authority)?.domains ?? [],
    state: known.state,
    contested: known.contested,
  }
}
