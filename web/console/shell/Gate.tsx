import type { ReactNode } from 'react'
import { say } from '../../kit/words.ts'
import { opens, type Route } from '../routes.ts'
import { useMe } from '../session.ts'
import { Page } from './Page.tsx'

/** Draws a page for those who may see it; tells the others what is missing and who can give it. The server decides again on its own. */
export function Gate({ route, children }: { readonly route: Route; readonly children: ReactNode }) {
  const me = useMe()
  if (opens(route, me.permissions)) return children
  return (
    <Page title={say(`console.${route.name}.title`)}>
      <p>{say('console.gate.missing', { permission: (route.needs ?? []).map(need => say(`console.may.${need}`)).join('、') })}</p>
    </Page>
  )
}
