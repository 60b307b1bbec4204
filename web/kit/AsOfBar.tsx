import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { DayField } from './DayField.tsx'
import { say } from './words.ts'

type Props = {
  readonly today: string
  /** Empty text means now. */
  readonly asOf: string
  readonly knownOn: string
  readonly onChange: (axes: { readonly asOf: string; readonly knownOn: string }) => void
}

/** The two time axes. When either is not now, the bar says so in words, on its own ground, in print too. */
export function AsOfBar({ today, asOf, knownOn, onChange }: Props) {
  const [draft, setDraft] = useState({ asOf, knownOn })
  useEffect(() => setDraft({ asOf, knownOn }), [asOf, knownOn])
  const past = asOf !== '' || knownOn !== ''
  const changed = draft.asOf !== asOf || draft.knownOn !== knownOn
  return (
    <section className={past ? 'mx-asof mx-asof-past' : 'mx-asof'} aria-label={say('console.as-of.label')}>
      <form
        className="mx-row"
        onSubmit={event => {
          event.preventDefault()
          onChange(draft)
        }}
      >
        <label htmlFor="as-of">{say('console.as-of.as-of')}</label>
        <DayField
          id="as-of"
          value={draft.asOf || today}
          max={today}
          onChange={day => setDraft({ ...draft, asOf: now(day, today) })}
        />
        <label htmlFor="known-on">{say('console.as-of.known-on')}</label>
        <DayField
          id="known-on"
          value={draft.knownOn || today}
          max={today}
          onChange={day => setDraft({ ...draft, knownOn: now(day, today) })}
        />
        <Button htmlType="submit" disabled={!changed}>
          {say('console.as-of.show')}
        </Button>
        {past ? (
          <Button type="link" onClick={() => onChange({ asOf: '', knownOn: '' })}>
            {say('console.as-of.back')}
          </Button>
        ) : null}
      </form>
      {past ? <p role="status">{say('console.as-of.past', { asOf: asOf || today, knownOn: knownOn || today })}</p> : null}
    </section>
  )
}

function now(day: string, today: string): string {
  return day === today ? '' : day
}
