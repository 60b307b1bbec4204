import { addDays, addMonths, type Day } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import { type Calendar, previousWorkingDay } from '../law/calendar.ts'
import type { Domain, ReportLayout } from '../law/report-model.ts'

export type ReportWindow = { readonly from: Day; readonly to: Day }

/**
 * The window of a special report asked for today: whole years that end on the working day before (M143, M144), both days included.
 * Refuses `report.years-unknown` (years the layout does not offer) and `report.window-unknown` where the calendar does not know the last
 * working day: nothing is guessed.
 */
export function specialWindow(
  layout: Pick<ReportLayout, 'windows'>,
  calendar: Calendar,
  today: Day,
  years: number,
): Verdict<ReportWindow> {
  if (!layout.windows.includes(years)) return refused('report.years-unknown', null, { years })
  const to = previousWorkingDay(calendar, today)
  if (typeof to !== 'string') return refused('report.window-unknown', null, { year: to.unknown })
  return granted({ from: addDays(addMonths(to, -12 * years), 1), to })
}

/** The domains a subject chose, in the order of the law; all of them where it named none. Refuses `report.domain-unknown`. */
export function chosenDomains(
  domains: ReadonlyMap<string, Domain>,
  wanted: readonly string[] | undefined,
): Verdict<readonly Domain[]> {
  const all = [...domains.values()].sort((a, b) => a.order - b.order)
  if (wanted === undefined) return granted(all)
  const stranger = wanted.find(id => !domains.has(id))
  if (stranger !== undefined) return refused('report.domain-unknown', null, { domain: stranger })
  return granted(all.filter(domain => wanted.includes(domain.id)))
}
