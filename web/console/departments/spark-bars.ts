type Month = { readonly month: string; readonly reported: number; readonly late: number }
export type Bar = {
  readonly month: string
  readonly x: number
  readonly width: number
  readonly all: number
  readonly late: number
}

/** Bars for months, zero-based, the fullest month as high as the drawing. A month with anything at all keeps one pixel. */
export function sparkBars(months: readonly Month[], width: number, height: number): Bar[] {
  const most = Math.max(1, ...months.map(it => it.reported))
  const step = width / Math.max(1, months.length)
  const high = (count: number): number => (count === 0 ? 0 : Math.max(1, Math.round((count / most) * height)))
  return months.map((it, at) => ({
    month: it.month,
    x: at * step,
    width: Math.max(1, step - 2),
    all: high(it.reported),
    late: high(it.late),
  }))
}

/** Every month of a period, those without anything as zeros: 未产生 keeps its place in the row. */
export function everyMonth(months: readonly Month[], from: string, to: string): Month[] {
  const known = new Map(months.map(it => [it.month.slice(0, 7), it]))
  const all: Month[] = []
  for (let at = from.slice(0, 7); at <= to.slice(0, 7) && all.length < 60; at = monthAfter(at))
    all.push(known.get(at) ?? { month: at, reported: 0, late: 0 })
  return all
}

function monthAfter(month: string): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** Rows on time among rows whose due day is known, in tenths of a percent; null where nothing could be counted. */
export function onTimeRate(it: { readonly onTime: number; readonly late: number }): string | null {
  const known = it.onTime + it.late
  return known === 0 ? null : ((it.onTime / known) * 100).toFixed(1)
}
