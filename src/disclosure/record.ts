import type { Day } from '../base/day.ts'
import type { Gravity } from '../law/disclosure-model.ts'
import type { ItemEdition, Law } from '../law/law.ts'
import type { SubjectKind } from '../law/model.ts'
import { breachOf } from './breach.ts'
import { asksTheSame, type PenaltyFacts } from './gravity.ts'
import type { DisclosedRecord, RecordState, SubjectComment } from './model.ts'

type Version = {
  /** Column code → canonical value. */
  readonly content: Readonly<Record<string, string>>
  readonly decidedOn: Day
  /** Unit id of the deciding body. */
  readonly authority: string
}

/** What the archive knows of one record, by its last version. */
export type KnownRecord = Version & {
  readonly state: RecordState
  readonly contested: boolean
  readonly comment: SubjectComment | null
  /** The class a named officer gave, and the version it was given on. */
  readonly gravity: {
    readonly gravity: string
    readonly on: Version & { readonly item: string; readonly edition: string }
  } | null
}

/** A record as it was sent, before anybody has said anything about it. */
export const NOTHING_SINCE = { state: 'standing', contested: false, comment: null, gravity: null } as const

type RecordLaw = Pick<Law, 'units' | 'itemEditions' | 'gravity' | 'cityGravity'>

const LONG_TERM = '2099-12-31'
const GRAVITY_WORDS: Readonly<Record<string, Gravity>> = {
  轻微: 'minor',
  一般: 'general',
  严重: 'serious',
  minor: 'minor',
  general: 'general',
  serious: 'serious',
}

/**
 * A record as disclosure asks for it: the item's roles say which column is which. An officer's class holds as long as the last version asks
 * the same question as the one that the officer saw; where it does not, the class is open again.
 */
export function disclosedRecord(
  law: RecordLaw,
  item: ItemEdition,
  subjectKind: SubjectKind,
  known: KnownRecord,
): DisclosedRecord {
  const { roles } = item
  const facts = penaltyFacts(law, item, known)
  const day = (column: string | undefined): Day | null => {
    const text = cellOf(known, column)
    return text === null || text === LONG_TERM ? null : (text as Day)
  }
  return {
    ...facts,
    item,
    fields: known.content,
    subjectKind,
    validUntil: day(roles.validUntil),
    shownUntil: day(roles.shownUntil),
    removedOn: day(roles.removedOn) ?? day(roles.endedOn),
    gravity: givenClass(law, known.gravity, facts) ?? facts.gravity,
    state: known.state,
    contested: known.contested,
    comment: known.comment,
    breach: breachOf(item, known),
  }
}

function cellOf({ content }: Version, column: string | undefined): string | null {
  return (column && content[column]) || null
}

/** What a version says that its class may turn on; `gravity` is the sender's. */
function penaltyFacts(law: RecordLaw, { roles }: ItemEdition, version: Version): PenaltyFacts {
  const procedure = cellOf(version, roles.procedure)
  const fine = cellOf(version, roles.fine)
  return {
    decidedOn: version.decidedOn,
    penaltyKinds: cellOf(version, roles.penaltyKinds)?.split(';').filter(Boolean) ?? [],
    procedure: procedure === null ? null : procedure.startsWith('简易') ? 'simple' : 'ordinary',
    gravity: GRAVITY_WORDS[cellOf(version, roles.gravity) ?? ''] ?? null,
    fineYuan: fine === null ? null : Number(fine),
    domains: law.units.get(version.authority)?.domains ?? [],
  }
}

function givenClass(law: RecordLaw, given: KnownRecord['gravity'], facts: PenaltyFacts): Gravity | null {
  const item = given && law.itemEditions.get(`${given.on.item}@${given.on.edition}`)
  return item && asksTheSame(law, penaltyFacts(law, item, given.on), facts) ? (GRAVITY_WORDS[given.gravity] ?? null) : null
}
