import type { Check } from './ground.ts'
import { type MaskingLevel, MOST_KEPT, NUMBER_KINDS, VALUE_KINDS, VIEWERS } from './masking-model.ts'

/** Each kind of value has one level for each viewer, and no ID number and no bank account is open to anybody. */
export const checkMasking: Check = ({ reading }, report) => {
  for (const at of reading.masking) {
    const { viewers, kinds, levels } = at.value
    const seen = new Set<string>()
    levels.forEach((row, index) => {
      for (const viewer of row.viewers) {
        const cell = `${row.kind} ${viewer}`
        if (seen.has(cell)) report('law.masking-twice', at, ['levels', index], { kind: row.kind, viewer })
        seen.add(cell)
      }
      if ((row.keep !== undefined) !== (row.level === 'partial' && NUMBER_KINDS.has(row.kind)))
        report('law.masking-keep', at, ['levels', index], { kind: row.kind })
      else if (isOpen(row)) report('law.masking-number-open', at, ['levels', index], { kind: row.kind })
    })
    for (const kind of VALUE_KINDS)
      for (const viewer of VIEWERS)
        if (!seen.has(`${kind} ${viewer}`)) report('law.masking-gap', at, ['levels'], { kind, viewer })
    for (const [key, wanted, named] of [
      ['viewers', VIEWERS, viewers],
      ['kinds', VALUE_KINDS, kinds],
    ] as const)
      if (
        named
          .map(one => one.id)
          .sort()
          .join() !== [...wanted].sort().join()
      )
        report('law.masking-names', at, [key])
  }
}

function isOpen({ kind, level, keep }: MaskingLevel): boolean {
  const most = MOST_KEPT[kind]
  if (most === undefined) return false
  return level === 'full' || (keep !== undefined && (keep[0] > most[0] || keep[1] > most[1]))
}
