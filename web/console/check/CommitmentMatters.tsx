import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link } from 'react-router'
import { listSubjectMatters } from '../../../src/cases/commitment-contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import type { Purpose } from '../../kit/purpose.ts'
import { Receipt } from '../../kit/Receipt.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay, useMe } from '../session.ts'

type Matter = Answer<typeof listSubjectMatters>['matters'][number]

type Props = Purpose & { readonly subjectId: number }

/**
 * Where this subject may promise in place of a proof, a missing paper or a bond, and why not elsewhere (M122, M127, M132). Asked for by a
 * press of a button: it is a look of its own, which the subject sees.
 */
export function CommitmentMatters({ subjectId, purpose, businessNo }: Props) {
  const asking = useMutation({
    mutationFn: () => call(listSubjectMatters, { params: { subjectId }, query: { purpose, businessNo } }),
    gcTime: 0,
  })
  const { data } = asking
  if (!data)
    return (
      <div className="mx-column mx-no-print">
        <div className="mx-row">
          <Button loading={asking.isPending} onClick={() => asking.mutate()}>
            {say('console.check.commitments')}
          </Button>
          <span className="mx-quiet">{say('console.check.commitments-hint')}</span>
        </div>
        <ErrorSummary errors={[]} problem={asking.error} />
      </div>
    )
  return (
    <section aria-labelledby="commitment-matters" className="mx-column">
      <h3 id="commitment-matters">{say('console.check.commitments-heading')}</h3>
      <p role="status">{summaryOf(data.matters)}</p>
      <Matters matters={data.matters} subjectId={subjectId} />
      <Receipt receipt={data.receipt} />
    </section>
  )
}

function summaryOf(matters: readonly Matter[]): string {
  const open = matters.filter(one => one.mayPromise).length
  return say('console.check.commitments-summary', { open, barred: matters.length - open })
}

function Matters({ matters, subjectId }: { readonly matters: readonly Matter[]; readonly subjectId: number }) {
  const { unit } = useMe()
  const mayHandle = useMay('case.handle')
  const own = (one: Matter): number => (one.unit === unit ? 0 : 1)
  const columns: Column<Matter>[] = [
    { key: 'name', title: say('console.check.matter'), heads: true, width: '28%', cell: it => it.name },
    { key: 'unit', title: say('console.check.matter-unit'), cell: it => it.unitName },
    { key: 'kind', title: say('console.check.matter-type'), cell: it => it.typeName },
    { key: 'for', title: say('console.check.matter-for'), cell: insteadOf },
    {
      key: 'may',
      title: say('console.check.matter-may'),
      width: '30%',
      cell: it =>
        it.mayPromise ? (
          <>
            {say('console.check.matter-open')}
            {mayHandle && own(it) === 0 ? (
              <>
                {' '}
                <Link to={`${pathTo('new-case')}?subject=${subjectId}&procedure=commitment`}>
                  {say('console.check.matter-take')}
                </Link>
              </>
            ) : null}
          </>
        ) : (
          it.why
        ),
    },
  ]
  return (
    <RecordTable
      caption={say('console.check.commitments-heading')}
      hideCaption
      dense
      columns={columns}
      rows={[...matters].sort((a, b) => own(a) - own(b))}
      rowKey={it => it.matter}
      empty={<p>{say('console.check.commitments-none')}</p>}
    />
  )
}

/** What the commitment stands for: a bond, proofs or papers that are still missing; one's own promise stands for nothing. */
function insteadOf({ inPlaceOf, replaces }: Matter): string {
  return inPlaceOf ?? (replaces.join('、') || '—')
}
