import { countText, say } from '../../kit/words.ts'
import type { Program } from './program-queries.ts'

const [BAR, HEIGHT] = [6, 28]

/** How often a program asked within thirty days: the sum and the busiest day in words, a bar a day beside them. */
export function Usage({ usage }: { readonly usage: Program['usage'] }) {
  const total = usage.reduce((sum, one) => sum + one.count, 0)
  const most = usage.reduce((max, one) => (one.count > max.count ? one : max), { day: '', count: 0 })
  if (total === 0) return <p className="mx-quiet">{say('console.programs.unused')}</p>
  return (
    <p>
      {say('console.programs.used', { total, day: most.day, most: most.count })}{' '}
      <svg
        width={usage.length * BAR}
        height={HEIGHT}
        role="img"
        aria-label={usage.map(one => `${one.day} ${countText(one.count)}`).join('；')}
      >
        {usage.map((one, i) => {
          const height = Math.max(1, Math.round((one.count / most.count) * HEIGHT))
          return <rect key={one.day} x={i * BAR} y={HEIGHT - height} width={BAR - 1} height={height} fill="currentColor" />
        })}
      </svg>
    </p>
  )
}
