import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { closeBusiness } from '../../../src/receivers/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'

const ID = 'close-business'

/** A business that is done: what was obtained under its number is used no more, and is no longer asked about. */
export function CloseBusiness({ onDone }: { readonly onDone: (said: string) => Promise<void> }) {
  const [text, setText] = useState('')
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const closing = useMutation({
    mutationFn: (businessNo: string) => call(closeBusiness, { input: { businessNo } }),
    onSuccess: ({ businessNo }) => {
      setText('')
      return onDone(say('console.receivers.said-closed', { businessNo }))
    },
  })
  const onSubmit = (event: React.FormEvent): void => {
    event.preventDefault()
    const missing = text.trim() === '' ? [{ id: ID, message: say('console.receivers.close-missing') }] : []
    setErrors(missing)
    if (missing.length === 0) closing.mutate(text.trim())
  }
  return (
    <section aria-labelledby="closing">
      <h2 id="closing">{say('console.receivers.close')}</h2>
      <form className="mx-form" onSubmit={onSubmit}>
        <ErrorSummary errors={errors} problem={errors.length === 0 ? closing.error : null} />
        <Field
          id={ID}
          label={say('console.receivers.business')}
          hint={say('console.receivers.close-hint')}
          error={errors[0]?.message}
          width="26em"
        >
          <Input
            id={ID}
            autoComplete="off"
            maxLength={100}
            aria-describedby={errors.length > 0 ? `${ID}-hint ${ID}-error` : `${ID}-hint`}
            value={text}
            onChange={event => setText(event.target.value)}
          />
        </Field>
        <div className="mx-row">
          <Button htmlType="submit" disabled={closing.isPending}>
            {say('console.receivers.close-submit')}
          </Button>
        </div>
      </form>
    </section>
  )
}

/** The same beside an answer that was just obtained under the number. */
export function CloseThisBusiness({ businessNo }: { readonly businessNo: string }) {
  const closing = useMutation({ mutationFn: () => call(closeBusiness, { input: { businessNo } }), gcTime: 0 })
  if (closing.data)
    return (
      <span role="status" className="mx-no-print">
        {say('console.receivers.said-closed', { businessNo: closing.data.businessNo })}
      </span>
    )
  return (
    <>
      <ErrorSummary problem={closing.error} />
      <Button className="mx-no-print" disabled={closing.isPending} onClick={() => closing.mutate()}>
        {say('console.receivers.close-this')}
      </Button>
    </>
  )
}
