import { Input } from 'antd'
import { useState } from 'react'
import type { OrganisationView } from '../../../src/people/model.ts'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'

type Props = {
  readonly organisations: readonly OrganisationView[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

/** The organisations one below the other, found by a part of the name. */
export function OrganisationTree({ organisations, chosen, onChoose }: Props) {
  const [text, setText] = useState('')
  const shown = text.trim() === '' ? organisations : organisations.filter(one => one.name.includes(text.trim()))
  const known = new Set(shown.map(one => one.id))
  const tops = shown.filter(one => one.parent === null || !known.has(one.parent))
  return (
    <nav aria-label={say('console.people.tree')} className="mx-tree mx-no-print">
      <Field id="find-organisation" label={say('console.people.find')}>
        <Input id="find-organisation" value={text} onChange={event => setText(event.target.value)} />
      </Field>
      <Branch under={tops} all={shown} chosen={chosen} onChoose={onChoose} />
    </nav>
  )
}

type BranchProps = Omit<Props, 'organisations'> & {
  readonly under: readonly OrganisationView[]
  readonly all: readonly OrganisationView[]
}

function Branch({ under, all, chosen, onChoose }: BranchProps) {
  return (
    <ul>
      {under.map(one => {
        const below = all.filter(it => it.parent === one.id)
        return (
          <li key={one.id}>
            <button type="button" aria-current={one.id === chosen ? 'true' : undefined} onClick={() => onChoose(one.id)}>
              <span>{one.name}</span>
              <span className="mx-quiet">
                {one.isOpen ? say('console.people.count', { n: one.people }) : say('console.people.closed')}
              </span>
            </button>
            {below.length > 0 ? <Branch under={below} all={all} chosen={chosen} onChoose={onChoose} /> : null}
          </li>
        )
      })}
    </ul>
  )
}
