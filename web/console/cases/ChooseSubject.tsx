import { useQuery } from '@tanstack/react-query'
import { Button, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { CodeText } from '../../kit/CodeText.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { looksLikePersonNumber, plainQuery } from '../subjects/query-text.ts'
import { SubjectTable } from '../subjects/SubjectTable.tsx'
import { cardQuery, searchQuery } from '../subjects/subject-queries.ts'

type Props = { readonly subjectId: number; readonly onChoose: (subjectId: string) => void }

/** About whom: an organisation by name or code, here; a person only by document number, on the page that registers it. */
export function ChooseSubject({ subjectId, onChoose }: Props) {
  return (
    <section className="mx-panel" aria-labelledby="which-subject">
      <h2 id="which-subject">{say('console.new-case.subject')}</h2>
      {subjectId > 0 ? <Chosen subjectId={subjectId} onChange={() => onChoose('')} /> : <Search onChoose={onChoose} />}
    </section>
  )
}

function Chosen({ subjectId, onChange }: { readonly subjectId: number; readonly onChange: () => void }) {
  const { data, isPending } = useQuery(cardQuery(subjectId))
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 1 }} />
  return (
    <p className="mx-chosen">
      {/* A person's card is not public: it is known here by its number alone. */}
      <strong>{data ? data.name : say('console.cases.subject-no', { id: String(subjectId) })}</strong>{' '}
      {data?.uscc ? <CodeText code={data.uscc} /> : null}{' '}
      <Button size="small" onClick={onChange}>
        {say('console.new-case.change')}
      </Button>
    </p>
  )
}

function Search({ onChoose }: Pick<Props, 'onChoose'>) {
  const [text, setText] = useState('')
  const [q, setQ] = useState('')
  const [refusal, setRefusal] = useState<string>()
  const { data, error } = useQuery(searchQuery(q, null))
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const plain = plainQuery(text)
    const isPerson = looksLikePersonNumber(plain)
    if (isPerson) setText('')
    setRefusal(isPerson ? say('console.search.person-number') : undefined)
    setQ(isPerson ? '' : plain)
  }
  return (
    <>
      <form className="mx-row" onSubmit={submit}>
        <Field id="case-subject" label={say('console.search.label')} error={refusal} width="28em">
          <Input
            id="case-subject"
            value={text}
            maxLength={200}
            autoComplete="off"
            aria-describedby={refusal ? 'case-subject-error' : undefined}
            onChange={event => setText(event.target.value)}
          />
        </Field>
        <Button type="primary" htmlType="submit">
          {say('console.search.submit')}
        </Button>
      </form>
      <ErrorSummary problem={error} />
      {data && q !== '' && !error ? (
        <SubjectTable
          subjects={data.subjects}
          empty={<p>{say('console.subjects.none-organisation', { q })}</p>}
          choose={it => (
            <Button size="small" onClick={() => onChoose(String(it.subjectId))}>
              {say('console.new-case.choose')}
            </Button>
          )}
        />
      ) : null}
      <p className="mx-quiet">
        {say('console.new-case.person')} <Link to={pathTo('persons')}>{say('console.persons.title')}</Link>
      </p>
    </>
  )
}
