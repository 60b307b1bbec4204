import type { Fact } from '../archive/model.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import type { Query } from '../db/database.ts'
import type { CommitmentExclusion } from '../law/commitment-model.ts'
import { isBreach } from '../law/commitments.ts'
import { type ItemEditionId, itemOn, type Law } from '../law/law.ts'

/* What keeps somebody from a matter that is closed to such as it: read from its records, so that what is repaired bars nobody. */

const EVER = new Date('9999-12-31T00:00:00Z')

/** What bars a subject on a day: an entry in force in a list of serious dishonesty, a breach of a commitment that is not repaired. */
export async function commitmentBars(law: Law, query: Query, subjectId: SubjectId, today: Day): Promise<CommitmentExclusion[]> {
  return barsOf(law, await listFacts(query, [subjectId], EVER), today)
}

/** The same from facts that were read already. */
export function barsOf(law: Law, facts: readonly Fact[], today: Day): CommitmentExclusion[] {
  const records = recordsOf(facts, today).filter(one => one.state === 'standing')
  const isListed = records.some(({ head }) => isSerious(law, head, today))
  const isBroken = records.some(({ head }) => isBrokenCommitment(law, head, today))
  return [...(isListed ? ['serious-list' as const] : []), ...(isBroken ? ['unrepaired-breach' as const] : [])]
}

type Head = { readonly item: string; readonly edition: string; readonly content: Readonly<Record<string, string>> }

function isSerious(law: Law, { item, edition, content }: Head, today: Day): boolean {
  const found = law.itemEditions.get(`${item}@${edition}` as ItemEditionId)
  if (!found?.list || law.lists.get(found.list)?.kind !== 'serious') return false
  const until = content[found.roles.shownUntil ?? ''] ?? ''
  return !/^\d{4}-\d{2}-\d{2}$/.test(until) || until >= today
}

function isBrokenCommitment(law: Law, { item, content }: Head, today: Day): boolean {
  const register = law.commitments.register
  if (register === null || item !== register.item) return false
  const status = itemOn(law, item, today)?.roles.status
  return status !== undefined && isBreach(law, content[status] ?? '') === true
}
