import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { AlertView } from '../../../src/oversight/contract.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { AlertActs } from './AlertActs.tsx'
import { AlertPanel } from './AlertPanel.tsx'
import { LookParts } from './LookParts.tsx'
import { alertsQuery, placeIn } from './look-queries.ts'
import { Said } from './Said.tsx'

type Answered = { readonly alert: AlertView; readonly said: string }

/** Looking that stood out, for the auditor: what is open first, and what was just done stays with its answer. */
export function AlertsPage() {
  const [search] = useSearchParams()
  const client = useQueryClient()
  const showsAll = search.has('all')
  const { data, error } = useQuery(alertsQuery(!showsAll, placeIn(search)))
  const [answered, setAnswered] = useState<readonly Answered[]>([])
  const alerts = openFirst(data?.alerts ?? [])
  const gone = answered.filter(one => !alerts.some(alert => alert.alertId === one.alert.alertId))
  const saidOf = (alertId: number): string | undefined => answered.find(one => one.alert.alertId === alertId)?.said
  const onDone = async (alert: AlertView, said: string): Promise<void> => {
    setAnswered([...answered.filter(one => one.alert.alertId !== alert.alertId), { alert, said }])
    await client.invalidateQueries({ queryKey: ['alerts'] })
  }
  return (
    <Page title={say('console.alerts.title')} lead={say('console.alerts.lead')}>
      <LookParts />
      <ErrorSummary problem={error} />
      {data ? (
        <>
          {gone.map(({ alert, said }) => (
            <Said
              key={alert.alertId}
              text={say('console.alerts.said-of', { unit: alert.unitName, who: alert.actorName ?? alert.actor, said })}
            />
          ))}
          {alerts.length === 0 ? (
            <p className="mx-empty">{say(showsAll ? 'console.alerts.none' : 'console.alerts.none-open')}</p>
          ) : null}
          {alerts.map(alert => (
            <AlertPanel key={alert.alertId} alert={alert}>
              <Answer text={saidOf(alert.alertId)} />
              {isOpen(alert) ? <AlertActs alert={alert} onDone={onDone} /> : null}
            </AlertPanel>
          ))}
          <p>
            <Link to={showsAll ? '?' : '?all=1'}>{say(showsAll ? 'console.alerts.show-open' : 'console.alerts.show-all')}</Link>
          </p>
          <Pager name="before" next={data.next} />
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

function Answer({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : <Said text={text} />
}

function isOpen({ state }: AlertView): boolean {
  return state !== 'justified' && state !== 'breach'
}

/** Within a page, what asks for a deed stands before what is closed. */
function openFirst(alerts: readonly AlertView[]): AlertView[] {
  return [...alerts.filter(isOpen), ...alerts.filter(alert => !isOpen(alert))]
}
