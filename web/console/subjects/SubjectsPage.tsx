import { useQuery } from '@tanstack/react-query'
import { Button, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { looksLikePersonNumber, plainQuery } from './query-text.ts'
import { SubjectTable } from './SubjectTable.tsx'
import { searchQuery } from './subject-queries.ts'

/** Organisations by two characters of a name or by code. Persons are never searched here. */
export function SubjectsPage() {
  const [search] = useSearchParams()
  const q = search.get('q') ?? ''
  const { data, error, isFetching } = useQuery(searchQuery(q, search.get('after')))
  const mayPersons = useMay('archive.read')
  return (
    <Page
      title={say('console.subjects.title')}
      state={q || undefined}
      actions={mayPersons ? <Link to={pathTo('persons')}>{say('console.persons.title')}</Link> : null}
    >
      <SearchForm key={q} q={q} />
      <ErrorSummary problem={error} />
      {data && !error ? (
        <>
          <SubjectTable
            subjects={data.subjects}
            empty={<p>{say(mayPersons ? 'console.subjects.none' : 'console.subjects.none-organisation', { q })}</p>}
          />
          <Pager name="after" next={data.next} />
        </>
      ) : isFetching ? (
        <Skeleton active title={false} />
      ) : q === '' ? (
        <p className="mx-quiet">{say('console.subjects.hint')}</p>
      ) : null}
    </Page>
  )
}

function SearchForm({ q }: { readonly q: string }) {
  const [, setSearch] = useSearchParams()
  const [text, setText] = useState(q)
  const [error, setError] = useState<string | undefined>()
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const plain = plainQuery(text)
    if (looksLikePersonNumber(plain)) {
      setText('')
      setError(say('console.search.person-number'))
    } else {
      setError(undefined)
      if (plain) setSearch({ q: plain })
    }
  }
  return (
    <search>
      <form className="mx-row" onSubmit={submit}>
        <Field id="q" label={say('console.search.label')} error={error} width="28em">
          <Input
            id="q"
            value={text}
            maxLength={200}
            autoComplete="off"
            aria-describedby={error ? 'q-error' : undefined}
            onChange={event => setText(event.target.value)}
          />
        </Field>
        <Button type="primary" htmlType="submit">
          {say('console.search.submit')}
        </Button>
      </form>
    </search>
  )
}
