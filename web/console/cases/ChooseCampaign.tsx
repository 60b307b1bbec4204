import { useQuery } from '@tanstack/react-query'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { choicesQuery } from '../campaigns/campaign-queries.ts'

type Props = {
  readonly procedure: string
  /** 0: none. */
  readonly chosen: number
  readonly onChoose: (campaignId: number) => void
}

/** Into which of the campaigns that run the case is put, where there is one for it: the officer's choice, and no change of the case itself. */
export function ChooseCampaign({ procedure, chosen, onChoose }: Props) {
  const { data } = useQuery(choicesQuery)
  const running = data?.openings.some(one => one.procedure === procedure) ? data.running : []
  if (running.length === 0) return null
  return (
    <section className="mx-panel">
      <Field id="which-campaign" label={say('console.new-case.campaign')} hint={say('console.new-case.campaign-hint')}>
        <select
          id="which-campaign"
          className="mx-day"
          aria-describedby="which-campaign-hint"
          value={running.some(one => one.campaignId === chosen) ? chosen : 0}
          onChange={event => onChoose(Number(event.target.value))}
        >
          <option value={0}>{say('console.new-case.no-campaign')}</option>
          {running.map(({ campaignId, name }) => (
            <option key={campaignId} value={campaignId}>
              {name}
            </option>
          ))}
        </select>
      </Field>
    </section>
  )
}
