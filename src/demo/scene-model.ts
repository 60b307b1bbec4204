/* What becomes of the example city's cases: who did what, so many working days ago. */

/** Who acts: the subject, the first or second officer of the unit in charge, the credit office, the clock, the platform where the last receiver has confirmed. */
export type Player = 'subject' | 'officer' | 'second' | 'credit-office' | 'clock' | 'receivers'

/** A day of a field: so many working days before the city's last day, or so many days of the calendar after it. */
export type SceneDay = { readonly ago: number } | { readonly ahead: number }

type When = {
  /** How many working days before the city's last day; 0: on that day. */
  readonly ago: number
}

export type Deed = When & {
  readonly by: Player
  readonly act: string
  readonly fields?: Readonly<Record<string, string | SceneDay>>
  /** Papers that go with it, by the table's name for them. */
  readonly papers?: readonly string[]
}

/** An act; or the subject opens a letter of the case; or somebody is shown what the case has filed: a window by a check, a system the archive. */
export type Move = Deed | (When & { readonly opens: string }) | (When & { readonly shown: 'window' | 'system' })

/** One case: by which procedure, from its first act on. */
export type Course = { readonly procedure: string; readonly aboutRef?: string; readonly moves: readonly [Deed, ...Move[]] }

export type SceneUnit = 'market-regulation' | 'ecology-environment' | 'housing-construction' | 'emergency' | 'approval'

export type Scene = Course & {
  /** Names the scene for good: what was played is known by it. */
  readonly id: string
  readonly unit: SceneUnit
  /** Left out: about a record that the unit decided. `firm`: about a firm itself. */
  readonly about?: 'firm'
  /** Its own: the account that it is shown to; left out: any firm. */
  readonly account?: 'firm' | 'firm.penalty'
  /** Whether a window was shown the record before: it has something to confirm then. */
  readonly shownBefore?: true
  /** A second case about the same, when the first is over. */
  readonly afterwards?: Course
}

type Fields = Deed['fields']

const by =
  (player: Player) =>
  (ago: number, act: string, fields: Fields = {}): Deed => ({ ago, by: player, act, fields })

export const subject = by('subject')
export const officer = by('officer')
export const second = by('second')
export const office = by('credit-office')
export const clock = by('clock')
export const receivers = (ago: number, act = 'complete'): Deed => ({ ago, by: 'receivers', act })
export const opens = (ago: number, letter: string): Move => ({ ago, opens: letter })
export const shown = (ago: number, to: 'window' | 'system'): Move => ({ ago, shown: to })
