import { workOffBatch } from '../../../src/campaigns/contract.ts'
import { type Answer, call } from '../../kit/call.ts'

export type BatchState = Answer<typeof workOffBatch>
type Key = { readonly campaignId: number; readonly batchId: number }

const AT_ONCE = 10

/** Works off a list piece by piece until none of its lines waits, and tells after each how far it is. Throws the Problem that stopped it. */
export async function runToTheEnd(params: Key, onState: (state: BatchState) => void): Promise<void> {
  for (;;) {
    const state = await call(workOffBatch, { params, input: { atMost: AT_ONCE } })
    onState(state)
    if (state.waiting === 0) return
  }
}
