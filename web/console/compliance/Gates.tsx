import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { assess, closeGate, type GateView, openGate, signOff } from '../../../src/gates/contract.ts'
import { call } from '../../kit/call.ts'
import { DayField } from '../../kit/DayField.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'

const PARTS = ['purpose', 'necessity', 'effects', 'measures'] as const

/** The register of what stays off: each with its assessments, who signed them, and its switch. */
export function Gates({ gates }: { readonly gates: readonly GateView[] }) {
  return (
    <>
      <p>{say('console.compliance.gates-lead')}</p>
      {gates.map(gate => (
        <Gate key={gate.row} gate={gate} />
      ))}
    </>
  )
}

function Gate({ gate }: { readonly gate: GateView }) {
  const me = useMe()
  const client = useQueryClient()
  const whenFresh = useWhenFresh()
  const deed = useMutation({
    mutationFn: (work: () => Promise<unknown>) => whenFresh(work),
    onSuccess: () => client.invalidateQueries({ queryKey: ['gates'] }),
  })
  const [text, setText] = useState('')
  const [until, setUntil] = useState('')
  const mayAssess = me.permissions.includes('gate.assess')
  const { row } = gate
  return (
    <details className="mx-panel">
      <summary>
        {gate.name}{' '}
        <span className="mx-quiet">
          {say(gate.isOpen ? 'console.compliance.gate-open' : 'console.compliance.gate-off', { until: gate.validUntil ?? '' })}
        </span>
      </summary>
      <p>{gate.does}</p>
      <ErrorSummary key={deed.submittedAt} problem={deed.error} />
      {gate.assessments.map(one => (
        <dl key={one.assessmentId} className="mx-facts">
          <Line label="basis" value={one.basisTitle} />
          {PARTS.map(part => (
            <Line key={part} label={part} value={one[part]} />
          ))}
          <Line label="author" value={one.authorName} />
          <Line
            label="signed"
            value={one.signedBy ? `${one.signedBy} ${one.statement ?? ''}` : say('console.compliance.not-signed')}
          />
          {mayAssess ? (
            <div className="mx-row">
              {one.maySign ? (
                <Button
                  disabled={text.trim() === ''}
                  onClick={() =>
                    deed.mutate(() => call(signOff, { params: { assessmentId: one.assessmentId }, input: { statement: text } }))
                  }
                >
                  {say('console.compliance.sign')}
                </Button>
              ) : null}
              {one.signedBy && !gate.isOpen ? (
                <Button
                  disabled={until === ''}
                  onClick={() =>
                    deed.mutate(() =>
                      call(openGate, { params: { row }, input: { assessmentId: one.assessmentId, validUntil: until } }),
                    )
                  }
                >
                  {say('console.compliance.open')}
                </Button>
              ) : null}
            </div>
          ) : null}
        </dl>
      ))}
      {mayAssess && (gate.isOpen || gate.assessments.some(one => one.maySign)) ? (
        <Field id={`say-${row}`} label={say('console.compliance.statement')} hint={say('console.compliance.statement-hint')}>
          <Input id={`say-${row}`} value={text} onChange={event => setText(event.target.value)} />
        </Field>
      ) : null}
      {mayAssess && !gate.isOpen && gate.assessments.some(one => one.signedBy !== null) ? (
        <Field id={`until-${row}`} label={say('console.compliance.until')} width="14em">
          <DayField id={`until-${row}`} value={until} onChange={setUntil} />
        </Field>
      ) : null}
      {mayAssess && gate.isOpen ? (
        <Button
          disabled={text.trim() === ''}
          onClick={() => deed.mutate(() => call(closeGate, { params: { row }, input: { reason: text } }))}
        >
          {say('console.compliance.close')}
        </Button>
      ) : null}
      {mayAssess && !gate.isOpen ? (
        <AssessmentForm row={row} onSend={input => deed.mutate(() => call(assess, { params: { row }, input }))} />
      ) : null}
    </details>
  )
}

function Line({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{say(`console.compliance.${label}`)}</dt>
      <dd>{value}</dd>
    </div>
  )
}

type Assessment = { basis: string; purpose: string; necessity: string; effects: string; measures: string }
const EMPTY: Assessment = { basis: '', purpose: '', necessity: '', effects: '', measures: '' }

/** The assessment as the law asks for it: purpose and lawfulness, necessity, effects on people, protective measures. */
function AssessmentForm({ row, onSend }: { readonly row: string; readonly onSend: (input: Assessment) => void }) {
  const [given, setGiven] = useState(EMPTY)
  const isWhole = Object.values(given).every(text => text.trim() !== '')
  return (
    <details>
      <summary>{say('console.compliance.assess')}</summary>
      <Field id={`basis-${row}`} label={say('console.compliance.basis')} hint={say('console.compliance.basis-hint')}>
        <Input id={`basis-${row}`} value={given.basis} onChange={event => setGiven({ ...given, basis: event.target.value })} />
      </Field>
      {PARTS.map(part => (
        <Field key={part} id={`${part}-${row}`} label={say(`console.compliance.${part}`)}>
          <Input.TextArea
            id={`${part}-${row}`}
            rows={3}
            value={given[part]}
            onChange={event => setGiven({ ...given, [part]: event.target.value })}
          />
        </Field>
      ))}
      <Button disabled={!isWhole} onClick={() => onSend(given)}>
        {say('console.compliance.record')}
      </Button>
    </details>
  )
}
