type Count = { readonly hour: string; readonly step: string; readonly outcome: string; readonly count: number }
export type TallyRow = { readonly day: string; readonly step: string; ok: number; wrong: number; locked: number }

const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** Hours joined into days of the city, one row for each day and step, latest day first. */
export function tallyByDay(counts: readonly Count[]): TallyRow[] {
  const rows = new Map<string, TallyRow>()
  for (const { hour, step, outcome, count } of counts) {
    const day = DAY.format(new Date(hour))
    const row = rows.get(`${day} ${step}`) ?? { day, step, ok: 0, wrong: 0, locked: 0 }
    if (outcome === 'ok' || outcome === 'wrong' || outcome === 'locked') row[outcome] += count
    rows.set(`${day} ${step}`, row)
  }
  return [...rows.values()].sort((one, other) => other.day.localeCompare(one.day) || one.step.localeCompare(other.step))
}
