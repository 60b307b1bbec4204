import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { deletionGround } from '../../../src/law/access-model.ts'
import type { answer, RequestDetail } from '../../../src/rights/contract.ts'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'

type AnswerInput = z.input<(typeof answer)['input']>
export type Deed =
  | { readonly deed: 'answer'; readonly input: AnswerInput }
  | { readonly deed: 'extend' | 'confirm' | 'return'; readonly text: string }

type Props = { readonly request: RequestDetail; readonly busy: boolean; readonly onDeed: (deed: Deed) => void }

const GROUNDS = ['purpose-over', 'retention-over', 'consent-withdrawn', 'unlawful', 'by-law'] as const

/** What may be done now: answer with reasons, more time once, or another officer's yes to a deletion. */
export function RightsAnswer({ request, busy, onDeed }: Props) {
  const [text, setText] = useState('')
  const [ground, setGround] = useState<string>()
  const [chosen, setChosen] = useState<readonly number[]>([])
  const isDeletion = request.kind === 'deletion'
  const read = deletionGround.safeParse(ground)
  const send = (outcome: 'granted' | 'refused'): void =>
    onDeed({
      deed: 'answer',
      input: {
        outcome,
        text,
        ...(isDeletion && outcome === 'granted' && read.success ? { ground: read.data, recordIds: [...chosen] } : {}),
      },
    })
  if (request.state !== 'open' && !request.mayConfirm)
    return request.state === 'proposed' ? <p>{say('console.rights.other-confirms')}</p> : null
  return (
    <>
      {isDeletion && request.state === 'open' ? (
        <>
          <Field id="ground" label={say('console.rights.ground')}>
            <Select
              id="ground"
              className="mx-full"
              value={ground}
              onChange={setGround}
              options={GROUNDS.map(value => ({ value, label: say(`console.rights.ground-${value}`) }))}
            />
          </Field>
          <fieldset className="mx-field">
            <legend className="mx-strong">{say('console.rights.records')}</legend>
            {request.records.map(record => (
              <p key={record.recordId}>
                <Checkbox
                  checked={chosen.includes(record.recordId)}
                  onChange={event =>
                    setChosen(event.target.checked ? [...chosen, record.recordId] : chosen.filter(id => id !== record.recordId))
                  }
                >
                  {record.itemName} {record.documentNo} {record.decidedOn}
                </Checkbox>
              </p>
            ))}
          </fieldset>
        </>
      ) : null}
      <Field id="reason" label={say('console.rights.reason')} hint={say('console.rights.reason-hint')}>
        <Input.TextArea id="reason" rows={3} maxLength={1000} value={text} onChange={event => setText(event.target.value)} />
      </Field>
      {request.mayConfirm ? (
        <div className="mx-row">
          <Button type="primary" disabled={busy} onClick={() => onDeed({ deed: 'confirm', text })}>
            {say('console.rights.confirm')}
          </Button>
          <Button disabled={busy} onClick={() => onDeed({ deed: 'return', text })}>
            {say('console.rights.return')}
          </Button>
        </div>
      ) : (
        <div className="mx-row">
          <Button type="primary" disabled={busy} onClick={() => send('granted')}>
            {say(isDeletion ? 'console.rights.propose' : 'console.rights.grant')}
          </Button>
          <Button disabled={busy} onClick={() => send('refused')}>
            {say('console.rights.refuse')}
          </Button>
          {request.mayExtend ? (
            <Button disabled={busy} onClick={() => onDeed({ deed: 'extend', text })}>
              {say('console.rights.extend')}
            </Button>
          ) : null}
        </div>
      )}
    </>
  )
}
