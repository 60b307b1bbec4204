import { Link, useSearchParams } from 'react-router'
import type { workFigures } from '../../../src/cases/work-contract.ts'
import { DUE_GROUPS, type DueGroup } from '../../../src/cases/work-contract.ts'
import type { Answer } from '../../kit/call.ts'
import { countText, say } from '../../kit/words.ts'

type Figures = Answer<typeof workFigures>

/** The group that the address asks for. */
export function dueOf(search: URLSearchParams): DueGroup | undefined {
  return DUE_GROUPS.find(group => group === search.get('due'))
}

/** How many there are by due day, each a filter; a second press takes it off. Only what is overdue is red. */
export function DueCounters({ figures }: { readonly figures: Figures }) {
  const [search] = useSearchParams()
  const chosen = dueOf(search)
  const to = (group: DueGroup): string => {
    const next = new URLSearchParams(search)
    next.delete('after')
    if (group === chosen) next.delete('due')
    else next.set('due', group)
    return `?${next}`
  }
  return (
    <nav aria-label={say('console.cases.by-due')}>
      <ul className="mx-counters">
        {DUE_GROUPS.map(group => (
          <li key={group}>
            <Link
              to={to(group)}
              aria-current={group === chosen ? 'true' : undefined}
              className={group === 'overdue' && figures[group] > 0 ? 'mx-counter-late' : undefined}
            >
              <strong>{countText(figures[group])}</strong> {say(`console.cases.due-${group}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** What stands in front of the window's title: what is overdue, or due today. */
export function dueTitle(figures: Figures | undefined): string | undefined {
  if (!figures) return undefined
  if (figures.overdue > 0) return say('console.cases.title-overdue', { count: figures.overdue })
  return figures.today > 0 ? say('console.cases.title-today', { count: figures.today }) : undefined
}
