import { Link } from 'react-router'
import type { CheckAnswer } from '../../../src/checks/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { LawQuote } from '../../kit/LawQuote.tsx'
import type { Purpose } from '../../kit/purpose.ts'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { AnswerMeasure } from './AnswerMeasure.tsx'
import '../measures/words.ts'

type Prompt = CheckAnswer['measures'][number]

/** The measures in force of which this officer's unit is the body: each with statute, end and what it rests on, answered by name and never by the platform (M218). */
export function MeasurePrompts({ answer, asked }: { readonly answer: CheckAnswer; readonly asked: Purpose }) {
  if (answer.measures.length === 0) return null
  return (
    <section aria-labelledby="prompts">
      <h3 id="prompts">{say('console.measures.prompts', { count: answer.measures.length })}</h3>
      <p className="mx-quiet">{say('console.measures.prompts-lead')}</p>
      {answer.measures.map(one => (
        <PromptPaper key={one.caseId} prompt={one} answer={answer} asked={asked} />
      ))}
    </section>
  )
}

type PaperProps = { readonly prompt: Prompt; readonly answer: CheckAnswer; readonly asked: Purpose }

function PromptPaper({ prompt, answer, asked }: PaperProps) {
  const mayReadCases = useMay('case.read')
  const { subjectId, caseId, number, fromDay, until } = prompt
  const ground = answer.hits.find(hit => hit.recordId === prompt.recordId)
  const facts: readonly (readonly [string, string])[] = [
    ['console.measures.body', prompt.bodyName],
    ['console.measures.officer', prompt.officer ?? '—'],
    [
      'console.measures.until',
      say(prompt.untilDay === prompt.until ? 'console.measures.from-until' : 'console.measures.from', { fromDay, until }),
    ],
    ['console.measures.review', prompt.reviewOn],
    ['console.measures.initiator', prompt.initiatorName],
    [
      'console.measures.ground',
      ground ? say('console.measures.ground-of', { name: ground.listName ?? ground.heading, no: ground.documentNo }) : '—',
    ],
  ]
  return (
    <article className="mx-hit">
      <h4>{prompt.name}</h4>
      <dl className="mx-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{say(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{say('console.measures.case')}</dt>
          <dd>{mayReadCases ? <Link to={pathTo('case', { subjectId, caseId })}>{number}</Link> : <CodeText code={number} />}</dd>
        </div>
      </dl>
      {prompt.statutes.map(statute => (
        <LawQuote key={statute.basis} {...statute} />
      ))}
      <AnswerMeasure subjectId={subjectId} caseId={caseId} asked={asked} said={prompt.said} isInForce />
    </article>
  )
}
