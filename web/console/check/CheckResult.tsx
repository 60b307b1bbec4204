import { Button } from 'antd'
import { Link } from 'react-router'
import type { CheckAnswer } from '../../../src/checks/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { districtName } from '../../kit/districts.ts'
import type { Purpose } from '../../kit/purpose.ts'
import { Receipt } from '../../kit/Receipt.tsx'
import { say, sayOr } from '../../kit/words.ts'
import { CloseThisBusiness } from '../receivers/CloseBusiness.tsx'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { CommitmentMatters } from './CommitmentMatters.tsx'
import { EarlierAnswers } from './EarlierAnswers.tsx'
import { HitPaper } from './HitPaper.tsx'
import { MeasurePrompts } from './MeasurePrompts.tsx'

type Props = {
  readonly answer: CheckAnswer
  /** For what and under which number it was asked. */
  readonly asked: Purpose
  readonly onChoose: (code: string) => void
}

/** The answer to one check: what is in force, with its law; or that nothing is, with the receipt. No colour judges the subject. */
export function CheckResult({ answer, asked, onChoose }: Props) {
  const { subject, choices, hits } = answer
  const mayRead = useMay('archive.read')
  const mayAnswer = useMay('measure.answer')
  const mayClose = useMay('receiver.confirm')
  const inForce = subject !== null && hits.length > 0
  return (
    <section className="mx-panel mx-answer" aria-labelledby="answer">
      <div role="status">
        <h2 id="answer">{inForce ? say('console.check.headline', { count: hits.length }) : answer.sentence}</h2>
        {inForce && answer.measures.length > 0 ? (
          <p>
            <a href="#prompts">{say('console.measures.prompts', { count: answer.measures.length })}</a>
          </p>
        ) : null}
      </div>
      {subject ? (
        <p className="mx-answer-subject">
          {mayRead ? (
            <Link to={pathTo('subject', { subjectId: subject.subjectId })}>{subject.name}</Link>
          ) : (
            <span>{subject.name}</span>
          )}
          {subject.uscc ? <CodeText code={subject.uscc} /> : null}
          <span className="mx-quiet">
            {[sayOr(`console.kind.${subject.kind}`, subject.kind), subject.status].filter(Boolean).join(' · ')}
          </span>
        </p>
      ) : null}
      {inForce && answer.mergedFrom ? <p>{answer.mergedFrom.sentence}</p> : null}
      {choices.length > 0 ? <Choices choices={choices} onChoose={onChoose} /> : null}
      {hits.map(hit => (
        <HitPaper key={hit.recordId} hit={hit} />
      ))}
      {inForce ? <p className="mx-quiet">{say('console.check.no-judgement')}</p> : null}
      <MeasurePrompts key={`m${answer.receipt}`} answer={answer} asked={asked} />
      {subject && mayAnswer ? <EarlierAnswers key={`e${answer.receipt}`} subjectId={subject.subjectId} asked={asked} /> : null}
      {subject ? <CommitmentMatters key={`c${answer.receipt}`} subjectId={subject.subjectId} {...asked} /> : null}
      <div className="mx-row">
        <Receipt receipt={answer.receipt} at={answer.at} />
        <span className="mx-quiet">{say('console.check.as-of', { asOf: answer.asOf })}</span>
        <Button className="mx-no-print" onClick={() => globalThis.print()}>
          {say('console.print')}
        </Button>
        {subject && mayClose ? <CloseThisBusiness key={answer.receipt} businessNo={asked.businessNo} /> : null}
      </div>
    </section>
  )
}

function Choices({ choices, onChoose }: { readonly choices: CheckAnswer['choices']; readonly onChoose: (code: string) => void }) {
  return (
    <ul className="mx-choices">
      {choices.map(it => (
        <li key={it.subjectId}>
          <span>
            {it.name} <span className="mx-quiet">{[districtName(it.district), it.status].filter(Boolean).join(' · ')}</span>
          </span>
          {it.uscc ? (
            <Button onClick={() => onChoose(it.uscc ?? '')}>
              <CodeText code={it.uscc} />
            </Button>
          ) : (
            <span className="mx-quiet">{say('console.check.choice-without-code')}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
