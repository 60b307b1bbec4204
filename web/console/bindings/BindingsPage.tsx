import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { type BindingView, listBindings, withdrawBinding } from '../../../src/mandates/contract.ts'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { FreshGate } from '../security/FreshGate.tsx'
import { useMay } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { ConfirmBinding } from './ConfirmBinding.tsx'
import { OpenBinding } from './OpenBinding.tsx'

/** The window's bindings: one officer opens, another of the same unit confirms with the papers before him. */
export function BindingsPage() {
  const [opening, setOpening] = useState(false)
  const [chosen, setChosen] = useState<BindingView | null>(null)
  const [search] = useSearchParams()
  const before = search.get('before')
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['bindings'] })
  const listed = useQuery({
    queryKey: ['bindings', before],
    queryFn: () => call(listBindings, { query: { before } }),
    placeholderData: keepPreviousData,
  })
  const withdrawing = useMutation({
    mutationFn: (bindingId: number) => call(withdrawBinding, { params: { bindingId }, input: {} }),
    onSettled: refresh,
  })
  const mayConfirm = useMay('subject.bind-confirm')
  const close = (): void => {
    setOpening(false)
    setChosen(null)
  }
  const columns = columnsOf({
    mayConfirm,
    busy: withdrawing.isPending,
    onConfirm: binding => {
      close()
      setChosen(binding)
    },
    onWithdraw: binding => withdrawing.mutate(binding.bindingId),
  })
  return (
    <FreshGate>
      <Page
        title={say('console.bindings.title')}
        lead={say('console.bindings.lead')}
        actions={
          opening || chosen ? null : (
            <Button type="primary" onClick={() => setOpening(true)}>
              {say('console.bindings.open')}
            </Button>
          )
        }
      >
        {opening ? <OpenBinding onDone={refresh} onClose={close} /> : null}
        {chosen ? <ConfirmBinding key={chosen.bindingId} binding={chosen} onDone={refresh} onClose={close} /> : null}
        <ErrorSummary key={withdrawing.submittedAt} problem={withdrawing.error ?? listed.error} />
        {listed.data ? (
          <RecordTable
            caption={say('console.bindings.caption')}
            columns={columns}
            rows={listed.data.bindings}
            rowKey={it => it.bindingId}
            empty={<p>{say('console.bindings.none')}</p>}
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
  readonly onConfirm: (binding: BindingView) => void
  readonly onWithdraw: (binding: BindingView) => void
}

function columnsOf({ mayConfirm, busy, onConfirm, onWithdraw }: Deeds): Column<BindingView>[] {
  return [
    {
      key: 'who',
      title: say('console.bindings.person'),
      heads: true,
      cell: it => `${it.person} ${say(`console.bindings.capacity.${it.capacity}`)}`,
    },
    { key: 'subject', title: say('console.bindings.subject'), cell: it => it.subjectName ?? '—' },
    { key: 'evidence', title: say('console.bindings.evidence'), cell: it => say(`console.bindings.evidence.${it.evidenceKind}`) },
    {
      key: 'opened',
      title: say('console.bindings.opened'),
      cell: it => (
        <>
          {it.openedByName} <span className="mx-quiet">{instantText(it.openedAt)}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: say('console.bindings.state'),
      cell: it =>
        it.state === 'open'
          ? say('console.bindings.state.open', { until: instantText(it.expiresAt) })
          : say(`console.bindings.state.${it.state}`),
    },
    {
      key: 'deeds',
      title: say('console.bindings.deeds'),
      cell: it =>
        it.state !== 'open' ? (
          '—'
        ) : (
          <div className="mx-row mx-no-print">
            {mayConfirm && !it.isOwn ? (
              <Button size="small" onClick={() => onConfirm(it)}>
                {say('console.bindings.confirm')}
              </Button>
            ) : null}
            {it.isOwn ? <span className="mx-quiet">{say('console.bindings.by-another')}</span> : null}
            <Button size="small" disabled={busy} onClick={() => onWithdraw(it)}>
              {say('console.bindings.withdraw')}
            </Button>
          </div>
        ),
    },
  ]
}
