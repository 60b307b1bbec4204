import type { Day } from '../base/day.ts'
import type { Gravity, GravityTable } from '../law/disclosure-model.ts'
import type { DisclosureLaw, PeriodFacts, Reason } from './model.ts'

/*
 * The class of a penalty (轻微, 一般, 严重) decides its publication. The sender's class stands; else the tables give it; where neither does,
 * the record waits for a named officer of the deciding unit. Nothing is guessed: two thresholds that disagree are no answer.
 */

export type GravityAnswer =
  | { readonly gravity: Gravity; readonly because: Reason }
  | { readonly waits: 'gravity'; readonly because: Reason }

const RANK: Readonly<Record<Gravity, number>> = { minor: 0, general: 1, serious: 2 }

export type PenaltyFacts = Pick<PeriodFacts, 'penaltyKinds' | 'procedure' | 'gravity' | 'fineYuan' | 'domains' | 'decidedOn'>

/**
 * The class of a penalty. `on`: the day whose tables are asked (the act's own day, or the first day of a later regime). Of several kinds
 * the gravest governs; a kind that no table classes is an answer only where another kind is already serious.
 */
export function gravityOf(law: DisclosureLaw, facts: PenaltyFacts, on: Day = facts.decidedOn): GravityAnswer {
  if (facts.gravity)
    return {
      gravity: facts.gravity,
      because: { code: 'gravity.given-by-sender', basis: null, facts: { gravity: facts.gravity } },
    }
  const table = inForce(law.gravity, on)
  if (!table) return waiting('gravity.no-table', {})
  if (facts.procedure === 'simple') {
    return {
      gravity: table.simpleProcedure.gravity,
      because: { code: 'gravity.simple-procedure', basis: table.simpleProcedure.basis[0] ?? null, facts: {} },
    }
  }
  if (facts.penaltyKinds.length === 0) return waiting('gravity.no-kind', {})
  let gravest: GravityAnswer | null = null
  let open: GravityAnswer | null = null
  for (const kind of facts.penaltyKinds) {
    const answer = ofKind(law, table, kind, facts, on)
    if ('waits' in answer) open = answer
    else if (gravest === null || 'waits' in gravest || RANK[answer.gravity] > RANK[gravest.gravity]) gravest = answer
  }
  if (gravest && 'gravity' in gravest && (open === null || gravest.gravity === 'serious')) return gravest
  return open ?? waiting('gravity.no-kind', {})
}

/**
 * True where two versions of a penalty are alike in all that `gravityOf` asks of them, the tables of their days included: an officer's
 * answer about one is then an answer about the other.
 */
export function asksTheSame(law: Pick<DisclosureLaw, 'gravity' | 'cityGravity'>, a: PenaltyFacts, b: PenaltyFacts): boolean {
  return (
    a.gravity === b.gravity &&
    a.fineYuan === b.fineYuan &&
    (a.procedure === 'simple') === (b.procedure === 'simple') &&
    sameWords(a.penaltyKinds, b.penaltyKinds) &&
    sameWords(a.domains, b.domains) &&
    inForce(law.gravity, a.decidedOn) === inForce(law.gravity, b.decidedOn) &&
    inForce(law.cityGravity, a.decidedOn) === inForce(law.cityGravity, b.decidedOn)
  )
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.every(word => b.includes(word)) && b.every(word => a.includes(word))
}

/** True where the record says that nothing was punished: such an outcome is no dishonesty record (行政处罚法 33). */
export function nothingPunished(penaltyKinds: readonly string[]): boolean {
  return penaltyKinds.length > 0 && penaltyKinds.every(kind => NO_PENALTY.test(kind))
}

const NO_PENALTY = /不予(行政)?处罚/

function ofKind(law: DisclosureLaw, table: GravityTable, kind: string, facts: PenaltyFacts, on: Day): GravityAnswer {
  const row = rowsOf(table).get(kind) ?? rowsOf(table).get(kind.split(/[-—－:：]/, 1)[0] ?? '')
  if (!row || row.gravity === 'by-officer') return waiting('gravity.by-officer', { kind })
  if (row.gravity === 'by-amount') return byAmount(law, table, facts, on)
  return {
    gravity: row.gravity,
    because: { code: 'gravity.by-kind', basis: row.basis[0] ?? null, facts: { kind, gravity: row.gravity } },
  }
}

type Threshold = GravityTable['thresholds'][number]

function byAmount(law: DisclosureLaw, table: GravityTable, facts: PenaltyFacts, on: Day): GravityAnswer {
  const fine = facts.fineYuan
  if (fine === null) return waiting('gravity.no-amount', {})
  const rows = [...table.thresholds, ...(inForce(law.cityGravity, on)?.thresholds ?? [])]
  const wanted = facts.domains.length > 0 ? facts.domains : ['*']
  let found: GravityAnswer | null = null
  for (const domain of wanted) {
    const row = rows.find(it => it.domain === domain) ?? rows.find(it => it.domain === '*')
    if (!row) return waiting('gravity.no-threshold', {})
    const answer = ofFine(row, fine)
    if (found && 'gravity' in found && 'gravity' in answer && found.gravity !== answer.gravity)
      return waiting('gravity.domains-disagree', {})
    found = answer
  }
  return found ?? waiting('gravity.no-threshold', {})
}

function ofFine(row: Threshold, fine: number): GravityAnswer {
  const gravity: Gravity = fine >= row.seriousFrom ? 'serious' : fine >= row.generalFrom ? 'general' : 'minor'
  return {
    gravity,
    because: {
      code: 'gravity.by-amount',
      basis: row.basis[0] ?? null,
      facts: { gravity, generalFrom: row.generalFrom, seriousFrom: row.seriousFrom },
    },
  }
}

function waiting(code: string, facts: Reason['facts']): GravityAnswer {
  return { waits: 'gravity', because: { code, basis: null, facts } }
}

/** The latest edition in force on a day. */
function inForce<T extends { readonly inForceFrom: Day }>(editions: readonly T[], on: Day): T | undefined {
  let found: T | undefined
  for (const edition of editions) {
    if (edition.inForceFrom <= on && (!found || edition.inForceFrom > found.inForceFrom)) found = edition
  }
  return found
}

const kindRows = new WeakMap<GravityTable, Map<string, GravityTable['kinds'][number]>>()

function rowsOf(table: GravityTable): Map<string, GravityTable['kinds'][number]> {
  let rows = kindRows.get(table)
  if (!rows) {
    rows = new Map(table.kinds.map(row => [row.kind, row]))
    kindRows.set(table, rows)
  }
  return rows
}
