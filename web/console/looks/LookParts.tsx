import { NavLink } from 'react-router'
import { say } from '../../kit/words.ts'
import { opens, pathTo, type RouteName, routeOf } from '../routes.ts'
import { useMe } from '../session.ts'

const PARTS = [
  ['looks', 'console.looks.register'],
  ['alerts', 'console.looks.alerts'],
  ['delays', 'console.delays.title'],
  ['sign-ins', 'console.sign-ins.title'],
] as const satisfies readonly (readonly [RouteName, string])[]

/** The parts of the register, for whoever may open more than one of them. Each has an address of its own. */
export function LookParts() {
  const { permissions } = useMe()
  const shown = PARTS.filter(([name]) => opens(routeOf(name), permissions))
  if (shown.length < 2) return null
  return (
    <nav className="mx-parts mx-no-print" aria-label={say('console.looks.parts')}>
      {shown.map(([name, label]) => (
        <NavLink key={name} to={pathTo(name)} end className={name === 'looks' ? 'mx-parts-wide' : ''}>
          {say(label)}
        </NavLink>
      ))}
    </nav>
  )
}
