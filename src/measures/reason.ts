import type { App } from '../app.ts'

const placeOf = (answerId: number): string => `measure_answer:${answerId}`

/** Why an officer answered as he did, sealed. */
export function sealReason({ keys }: Pick<App, 'keys'>, answerId: number, reason: string): Buffer {
  return keys.seal('data', reason, placeOf(answerId))
}

export function openReason({ keys }: Pick<App, 'keys'>, answerId: number, sealed: Buffer): string {
  return keys.open(sealed, placeOf(answerId)).toString()
}
