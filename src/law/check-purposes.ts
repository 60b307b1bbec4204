import type { Check } from './ground.ts'
import { reportTwice } from './ground.ts'

/** A purpose is known by its id and by what people write: each name leads to one. Those to choose from bring their basis. */
export const checkPurposes: Check = ({ reading }, report) => {
  const { lookPurposes } = reading
  reportTwice(lookPurposes, one => one.id, 'id', 'law.purpose-duplicate', report)
  const known = new Map<string, string>()
  for (const at of lookPurposes) {
    const { id, name, alsoCalled, ground, offered } = at.value
    for (const text of [name, ...alsoCalled]) {
      const other = known.get(text)
      if (other !== undefined && other !== id) report('law.purpose-name-twice', at, ['name'], { name: text, other })
      known.set(text, id)
    }
    if (offered && ground !== 'law') report('law.purpose-offered', at, ['offered'], { name })
  }
}
