import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { issueReport, listIssued } from '../../../src/reports/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { Page } from '../shell/Page.tsx'
import { looksLikePersonNumber, plainQuery } from '../subjects/query-text.ts'
import { SubjectTable } from '../subjects/SubjectTable.tsx'
import { cardQuery, searchQuery } from '../subjects/subject-queries.ts'
import { IssuedTable } from './IssuedTable.tsx'
import { ReportReceipt } from './ReportReceipt.tsx'

/** The window: find the subject, issue the public report, hand over the code. What was issued before stands below. */
export function ReportsPage() {
  const [search, setSearch] = useSearchParams()
  const before = search.get('before')
  const chosen = search.get('subject')
  const client = useQueryClient()
  const issued = useQuery({
    queryKey: ['issued', before],
    queryFn: () => call(listIssued, { query: before ? { before } : {} }),
    placeholderData: keepPreviousData,
  })
  const issuing = useMutation({
    mutationFn: (subjectId: number) => call(issueReport, { params: { subjectId }, input: { kind: 'public' } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['issued'] }),
  })
  return (
    <Page title={say('console.reports.title')} lead={say('console.reports.lead')}>
      <ErrorSummary key={issuing.submittedAt} problem={issuing.error} />
      {chosen ? (
        <Chosen subjectId={Number(chosen)} busy={issuing.isPending} onIssue={issuing.mutate} onOther={() => setSearch({})} />
      ) : (
        <Find onChoose={subjectId => setSearch({ subject: String(subjectId) })} />
      )}
      {issuing.data ? <ReportReceipt report={issuing.data} /> : null}
      <ErrorSummary problem={issued.error} />
      {issued.data ? <IssuedTable reports={issued.data.reports} next={issued.data.next} /> : null}
    </Page>
  )
}

type ChosenProps = {
  readonly subjectId: number
  readonly busy: boolean
  readonly onIssue: (subjectId: number) => void
  readonly onOther: () => void
}

function Chosen({ subjectId, busy, onIssue, onOther }: ChosenProps) {
  const { data, error } = useQuery(cardQuery(subjectId))
  return (
    <div className="mx-panel">
      <ErrorSummary problem={error} />
      {data ? (
        <p>
          <span className="mx-strong">{data.name}</span> {data.uscc ? <CodeText code={data.uscc} /> : null}
        </p>
      ) : null}
      <div className="mx-row">
        <Button type="primary" disabled={!data} loading={busy} onClick={() => onIssue(subjectId)}>
          {say('console.reports.issue')}
        </Button>
        <Button onClick={onOther}>{say('console.reports.other')}</Button>
      </div>
      <p className="mx-quiet">{say('console.reports.special-own-only')}</p>
    </div>
  )
}

function Find({ onChoose }: { readonly onChoose: (subjectId: number) => void }) {
  const [q, setQ] = useState('')
  const [text, setText] = useState('')
  const [error, setError] = useState<string | undefined>()
  const found = useQuery(searchQuery(q, null))
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const plain = plainQuery(text)
    const person = looksLikePersonNumber(plain)
    setError(person ? say('console.reports.not-of-persons') : undefined)
    setQ(person ? '' : plain)
  }
  return (
    <>
      <form className="mx-row mx-panel" onSubmit={submit}>
        <Field id="report-subject" label={say('console.search.label')} error={error} width="28em">
          <Input
            id="report-subject"
            value={text}
            maxLength={200}
            autoComplete="off"
            aria-describedby={error ? 'report-subject-error' : undefined}
            onChange={event => setText(event.target.value)}
          />
        </Field>
        <Button htmlType="submit" type="primary">
          {say('console.search.submit')}
        </Button>
      </form>
      <ErrorSummary problem={found.error} />
      {found.data && !found.error && q !== '' ? (
        <SubjectTable
          subjects={found.data.subjects}
          empty={<p>{say('console.subjects.none', { q })}</p>}
          choose={it => (
            <Button size="small" onClick={() => onChoose(it.subjectId)}>
              {say('console.reports.choose')}
              <span className="mx-hidden">{it.name}</span>
            </Button>
          )}
        />
      ) : null}
    </>
  )
}
