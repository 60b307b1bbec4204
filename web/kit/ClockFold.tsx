import { Button } from 'antd'
import type { ClockSheet, ClockView } from '../../src/legal-clock/contract.ts'
import { ClockMark } from './Clock.tsx'
import { say } from './words.ts'

/** A legal clock as the server tells it, in one line. */
export function ClockLine({ clock }: { readonly clock: ClockView }) {
  return <ClockMark state={clock.state} text={clock.sentence} />
}

/** A legal clock that unfolds how its last day was counted: every skipped day with its reason, and the last day for a calendar. */
export function ClockFold({ sheet }: { readonly sheet: ClockSheet }) {
  const { ics } = sheet
  return (
    <div className="mx-clock-fold">
      <ClockLine clock={sheet} />
      {sheet.state === 'unknown' ? <p className="mx-quiet">{sheet.term}</p> : null}
      {ics === null ? null : (
        <p>
          <Button type="link" onClick={() => handOver(ics)}>
            {say('clock.to-calendar')}
          </Button>
        </p>
      )}
      <details>
        <summary>{say('clock.sum')}</summary>
        <p>
          {sheet.term}
          {sheet.basis === null ? null : say('clock.basis', { basis: sheet.basis })}
        </p>
        {sheet.events.length === 0 ? null : (
          <ul>
            {sheet.events.map(text => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
        <Runs runs={sheet.runs} />
      </details>
    </div>
  )
}

/** One line for each stretch of days: a table would fall apart into twice as many on a phone. */
function Runs({ runs }: Pick<ClockSheet, 'runs'>) {
  return (
    <ol className="mx-clock-runs" aria-label={say('clock.sum-of')}>
      {runs.map(run => (
        <li key={run.from} className={run.isCounted ? undefined : 'mx-quiet'}>
          <span>{runDays(run)}</span> {run.text}
        </li>
      ))}
    </ol>
  )
}

/** 2026-03-02, 2026-03-07至03-08: the year is said once where it is one. */
function runDays({ from, until }: ClockSheet['runs'][number]): string {
  if (from === until) return from
  return say('clock.days-range', { from, until: until.slice(0, 5) === from.slice(0, 5) ? until.slice(5) : until })
}

/** Gives the calendar's file to whoever pressed: it came with the page, nothing is asked again. */
function handOver(ics: string): void {
  const address = URL.createObjectURL(new Blob([ics], { type: 'text/calendar;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = say('clock.file-name')
  link.click()
  URL.revokeObjectURL(address)
}
