import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useSearchParams } from 'react-router'
import { type AlertView, explain } from '../../../src/oversight/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { AlertPanel } from './AlertPanel.tsx'
import { ownAlertsQuery, placeIn } from './look-queries.ts'
import { Said } from './Said.tsx'
import { TypedAct } from './TypedAct.tsx'

/** What somebody is asked to explain of their own looking, until when, and what became of it. */
export function AskedLooksPage() {
  const [search] = useSearchParams()
  const { data, error } = useQuery(ownAlertsQuery(placeIn(search)))
  return (
    <Page title={say('console.asked-looks.title')} lead={say('console.asked-looks.lead')}>
      <ErrorSummary problem={error} />
      {data ? (
        <>
          {data.alerts.length === 0 ? <p className="mx-empty">{say('console.asked-looks.none')}</p> : null}
          {data.alerts.map(alert => (
            <AlertPanel key={alert.alertId} alert={alert}>
              <Explain alert={alert} />
            </AlertPanel>
          ))}
          <Pager name="before" next={data.next} />
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

function Explain({ alert }: { readonly alert: AlertView }) {
  const client = useQueryClient()
  const explaining = useMutation({
    mutationFn: (text: string) => call(explain, { params: { alertId: alert.alertId }, input: { text } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['own-alerts'] }),
  })
  if (explaining.data) return <Said text={say('console.asked-looks.said')} />
  if (alert.state !== 'asked') return null
  return (
    <TypedAct
      id={`explanation-${alert.alertId}`}
      label={say('console.asked-looks.text')}
      hint={say('console.asked-looks.text-hint')}
      deeds={[{ key: 'explain', label: say('console.asked-looks.send') }]}
      about={alert.lookedOn}
      busy={explaining.isPending}
      problem={explaining.error}
      onDeed={(_, text) => explaining.mutate(text)}
    />
  )
}
