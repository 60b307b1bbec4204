import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Progress } from 'antd'
import { useState } from 'react'
import { type DeliveryView, sendDelivery } from '../../../src/intake/contract.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { sendFile } from '../../kit/send-file.ts'
import { say } from '../../kit/words.ts'
import { DropArea } from './DropArea.tsx'

export const DELIVERY_FILES = '.csv,.txt,.xlsx,.json,.ndjson,.jsonl'

type Props = { readonly id: string; readonly source: string; readonly onSent: (delivery: DeliveryView) => void }

/** Sends one file of a source and hands over the delivery it became. What it came to is told by the delivery, not here. */
export function SendFile({ id, source, onSent }: Props) {
  const client = useQueryClient()
  const [part, setPart] = useState(0)
  const sending = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.set('source', source)
      form.set('file', file, file.name)
      setPart(0)
      return sendFile(sendDelivery, { form }, setPart)
    },
    onSuccess: delivery => {
      client.setQueryData(['delivery', delivery.deliveryId], delivery)
      void client.invalidateQueries({ queryKey: ['deliveries'] })
      onSent(delivery)
    },
  })
  return (
    <>
      <ErrorSummary key={sending.submittedAt} problem={sending.error} />
      <DropArea
        id={id}
        accept={DELIVERY_FILES}
        disabled={source === '' || sending.isPending}
        onFile={file => sending.mutate(file)}
      />
      {source === '' ? <p className="mx-hint">{say('console.send.source-first')}</p> : null}
      {sending.isPending ? (
        <div role="status">
          <p>{say('console.send.sending', { percent: Math.floor(part * 100), name: sending.variables.name })}</p>
          <Progress percent={Math.floor(part * 100)} showInfo={false} aria-label={say('console.send.progress')} />
        </div>
      ) : null}
    </>
  )
}
