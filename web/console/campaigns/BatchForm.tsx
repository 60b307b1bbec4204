import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { sendBatch } from '../../../src/campaigns/contract.ts'
import { call } from '../../kit/call.ts'
import { say } from '../../kit/words.ts'
import { ActForm } from '../cases/ActForm.tsx'
import { NO_DRAFT, sentOf } from '../cases/act-fields.ts'
import type { Opening } from '../cases/ChooseProcedure.tsx'
import { pathTo } from '../routes.ts'

type Props = {
  readonly campaignId: number
  readonly opening: Opening
  readonly codes: readonly string[]
  readonly onSent: (batchId: number) => void
}

/** The form that all cases of a list share. Papers belong to single cases: they are added there. */
export function BatchForm({ campaignId, opening, codes, onSent }: Props) {
  const [draft, setDraft] = useState(NO_DRAFT)
  const [first] = opening.acts
  const act = first && { ...first, papers: first.papers.filter(paper => paper.required) }
  const sending = useMutation({
    mutationFn: () =>
      call(sendBatch, {
        params: { campaignId },
        input: {
          procedure: opening.procedure,
          act: act?.act ?? '',
          fields: sentOf(act ?? { fields: [], papers: [] }, draft).fields,
          codes: [...codes],
        },
      }),
    onSuccess: ({ batchId }) => onSent(batchId),
  })
  if (!act) return null
  return (
    <>
      <p className="mx-lead">{say('console.campaign-list.each', { count: codes.length, act: act.name })}</p>
      <ActForm
        act={act}
        draft={draft}
        problem={sending.error}
        attempt={sending.submittedAt}
        busy={sending.isPending}
        onChange={setDraft}
        onDo={() => sending.mutate()}
        cancel={<Link to={pathTo('campaign', { campaignId })}>{say('console.cases.cancel')}</Link>}
      />
    </>
  )
}
