import type { Day } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import type { Law } from '../law/law.ts'
import { editionOf, type Procedure } from '../law/procedure-model.ts'
import type { CaseFile } from './model.ts'

/**
 * The edition by which a case goes on today: the one it began under, unless a later one in force takes running cases over. Refuses
 * `case.edition-unknown` where the table of the case is gone.
 */
export function runningEdition(
  law: Pick<Law, 'procedures'>,
  file: Pick<CaseFile, 'procedure' | 'edition'>,
  today: Day,
): { readonly procedure: Procedure; readonly isNew: boolean } {
  const editions = law.procedures.get(file.procedure) ?? []
  const begun = editions.findIndex(one => editionOf(one) === file.edition)
  const first = editions[begun]
  if (!first) throw new Refusal('case.edition-unknown', null, { edition: file.edition })
  const takers = editions.slice(begun + 1).filter(one => one.inForceFrom <= today && one.transition.running === 'by-this')
  const last = takers.at(-1)
  return { procedure: last ?? first, isNew: last !== undefined }
}
