import { useMutation } from '@tanstack/react-query'
import { Button, Input, Progress } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { missingOf, PurposeFields } from '../../kit/PurposeBar.tsx'
import { rememberPurpose } from '../../kit/purpose.ts'
import { say } from '../../kit/words.ts'
import { DropArea } from '../deliveries/DropArea.tsx'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { BatchResult } from './BatchResult.tsx'
import { linesOf, takePastedLines } from './pasted-lines.ts'
import { type BatchState, NO_BATCH, runBatch } from './run-batch.ts'

type Asked = { readonly list: File | readonly string[]; readonly purpose: string; readonly businessNo: string }
export const MOST_LINES = 100_000

/** A list of codes or names checked in one go, up to 100,000 lines: the answer streams in, only what needs a person is drawn. */
export function BatchPage() {
  const [errors, setErrors] = useState<FieldError[]>([])
  const [text, setText] = useState(() => takePastedLines().join('\n'))
  const [file, setFile] = useState<File | null>(null)
  const [state, setState] = useState<BatchState>(NO_BATCH)
  const stop = useRef(new AbortController())
  const form = useRef<HTMLFormElement>(null)
  const checking = useMutation({
    mutationFn: async (asked: Asked) => {
      stop.current = new AbortController()
      setState(NO_BATCH)
      setState(await runBatch({ ...asked, signal: stop.current.signal }, setState))
    },
    gcTime: 0,
  })
  const lines = linesOf(text)
  const expected = file ? null : lines.length
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const given = new FormData(form.current ?? undefined)
    const purpose = String(given.get('purpose') ?? '').trim()
    const businessNo = String(given.get('businessNo') ?? '').trim()
    const missing = missingOf(purpose, businessNo)
    if (!file && lines.length === 0) missing.push({ id: 'batch-lines', message: say('console.batch.nothing') })
    if (!file && lines.length > MOST_LINES) missing.push({ id: 'batch-lines', message: say('console.batch.too-many') })
    setErrors(missing)
    if (missing.length > 0) return
    rememberPurpose({ purpose, businessNo })
    checking.mutate({ list: file ?? lines, purpose, businessNo })
  }
  return (
    <Page
      title={say('console.batch.title')}
      lead={say('console.batch.lead')}
      actions={<Link to={pathTo('check')}>{say('console.check.title')}</Link>}
    >
      <p className="mx-narrow-note">{say('console.batch.narrow')}</p>
      <ErrorSummary
        key={errors.map(it => it.id).join() + checking.submittedAt}
        errors={errors}
        problem={stopped(checking.error) ? null : checking.error}
      />
      <form ref={form} onSubmit={submit} noValidate className="mx-panel mx-column mx-no-print">
        <div className="mx-row">
          <PurposeFields errors={errors} />
        </div>
        <ListInput
          file={file}
          onFile={setFile}
          text={text}
          onText={setText}
          count={lines.length}
          error={errors.find(it => it.id === 'batch-lines')?.message}
        />
        <div className="mx-row">
          <Button type="primary" htmlType="submit" loading={checking.isPending}>
            {say('console.batch.submit')}
          </Button>
          {checking.isPending ? <Button onClick={() => stop.current.abort()}>{say('console.batch.stop')}</Button> : null}
        </div>
      </form>
      {checking.isPending ? <Running state={state} expected={expected} /> : null}
      {stopped(checking.error) ? <p className="mx-said">{say('console.batch.stopped', { count: state.done })}</p> : null}
      {state.done > 0 && !checking.isPending ? <BatchResult state={state} /> : null}
    </Page>
  )
}

type ListProps = {
  readonly file: File | null
  readonly onFile: (file: File | null) => void
  readonly text: string
  readonly onText: (text: string) => void
  readonly count: number
  readonly error: string | undefined
}

/** The list: pasted lines, or a file in their place. */
function ListInput({ file, onFile, text, onText, count, error }: ListProps) {
  if (file)
    return (
      <p>
        {say('console.batch.file', { name: file.name })}{' '}
        <Button type="link" onClick={() => onFile(null)}>
          {say('console.batch.other')}
        </Button>
      </p>
    )
  return (
    <div className="mx-columns">
      <Field id="batch-lines" label={say('console.batch.lines')} hint={say('console.batch.lines-hint', { count })} error={error}>
        <Input.TextArea
          id="batch-lines"
          rows={6}
          value={text}
          spellCheck={false}
          aria-describedby="batch-lines-hint"
          onChange={event => onText(event.target.value)}
        />
      </Field>
      <DropArea id="batch-file" accept=".csv,.txt,.xlsx,.ndjson,.jsonl" onFile={onFile} />
    </div>
  )
}

function Running({ state, expected }: { readonly state: BatchState; readonly expected: number | null }) {
  const percent = expected ? Math.floor((state.done / expected) * 100) : 0
  return (
    <div className="mx-panel">
      <Progress percent={percent} status="active" showInfo={false} aria-label={say('console.batch.progress')} />
      <p role="status">{say('console.batch.running', { count: state.done, hit: state.counts.hit })}</p>
    </div>
  )
}

function stopped(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
