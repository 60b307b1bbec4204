import { useQuery } from '@tanstack/react-query'
import { say } from '../../kit/words.ts'
import { sourcesQuery } from '../deliveries/delivery-queries.ts'
import { useMay } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { templatesOf } from '../templates/item-templates.ts'

const PAGES = ['catalogue', 'law', 'clocks', 'lists', 'help'] as const

/** The rules in force, read on the portal's own pages: there is one copy of them, the public one. */
export function CataloguePage() {
  const mayReport = useMay('template.read')
  return (
    <Page title={say('console.catalogue.title')} lead={say('console.catalogue.lead')}>
      <ul className="mx-links">
        {PAGES.map(name => (
          <li key={name}>
            <a href={`/${name}`}>{say(`console.catalogue.${name}`)}</a>
            <span className="mx-quiet">{say(`console.catalogue.${name}-says`)}</span>
          </li>
        ))}
      </ul>
      {mayReport ? <OwnItems /> : null}
    </Page>
  )
}

function OwnItems() {
  const { data = [] } = useQuery(sourcesQuery)
  const items = [...new Map(templatesOf(data).map(it => [it.item, it.itemName]))]
  if (items.length === 0) return null
  return (
    <section aria-labelledby="own-items">
      <h2 id="own-items">{say('console.catalogue.own')}</h2>
      <ul className="mx-tags">
        {items.map(([item, name]) => (
          <li key={item}>
            <a href={`/catalogue/${encodeURIComponent(item)}`}>{name}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
