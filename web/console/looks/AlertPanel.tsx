import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { AlertView } from '../../../src/oversight/contract.ts'
import { Clock } from '../../kit/Clock.tsx'
import { instantText } from '../../kit/day-text.ts'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay, useMe } from '../session.ts'

type Props = { readonly alert: AlertView; readonly children?: ReactNode }

/** One alert: what stood out in words, whose looking, which looks, and what became of it so far. */
export function AlertPanel({ alert, children }: Props) {
  const id = `alert-${alert.alertId}`
  return (
    <section className="mx-panel" aria-labelledby={id}>
      <h2 id={id}>
        {alert.sentence} <span className="mx-quiet">{alert.stateName}</span>
      </h2>
      <Facts alert={alert} />
      {alert.steps.length > 0 ? <StepList alert={alert} /> : null}
      {children}
    </section>
  )
}

function Facts({ alert }: { readonly alert: AlertView }) {
  const { today } = useMe()
  const isAsked = alert.state === 'asked'
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['who', alert.actorName ?? alert.actor],
    ['unit', alert.unitName],
    ['day', alert.lookedOn],
    ['rule', alert.ruleName],
    ['found', instantText(alert.foundAt)],
    ...(isAsked
      ? [
          [
            'due',
            <Clock
              key="due"
              dueOn={alert.dueOn}
              today={today}
              workingDaysLeft={alert.workingDaysLeft}
              workingDays={alert.workingDays}
            />,
          ] as const,
        ]
      : []),
    ['receipts', <Receipts key="receipts" alert={alert} />],
  ]
  return (
    <dl className="mx-facts">
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{say(`console.alerts.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The receipts of some of the looks; the auditor is led to the register from each, and to all looks of that person on that day. */
function Receipts({ alert }: { readonly alert: AlertView }) {
  const mayRead = useMay('look.audit')
  const day = { from: alert.lookedOn, until: alert.lookedOn }
  const register = (filter: Record<string, string>): string => `${pathTo('looks')}?${new URLSearchParams({ ...filter, ...day })}`
  return (
    <ul className="mx-receipts">
      {alert.receipts.map(receipt => (
        <li key={receipt}>
          {mayRead ? (
            <Link className="mx-code" to={register({ receipt })}>
              {receipt}
            </Link>
          ) : (
            <span className="mx-code">{receipt}</span>
          )}
        </li>
      ))}
      {mayRead ? (
        <li>
          <Link to={register({ actor: alert.actor })}>{say('console.alerts.all-of-day')}</Link>
        </li>
      ) : null}
    </ul>
  )
}

function StepList({ alert }: { readonly alert: AlertView }) {
  const due = (dueOn: string | null): string =>
    dueOn === null
      ? say('console.alerts.step-due-unknown', { days: alert.workingDays })
      : say('console.alerts.step-due', { dueOn })
  return (
    <>
      <h3>{say('console.alerts.steps')}</h3>
      <ol className="mx-course">
        {alert.steps.map(step => (
          <li key={step.at}>
            <span className="mx-quiet">
              {say('console.alerts.step', { step: step.stepName, by: step.by, at: instantText(step.at) })}
              {step.step === 'asked' ? ` · ${due(step.dueOn)}` : ''}
            </span>
            <p>{step.text}</p>
          </li>
        ))}
      </ol>
    </>
  )
}
