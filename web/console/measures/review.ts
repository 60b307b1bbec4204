/** Whether the day on which a measure is looked at again is over, near, or far. */
export type Review = 'overdue' | 'soon' | 'later'

const SOON_DAYS = 30

export function reviewOf(reviewOn: string, asOf: string): Review {
  if (reviewOn < asOf) return 'overdue'
  const days = (Date.parse(reviewOn) - Date.parse(asOf)) / 86_400_000
  return days <= SOON_DAYS ? 'soon' : 'later'
}
