import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { sendPaper } from '../../../src/cases/contract.ts'
import type { ActView } from '../../../src/cases/shapes.ts'
import { call } from '../../kit/call.ts'
import { sentenceOf } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { type DraftPaper, paperId } from './act-fields.ts'
import { sizeText } from './Timeline.tsx'

const TAKEN = 'application/pdf,image/jpeg,image/png'

type Props = {
  readonly paper: ActView['papers'][number]
  readonly sent: readonly DraftPaper[]
  readonly error: string | undefined
  readonly onChange: (sent: readonly DraftPaper[]) => void
}

/** A paper: sent as soon as it is chosen, handed in with the act. What is not taken says why, here. */
export function PaperField({ paper, sent, error, onChange }: Props) {
  const id = paperId(paper.paper)
  const sending = useMutation({
    mutationFn: async (file: File): Promise<DraftPaper> => {
      const form = new FormData()
      form.append('file', file)
      const { paperId: kept, bytes } = await call(sendPaper, { form })
      return { paper: paper.paper, paperId: kept, fileName: file.name, bytes }
    },
    onSuccess: one => onChange([...sent, one]),
  })
  const refusal = sending.error ? sentenceOf(sending.error) : error
  return (
    <Field
      id={id}
      label={paper.name}
      hint={paper.hint ?? say('console.cases.paper-hint')}
      error={refusal}
      optional={!paper.required}
    >
      <input
        id={id}
        type="file"
        accept={TAKEN}
        disabled={sending.isPending}
        aria-describedby={refusal ? `${id}-hint ${id}-error` : `${id}-hint`}
        onChange={event => {
          const file = event.target.files?.[0]
          // The same file may be chosen again after it was taken out.
          event.target.value = ''
          if (file) sending.mutate(file)
        }}
      />
      <div role="status">
        {sending.isPending ? say('console.cases.paper-sending') : null}
        {sent.length === 0 ? null : (
          <ul className="mx-papers">
            {sent.map(one => (
              <li key={one.paperId}>
                {one.fileName} <span className="mx-quiet">{sizeText(one.bytes)}</span>{' '}
                <Button size="small" onClick={() => onChange(sent.filter(other => other.paperId !== one.paperId))}>
                  {say('console.cases.paper-take-out')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Field>
  )
}
