import type { Change } from '../access/change.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { isInForce } from './rules.ts'
import { listOfAccount } from './store.ts'

/** The mandate in force by which an account speaks for a subject; undefined where there is none. */
export async function findStanding(made: Change, accountId: AccountId, subjectId: SubjectId): Promise<MandateId | undefined> {
  const mandates = await listOfAccount(made.tx, accountId)
  return mandates.find(one => one.subjectId === subjectId && isInForce(one, one.ends, made.at, made.today))?.mandateId
}
