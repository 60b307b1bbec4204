import type { AgentView, MandateView } from '../../src/mandates/contract.ts'
import { EXTENTS, type Extent } from '../../src/mandates/model.ts'
import type { Site } from './page.ts'

/* A mandate in words. */

type Term = Pick<MandateView, 'capacity' | 'until' | 'state' | 'endedAt' | 'endedWhy'>

/** 法定代表人 · 至2027-03-31 */
export function termText({ say }: Site, { capacity, until }: Pick<MandateView, 'capacity' | 'until'>): string {
  return until === null
    ? say(`mandate.capacity-${capacity}`)
    : say('mandate.term', { capacity: say(`mandate.capacity-${capacity}`), until })
}

/** 开具信用报告、看谁看过 */
export function extentText({ say }: Site, extent: readonly Extent[] | null): string {
  if (extent === null) return say('mandate.extent-all')
  const given = EXTENTS.filter(one => extent.includes(one))
  return given.map(one => say(`mandate.extent-${one}`)).join(say('portal.comma'))
}

/** When and why it ended. */
export function endText({ say }: Site, { until, endedAt, endedWhy }: Term | AgentView): string {
  if (endedWhy === null) return say('mandate.ended-by-date', { until })
  return say(`mandate.ended-${endedWhy}`, { day: endedAt?.slice(0, 10) ?? null })
}
