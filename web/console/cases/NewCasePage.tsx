import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { lazy, Suspense } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { ChooseAbout } from './ChooseAbout.tsx'
import { ChooseCampaign } from './ChooseCampaign.tsx'
import { ChooseMeasure } from './ChooseMeasure.tsx'
import { ChooseProcedure } from './ChooseProcedure.tsx'
import { ChooseSubject } from './ChooseSubject.tsx'
import { openingsQuery } from './case-queries.ts'
import './words.ts'

/** The form: loaded when it is known what is opened about whom. */
const OpenForm = lazy(async () => ({ default: (await import('./OpenForm.tsx')).OpenForm }))

/** Opens a case: which procedure, about whom, about what of theirs, then its form. What was chosen stands in the address. */
export function NewCasePage() {
  const [search, setSearch] = useSearchParams()
  const { data, error } = useQuery(openingsQuery)
  const opening = data?.openings.find(one => one.procedure === search.get('procedure'))
  const subjectId = Number(search.get('subject') ?? 0)
  const aboutRef = search.get('about') ?? ''
  const campaignId = Number(search.get('campaign') ?? 0)
  const needsAbout =
    opening !== undefined && (opening.about === 'record' || opening.about === 'measure' || opening.abouts.length > 0)
  const set = (name: 'procedure' | 'subject' | 'about' | 'campaign', value: string): void => {
    const next = new URLSearchParams(search)
    if (name !== 'about' && name !== 'campaign') next.delete('about')
    if (value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next)
  }
  return (
    <Page
      title={say('console.new-case.title')}
      lead={say('console.new-case.lead')}
      actions={<Link to={pathTo('cases')}>{say('console.cases.title')}</Link>}
    >
      <ErrorSummary problem={error} />
      {data ? (
        <ChooseProcedure openings={data.openings} chosen={opening} onChoose={procedure => set('procedure', procedure)} />
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
      {opening ? (
        <ChooseCampaign
          procedure={opening.procedure}
          chosen={campaignId}
          onChoose={id => set('campaign', id === 0 ? '' : String(id))}
        />
      ) : null}
      {opening ? <ChooseSubject subjectId={subjectId} onChoose={id => set('subject', id)} /> : null}
      {opening?.about === 'measure' && subjectId > 0 ? (
        <ChooseMeasure key={subjectId} subjectId={subjectId} chosen={aboutRef} onChoose={id => set('about', id)} />
      ) : opening && subjectId > 0 && needsAbout ? (
        <ChooseAbout
          key={`${opening.procedure}-${subjectId}`}
          opening={opening}
          subjectId={subjectId}
          chosen={aboutRef}
          onChoose={id => set('about', id)}
        />
      ) : null}
      {opening && subjectId > 0 && (!needsAbout || aboutRef !== '') ? (
        <Suspense fallback={<div className="mx-busy" />}>
          <OpenForm
            key={`${opening.procedure}-${subjectId}-${aboutRef}`}
            opening={opening}
            subjectId={subjectId}
            aboutRef={aboutRef}
            campaignId={campaignId}
          />
        </Suspense>
      ) : null}
    </Page>
  )
}
