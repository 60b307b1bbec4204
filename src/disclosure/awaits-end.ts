import type { ItemEdition } from '../law/law.ts'
import type { SubjectKind } from '../law/model.ts'
import type { DisclosureLaw, Reason } from './model.ts'
import { publicationPeriod } from './period.ts'
import { disclosedRecord, type KnownRecord, NOTHING_SINCE } from './record.ts'

/**
 * Why a record, as it was sent, is not shown until its sender names the last day: its publisher's period is mirrored, and the row gives none.
 * Null where nothing waits for that day, be it that the record is shown, minor, or never public.
 */
export function awaitsEnd(
  law: DisclosureLaw & Parameters<typeof disclosedRecord>[0],
  item: ItemEdition,
  subjectKind: SubjectKind,
  sent: Pick<KnownRecord, 'content' | 'decidedOn' | 'authority'>,
): Reason | null {
  const record = disclosedRecord(law, item, subjectKind, { ...sent, ...NOTHING_SINCE })
  const period = publicationPeriod(law, item, record)
  return !period.shown && 'waits' in period && period.waits === 'mirror-end' ? (period.because[0] ?? null) : null
}
