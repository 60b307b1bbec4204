import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { confirmCorrection, getCorrection, type NoticeView } from '../../../src/receivers/contract.ts'
import { HOWS, type How } from '../../../src/receivers/model.ts'
import { Clock } from '../../kit/Clock.tsx'
import { CodeText } from '../../kit/CodeText.tsx'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'

type Props = {
  readonly notice: NoticeView
  readonly namesUnit: boolean
  readonly onDone: (said: string) => Promise<void>
}

/** One thing that was taken away: what is asked, by which numbers it was obtained, by when, and what became of the copy. */
export function CorrectionPanel({ notice, namesUnit, onDone }: Props) {
  const me = useMe()
  const id = `correction-${notice.noticeId}`
  const hasClock = notice.confirmedAt === null && notice.kind === 'correct-copies'
  return (
    <section className="mx-panel" aria-labelledby={id}>
      <h3 id={id}>{notice.sentence}</h3>
      {hasClock ? (
        <p>
          <Clock {...notice} today={me.today} />
        </p>
      ) : null}
      <Facts notice={notice} namesUnit={namesUnit} />
      {notice.mayConfirm ? <Confirm notice={notice} onDone={onDone} /> : null}
    </section>
  )
}

function Facts({ notice, namesUnit }: Pick<Props, 'notice' | 'namesUnit'>) {
  const { businessNos, receipts, outletNames, entries, program, openedAt, confirmedAt, how } = notice
  const list = (values: readonly string[]): string => values.join(say('console.receivers.comma'))
  const facts: readonly (readonly [string, string | null])[] = [
    ['unit', namesUnit ? notice.receiverName : null],
    ['business', businessNos.length > 0 ? list(businessNos) : null],
    ['receipt', receipts.length > 0 ? list(receipts) : null],
    ['way', outletNames.length > 0 ? list(outletNames) : null],
    ['by', program === null ? null : say('console.receivers.by-program', { program })],
    [
      'entries',
      entries > receipts.length ? say('console.receivers.entries-of', { count: entries, named: receipts.length }) : null,
    ],
    ['opened', instantText(openedAt)],
    ['confirmed-at', confirmedAt === null ? null : instantText(confirmedAt)],
    ['how', how === null ? null : say(`console.receivers.how-${how}`)],
  ]
  return (
    <dl className="mx-facts">
      {facts.map(([key, value]) =>
        value === null ? null : (
          <div key={key}>
            <dt>{say(`console.receivers.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** Whom it is about, for whoever has to find the copy (a registered look), and the three things that may have become of it. */
function Confirm({ notice, onDone }: Pick<Props, 'notice' | 'onDone'>) {
  const { subjectId, noticeId, businessNos, receipts } = notice
  const params = { subjectId, noticeId }
  const about = businessNos[0] ?? receipts[0] ?? String(noticeId)
  const looking = useMutation({ mutationFn: () => call(getCorrection, { params }), gcTime: 0 })
  const confirming = useMutation({
    mutationFn: (how: How) => call(confirmCorrection, { params, input: { how } }),
    onSuccess: (_, how) => onDone(say('console.receivers.said', { about, how: say(`console.receivers.how-${how}`) })),
  })
  return (
    <>
      <ErrorSummary problem={looking.error ?? confirming.error} />
      {looking.data ? (
        <p role="status">
          {looking.data.subject.name} {looking.data.subject.uscc ? <CodeText code={looking.data.subject.uscc} /> : null}{' '}
          <span className="mx-quiet">{say('console.receivers.looked', { receipt: looking.data.receipt })}</span>
        </p>
      ) : (
        <p>
          <Button loading={looking.isPending} onClick={() => looking.mutate()}>
            {say('console.receivers.who')}
            <span className="mx-hidden">{about}</span>
          </Button>
        </p>
      )}
      <fieldset className="mx-field">
        <legend className="mx-flush">{say('console.receivers.became')}</legend>
        <div className="mx-row">
          {HOWS.map(how => (
            <Button key={how} disabled={confirming.isPending} onClick={() => confirming.mutate(how)}>
              {say(`console.receivers.how-${how}`)}
              <span className="mx-hidden">{about}</span>
            </Button>
          ))}
        </div>
      </fieldset>
    </>
  )
}
