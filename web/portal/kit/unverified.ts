import type { Confidence } from '../../../src/law/model.ts'
import { type Html, html } from '../html.ts'
import type { Say } from '../page.ts'
import { stateMark } from './marks.ts'

const SURE: ReadonlySet<string> = new Set<Confidence>(['primary', 'secondary', 'computed'])

export function isUnverified(confidence: string | undefined): boolean {
  return confidence !== undefined && !SURE.has(confidence)
}

/** 待核 where a value of the law is not yet verified; nothing otherwise. */
export function unverified(say: Say, confidence: string | undefined): Html {
  return isUnverified(confidence) ? html` ${stateMark('unverified', say('portal.unverified'))}` : html``
}
