import type { Progress } from '../../../src/campaigns/contract.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'

type Props = { readonly progress: Progress; readonly caption: string }
type Unit = Progress['units'][number]

const COUNTS = ['opened', 'open', 'overdue', 'done', 'endedOther'] as const

/** How far a campaign is: a sentence of counts, then by state, by unit, by goal. */
export function ProgressTables({ progress, caption }: Props) {
  if (progress.opened === 0) return <p>{say('console.campaign.nothing-yet')}</p>
  return (
    <>
      <ul className="mx-figures" aria-label={caption}>
        {COUNTS.map(key => (
          <li key={key} className={key === 'overdue' && progress.overdue > 0 ? 'mx-late' : undefined}>
            <strong>{countText(progress[key])}</strong> {say(`console.campaigns.${key}`)}
          </li>
        ))}
        {progress.steps.map(({ step, name, count }) => (
          <li key={step}>
            <strong>{countText(count)}</strong> {name}
          </li>
        ))}
      </ul>
      <Goals goals={progress.goals} />
      <RecordTable
        caption={say('console.campaign.by-unit')}
        columns={unitColumns()}
        rows={progress.units}
        rowKey={it => it.unit}
        empty={null}
      />
      <RecordTable
        caption={say('console.campaign.by-state')}
        columns={[
          { key: 'state', title: say('console.cases.state'), heads: true, cell: it => it.stateName },
          { key: 'procedure', title: say('console.cases.by-procedure'), cell: it => it.procedureName },
          { key: 'count', title: say('console.campaign.count'), align: 'right', cell: it => countText(it.count) },
        ]}
        rows={progress.states}
        rowKey={it => `${it.procedure} ${it.state}`}
        empty={null}
      />
    </>
  )
}

function unitColumns(): Column<Unit>[] {
  return [
    { key: 'unit', title: say('console.cases.by-unit'), heads: true, cell: it => it.unitName },
    ...COUNTS.map(
      (key): Column<Unit> => ({
        key,
        title: say(`console.campaigns.${key}`),
        align: 'right',
        cell: it =>
          key === 'overdue' && it.overdue > 0 ? (
            <span className="mx-clock-overdue">{countText(it.overdue)}</span>
          ) : (
            countText(it[key])
          ),
      }),
    ),
  ]
}

/** Work that was meant to be done, beside what was: a number, and no mark for those who have more of it. */
function Goals({ goals }: Pick<Progress, 'goals'>) {
  if (goals.length === 0) return null
  return (
    <dl className="mx-facts">
      {goals.map(({ goal, name, planned, done }) => (
        <div key={goal}>
          <dt>{name}</dt>
          <dd>{say('console.campaign.goal', { done: countText(done), planned: countText(planned) })}</dd>
        </div>
      ))}
    </dl>
  )
}
