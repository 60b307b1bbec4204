import { articleNumeral } from './citation.ts'
import type { NoticeRemedy } from './notice-model.ts'

/** 六十日, 六个月, 五个工作日: a term as a letter says it. */
export function termText({ within }: Pick<NoticeRemedy, 'within'>): string {
  if ('days' in within) return `${articleNumeral(within.days)}日`
  if ('months' in within) return `${articleNumeral(within.months)}个月`
  return `${articleNumeral(within.workingDays)}个工作日`
}

/** 2026年11月20日: a day as a letter writes it. */
export function dayText(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}

/** A last day that cannot be counted yet because the notice of its year is not published: `unknown:2027`. Null for anything else. */
export function unknownDayText(fact: string): string | null {
  const year = /^unknown:(\d{4})$/.exec(fact)?.[1]
  return year === undefined ? null : `${year}年放假安排公布以后计算的日期`
}
