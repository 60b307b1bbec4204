import type { ReactNode } from 'react'
import { say } from './words.ts'

type Props = { readonly unitName: string; readonly receivedOn: string; readonly children?: ReactNode }

/** Where a record comes from, in one quiet line; the console adds delivery, row and digest as children. */
export function Provenance({ unitName, receivedOn, children }: Props) {
  return (
    <p className="mx-quiet mx-provenance">
      {say('console.provenance.line', { unitName, receivedOn })}
      {children}
    </p>
  )
}
