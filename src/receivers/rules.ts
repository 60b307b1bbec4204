import type { Law } from '../law/law.ts'
import type { Cause } from './model.ts'

/* Which entries may hold a record, from what an entry says was shown. */

const wordsByLaw = new WeakMap<object, ReadonlyMap<string, readonly string[]>>()

/**
 * Item → the words by which an entry of the register says that records of the item were shown: the item, the sections in which reports and
 * checks show it, the classes by which it is authorised, and the words for everything. An entry does not name its records (that would cost
 * the read what it has not got to spend): whoever was shown the kind is asked, though its answer may not have held this record.
 */
export function shownWords(law: Pick<Law, 'items' | 'authorisableClasses'>): ReadonlyMap<string, readonly string[]> {
  const known = wordsByLaw.get(law.items)
  if (known) return known
  const classes = [...law.authorisableClasses.values()]
  const everything = ['records', 'special-report', ...classes.filter(one => one.report !== undefined).map(one => one.id)]
  const words = new Map(
    [...law.items].map(([item, editions]) => {
      const sections = editions.map(edition => edition.report.section)
      const granted = classes.filter(one => one.items.includes(item)).map(one => one.id)
      return [item, [...new Set([item, ...everything, ...sections, ...granted])]] as const
    }),
  )
  wordsByLaw.set(law.items, words)
  return words
}

const CAUSE_OF: Readonly<Record<string, Cause>> = {
  'record.replaced': 'corrected',
  'record.annulled': 'annulled',
  'record.repaired': 'repaired',
  'record.suspended': 'suspended',
  'waiting.undone': 'misattributed',
  'subject.unlinked': 'misattributed',
}

/** Why a withdrawal is told to receivers, where it was not said apart from the reason that reports give. */
export function causeOf(reason: string): Cause {
  return CAUSE_OF[reason] ?? 'removed'
}
