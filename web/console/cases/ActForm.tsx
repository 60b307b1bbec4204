import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ActView } from '../../../src/cases/shapes.ts'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { ActFields } from './ActFields.tsx'
import { type Draft, errorsOf, readBack } from './act-fields.ts'

type Props = {
  readonly act: ActView
  readonly draft: Draft
  /** Why the server refused. */
  readonly problem: unknown
  /** When it was sent last: a new refusal takes the focus again. */
  readonly attempt: number
  readonly busy: boolean
  readonly onChange: (draft: Draft) => void
  readonly onDo: () => void
  readonly cancel: ReactNode
}

/** Fill in, then do; what nothing brings back is looked over once more first, with all that follows from it. */
export function ActForm(props: Props) {
  const { act, draft, problem, attempt } = props
  const [errors, setErrors] = useState<FieldError[]>([])
  const [isReviewed, setReviewed] = useState(false)
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const found = errorsOf(act, draft)
    setErrors(found)
    if (found.length > 0) return
    if (act.isFinal) setReviewed(true)
    else props.onDo()
  }
  if (isReviewed) return <Review {...props} onBack={() => setReviewed(false)} />
  return (
    <form className="mx-panel mx-form mx-column" onSubmit={submit} noValidate autoComplete="off">
      <ErrorSummary key={attempt + errors.length} errors={errors} problem={problem} />
      <ActFields form={act} draft={draft} errors={errors} onChange={props.onChange} />
      {act.isFinal ? null : <Follows act={act} />}
      <div className="mx-row">
        <Button type="primary" htmlType="submit" loading={props.busy}>
          {act.isFinal ? say('console.cases.review') : act.name}
        </Button>
        {props.cancel}
      </div>
      <p className="mx-quiet">{say('console.cases.basis-of', { basis: act.cites.join('、') })}</p>
    </form>
  )
}

/** What will be done, in full, before it is done. */
function Review(props: Props & { readonly onBack: () => void }) {
  const { act, draft } = props
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const answers = readBack(act, draft)
  return (
    <section className="mx-panel mx-column" aria-labelledby="review">
      <h2 id="review" ref={heading} tabIndex={-1}>
        {say('console.cases.review-title', { act: act.name })}
      </h2>
      <ErrorSummary key={props.attempt} problem={props.problem} />
      {answers.length === 0 ? null : (
        <dl className="mx-facts">
          {answers.map(({ name, value }) => (
            <div key={name + value}>
              <dt>{name}</dt>
              <dd className="mx-lines">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Follows act={act} />
      <p className="mx-strong">{say('console.cases.final')}</p>
      <div className="mx-row">
        <Button type="primary" danger loading={props.busy} onClick={props.onDo}>
          {act.name}
        </Button>
        <Button onClick={props.onBack}>{say('console.cases.change')}</Button>
        {props.cancel}
      </div>
    </section>
  )
}

function Follows({ act }: { readonly act: ActView }) {
  if (act.follows.length === 0) return null
  return (
    <div>
      <h3>{say('console.cases.follows')}</h3>
      <ul className="mx-reasons">
        {act.follows.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}
