import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { getPermissions } from '../../../src/people/contract.ts'
import type { PermissionTable } from '../../../src/people/model.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { Page } from '../shell/Page.tsx'
import { FoldedPermissions } from './FoldedPermissions.tsx'

type Permission = PermissionTable['permissions'][number]
type Door = PermissionTable['doors'][number]
type Role = PermissionTable['roles'][number]

/** A region that scrolls is reached by the keyboard (WCAG 2.1.1). */
const SCROLLED = { tabIndex: 0 }

/** Every role, permission and door, as the running platform has them: to be read and printed. */
export function PermissionsPage() {
  const { data, error } = useQuery({ queryKey: ['permissions'], queryFn: () => call(getPermissions, {}) })
  return (
    <Page
      title={say('console.permissions.title')}
      lead={say('console.permissions.lead')}
      actions={<Button onClick={() => globalThis.print()}>{say('console.print')}</Button>}
    >
      <ErrorSummary problem={error} />
      {data ? <Table table={data} /> : error ? null : <Skeleton active title={false} />}
    </Page>
  )
}

function Table({ table }: { readonly table: PermissionTable }) {
  const names = new Map(table.roles.map(role => [role.id, role.name]))
  const namesOf = (ids: readonly string[]): string => ids.map(id => names.get(id) ?? id).join('、')
  const roles: Column<Role>[] = [
    { key: 'name', title: say('console.permissions.role'), heads: true, whole: true, cell: it => it.name },
    { key: 'duty', title: say('console.permissions.duty'), cell: it => it.duty },
  ]
  const doors: Column<Door>[] = [
    { key: 'summary', title: say('console.permissions.summary'), heads: true, cell: it => it.summary },
    { key: 'needs', title: say('console.permissions.needs'), cell: it => it.needsName },
    { key: 'reach', title: say('console.permissions.reach'), cell: it => it.reachNames.join('、') },
    {
      key: 'roles',
      title: say('console.permissions.passing'),
      cell: it => (it.roles.length === table.roles.length ? say('console.permissions.everybody') : namesOf(it.roles)),
    },
    {
      key: 'door',
      title: say('console.permissions.door'),
      cell: it => (
        <span className="mx-address">
          {it.method} {it.path}
        </span>
      ),
    },
  ]
  return (
    <>
      <div className="mx-unfolded">
        <RecordTable
          caption={say('console.permissions.roles')}
          columns={roles}
          rows={table.roles}
          rowKey={it => it.id}
          empty={null}
        />
        <Matrix table={table} />
        <RecordTable
          caption={say('console.permissions.doors')}
          columns={doors}
          rows={table.doors}
          rowKey={it => `${it.method} ${it.path}`}
          empty={null}
          dense
        />
      </div>
      <FoldedPermissions table={table} />
      <p className="mx-quiet mx-address">{say('console.permissions.digest', { digest: table.lawDigest })}</p>
    </>
  )
}

function Matrix({ table }: { readonly table: PermissionTable }) {
  const columns: Column<Permission>[] = [
    { key: 'name', title: say('console.permissions.permission'), heads: true, cell: it => it.name },
    { key: 'kind', title: say('console.permissions.kind'), cell: it => it.kindName },
    ...table.roles.map(role => ({
      key: role.id,
      title: role.name,
      cell: (it: Permission) => (it.roles.includes(role.id) ? say('console.permissions.holds') : '—'),
    })),
  ]
  return (
    <section className="mx-wide-table" {...SCROLLED} aria-label={say('console.permissions.matrix')}>
      <RecordTable
        caption={say('console.permissions.matrix')}
        columns={columns}
        rows={table.permissions}
        rowKey={it => it.id}
        empty={null}
        dense
      />
    </section>
  )
}
