import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { type OrganisationWish, proposeVersion } from '../../../src/people/contract.ts'
import type { OrganisationView } from '../../../src/people/model.ts'
import { call } from '../../kit/call.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { type Directory, OrganisationFields, readWish, useChosen } from './OrganisationFields.tsx'
import { useRefresh } from './people-queries.ts'

type Props = { readonly organisation: OrganisationView; readonly directory: Directory }

/** Proposes another name, code, kind or organisation above for a registered organisation; nothing changes before another person confirms. */
export function ChangeOrganisation({ organisation, directory }: Props) {
  const refresh = useRefresh()
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useChosen(organisation)
  const changing = useMutation({
    mutationFn: (wish: OrganisationWish) =>
      call(proposeVersion, { params: { organisationId: organisation.id }, input: { state: 'open', ...wish } }),
    onSuccess: () => {
      refresh()
      setOpen(false)
    },
  })
  return (
    <form
      className="mx-panel mx-column mx-no-print"
      onSubmit={event => {
        event.preventDefault()
        changing.mutate(readWish(event.currentTarget, chosen))
      }}
    >
      <h3>{say('console.people.change-organisation')}</h3>
      <p>{say('console.people.change-organisation-note')}</p>
      <ErrorSummary problem={changing.error} />
      {isOpen ? (
        <OrganisationFields
          prefix="change"
          of={organisation}
          kinds={directory.kinds}
          organisations={directory.organisations}
          chosen={chosen}
          onChoose={setChosen}
        />
      ) : null}
      <div className="mx-row">
        {isOpen ? (
          <>
            <Button key="propose" type="primary" htmlType="submit" loading={changing.isPending}>
              {say('console.people.change-organisation')}
            </Button>
            <Button key="cancel" onClick={() => setOpen(false)}>
              {say('console.people.cancel')}
            </Button>
          </>
        ) : (
          <Button key="open" onClick={() => setOpen(true)}>
            {say('console.people.change-open')}
          </Button>
        )}
      </div>
      <p role="status">{changing.data && !isOpen ? say('console.people.proposed') : ''}</p>
    </form>
  )
}
