import type { PermissionTable } from '../../../src/people/model.ts'
import { say } from '../../kit/words.ts'

type Props = { readonly table: PermissionTable }
type Door = PermissionTable['doors'][number]

/** The matrix and the doors on a narrow screen: one fold a role with what it holds, one fold a permission with the doors that ask for it. */
export function FoldedPermissions({ table }: Props) {
  return (
    <>
      <section className="mx-folds" aria-labelledby="folded-matrix">
        <h2 id="folded-matrix">{say('console.permissions.matrix')}</h2>
        {table.roles.map(role => {
          const held = table.permissions.filter(one => one.roles.includes(role.id))
          return (
            <details key={role.id}>
              <summary>
                {role.name} <span className="mx-quiet">{say('console.permissions.held', { count: held.length })}</span>
              </summary>
              <p className="mx-quiet">{role.duty}</p>
              <ul>
                {held.map(one => (
                  <li key={one.id}>
                    {one.name} <span className="mx-quiet">{one.kindName}</span>
                  </li>
                ))}
              </ul>
            </details>
          )
        })}
      </section>
      <section className="mx-folds" aria-labelledby="folded-doors">
        <h2 id="folded-doors">{say('console.permissions.doors')}</h2>
        {groupsOf(table).map(({ name, doors, passing }) => (
          <details key={name}>
            <summary>
              {name} <span className="mx-quiet">{say('console.permissions.door-count', { count: doors.length })}</span>
            </summary>
            <p>
              {say('console.permissions.passing')}：{passing}
            </p>
            <ul>
              {doors.map(door => (
                <li key={`${door.method} ${door.path}`}>
                  {door.summary}
                  <span className="mx-quiet mx-address">
                    {door.method} {door.path}
                  </span>
                  <span className="mx-quiet">
                    {say('console.permissions.reach')}：{door.reachNames.join('、')}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </section>
    </>
  )
}

type Group = { readonly name: string; readonly passing: string; readonly doors: readonly Door[] }

/** Doors by the permission that they ask for, in the order of the table of permissions; what everybody may pass first. */
function groupsOf({ roles, permissions, doors }: PermissionTable): Group[] {
  const order = ['anyone', 'signed-in', ...permissions.map(one => one.id)]
  return order.flatMap(needs => {
    const asking = doors.filter(door => door.needs === needs)
    const [first] = asking
    if (!first) return []
    const passing = roles.filter(role => first.roles.includes(role.id)).map(role => role.name)
    const everybody = passing.length === roles.length
    return [
      { name: first.needsName, passing: everybody ? say('console.permissions.everybody') : passing.join('、'), doors: asking },
    ]
  })
}
