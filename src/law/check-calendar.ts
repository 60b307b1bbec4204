import { addDays, type Day, weekday } from '../base/day.ts'
import { type Ground, type Report, repeated } from './ground.ts'
import type { Located } from './reading.ts'
import type { CalendarYear } from './report-model.ts'

/** 全国年节及纪念日放假办法: the seven holidays that every year's notice arranges. */
const HOLIDAYS = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节']

/** Working days rest on the State Council's notices: whole years, without gaps. */
export function checkCalendar({ law, reading }: Ground, report: Report): void {
  const years = [...reading.calendar].sort((a, b) => a.value.year - b.value.year)
  years.forEach((year, index) => {
    const earlier = years[index - 1]
    if (earlier && earlier.value.year + 1 !== year.value.year)
      report('law.calendar-gap', year, ['year'], { year: earlier.value.year + 1 })
    if (!law.instruments.has(year.value.instrument))
      report('law.calendar-instrument-unknown', year, ['instrument'], { instrument: year.value.instrument })
    checkHolidays(year, report)
    checkWorkedWeekends(year, report)
  })
}

function checkHolidays(at: Located<CalendarYear>, report: Report): void {
  const { holidays, year } = at.value
  const names = holidays.map(one => one.name).join('、')
  for (const holiday of HOLIDAYS)
    if (!names.includes(holiday)) report('law.calendar-holiday-missing', at, ['holidays'], { year, holiday })
  holidays.forEach((one, index) => {
    if (one.to < one.from) report('law.calendar-range-inverted', at, ['holidays', index], { holiday: one.name })
    // A notice reaches back into December for New Year's Day, never further.
    if (!isInYear(one.from, year) || !isInYear(one.to, year))
      report('law.calendar-outside-year', at, ['holidays', index], { year, day: one.from })
    const overlapping = holidays.slice(0, index).find(other => one.from <= other.to && other.from <= one.to)
    if (overlapping)
      report('law.calendar-holidays-overlap', at, ['holidays', index], { holiday: one.name, other: overlapping.name })
  })
}

function checkWorkedWeekends(at: Located<CalendarYear>, report: Report): void {
  const { holidays, workedWeekends, year } = at.value
  for (const index of repeated(workedWeekends))
    report('law.calendar-worked-twice', at, ['workedWeekends', index], { day: workedWeekends[index] })
  workedWeekends.forEach((on, index) => {
    const path = ['workedWeekends', index]
    if (weekday(on) <= 5) report('law.calendar-worked-weekday', at, path, { day: on })
    if (!isInYear(on, year)) report('law.calendar-outside-year', at, path, { year, day: on })
    if (holidays.some(one => one.from <= on && on <= one.to)) report('law.calendar-worked-holiday', at, path, { day: on })
  })
}

function isInYear(on: Day, year: number): boolean {
  return Number(on.slice(0, 4)) === year || (on < `${year}-01-01` && Number(addDays(on, 31).slice(0, 4)) === year)
}
