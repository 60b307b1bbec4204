import type { Names } from '../words/words.ts'
import { cite } from './citation.ts'
import type { Law } from './law.ts'

/** Names out of the law, for the sentences of refusals: 《…》第十五条; what the table of permissions calls a permission. An unknown id stands as it is. */
export function namesOf(law: Law): Names {
  return { cite: basis => cite(law, basis), permission: id => law.permissions.get(id)?.name ?? id }
}
