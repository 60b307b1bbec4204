/* What a measurement says, one line a figure. */

export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What the same run measured of the other side; null for a figure with an absolute limit. */
  readonly baseline: number | null
  readonly ratio: number | null
  /** What ratio (with a baseline) or value must reach, or not exceed; null for a figure that is told for comparison. */
  readonly limit: number | null
  readonly better: 'more' | 'less'
  readonly ok: boolean
}

/** A figure that is held against the other side: `limit` is of the ratio value / baseline. */
export function against(name: string, value: number, unit: string, baseline: number, limit: number | null): Figure {
  const ratio = value / baseline
  return {
    ...{ name, value: rounded(value), unit, baseline: rounded(baseline), ratio: rounded(ratio), limit },
    better: 'more',
    ok: limit === null || ratio >= limit,
  }
}

/** A figure with a limit of its own. */
export function within(name: string, value: number, unit: string, limit: number, better: 'more' | 'less'): Figure {
  return {
    ...{ name, value: rounded(value), unit, baseline: null, ratio: null, limit, better },
    ok: better === 'more' ? value >= limit : value <= limit,
  }
}

export function figureLine(figure: Figure, isJson: boolean): string {
  if (isJson) return JSON.stringify(figure)
  const { name, value, unit, baseline, ratio, limit, better, ok } = figure
  const beside = baseline === null ? '' : `, beside ${baseline} ${unit}: ${ratio}`
  const bound = limit === null ? '' : `, ${better === 'more' ? 'at least' : 'at most'} ${limit}`
  return `${ok ? 'ok   ' : 'short'} ${name}: ${value} ${unit}${beside}${bound}`
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** Four digits that matter. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
