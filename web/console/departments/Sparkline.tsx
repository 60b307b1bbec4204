import { sparkBars } from './spark-bars.ts'

type Month = { readonly month: string; readonly reported: number; readonly late: number }

/** Months as bars from zero; what was late stands in its own colour at the foot. The figures are in the text beside it. */
export function Sparkline({ months, label }: { readonly months: readonly Month[]; readonly label: string }) {
  const width = 96
  const height = 24
  return (
    <svg className="mx-spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {sparkBars(months, width, height - 1).map(bar => (
        <g key={bar.month}>
          <rect x={bar.x} y={height - 1 - bar.all} width={bar.width} height={bar.all} className="mx-spark-all" />
          <rect x={bar.x} y={height - 1 - bar.late} width={bar.width} height={bar.late} className="mx-spark-late" />
        </g>
      ))}
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="mx-spark-base" />
    </svg>
  )
}
