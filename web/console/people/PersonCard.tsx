import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { closeAccountDoor, endRole } from '../../../src/people/contract.ts'
import type { OrganisationView, PersonView, RoleView } from '../../../src/people/model.ts'
import { call } from '../../kit/call.ts'
import { minuteText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'
import { AskReset } from './AskReset.tsx'
import { ChangeAccount } from './ChangeAccount.tsx'
import { ConferRole } from './ConferRole.tsx'
import { useRefresh } from './people-queries.ts'

type Grant = PersonView['grants'][number]
type Props = {
  readonly person: PersonView
  readonly roles: readonly RoleView[]
  readonly organisations: readonly OrganisationView[]
}
type Open = { readonly kind: 'confer' | 'change' | 'reset' | 'close' } | { readonly kind: 'end'; readonly grant: Grant }

/** What may be done about a person, the permission for it, its button. */
const DEEDS = [
  ['confer', 'role.propose', 'console.people.confer'],
  ['change', 'account.manage', 'console.people.change'],
  ['reset', 'reset.ask', 'console.people.reset'],
  ['close', 'account.manage', 'console.people.close'],
] as const

/** One person: roles with their days, and what may be done about them. Nobody administers himself. */
export function PersonCard({ person, roles, organisations }: Props) {
  const me = useMe()
  const [open, setOpen] = useState<Open | null>(null)
  const mine = (permission: string): boolean => person.isOpen && !person.isYou && me.permissions.includes(permission)
  const offered = DEEDS.filter(([kind]) => kind !== 'confer' || roles.length > 0)
  return (
    <li className="mx-panel">
      <h3>
        {person.name} <span className="mx-quiet">{person.login}</span>
        {person.isYou ? <span className="mx-quiet"> · {say('console.people.you')}</span> : null}
      </h3>
      {person.isOpen ? null : <p>{say('console.people.account-closed')}</p>}
      {person.isOpen && !person.isActivated ? (
        <p>
          <strong>{say('console.people.dormant')}</strong> ·{' '}
          {person.codeUntil
            ? say('console.people.dormant-until', { until: minuteText(person.codeUntil) })
            : say('console.people.dormant-over')}
        </p>
      ) : null}
      {person.grants.length === 0 ? <p className="mx-quiet">{say('console.people.no-roles')}</p> : null}
      <ul className="mx-grants">
        {person.grants.map(grant => (
          <li key={grant.grantNo}>
            <GrantLine grant={grant} />
            {mine('role.end') && ['in-force', 'dormant', 'coming', 'proposed'].includes(grant.state) ? (
              <Button size="small" onClick={() => setOpen({ kind: 'end', grant })}>
                {say('console.people.end')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {open === null ? (
        <div className="mx-row mx-no-print">
          {offered
            .filter(([, permission]) => mine(permission))
            .map(([kind, , label]) => (
              <Button key={kind} onClick={() => setOpen({ kind })}>
                {say(kind === 'reset' && !person.isActivated ? 'console.people.again' : label)}
              </Button>
            ))}
        </div>
      ) : (
        <Opened open={open} person={person} roles={roles} organisations={organisations} onClose={() => setOpen(null)} />
      )}
    </li>
  )
}

type OpenedProps = Props & { readonly open: Open; readonly onClose: () => void }

function Opened({ open, person, roles, organisations, onClose }: OpenedProps) {
  switch (open.kind) {
    case 'confer':
      return <ConferRole accountId={person.accountId} roles={roles} onClose={onClose} />
    case 'change':
      return <ChangeAccount person={person} organisations={organisations} onClose={onClose} />
    case 'reset':
      return <AskReset person={person} onClose={onClose} />
    default:
      return <TakeAway person={person} grant={open.kind === 'end' ? open.grant : null} onClose={onClose} />
  }
}

function GrantLine({ grant }: { readonly grant: Grant }) {
  const by = (name: string | null): string => name ?? say('console.people.platform')
  return (
    <span>
      <strong>{grant.roleName}</strong> · {say(`console.people.state.${grant.state}`)} ·{' '}
      {say('console.people.term', { from: grant.from, until: grant.until ?? say('console.people.no-end') })}
      <br />
      <span className="mx-quiet">
        {grant.reason} ·{' '}
        {say('console.people.by', {
          proposed: by(grant.proposedByName),
          decided: grant.state === 'proposed' ? '—' : by(grant.decidedByName),
        })}
      </span>
    </span>
  )
}

type TakeProps = { readonly person: PersonView; readonly grant: Grant | null; readonly onClose: () => void }

/** Takes a role away, or closes the account: one person's act, with a reason. */
function TakeAway({ person, grant, onClose }: TakeProps) {
  const refresh = useRefresh()
  const { accountId, name } = person
  const taking = useMutation({
    mutationFn: async (reason: string): Promise<void> => {
      if (grant) await call(endRole, { params: { accountId, grantNo: grant.grantNo }, input: { reason } })
      else await call(closeAccountDoor, { params: { accountId }, input: { reason } })
    },
    onSuccess: () => {
      refresh()
      onClose()
    },
  })
  const id = `reason-${accountId}`
  return (
    <form
      className="mx-column"
      onSubmit={event => {
        event.preventDefault()
        taking.mutate(String(new FormData(event.currentTarget).get('reason') ?? ''))
      }}
    >
      <p className="mx-strong">
        {grant ? say('console.people.end-title', { name, role: grant.roleName }) : say('console.people.close-title', { name })}
      </p>
      {grant ? null : <p>{say('console.people.close-note')}</p>}
      <ErrorSummary problem={taking.error} />
      <Field id={id} label={say('console.people.reason')} width="24em">
        <Input id={id} name="reason" required minLength={2} maxLength={200} />
      </Field>
      <div className="mx-row">
        <Button type="primary" danger htmlType="submit" loading={taking.isPending}>
          {grant ? say('console.people.end') : say('console.people.close')}
        </Button>
        <Button onClick={onClose}>{say('console.people.cancel')}</Button>
      </div>
    </form>
  )
}
