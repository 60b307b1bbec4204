/** The tab that a key leads to from the chosen one, round both ends; null for a key that moves nowhere. */
export function nextTab(key: string, chosen: number, count: number): number | null {
  if (key === 'ArrowRight') return (chosen + 1) % count
  if (key === 'ArrowLeft') return (chosen + count - 1) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
