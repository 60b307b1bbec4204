import { useMutation } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { addKeyDoor } from '../../../src/programs/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import type { Program } from './program-queries.ts'

type Props = { readonly program: Program; readonly onDone: () => Promise<void>; readonly onCancel: () => void }

/** Adds a key: a public key that is pasted in, or a shared secret that is shown this once. */
export function AddKey({ program, onDone, onCancel }: Props) {
  const [algorithm, setAlgorithm] = useState<'ed25519' | 'hmac-sm3'>('ed25519')
  const [publicKey, setPublicKey] = useState('')
  const adding = useMutation({
    mutationFn: () =>
      call(addKeyDoor, {
        params: { programId: program.programId },
        input: { algorithm, ...(algorithm === 'ed25519' ? { publicKey } : {}) },
      }),
    onSuccess: onDone,
  })
  const id = `key-${program.programId}`
  if (adding.data)
    return (
      <div role="status">
        <p>{say('console.programs.key-added', { key: adding.data.keyId })}</p>
        {adding.data.secret ? (
          <p>
            {say('console.programs.secret')} <code className="mx-secret">{adding.data.secret}</code>
          </p>
        ) : null}
        <Button onClick={onCancel}>{say('console.programs.noted')}</Button>
      </div>
    )
  return (
    <form
      className="mx-form"
      onSubmit={event => {
        event.preventDefault()
        adding.mutate()
      }}
    >
      <ErrorSummary key={adding.submittedAt} problem={adding.error} />
      <Field id={`${id}-algorithm`} label={say('console.programs.algorithm')} width="24em">
        <Select
          id={`${id}-algorithm`}
          className="mx-full"
          value={algorithm}
          onChange={setAlgorithm}
          options={(['ed25519', 'hmac-sm3'] as const).map(value => ({ value, label: say(`console.programs.${value}`) }))}
        />
      </Field>
      {algorithm === 'ed25519' ? (
        <Field id={id} label={say('console.programs.public-key')} hint={say('console.programs.public-key-hint')} width="36em">
          <Input.TextArea
            id={id}
            rows={4}
            maxLength={2000}
            spellCheck={false}
            aria-describedby={`${id}-hint`}
            value={publicKey}
            onChange={event => setPublicKey(event.target.value)}
          />
        </Field>
      ) : (
        <p>{say('console.programs.secret-hint')}</p>
      )}
      <div className="mx-row">
        <Button htmlType="submit" type="primary" loading={adding.isPending}>
          {say('console.programs.add-key')}
        </Button>
        <Button onClick={onCancel}>{say('console.programs.not-now')}</Button>
      </div>
    </form>
  )
}
