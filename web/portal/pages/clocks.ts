import { itemsOn } from '../../../src/law/law.ts'
import { type CorrectionTime, listCorrectionTimes } from '../correction-times.ts'
import { type Html, html } from '../html.ts'
import { table } from '../kit/table.ts'
import type { Page, Portal } from '../page.ts'
import { findPunctuality, listMonths, type MonthOfUnit, type Punctuality } from '../punctuality.ts'
import { shareText } from './register.ts'

/** Fewer cases than this would tell of single ones. */
const SMALL_CELL = 5

type Line = Omit<Punctuality, 'authority'> & { readonly name: string }

export const clocksPage: Page = {
  path: '/clocks',
  label: 'portal.clocks',
  mayBeIndexed: true,
  open: portal => async () => {
    const { say } = portal
    const today = portal.today()
    const [units, months, times] = await Promise.all([
      findPunctuality(portal.db, today),
      listMonths(portal.db, today),
      listCorrectionTimes(portal.db),
    ])
    const lines = mergeSmall(portal, units)
    const byMonth = sumMonths(portal, months, today.slice(0, 7))
    return {
      kind: 'page',
      heading: say('portal.clocks'),
      main: html`<p class="lead">${say('portal.clocks-lead', { days: clockDays(portal) })}</p>${
        lines.length === 0
          ? html`<p class="empty-answer">${say('portal.clocks-empty')}</p>`
          : html`${draw(portal, say('portal.clocks-units'), say('portal.unit'), lines)}${draw(portal, say('portal.clocks-months'), say('portal.month'), byMonth)}`
      }${drawTimes(portal, times)}`,
      data: { units: lines, months: byMonth, corrections: times, asOf: today },
    }
  },
}

/** The days that the law gives for reporting decisions, from the catalogue. */
function clockDays(portal: Portal): string {
  const items = itemsOn(portal.law, portal.today()).filter(item => item.register !== undefined)
  const days = items.flatMap(({ clocks }) => ('workingDays' in clocks.report ? [clocks.report.workingDays] : []))
  return [...new Set(days)].join(portal.say('portal.comma'))
}

function mergeSmall(portal: Portal, units: readonly Punctuality[]): Line[] {
  const nameOf = (id: string): string => portal.law.units.get(id)?.name ?? id
  const large = units.filter(one => one.reported >= SMALL_CELL)
  const small = units.filter(one => one.reported > 0 && one.reported < SMALL_CELL)
  const lines: Line[] = large.map(({ authority, ...counts }) => ({ name: nameOf(authority), ...counts }))
  lines.sort((a, b) => b.late / b.reported - a.late / a.reported || a.name.localeCompare(b.name, 'zh-CN'))
  // Together still too few: naming them would be naming the cases.
  if (sum(small).reported >= SMALL_CELL)
    lines.push({ name: portal.say('portal.other-units', { count: small.length }), ...sum(small) })
  return lines
}

function sumMonths(portal: Portal, months: readonly MonthOfUnit[], open: string): Line[] {
  return [...Map.groupBy(months, one => one.month.slice(0, 7))].map(([month, rows]) => ({
    name: month === open ? portal.say('portal.month-open', { month }) : month,
    ...sum(rows),
  }))
}

function sum(rows: readonly Punctuality[]): Omit<Punctuality, 'authority'> {
  const total = { reported: 0, onTime: 0, late: 0 }
  for (const row of rows) {
    total.reported += row.reported
    total.onTime += row.onTime
    total.late += row.late
  }
  return total
}

function draw(portal: Portal, caption: string, first: string, lines: readonly Line[]): Html {
  const { say } = portal
  return table(
    caption,
    [
      { head: first, cell: line => line.name },
      { head: say('portal.reported'), cell: line => line.reported.toLocaleString('en-US'), isNumber: true },
      { head: say('portal.on-time'), cell: line => line.onTime.toLocaleString('en-US'), isNumber: true },
      {
        head: say('portal.overdue'),
        cell: line => (line.late > 0 ? html`<span class="late">${line.late.toLocaleString('en-US')}</span>` : '0'),
        isNumber: true,
      },
      {
        head: say('portal.on-time-share'),
        cell: line => (line.reported > 0 ? shareText(line.onTime, line.reported) : ''),
        isNumber: true,
      },
    ],
    lines,
  )
}

/** How long it took until everybody who had been handed a record that was taken away said that the copy is gone or mended. */
function drawTimes({ say, law }: Portal, times: readonly CorrectionTime[]): Html {
  const days = law.receivers?.confirmation.workingDays ?? null
  return html`<section id="corrections"><h2>${say('portal.corrections')}</h2><p>${say('portal.corrections-lead', { days })}</p>${
    times.length === 0
      ? html`<p class="empty-answer">${say('portal.corrections-empty')}</p>`
      : table(
          say('portal.corrections-caption'),
          [
            { head: say('portal.month'), cell: one => spanText(one) },
            { head: say('portal.corrections-opened'), cell: one => one.corrections.toLocaleString('en-US'), isNumber: true },
            { head: say('portal.corrections-complete'), cell: one => one.complete.toLocaleString('en-US'), isNumber: true },
            { head: say('portal.corrections-median'), cell: one => durationText(say, one.medianHours), isNumber: true },
            { head: say('portal.corrections-p90'), cell: one => durationText(say, one.p90Hours), isNumber: true },
          ],
          times,
        )
  }</section>`
}

function spanText({ month, lastMonth }: CorrectionTime): string {
  const [first, last] = [month.slice(0, 7), lastMonth.slice(0, 7)]
  return first === last ? first : `${first}—${last}`
}

/** Hours as a person says them: below two days in hours, above in days. */
function durationText(say: Portal['say'], hours: number): string {
  return hours < 48 ? say('portal.hours', { count: hours }) : say('portal.days', { count: Math.round(hours / 24) })
}
