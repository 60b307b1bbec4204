import { useMutation } from '@tanstack/react-query'
import { Button, Input, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import { makeCheck } from '../../../src/checks/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { missingOf, PurposeFields } from '../../kit/PurposeBar.tsx'
import { rememberPurpose } from '../../kit/purpose.ts'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { plainQuery } from '../subjects/query-text.ts'
import { CheckResult } from './CheckResult.tsx'
import { PastedColumn } from './PastedColumn.tsx'
import { linesOf } from './pasted-lines.ts'

type Asked = z.input<(typeof makeCheck)['input']>

/**
 * The window's twenty seconds: one row, Enter, the answer below. The focus stays in the field with its text selected, so that the next
 * scan replaces it. An answer is never a yes or no to the business.
 */
export function CheckPage() {
  const [errors, setErrors] = useState<FieldError[]>([])
  const [pasted, setPasted] = useState('')
  const field = useRef<InputRef>(null)
  const form = useRef<HTMLFormElement>(null)
  const checking = useMutation({
    mutationFn: (input: Asked) => call(makeCheck, { input }),
    onSettled: () => field.current?.focus({ cursor: 'all' }),
    gcTime: 0,
  })
  const ask = (subject: string): void => {
    const given = new FormData(form.current ?? undefined)
    const purpose = String(given.get('purpose') ?? '').trim()
    const businessNo = String(given.get('businessNo') ?? '').trim()
    const missing = missingOf(purpose, businessNo)
    if (subject === '') missing.push({ id: 'check-subject', message: say('console.check.subject-missing') })
    setErrors(missing)
    if (missing.length > 0) return
    rememberPurpose({ purpose, businessNo })
    checking.mutate({ subject, purpose, businessNo })
  }
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    ask(plainQuery(field.current?.input?.value ?? ''))
  }
  const takePaste = (event: React.ClipboardEvent): void => {
    const text = event.clipboardData.getData('text')
    const many = linesOf(text).length > 1
    setPasted(many ? text : '')
    if (many) event.preventDefault()
  }
  const error = errors.find(it => it.id === 'check-subject')?.message
  return (
    <Page keepsFocus title={say('console.check.title')} actions={<Link to={pathTo('batch')}>{say('console.batch.title')}</Link>}>
      <ErrorSummary key={errors.map(it => it.id).join() + checking.submittedAt} errors={errors} problem={checking.error} />
      <form ref={form} onSubmit={submit} noValidate className="mx-panel mx-row mx-no-print">
        <PurposeFields errors={errors} />
        <Field id="check-subject" label={say('console.check.subject')} error={error} width="26em">
          <Input
            ref={field}
            id="check-subject"
            name="subject"
            autoFocus
            autoComplete="off"
            maxLength={300}
            aria-describedby={error ? 'check-subject-error' : undefined}
            onPaste={takePaste}
          />
        </Field>
        <Button type="primary" htmlType="submit" loading={checking.isPending}>
          {say('console.check.submit')}
        </Button>
      </form>
      <PastedColumn text={pasted} onTaken={() => setPasted('')} />
      {checking.data ? (
        <CheckResult
          answer={checking.data}
          asked={{ purpose: checking.variables?.purpose ?? '', businessNo: checking.variables?.businessNo ?? '' }}
          onChoose={ask}
        />
      ) : (
        <p className="mx-quiet">{say('console.check.hint')}</p>
      )}
    </Page>
  )
}
