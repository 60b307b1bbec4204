import { Button } from 'antd'
import type { listOpenings } from '../../../src/cases/contract.ts'
import type { Answer } from '../../kit/call.ts'
import { say } from '../../kit/words.ts'

export type Opening = Answer<typeof listOpenings>['openings'][number]

type Props = {
  readonly openings: readonly Opening[]
  readonly chosen: Opening | undefined
  readonly onChoose: (procedure: string) => void
}

/** Which procedure. What is open to this officer today comes from the tables in force. */
export function ChooseProcedure({ openings, chosen, onChoose }: Props) {
  return (
    <section className="mx-panel" aria-labelledby="which-procedure">
      <h2 id="which-procedure">{say('console.new-case.procedure')}</h2>
      {chosen ? (
        <p className="mx-chosen">
          <strong>{chosen.name}</strong> <span className="mx-quiet">{chosen.purpose}</span>{' '}
          <Button size="small" onClick={() => onChoose('')}>
            {say('console.new-case.change')}
          </Button>
        </p>
      ) : openings.length === 0 ? (
        <p>{say('console.new-case.no-procedure')}</p>
      ) : (
        <ul className="mx-acts">
          {openings.map(opening => (
            <li key={opening.procedure}>
              <Button onClick={() => onChoose(opening.procedure)}>{opening.name}</Button>
              <p>{opening.purpose}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
