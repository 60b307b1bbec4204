import type { ClockSheet, ClockView } from '../../../src/legal-clock/contract.ts'
import { type Html, html } from '../html.ts'
import type { Say } from '../page.ts'

/* A legal clock on the server's pages: the same object, the same sentence and the same numbers as in the console. */

const SHAPES: Readonly<Record<ClockView['state'], string>> = {
  open: '◷',
  soon: '◔',
  today: '◉',
  overdue: '⚑',
  lapsed: '◌',
  suspended: '‖',
  done: '✓',
  'done-late': '⚑',
  unknown: '…',
}

/** A clock in one line: the shape for eyes, the sentence for everybody. */
export function clockMark({ state, sentence }: ClockView): Html {
  return html`<span class="${`clock clock-${state}`}"><span class="shape" aria-hidden="true">${SHAPES[state]}</span>${sentence}</span>`
}

/** A clock that unfolds how its last day was counted. `file`: where the last day is handed over for a calendar. */
export function clockFold(say: Say, sheet: ClockSheet, file: string | null = null): Html {
  const calendar =
    sheet.ics === null || file === null ? '' : html`<p><a href="${file}" download>${say('clock.to-calendar')}</a></p>`
  // Of a day that nobody knows yet the term is known.
  const unknown = sheet.state === 'unknown' ? html`<p class="hint">${sheet.term}</p>` : ''
  return html`<div class="clock-fold">${clockMark(sheet)}${unknown}${calendar}<details><summary>${say('clock.sum')}</summary><p>${sheet.term}${
    sheet.basis === null ? '' : say('clock.basis', { basis: sheet.basis })
  }</p>${sheet.events.length === 0 ? '' : html`<ul class="plain bullets">${sheet.events.map(text => html`<li>${text}</li>`)}</ul>`}${runList(say, sheet)}</details></div>`
}

/** One line for each stretch of days: a table would fall apart into twice as many on a phone. */
function runList(say: Say, { runs }: Pick<ClockSheet, 'runs'>): Html {
  return html`<ol class="clock-runs" aria-label="${say('clock.sum-of')}">${runs.map(
    run =>
      html`<li class="${run.isCounted ? 'counted' : 'quiet'}"><span class="day">${runDays(say, run)}</span> ${run.text}</li>`,
  )}</ol>`
}

/** 2026-03-02, 2026-03-07至03-08: the year is said once where it is one. */
function runDays(say: Say, { from, until }: ClockSheet['runs'][number]): string {
  if (from === until) return from
  return say('clock.days-range', { from, until: until.slice(0, 5) === from.slice(0, 5) ? until.slice(5) : until })
}
