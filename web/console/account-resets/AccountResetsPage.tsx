import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { listAccountResets, type WindowResetView, withdrawAccountReset } from '../../../src/mandates/reset-contract.ts'
import { call } from '../../kit/call.ts'
import { minuteText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { FreshGate } from '../security/FreshGate.tsx'
import { useMay } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { AskAccountReset } from './AskAccountReset.tsx'
import { ConfirmAccountReset } from './ConfirmAccountReset.tsx'
import './words.ts'

const QUERY = ['account-resets']

/** Accounts of subjects that are reset at this window: one officer asks, another of the same unit confirms with the papers before him. */
export function AccountResetsPage() {
  const [isAsking, setAsking] = useState(false)
  const [chosen, setChosen] = useState<WindowResetView | null>(null)
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: QUERY })
  const [search] = useSearchParams()
  const before = search.get('before')
  const listed = useQuery({
    queryKey: [...QUERY, before],
    queryFn: () => call(listAccountResets, { query: { before } }),
    placeholderData: keepPreviousData,
  })
  const withdrawing = useMutation({
    mutationFn: (resetId: number) => call(withdrawAccountReset, { params: { resetId } }),
    onSettled: refresh,
  })
  const mayConfirm = useMay('subject.reset-confirm')
  const close = (): void => {
    setAsking(false)
    setChosen(null)
  }
  const columns = columnsOf({
    mayConfirm,
    busy: withdrawing.isPending,
    onConfirm: reset => {
      close()
      setChosen(reset)
    },
    onWithdraw: reset => withdrawing.mutate(reset.resetId),
  })
  return (
    <FreshGate>
      <Page
        title={say('console.account-resets.title')}
        lead={say('console.account-resets.lead')}
        actions={
          isAsking || chosen ? null : (
            <Button type="primary" onClick={() => setAsking(true)}>
              {say('console.account-resets.ask')}
            </Button>
          )
        }
      >
        {isAsking ? <AskAccountReset onDone={refresh} onClose={close} /> : null}
        {chosen ? <ConfirmAccountReset key={chosen.resetId} reset={chosen} onDone={refresh} onClose={close} /> : null}
        <p role="status" className="mx-quiet">
          {withdrawing.data
            ? say(withdrawing.data.wasConfirmed ? 'console.account-resets.withdrawn-confirmed' : 'console.people.reset-withdrawn')
            : ''}
        </p>
        <ErrorSummary key={withdrawing.submittedAt} problem={withdrawing.error ?? listed.error} />
        {listed.data ? (
          <RecordTable
            caption={say('console.account-resets.caption')}
            columns={columns}
            rows={listed.data.resets}
            rowKey={it => it.resetId}
            empty={<p>{say('console.account-resets.none')}</p>}
          />
        ) : null}
        <Pager name="before" next={listed.data?.next ?? null} />
      </Page>
    </FreshGate>
  )
}

type Deeds = {
  readonly mayConfirm: boolean
  readonly busy: boolean
  readonly onConfirm: (reset: WindowResetView) => void
  readonly onWithdraw: (reset: WindowResetView) => void
}

function columnsOf({ mayConfirm, busy, onConfirm, onWithdraw }: Deeds): Column<WindowResetView>[] {
  return [
    { key: 'who', title: say('console.account-resets.person'), heads: true, cell: it => `${it.login} ${it.person}` },
    {
      key: 'what',
      title: say('console.account-resets.what'),
      cell: it => say(it.takesFactor ? 'console.account-resets.what-both' : 'console.account-resets.what-password'),
    },
    {
      key: 'opened',
      title: say('console.bindings.opened'),
      cell: it => (
        <>
          {it.openedByName} <span className="mx-quiet">{minuteText(it.openedAt)}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: say('console.bindings.state'),
      cell: it => say(`console.account-resets.state.${it.state}`, { until: minuteText(it.expiresAt) }),
    },
    {
      key: 'deeds',
      title: say('console.bindings.deeds'),
      cell: it =>
        it.state !== 'open' && it.state !== 'confirmed' ? (
          '—'
        ) : (
          <div className="mx-row mx-no-print">
            {mayConfirm && !it.isOwn && it.state === 'open' ? (
              <Button size="small" onClick={() => onConfirm(it)}>
                {say('console.account-resets.confirm')}
              </Button>
            ) : null}
            {it.isOwn && it.state === 'open' ? <span className="mx-quiet">{say('console.bindings.by-another')}</span> : null}
            <Button size="small" disabled={busy} onClick={() => onWithdraw(it)}>
              {say('console.bindings.withdraw')}
            </Button>
          </div>
        ),
    },
  ]
}
