import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { sourcesQuery } from './delivery-queries.ts'
import { SendFile } from './SendFile.tsx'

/** A file in: which source it is of, then the file. Six numbers come out on the delivery's own page. */
export function SendPage() {
  const { data: sources = [], error, isPending } = useQuery(sourcesQuery)
  const [search] = useSearchParams()
  const [chosen, setChosen] = useState(search.get('source') ?? '')
  const navigate = useNavigate()
  const source = chosen || (sources.length === 1 ? (sources[0]?.source ?? '') : '')
  return (
    <Page title={say('console.send.title')} lead={say('console.send.lead')}>
      <ErrorSummary problem={error} />
      <Field id="source" label={say('console.send.source')} hint={say('console.send.source-hint')}>
        <Select
          id="source"
          className="mx-wide"
          showSearch={{ optionFilterProp: 'label' }}
          value={source === '' ? null : source}
          loading={isPending}
          placeholder={say('console.send.source-placeholder')}
          onChange={value => setChosen(value ?? '')}
          options={sources.map(it => ({
            value: it.source,
            label: say('console.send.source-option', { item: it.itemName, name: it.name, unit: it.unitName }),
          }))}
        />
      </Field>
      {!isPending && sources.length === 0 ? <p>{say('console.send.no-source')}</p> : null}
      <SendFile id="file" source={source} onSent={({ deliveryId }) => navigate(pathTo('delivery', { deliveryId }))} />
      <p className="mx-quiet">
        {say('console.send.formats')} <Link to={pathTo('templates')}>{say('console.templates.title')}</Link>
      </p>
    </Page>
  )
}
