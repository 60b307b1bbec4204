import { type Report, repeated } from './ground.ts'
import { ADVERSE, type ChannelRule, isCarrier, type NoticeTemplate, type ServedRule } from './notice-model.ts'
import type { Located } from './reading.ts'

/** By which proof a carrier may count: what is opened is seen, what is handed over or posted is received, what is published waits its days. */
const PROOFS: Readonly<Record<string, readonly ReturnType<typeof proofOf>[]>> = {
  account: ['on-opening', 'posting'],
  console: ['on-opening', 'posting'],
  hand: ['on-receipt'],
  post: ['on-receipt'],
  publication: ['publication'],
}

function proofOf(served: ServedRule): 'on-opening' | 'on-receipt' | 'posting' | 'publication' {
  if (typeof served === 'string') return served
  return 'workingDaysAfterPosting' in served ? 'posting' : 'publication'
}

/** How a letter reaches whom it is for: at least one way that counts, each once, in an order that can be walked, none that only pretends. */
export function checkNoticeChannels(at: Located<NoticeTemplate>, report: Report): void {
  const { channels, kind, to } = at.value
  if (!channels.some(isCarrier)) report('law.notice-without-service', at, ['channels'])
  for (const index of repeated(channels.map(one => one.channel)))
    report('law.notice-channel-twice', at, ['channels', index, 'channel'], { channel: channels[index]?.channel })
  channels.forEach((one, index) => {
    const facts = { channel: one.channel }
    // A unit reads its letters in the console; a subject has no place there. Whatever is on paper can be handed to anybody.
    if (one.channel !== 'hand' && (to === 'unit') !== (one.channel === 'console'))
      report('law.notice-channel-misplaced', at, ['channels', index], facts)
    if (!isReachable(channels, index)) report('law.notice-channel-order', at, ['channels', index, 'starts'], facts)
    if (!isCarrier(one)) return
    const proof = proofOf(one.served)
    if (!PROOFS[one.channel]?.includes(proof)) report('law.notice-served-misplaced', at, ['channels', index, 'served'], facts)
    else if (proof === 'posting' && ADVERSE.has(kind))
      report('law.notice-deemed-adverse', at, ['channels', index, 'served'], facts)
    if (one.channel === 'publication' && !(typeof one.starts === 'object' && 'failed' in one.starts))
      report('law.notice-publication-early', at, ['channels', index, 'starts'], facts)
  })
}

/** The first begins at once; what follows the failure of another follows one that stands before it. */
function isReachable(channels: readonly ChannelRule[], index: number): boolean {
  const starts = channels[index]?.starts
  if (index === 0) return starts === 'at-once'
  if (typeof starts !== 'object' || !('failed' in starts)) return true
  return channels.slice(0, index).some(one => one.channel === starts.failed)
}
