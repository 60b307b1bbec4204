/** What `check-law` says of terms that differ from place to place. */
export const CLOCK_RULES = {
  'law.clock-count': 'error',
  'law.clock-day-off': 'error',
  'law.clock-range-inverted': 'error',
  'law.clock-set-overlap': 'error',
  'law.clock-set-gap': 'error',
  'law.clock-place-twice': 'error',
  'law.clock-step-twice': 'error',
  'law.clock-step-missing': 'error',
  'law.clock-total-short': 'error',
  'law.clock-basis-not-in-force': 'error',
  'law.clock-default': 'error',
  'law.clock-set-unknown': 'error',
  'law.clock-set-elsewhere': 'error',
} as const
