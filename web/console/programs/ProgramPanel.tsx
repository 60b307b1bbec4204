import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { close, confirm } from '../../../src/programs/contract.ts'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { AddKey } from './AddKey.tsx'
import { KeyTable } from './KeyTable.tsx'
import type { Program } from './program-queries.ts'
import { TwoSteps } from './TwoSteps.tsx'
import { Usage } from './Usage.tsx'

type Props = { readonly program: Program; readonly onChange: () => Promise<void> }

/** One program: who it is, what it may do, its keys, how often it asked. */
export function ProgramPanel({ program, onChange }: Props) {
  const isOver = program.state === 'closed' || program.state === 'ended'
  return (
    <section className="mx-panel" aria-labelledby={`program-${program.programId}`}>
      <h2 id={`program-${program.programId}`}>
        {program.name} <span className="mx-quiet">{say(`console.programs.state-${program.state}`)}</span>
      </h2>
      <Facts program={program} />
      <KeyTable program={program} onChange={onChange} />
      <Usage usage={program.usage} />
      {isOver ? null : <Deeds program={program} onChange={onChange} />}
    </section>
  )
}

function Facts({ program }: { readonly program: Program }) {
  const by = (who: string | null, at: string | null): string => (at === null ? '—' : `${who ?? '—'} ${instantText(at)}`)
  const facts: readonly (readonly [string, string])[] = [
    ['client', program.clientId],
    ['unit', program.unitName],
    ['purpose', program.purpose],
    ['scopes', program.scopes.map((scope, i) => `${program.scopeNames[i]}（${scope}）`).join('、')],
    ['quota', program.quotaName],
    ['networks', program.networks.join('、') || say('console.programs.anywhere')],
    ['ends', program.endsOn],
    ['proposed', by(program.proposedBy, program.proposedAt)],
    ['confirmed', by(program.confirmedBy, program.confirmedAt)],
  ]
  return (
    <dl className="mx-facts">
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{say(`console.programs.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What the person in front of it may do now. */
function Deeds({ program, onChange }: Props) {
  const me = useMe()
  const whenFresh = useWhenFresh()
  const [isAdding, setAdding] = useState(false)
  const params = { programId: program.programId }
  const keyIds = program.keys.filter(key => key.state === 'waiting').map(key => key.keyId)
  const confirming = useMutation({
    mutationFn: () => whenFresh(() => call(confirm, { params, input: { keyIds } })),
    onSuccess: onChange,
  })
  const closing = useMutation({ mutationFn: () => call(close, { params }), onSuccess: onChange })
  const may = (permission: string): boolean => me.permissions.includes(permission)
  return (
    <>
      <ErrorSummary key={confirming.submittedAt + closing.submittedAt} problem={confirming.error ?? closing.error} />
      {isAdding ? <AddKey program={program} onDone={onChange} onCancel={() => setAdding(false)} /> : null}
      <div className="mx-row">
        {may('program.confirm') && program.mayConfirm ? (
          <Button type="primary" loading={confirming.isPending} onClick={() => confirming.mutate()}>
            {say(program.state === 'proposed' ? 'console.programs.confirm' : 'console.programs.confirm-keys')}
            <span className="mx-hidden">{program.name}</span>
          </Button>
        ) : null}
        {may('program.manage') && !isAdding ? (
          <Button onClick={() => setAdding(true)}>
            {say('console.programs.add-key')}
            <span className="mx-hidden">{program.name}</span>
          </Button>
        ) : null}
        {may('program.close') ? (
          <TwoSteps
            label={say('console.programs.close')}
            about={program.name}
            effect={say('console.programs.close-effect')}
            busy={closing.isPending}
            onSure={() => closing.mutate()}
          />
        ) : null}
      </div>
    </>
  )
}
