import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { listSubjectMeasures } from '../../../src/measures/contract.ts'
import { type Answer, call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import type { Purpose } from '../../kit/purpose.ts'
import { say } from '../../kit/words.ts'
import { AnswerMeasure, SaidLine } from './AnswerMeasure.tsx'
import '../measures/words.ts'

type Measure = Answer<typeof listSubjectMeasures>['measures'][number]
type Given = Measure['answers'][number]

/** All measures of this unit on a subject, those that have ended too, with every answer; a hold is ended from here. Asking is a look of its own. */
export function EarlierAnswers({ subjectId, asked }: { readonly subjectId: number; readonly asked: Purpose }) {
  const reading = useMutation({
    mutationFn: () => call(listSubjectMeasures, { params: { subjectId }, query: { ...asked } }),
    gcTime: 0,
  })
  if (!reading.data)
    return (
      <div className="mx-row mx-no-print">
        <ErrorSummary problem={reading.error} />
        <Button loading={reading.isPending} onClick={() => reading.mutate()}>
          {say('console.measures.earlier')}
        </Button>
        <span className="mx-quiet">{say('console.measures.earlier-hint')}</span>
      </div>
    )
  const { measures } = reading.data
  return (
    <section aria-labelledby="earlier">
      <h3 id="earlier">{say('console.measures.earlier-title')}</h3>
      {measures.length === 0 ? <p>{say('console.measures.earlier-none')}</p> : null}
      {measures.map(one => (
        <Earlier key={one.caseId} measure={one} asked={asked} />
      ))}
    </section>
  )
}

function Earlier({ measure, asked }: { readonly measure: Measure; readonly asked: Purpose }) {
  const { subjectId, caseId, isInForce, ended } = measure
  const matters = [...Map.groupBy(measure.answers, one => `${one.unit} ${one.businessNo}`).values()]
  return (
    <article className="mx-hit">
      <h4>
        {measure.name} <span className="mx-quiet">{measure.number}</span>
      </h4>
      <p className="mx-quiet">
        {ended
          ? say('console.measures.ended-on', { on: ended.on, sentence: ended.sentence })
          : say(isInForce ? 'console.measures.in-force' : 'console.measures.over', { until: measure.until })}
      </p>
      {matters.length === 0 ? <p>{say('console.measures.unanswered')}</p> : null}
      {matters.map(([last, ...before]) =>
        last ? (
          <div key={`${last.unit} ${last.businessNo}`}>
            <p>{say('console.measures.matter', { unit: last.unitName, purpose: last.purpose, businessNo: last.businessNo })}</p>
            {before.toReversed().map((one: Given) => (
              <SaidLine key={one.answerId} said={one} />
            ))}
            {last.businessNo === asked.businessNo && isInForce ? (
              <SaidLine said={last} />
            ) : (
              <AnswerMeasure
                {...{ subjectId, caseId, isInForce, said: last }}
                asked={{ purpose: last.purpose, businessNo: last.businessNo }}
              />
            )}
          </div>
        ) : null,
      )}
    </article>
  )
}
