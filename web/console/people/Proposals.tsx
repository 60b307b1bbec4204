import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { decideOrganisation, decideRole } from '../../../src/people/contract.ts'
import type { ProposalView } from '../../../src/people/model.ts'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { useWhenFresh } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { useProposals, useRefresh } from './people-queries.ts'

type Decision = { readonly proposal: ProposalView; readonly decision: 'confirmed' | 'refused' }

function decide({ proposal, decision }: Decision) {
  const { organisationId, version, accountId, grantNo } = proposal
  if (organisationId !== null && version !== null)
    return call(decideOrganisation, { params: { organisationId, version }, input: { decision } })
  return call(decideRole, { params: { accountId: accountId ?? 0, grantNo: grantNo ?? 0 }, input: { decision } })
}

/** What waits for another person; whoever may confirm has the buttons beside it. */
export function Proposals() {
  const me = useMe()
  const refresh = useRefresh()
  const whenFresh = useWhenFresh()
  const { data, error } = useProposals()
  const deciding = useMutation({ mutationFn: (one: Decision) => whenFresh(() => decide(one)), onSuccess: refresh })
  const may = (one: ProposalView): boolean =>
    !one.isYours && me.permissions.includes(one.kind === 'role' ? 'role.confirm' : 'organisation.confirm')
  const columns: Column<ProposalView>[] = [
    {
      key: 'of',
      title: say('console.people.waiting-of'),
      heads: true,
      cell: it => (it.isActivated ? it.of : say('console.people.of-dormant', { of: it.of })),
    },
    { key: 'unit', title: say('console.people.waiting-unit'), cell: it => it.unitName },
    { key: 'what', title: say('console.people.waiting-what'), cell: it => it.what },
    { key: 'reason', title: say('console.people.reason'), cell: it => it.reason },
    {
      key: 'by',
      title: say('console.people.waiting-by'),
      cell: it => `${it.proposedByName ?? '—'} ${instantText(it.proposedAt)}`,
    },
    {
      key: 'decide',
      title: say('console.people.confirm'),
      cell: it =>
        may(it) ? (
          <span className="mx-row">
            <Button type="primary" size="small" onClick={() => deciding.mutate({ proposal: it, decision: 'confirmed' })}>
              {say('console.people.confirm')}
            </Button>
            <Button size="small" onClick={() => deciding.mutate({ proposal: it, decision: 'refused' })}>
              {say('console.people.refuse')}
            </Button>
          </span>
        ) : it.isYours ? (
          say('console.people.waiting-yours')
        ) : (
          say('console.people.state.proposed')
        ),
    },
  ]
  return (
    <section>
      <ErrorSummary problem={error ?? deciding.error} />
      <p role="status" className="mx-quiet">
        {deciding.data ? say(`console.people.${deciding.data.decided}`) : ''}
      </p>
      <RecordTable
        caption={say('console.people.waiting')}
        columns={columns}
        rows={data?.proposals ?? []}
        rowKey={it => `${it.organisationId} ${it.version} ${it.accountId} ${it.grantNo}`}
        empty={<p>{say('console.people.waiting-none')}</p>}
      />
    </section>
  )
}
