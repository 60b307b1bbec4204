/* A program: a system of a unit that uses the API in the unit's name (接口程序). */

/** Its client id (RFC 6749) is its number with a mark, so that nobody takes it for something else. */
export function clientIdOf(programId: number): string {
  return `mxp-${programId}`
}

/** The number in a client id; null for any other text. */
export function programIdOf(clientId: string): number | null {
  const [, digits] = /^mxp-([1-9]\d{0,15})$/.exec(clientId) ?? []
  const programId = Number(digits)
  return Number.isSafeInteger(programId) ? programId : null
}

/** How its actor is named in acts and looks. */
export function actorIdOf(programId: number): string {
  return `program:${programId}`
}

/** An access token begins so, and so it is known where a token comes in. */
export const ACCESS_TOKEN = 'mxa'
/** How long an access token stands. */
export const TOKEN_MINUTES = 30
/** How far the sender's clock may stand from the platform's. */
export const SKEW_SECONDS = 300
/** So many keys of a program may stand at a time: the one in use, its follower, and what two machines of the sender need. */
export const MOST_KEYS = 5
/** A program is registered for so long at most; then it is looked at again. */
export const LONGEST_YEARS = 3

export type ProgramState = 'proposed' | 'open' | 'ended' | 'closed'
export type KeyState = 'waiting' | 'future' | 'valid' | 'ended' | 'revoked'

type Standing = { readonly confirmedAt: Date | null; readonly closedAt: Date | null; readonly endsOn: string }

/** Whether a program may come in on a day. */
export function programState({ confirmedAt, closedAt, endsOn }: Standing, today: string): ProgramState {
  if (closedAt) return 'closed'
  if (!confirmedAt) return 'proposed'
  return endsOn < today ? 'ended' : 'open'
}

type KeyStanding = {
  readonly confirmedAt: Date | null
  readonly revokedAt: Date | null
  readonly fromAt: Date
  readonly untilAt: Date | null
}

/** Whether a key may sign at an instant. */
export function keyState({ confirmedAt, revokedAt, fromAt, untilAt }: KeyStanding, at: Date): KeyState {
  if (revokedAt) return 'revoked'
  if (untilAt && untilAt <= at) return 'ended'
  if (!confirmedAt) return 'waiting'
  return fromAt > at ? 'future' : 'valid'
}
