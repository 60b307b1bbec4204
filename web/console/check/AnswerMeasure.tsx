import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { answerMeasure } from '../../../src/measures/contract.ts'
import { type Answer as AnswerOf, call } from '../../kit/call.ts'
import { minuteText } from '../../kit/day-text.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import type { Purpose } from '../../kit/purpose.ts'
import { say } from '../../kit/words.ts'
import { useMay } from '../session.ts'
import '../measures/words.ts'

type Answered = AnswerOf<typeof answerMeasure>
type Choice = Answered['answer']
type Said = Pick<Answered, 'answer' | 'officer' | 'reason' | 'at'>

type Props = {
  readonly subjectId: number
  readonly caseId: number
  /** The matter in which it is answered. */
  readonly asked: Purpose
  readonly said: Said | null
  /** What has ended can only be released. */
  readonly isInForce: boolean
}

/**
 * What a named officer does with a measure in the matter at hand: applies it, holds the matter, releases it, the last two with a reason. What is held is applied or
 * released later; the platform does none of it by itself (M218, SG11).
 */
export function AnswerMeasure({ subjectId, caseId, asked, said, isInForce }: Props) {
  const mayAnswer = useMay('measure.answer')
  const [choice, setChoice] = useState<Choice | null>(null)
  const answering = useMutation({
    mutationFn: (input: { answer: Choice; reason: string }) =>
      call(answerMeasure, { params: { subjectId, caseId }, input: { ...input, ...asked } }),
    onSuccess: () => setChoice(null),
    gcTime: 0,
  })
  const last = answering.data ?? said
  const open = choicesAfter(last, isInForce)
  return (
    <div className="mx-measure-answer">
      <div role="status">{last ? <SaidLine said={last} /> : null}</div>
      {mayAnswer && open.length > 0 ? (
        <>
          <p className="mx-quiet">{say(last ? 'console.measures.held' : 'console.measures.ask', asked)}</p>
          <fieldset className="mx-row mx-no-print">
            <legend className="mx-hidden">{say('console.measures.answer')}</legend>
            {open.map(one => (
              <Button key={one} aria-pressed={choice === one} onClick={() => setChoice(one)}>
                {say(`console.measures.${one}`)}
              </Button>
            ))}
          </fieldset>
          {choice ? (
            <ReasonForm
              key={choice}
              id={`reason-${caseId}`}
              choice={choice}
              problem={answering.error}
              attempt={answering.submittedAt}
              busy={answering.isPending}
              onSend={reason => answering.mutate({ answer: choice, reason })}
              onCancel={() => setChoice(null)}
            />
          ) : null}
        </>
      ) : null}
    </div>
  )
}

/** What may be answered: everything at first, after a hold its end, nothing once it is applied or released. */
function choicesAfter(last: Said | null, isInForce: boolean): readonly Choice[] {
  if (last === null) return isInForce ? ['apply', 'hold', 'release'] : []
  if (last.answer !== 'hold') return []
  return isInForce ? ['apply', 'release'] : ['release']
}

/** The answer with who gave it, when and why. */
export function SaidLine({ said: { answer, officer, reason, at } }: { readonly said: Said }) {
  return (
    <p className="mx-said-answer">
      <strong>{say(`console.measures.said-${answer}`)}</strong>{' '}
      <span className="mx-quiet">{say('console.measures.said-by', { officer: officer ?? '—', at: minuteText(at) })}</span>
      {reason ? <span className="mx-below">{say('console.measures.said-reason', { reason })}</span> : null}
    </p>
  )
}

type FormProps = {
  readonly id: string
  readonly choice: Choice
  readonly problem: unknown
  readonly attempt: number
  readonly busy: boolean
  readonly onSend: (reason: string) => void
  readonly onCancel: () => void
}

function ReasonForm({ id, choice, problem, attempt, busy, onSend, onCancel }: FormProps) {
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const isAsked = choice !== 'apply'
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const missing = isAsked && reason.trim() === '' ? [{ id, message: say('console.measures.reason-missing') }] : []
    setErrors(missing)
    if (missing.length === 0) onSend(reason.trim())
  }
  const error = errors[0]?.message
  return (
    <form className="mx-column mx-no-print" onSubmit={submit} noValidate>
      <ErrorSummary key={attempt + errors.length} errors={errors} problem={errors.length === 0 ? problem : null} />
      <Field
        id={id}
        label={say('console.measures.reason')}
        hint={say(`console.measures.hint-${choice}`)}
        error={error}
        optional={!isAsked}
      >
        <Input.TextArea
          id={id}
          rows={2}
          maxLength={1000}
          autoFocus
          value={reason}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
          onChange={event => setReason(event.target.value)}
        />
      </Field>
      <div className="mx-row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {say(`console.measures.send-${choice}`)}
        </Button>
        <Button onClick={onCancel}>{say('console.measures.cancel')}</Button>
      </div>
    </form>
  )
}
