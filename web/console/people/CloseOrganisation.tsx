import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { proposeVersion } from '../../../src/people/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useRefresh } from './people-queries.ts'

/** Proposes to close a registered organisation; everything of it stops when another person confirms. */
export function CloseOrganisation({ organisationId }: { readonly organisationId: string }) {
  const refresh = useRefresh()
  const closing = useMutation({
    mutationFn: (reason: string) => call(proposeVersion, { params: { organisationId }, input: { state: 'closed', reason } }),
    onSuccess: refresh,
  })
  return (
    <form
      className="mx-panel mx-column mx-no-print"
      onSubmit={event => {
        event.preventDefault()
        closing.mutate(String(new FormData(event.currentTarget).get('reason') ?? ''))
      }}
    >
      <h3>{say('console.people.close-organisation')}</h3>
      <p>{say('console.people.close-organisation-note')}</p>
      <ErrorSummary problem={closing.error} />
      <div className="mx-row">
        <Field id="close-reason" label={say('console.people.reason')} width="24em">
          <Input id="close-reason" name="reason" required minLength={2} maxLength={200} />
        </Field>
        <Button danger htmlType="submit" loading={closing.isPending}>
          {say('console.people.close-organisation')}
        </Button>
      </div>
      <p role="status">{closing.data ? say('console.people.proposed') : ''}</p>
    </form>
  )
}
