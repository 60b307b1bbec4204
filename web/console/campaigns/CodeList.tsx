import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { readCodeList } from '../../../src/campaigns/contract.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'

type Props = {
  readonly most: number
  readonly codes: readonly string[]
  readonly onCodes: (codes: readonly string[]) => void
}

/** A list of codes, pasted or from a file: what of it is a code, and what is wrong with the other lines. Nothing is kept by reading it. */
export function CodeList({ most, codes, onCodes }: Props) {
  const [text, setText] = useState('')
  const reading = useMutation({
    mutationFn: (list: File | string) => {
      const form = new FormData()
      if (typeof list === 'string') form.set('codes', list)
      else form.set('file', list, list.name)
      return call(readCodeList, { form })
    },
    onSuccess: ({ lines }) => onCodes(lines.flatMap(one => one.code ?? [])),
  })
  const wrong = (reading.data?.lines ?? []).filter(one => one.why !== null)
  return (
    <section className="mx-panel mx-column" aria-labelledby="codes">
      <h2 id="codes">{say('console.campaign-list.codes')}</h2>
      <ErrorSummary key={reading.submittedAt} problem={reading.error} />
      <Field
        id="pasted-codes"
        label={say('console.campaign-list.paste')}
        hint={say('console.campaign-list.paste-hint', { most })}
      >
        <Input.TextArea id="pasted-codes" rows={5} value={text} onChange={event => setText(event.target.value)} />
      </Field>
      <div className="mx-row">
        <Button type="primary" disabled={text.trim() === ''} loading={reading.isPending} onClick={() => reading.mutate(text)}>
          {say('console.campaign-list.read')}
        </Button>
        <label className="mx-file">
          {say('console.campaign-list.file')}{' '}
          <input
            type="file"
            accept=".csv,.xlsx,.txt"
            onChange={event => {
              const [file] = event.target.files ?? []
              if (file) reading.mutate(file)
            }}
          />
        </label>
      </div>
      <p role="status">
        {reading.data
          ? say('console.campaign-list.read-so', { codes: countText(codes.length), wrong: countText(wrong.length) })
          : ''}
      </p>
      {wrong.length > 0 ? (
        <RecordTable
          caption={say('console.campaign-list.wrong')}
          columns={[
            { key: 'line', title: say('console.campaign-list.line'), heads: true, cell: it => String(it.line), width: '6em' },
            { key: 'why', title: say('console.campaign-list.why'), cell: it => it.why },
          ]}
          rows={wrong.slice(0, 100)}
          rowKey={it => it.line}
          empty={null}
        />
      ) : null}
    </section>
  )
}
