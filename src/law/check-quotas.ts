import type { Check } from './ground.ts'
import { reportTwice } from './ground.ts'
import { QUOTA_HOLDERS } from './quota-model.ts'

/** Everybody who comes in is counted, so there is a quota for each kind of caller; of one id there is one in a file. */
export const checkQuotas: Check = (ground, report) => {
  const { quotas } = ground.reading
  const [first] = quotas
  for (const origin of ['national', 'city'] as const) {
    const own = quotas.filter(one => one.file.origin === origin)
    reportTwice(own, one => one.id, 'id', 'law.quota-duplicate', report)
  }
  if (!first) return
  for (const holder of QUOTA_HOLDERS) {
    if (![...ground.law.quotas.values()].some(one => one.holder === holder)) report('law.quota-missing', first, [], { holder })
  }
}
