import type { Day } from '../base/day.ts'
import type { FactId } from '../base/id.ts'
import { itemEdition, type Law } from '../law/law.ts'
import { type NameChange, nameChangeOf } from '../law/name-change.ts'
import { nameKey } from '../subject/name.ts'
import type { ArchivedRecord } from './model.ts'
import { keepsCard } from './registrations.ts'

/** A name with its time. `until`: the first day on which it no longer was the name; null: it still is. */
export type NamePeriod = {
  readonly name: string
  readonly key: string
  readonly from: Day | null
  readonly until: Day | null
  readonly factId: FactId
}

/** What one act of the registrar says of the name: that it was this one on the day, or that it gave way to another. */
type Told = { readonly on: Day; readonly factId: FactId } & (
  | { readonly name: string; readonly formerly: readonly string[] }
  | { readonly change: NameChange }
)

const BETWEEN_NAMES = /[;；]/

/**
 * Names as the registrar's acts about one subject bound them: a name holds from the change or the approval that brought it to the one that
 * brought the next. A former name that only the column 曾用名 tells had ended when it was told. The present name stands first; none where the
 * registrar has not said anything. `records` are one subject's, latest decision first, as `recordsOf` gives them.
 */
export function namePeriods(law: Law, records: readonly ArchivedRecord[]): NamePeriod[] {
  const names = new NameLine()
  for (const told of actsOn(law, records)) {
    if ('change' in told) names.change(told.change, told.on, told.factId)
    else names.approve(told.name, told.formerly, told.on, told.factId)
  }
  return names.all()
}

/** Oldest first; on one day what was approved before what was changed: the approval may say the name of the morning or of the evening. */
function actsOn(law: Law, records: readonly ArchivedRecord[]): Told[] {
  const acts = records.flatMap((record): Told[] => {
    const { content, factId, decidedOn: on, item: id, edition } = record.head
    const item = record.state === 'standing' ? itemEdition(law, `${id}@${edition}`) : undefined
    if (!item) return []
    if (keepsCard(item)) {
      const formerly = (content[item.roles.formerName ?? ''] ?? '').split(BETWEEN_NAMES)
      return [{ on, factId, name: content[item.roles.subjectName] ?? '', formerly }]
    }
    const change = nameChangeOf(item, content)
    return change && nameKey(change.before) !== nameKey(change.after) ? [{ on, factId, change }] : []
  })
  const rank = (told: Told): string => `${told.on} ${'change' in told ? 1 : 0}`
  return acts.reverse().sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}

class NameLine {
  private readonly ended = new Map<string, NamePeriod>()
  private readonly formerly: NamePeriod[] = []
  private present: NamePeriod | undefined

  approve(name: string, formerly: readonly string[], on: Day, factId: FactId): void {
    for (const former of formerly) {
      const told = former.trim()
      if (told !== '') this.formerly.push({ name: told, key: nameKey(told), from: null, until: on, factId })
    }
    const key = nameKey(name)
    if (this.present?.key === key) return
    if (this.present) this.end(this.present, on)
    this.begin({ name, key, from: this.present ? on : null, until: null, factId })
  }

  change({ before, after }: NameChange, on: Day, factId: FactId): void {
    const [old, next] = [nameKey(before), nameKey(after)]
    // An approval that already said the new name had put an end to the old one on its own day: the change says the day itself.
    if (this.present && this.present.key !== next) this.end(this.present, on)
    if (this.present?.key !== old) this.end(this.ended.get(old) ?? { name: before, key: old, from: null, until: on, factId }, on)
    this.begin({ name: after, key: next, from: on, until: null, factId })
  }

  /** The present name, then the former ones, the last to end first. */
  all(): NamePeriod[] {
    const former = [...this.ended.values()]
    for (const told of this.formerly)
      if (told.key !== this.present?.key && !former.some(one => one.key === told.key)) former.push(told)
    former.sort((a, b) => ((a.until ?? '') < (b.until ?? '') ? 1 : (a.until ?? '') > (b.until ?? '') ? -1 : 0))
    return this.present ? [this.present, ...former] : former
  }

  private end(name: NamePeriod, until: Day): void {
    this.ended.set(name.key, { ...name, until })
  }

  /** Who takes an old name again bears it from then on; that it was borne before is in the facts. */
  private begin(name: NamePeriod): void {
    this.ended.delete(name.key)
    this.present = name
  }
}
