import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { openCampaignCase } from '../../../src/campaigns/contract.ts'
import { openCaseAbout } from '../../../src/cases/contract.ts'
import type { ActView } from '../../../src/cases/shapes.ts'
import { call, Problem } from '../../kit/call.ts'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { ActForm } from './ActForm.tsx'
import { NO_DRAFT, sentOf } from './act-fields.ts'
import type { Opening } from './ChooseProcedure.tsx'
import { CASES } from './case-queries.ts'

type Props = { readonly opening: Opening; readonly subjectId: number; readonly aboutRef: string; readonly campaignId: number }

/** Refusals that name the case that is open already. */
const BEFORE: ReadonlySet<string> = new Set(['case.already-open', 'campaign.case-open'])

/** The form of the act that opens the case; once open, one is led to it. */
export function OpenForm({ opening, subjectId, aboutRef, campaignId }: Props) {
  const [name, setName] = useState(opening.acts[0]?.act)
  const [draft, setDraft] = useState(NO_DRAFT)
  const navigate = useNavigate()
  const client = useQueryClient()
  const act = narrowed(
    opening.acts.find(one => one.act === name),
    aboutRef,
  )
  const doing = useMutation({
    mutationFn: () => {
      const about = aboutRef === '' ? {} : { aboutRef }
      const input = {
        procedure: opening.procedure,
        act: name ?? '',
        ...sentOf(act ?? { fields: [], papers: [] }, draft),
      }
      return campaignId > 0
        ? call(openCampaignCase, { params: { campaignId }, input: { ...input, subjectId } })
        : call(openCaseAbout, { params: { subjectId }, input: { ...input, ...about } })
    },
    onSuccess: async ({ caseId }) => {
      await client.invalidateQueries({ queryKey: CASES })
      await navigate(pathTo('case', { subjectId, caseId }))
    },
  })
  if (!act) return null
  const before = doing.error instanceof Problem && BEFORE.has(doing.error.code) ? doing.error.facts.caseId : null
  return (
    <>
      {opening.acts.length > 1 ? (
        <Segmented
          aria-label={say('console.new-case.act')}
          value={act.act}
          onChange={setName}
          options={opening.acts.map(one => ({ value: one.act, label: one.name }))}
        />
      ) : null}
      <p className="mx-lead">{act.does}</p>
      {typeof before === 'number' ? (
        <p>
          <Link to={pathTo('case', { subjectId, caseId: before })}>{say('console.new-case.open-before')}</Link>
        </p>
      ) : null}
      <ActForm
        key={act.act}
        act={act}
        draft={draft}
        problem={doing.error}
        attempt={doing.submittedAt}
        busy={doing.isPending}
        onChange={setDraft}
        onDo={() => doing.mutate()}
        cancel={<Link to={pathTo('cases')}>{say('console.cases.cancel')}</Link>}
      />
    </>
  )
}

/** Of a field whose choices belong to measures, those of the measure that was chosen. */
function narrowed(act: ActView | undefined, aboutRef: string): ActView | undefined {
  const [, measure] = aboutRef.split(':')
  if (!act || measure === undefined) return act
  const own = (id: string): boolean => id.startsWith(`${measure}:`)
  return {
    ...act,
    fields: act.fields.map(field =>
      field.choices.some(({ id }) => own(id)) ? { ...field, choices: field.choices.filter(({ id }) => own(id)) } : field,
    ),
  }
}
