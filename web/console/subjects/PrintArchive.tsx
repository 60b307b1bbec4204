import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import type { Purpose } from '../../kit/PurposeBar.tsx'
import { Receipt } from '../../kit/Receipt.tsx'
import { say } from '../../kit/words.ts'
import { recordsForPaper } from './subject-queries.ts'

type Props = {
  readonly subjectId: number
  readonly purpose: Purpose
  readonly asOf: string
  readonly knownOn: string
  readonly children: ReactNode
}

/**
 * An archive that is printed is handed out (principle 10, decision 21): it is registered first, bears its own receipt, and its unit is told of
 * corrections. What was not registered does not come out of the printer, however one asks it.
 */
export function PrintArchive({ subjectId, purpose, asOf, knownOn, children }: Props) {
  const printing = useMutation({
    mutationFn: () => recordsForPaper(subjectId, purpose, asOf, knownOn),
    gcTime: 0,
  })
  const receipt = printing.data?.receipt
  // The sheet bears the receipt: the printer is asked when it stands there.
  useEffect(() => {
    if (receipt) globalThis.print()
  }, [receipt])
  return (
    <>
      <div className="mx-row mx-no-print">
        <Button loading={printing.isPending} onClick={() => (receipt ? globalThis.print() : printing.mutate())}>
          {say('console.print')}
        </Button>
        <span className="mx-quiet">{say('console.subject.print-hint')}</span>
      </div>
      <ErrorSummary problem={printing.error} />
      {receipt ? (
        <div role="status">
          <p>{say('console.subject.printed')}</p>
          <Receipt receipt={receipt} />
        </div>
      ) : (
        <p className="mx-only-print">{say('console.subject.not-printed')}</p>
      )}
      <div className={receipt ? undefined : 'mx-no-print'}>{children}</div>
    </>
  )
}
