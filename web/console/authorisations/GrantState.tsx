import type { z } from 'zod'
import type { ReceivedView } from '../../../src/authorisation/contract.ts'
import { say } from '../../kit/words.ts'

type Received = z.output<typeof ReceivedView>

/** What an authorisation is now: word first, then the day or the instant; and whether copies are still to be deleted. */
export function GrantState({ received }: { readonly received: Received }) {
  const { state, until, endedAt, deletion } = received
  const inForce = state === 'in-force'
  return (
    <>
      <span className={`mx-mark mx-tone-${inForce ? 'info' : 'ended'} mx-edge-${inForce ? 'solid' : 'dotted'}`}>
        <span aria-hidden="true" className="mx-mark-shape">
          {inForce ? '○' : '◌'}
        </span>
        {say(`console.authorisations.state-${state}`, { until, at: endedAt?.slice(0, 19).replace('T', ' ') ?? null })}
      </span>
      {deletion ? (
        <span className="mx-quiet">
          {' '}
          {say(deletion.confirmedAt ? 'console.authorisations.deleted' : 'console.authorisations.to-delete')}
        </span>
      ) : null}
    </>
  )
}
