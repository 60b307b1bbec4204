import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { stepCase } from '../../../src/cases/contract.ts'
import type { ActView, CaseView } from '../../../src/cases/shapes.ts'
import { ClockLine } from '../../kit/ClockFold.tsx'
import { call, Problem } from '../../kit/call.ts'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { FreshGate, useWhenFresh } from '../security/FreshGate.tsx'
import { Page } from '../shell/Page.tsx'
import { ActForm } from './ActForm.tsx'
import { type Draft, OVERTAKEN, sentOf } from './act-fields.ts'
import { CaseHead } from './CaseParts.tsx'
import { Second } from './CaseSide.tsx'
import { Timeline } from './Timeline.tsx'

type Props = {
  readonly shown: CaseView
  readonly act: ActView
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  readonly onDone: () => Promise<void>
  /** The case is not what was shown any more: nothing was done. */
  readonly onOvertaken: (problem: Problem) => Promise<void>
}

/** One act on a page of its own, with the case beside it. */
export function ActPage(props: Props) {
  return (
    <FreshGate>
      <OneAct {...props} />
    </FreshGate>
  )
}

function OneAct({ shown, act, draft: begun, onDraft, onDone, onOvertaken }: Props) {
  const [draft, setDraft] = useState(begun)
  const whenFresh = useWhenFresh()
  const key = { subjectId: shown.subjectId, caseId: shown.caseId }
  const doing = useMutation({
    mutationFn: () => {
      const input = { act: act.act, ...sentOf(act, draft), seen: shown.entryNo }
      return whenFresh(() => call(stepCase, { params: key, input }))
    },
    onSuccess: onDone,
    onError: async problem => {
      if (problem instanceof Problem && OVERTAKEN.includes(problem.code)) await onOvertaken(problem)
    },
  })
  const change = (next: Draft): void => {
    setDraft(next)
    onDraft(next)
  }
  return (
    <Page title={act.name} state={shown.number} actions={<Link to={pathTo('case', key)}>{say('console.cases.back')}</Link>}>
      <p className="mx-lead">
        {act.does} <Second act={act} />
      </p>
      <div className="mx-case">
        <aside className="mx-case-side" aria-label={say('console.cases.this-case')}>
          {shown.clock ? (
            <p className="mx-panel">
              <ClockLine clock={shown.clock} />
            </p>
          ) : null}
          <CaseHead shown={shown} />
          <details className="mx-panel">
            <summary>{say('console.cases.tab-course', { count: shown.entries.length })}</summary>
            <Timeline caseKey={key} entries={shown.entries} />
          </details>
        </aside>
        <ActForm
          act={act}
          draft={draft}
          problem={doing.error}
          attempt={doing.submittedAt}
          busy={doing.isPending}
          onChange={change}
          onDo={() => doing.mutate()}
          cancel={<Link to={pathTo('case', key)}>{say('console.cases.cancel')}</Link>}
        />
      </div>
    </Page>
  )
}
