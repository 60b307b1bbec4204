import { type Html, html } from '../html.ts'
import type { Say } from '../page.ts'

export type VerifyState = 'valid' | 'expired' | 'superseded' | 'withdrawn' | 'unknown'

export const VERIFY_SHAPES: Readonly<Record<VerifyState, string>> = {
  valid: '✓',
  expired: '◌',
  superseded: '→',
  withdrawn: '✕',
  unknown: '?',
}

/** One status: shape, word, sentence. Green says verified, never good. */
export function verifyBlock(say: Say, state: VerifyState, sentence: string, isChanged = false): Html {
  return html`<div class="verify-block verify-${isChanged ? 'superseded' : state}"><span class="shape" aria-hidden="true">${VERIFY_SHAPES[state]}</span><div><h2>${say(isChanged ? 'portal.verify-changed' : `portal.verify-${state}`)}</h2><p>${sentence}</p></div></div>`
}
