import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { type AlertView, askExplanation, closeAlert } from '../../../src/oversight/contract.ts'
import { call } from '../../kit/call.ts'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'
import { TypedAct } from './TypedAct.tsx'

const ACTS = ['ask', 'justified', 'breach'] as const
type Act = (typeof ACTS)[number]

type Props = { readonly alert: AlertView; readonly onDone: (alert: AlertView, said: string) => Promise<void> }

/** What the auditor may do with an alert now: each act with its reason, answered in place. */
export function AlertActs({ alert, onDone }: Props) {
  const me = useMe()
  const [act, setAct] = useState<Act | null>(null)
  const acting = useMutation({
    mutationFn: async ({ chosen, text }: { chosen: Act; text: string }): Promise<string> => {
      const params = { alertId: alert.alertId }
      if (chosen === 'ask') return askedText((await call(askExplanation, { params, input: { text } })).dueOn)
      await call(closeAlert, { params, input: { finding: chosen, text } })
      return say(`console.alerts.said-${chosen}`)
    },
    onSuccess: async said => {
      setAct(null)
      await onDone(alert, said)
    },
  })
  if (alert.actor === me.id) return <p className="mx-hint">{say('console.alerts.own')}</p>
  const open = (chosen: Act): void => {
    acting.reset()
    setAct(chosen)
  }
  if (act === null)
    return (
      <div className="mx-row">
        {ACTS.filter(one => one !== 'ask' || alert.state === 'open').map(one => (
          <Button key={one} type={one === 'ask' ? 'primary' : 'default'} onClick={() => open(one)}>
            {say(`console.alerts.${one}`)}
            <span className="mx-hidden">{alert.actorName ?? alert.actor}</span>
          </Button>
        ))}
      </div>
    )
  return (
    <TypedAct
      key={act}
      id={`alert-text-${alert.alertId}`}
      label={say(`console.alerts.${act}-label`)}
      hint={say(`console.alerts.${act}-hint`)}
      deeds={[{ key: act, label: say(`console.alerts.${act}`), danger: act === 'breach' }]}
      about={alert.actorName ?? alert.actor}
      busy={acting.isPending}
      problem={acting.error}
      onDeed={(_, text) => acting.mutate({ chosen: act, text })}
      onCancel={() => setAct(null)}
    />
  )
}

function askedText(dueOn: string | null): string {
  return dueOn === null ? say('console.alerts.said-asked-unknown') : say('console.alerts.said-asked', { dueOn })
}
