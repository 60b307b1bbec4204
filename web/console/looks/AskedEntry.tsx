import { useQuery } from '@tanstack/react-query'
import { NavLink } from 'react-router'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Icon } from '../shell/Icon.tsx'
import { ownAlertsQuery } from './look-queries.ts'

/** The entry of the menu for whoever was ever asked about their looking; nobody else sees it. It counts what waits for an explanation. */
export function AskedEntry({ onChosen }: { readonly onChosen: () => void }) {
  const { data } = useQuery(ownAlertsQuery())
  if (!data || data.alerts.length === 0) return null
  const count = data.alerts.filter(alert => alert.state === 'asked').length
  return (
    <li>
      <NavLink to={pathTo('asked-looks')} onClick={onChosen}>
        <Icon name="asked-looks" />
        {count > 0 ? say('console.asked-looks.menu-open', { count }) : say('console.asked-looks.menu')}
      </NavLink>
    </li>
  )
}
