import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { listMeasureOpenings } from '../../../src/cases/measure-contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Purpose, PurposeBar } from '../../kit/PurposeBar.tsx'
import { Receipt } from '../../kit/Receipt.tsx'
import { say } from '../../kit/words.ts'

type Ground = Answer<typeof listMeasureOpenings>['records'][number]
type Open = Ground['measures'][number]

type Props = {
  readonly subjectId: number
  readonly chosen: string
  readonly onChoose: (aboutRef: string) => void
}

/** On which record a measure is to rest, and which: what may be asked for today as a button, the rest with why not. Asking is a look with a purpose. */
export function ChooseMeasure({ subjectId, chosen, onChoose }: Props) {
  const [picked, setPicked] = useState('')
  return (
    <section className="mx-panel" aria-labelledby="which-about">
      <h2 id="which-about">{say('console.new-case.about-measure')}</h2>
      {chosen === '' ? (
        <Grounds
          subjectId={subjectId}
          onPick={one => {
            setPicked(one.name)
            onChoose(one.aboutRef)
          }}
        />
      ) : (
        <p className="mx-chosen">
          <strong>{picked === '' ? chosen : picked}</strong>{' '}
          <Button size="small" onClick={() => onChoose('')}>
            {say('console.new-case.change')}
          </Button>
        </p>
      )}
    </section>
  )
}

function Grounds({ subjectId, onPick }: { readonly subjectId: number; readonly onPick: (one: Open) => void }) {
  const [purpose, setPurpose] = useState<Purpose | null>(null)
  const { data, error, isFetching } = useQuery({
    queryKey: ['measure-openings', subjectId, purpose],
    queryFn: () => call(listMeasureOpenings, { params: { subjectId }, query: { ...purpose } }),
    enabled: purpose !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <>
      <PurposeBar value={purpose} onSet={setPurpose} opens={say('console.new-case.records-open')} />
      <ErrorSummary problem={error} />
      {purpose && data ? (
        <>
          <Receipt receipt={data.receipt} />
          {data.records.length === 0 ? <p>{say('console.new-case.no-ground')}</p> : null}
          {data.records.map(one => (
            <OneGround key={one.recordId} ground={one} onPick={onPick} />
          ))}
        </>
      ) : purpose && isFetching ? (
        <Skeleton active title={false} />
      ) : null}
    </>
  )
}

function OneGround({ ground, onPick }: { readonly ground: Ground; readonly onPick: (one: Open) => void }) {
  return (
    <article className="mx-hit">
      <h3>
        {ground.itemName} {ground.documentNo}
      </h3>
      <p className="mx-quiet">
        {ground.authorityName} {ground.decidedOn}
      </p>
      <ul className="mx-acts">
        {ground.measures.map(one => (
          <li key={one.trigger}>
            {one.mayInitiate ? <Button onClick={() => onPick(one)}>{one.name}</Button> : <strong>{one.name}</strong>}
            <p className="mx-quiet">
              {one.why ??
                say('console.new-case.measure-by', { term: one.term, units: namesOf(one), basis: one.cites.join('、') })}
            </p>
          </li>
        ))}
      </ul>
    </article>
  )
}

const namesOf = ({ units }: Open): string => units.map(({ name }) => name).join('、')
