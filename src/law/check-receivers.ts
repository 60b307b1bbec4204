import { fewestMonths } from './access-model.ts'
import type { Check } from './ground.ts'

const DAYS_A_MONTH = 30

/** An entry is a row of the register of looks: none may be good, and nobody be told by one, longer than the register is kept. */
export const checkReceivers: Check = ({ law, reading }, report) => {
  const [file] = reading.receivers
  const kept = fewestMonths(law.retention?.looks)
  if (!file || kept === null) return
  const { entries, told } = file.value
  for (const kind of ['business', 'report'] as const) {
    const { longestDays } = entries[kind]
    if (longestDays > kept * DAYS_A_MONTH)
      report('law.receiver-entry-beyond-register', file, ['entries', kind, 'longestDays'], { longestDays, months: kept })
  }
  if (told.months > kept)
    report('law.receiver-told-beyond-register', file, ['told', 'months'], { told: told.months, months: kept })
}
