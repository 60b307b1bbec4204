import type { Words } from '../words/words.ts'
import type { PermissionTable } from './model.ts'

/** The table of permissions as a page of `docs/`: roles, permissions × roles, doors with whose things they open. */
export function permissionDocument(table: PermissionTable, words: Words): string {
  const say = (code: string): string => words.say(`console.permissions.${code}`)
  const nameOf = new Map(table.roles.map(role => [role.id, role.name]))
  const names = (ids: readonly string[]): string => ids.map(id => nameOf.get(id) ?? id).join('、')
  const mark = (held: boolean): string => (held ? '●' : '')
  const row = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const grid = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
    row(heads),
    row(heads.map(() => '---')),
    ...rows.map(row),
  ]
  return `${[
    `# ${say('title')}`,
    '',
    say('document-lead'),
    '',
    `## ${say('roles')}`,
    '',
    ...grid(
      [say('role'), say('id'), say('duty')],
      table.roles.map(role => [role.name, `\`${role.id}\``, role.duty]),
    ),
    '',
    `## ${say('matrix')}`,
    '',
    ...grid(
      [say('permission'), say('kind'), ...table.roles.map(role => role.name)],
      table.permissions.map(one => [one.name, one.kindName, ...table.roles.map(role => mark(one.roles.includes(role.id)))]),
    ),
    '',
    `## ${say('doors')}`,
    '',
    ...grid(
      [say('door'), say('summary'), say('needs'), say('reach'), say('passing')],
      table.doors.map(door => [
        `\`${door.method} ${door.path}\``,
        door.summary,
        door.needsName,
        door.reachNames.join('、'),
        door.roles.length === table.roles.length ? say('everybody') : names(door.roles),
      ]),
    ),
  ].join('\n')}\n`
}
