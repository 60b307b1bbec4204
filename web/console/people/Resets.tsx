import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { closeReset, type listResets } from '../../../src/access/contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { minuteText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'
import { ConfirmReset } from './ConfirmReset.tsx'
import { useRefresh, useResets } from './people-queries.ts'

export type Reset = Answer<typeof listResets>['resets'][number]

/** Resets that wait for their confirmation or their use: the one administrator asked, the other confirms; either withdraws until the code is used. */
export function Resets() {
  const me = useMe()
  const refresh = useRefresh()
  const { data, error } = useResets()
  const [confirmed, setConfirmed] = useState<Reset | null>(null)
  const closing = useMutation({
    mutationFn: (resetId: number) => call(closeReset, { params: { resetId } }),
    onSettled: refresh,
  })
  const mayConfirm = me.permissions.includes('reset.confirm')
  const columns: Column<Reset>[] = [
    { key: 'of', title: say('console.people.reset-of'), heads: true, cell: it => `${it.name} ${it.login}` },
    { key: 'reason', title: say('console.people.reason'), cell: it => it.reason },
    {
      key: 'what',
      title: say('console.people.reset-what'),
      cell: it => say(`console.people.reset-${it.isActivated ? (it.takesFactor ? 'both' : 'password') : 'first'}`),
    },
    { key: 'by', title: say('console.people.waiting-by'), cell: it => `${it.askedBy} ${minuteText(it.askedAt)}` },
    { key: 'until', title: say('console.people.reset-until'), whole: true, cell: it => minuteText(it.endsAt) },
    {
      key: 'decide',
      title: say('console.people.reset-do'),
      cell: it => (
        <span className="mx-row">
          {it.confirmedAt ? say('console.people.reset-to-use') : null}
          {mayConfirm && !it.confirmedAt && me.id !== `account:${it.accountId}` ? (
            <Button type="primary" size="small" onClick={() => setConfirmed(it)}>
              {say('console.people.reset-confirm')}
            </Button>
          ) : null}
          <Button
            size="small"
            loading={closing.isPending && closing.variables === it.resetId}
            onClick={() => closing.mutate(it.resetId)}
          >
            {say(it.confirmedAt ? 'console.people.reset-stop' : 'console.people.reset-withdraw')}
          </Button>
        </span>
      ),
    },
  ]
  return (
    <section className="mx-resets">
      <ErrorSummary problem={error ?? closing.error} />
      <p role="status" className="mx-quiet">
        {closing.data ? say(closing.data.wasConfirmed ? 'console.people.reset-stopped' : 'console.people.reset-withdrawn') : ''}
      </p>
      {confirmed ? <ConfirmReset key={confirmed.resetId} reset={confirmed} onClose={() => setConfirmed(null)} /> : null}
      <RecordTable
        caption={say('console.people.resets')}
        columns={columns}
        rows={data?.resets ?? []}
        rowKey={it => it.resetId}
        empty={<p>{say('console.people.resets-none')}</p>}
      />
    </section>
  )
}
