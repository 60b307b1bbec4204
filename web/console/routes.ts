import type { Permission } from '../../src/access/actor.ts'

/* Every address of the console, as data: the router, the menu, the permission of a page and the tests that walk all pages read it. */

export type Route = {
  readonly name: string
  /** Under `/console`; `:name` for parameters. */
  readonly path: string
  /** Any one of these opens the page; empty: everyone who is signed in; null: nobody need be. */
  readonly needs: readonly Permission[] | null
  /** Stands in the menu, with this icon. */
  readonly icon?: string
  /** The page that this one belongs to; whoever may open that one has no entry of the menu for this one. */
  readonly under?: string
}

export const ROUTES = [
  { name: 'sign-in', path: '/sign-in', needs: null },
  { name: 'work', path: '/', needs: [], icon: 'work' },
  { name: 'deliveries', path: '/deliveries', needs: ['delivery.read'], icon: 'deliveries' },
  { name: 'send', path: '/deliveries/new', needs: ['delivery.send'], under: 'deliveries' },
  { name: 'delivery', path: '/deliveries/:deliveryId', needs: ['delivery.read'], under: 'deliveries' },
  { name: 'refusals', path: '/deliveries/:deliveryId/refusals', needs: ['delivery.read'], under: 'deliveries' },
  { name: 'warnings', path: '/deliveries/:deliveryId/warnings', needs: ['delivery.read'], under: 'deliveries' },
  { name: 'templates', path: '/templates', needs: ['template.read'], icon: 'templates' },
  { name: 'waiting', path: '/waiting', needs: ['waiting.decide'], icon: 'waiting' },
  { name: 'subjects', path: '/subjects', needs: [], icon: 'subjects' },
  { name: 'persons', path: '/subjects/persons', needs: ['archive.read'], under: 'subjects' },
  { name: 'subject', path: '/subjects/:subjectId', needs: [], under: 'subjects' },
  { name: 'cases', path: '/cases', needs: ['case.read'], icon: 'cases' },
  { name: 'new-case', path: '/cases/new', needs: ['case.handle'], under: 'cases' },
  { name: 'case', path: '/subjects/:subjectId/cases/:caseId', needs: ['case.read'], under: 'cases' },
  { name: 'measures', path: '/measures', needs: ['case.read'], icon: 'measures' },
  { name: 'clocks', path: '/clocks', needs: ['case.coordinate'], icon: 'clocks' },
  { name: 'campaigns', path: '/campaigns', needs: ['case.read'], icon: 'campaigns' },
  { name: 'new-campaign', path: '/campaigns/new', needs: ['case.handle'], under: 'campaigns' },
  { name: 'campaign', path: '/campaigns/:campaignId', needs: ['case.read'], under: 'campaigns' },
  { name: 'campaign-list', path: '/campaigns/:campaignId/list', needs: ['case.handle'], under: 'campaigns' },
  { name: 'government-cases', path: '/government-cases', needs: ['case.coordinate'], icon: 'government-cases' },
  { name: 'check', path: '/check', needs: ['check.make'], icon: 'check' },
  { name: 'batch', path: '/check/batches', needs: ['check.make'], under: 'check' },
  { name: 'reports', path: '/reports', needs: ['report.issue'], icon: 'reports' },
  { name: 'bindings', path: '/bindings', needs: ['subject.bind'], icon: 'bindings' },
  { name: 'account-resets', path: '/account-resets', needs: ['subject.reset'], icon: 'account-resets' },
  {
    name: 'authorisations',
    path: '/authorisations',
    needs: ['authorisation.request', 'authorisation.count'],
    icon: 'authorisations',
  },
  {
    name: 'authorisation',
    path: '/authorisations/:subjectId/:authorisationId',
    needs: ['archive.read-authorised'],
    under: 'authorisations',
  },
  { name: 'notices', path: '/notices', needs: ['notice.read'], icon: 'notices' },
  { name: 'rights', path: '/rights', needs: ['rights.answer'], icon: 'rights' },
  { name: 'compliance', path: '/compliance', needs: ['compliance.read'], icon: 'compliance' },
  { name: 'departments', path: '/departments', needs: ['department.read'], icon: 'departments' },
  { name: 'receivers', path: '/receivers', needs: ['receiver.confirm'], icon: 'receivers' },
  { name: 'looks', path: '/looks', needs: ['look.audit'], icon: 'looks' },
  { name: 'alerts', path: '/looks/alerts', needs: ['look.audit'], under: 'looks' },
  { name: 'delays', path: '/looks/delays', needs: ['look.delay-read'], icon: 'delays', under: 'looks' },
  { name: 'asked-looks', path: '/looks/mine', needs: [], under: 'looks' },
  { name: 'programs', path: '/programs', needs: ['program.read'], icon: 'programs' },
  { name: 'people', path: '/people', needs: ['organisation.read'], icon: 'people' },
  { name: 'permissions', path: '/permissions', needs: ['permission.read'], icon: 'permissions' },
  { name: 'sign-ins', path: '/sign-ins', needs: ['sign-in.audit'], icon: 'sign-ins' },
  { name: 'catalogue', path: '/catalogue', needs: [], icon: 'catalogue' },
  { name: 'security', path: '/security', needs: [], icon: 'security' },
] as const satisfies readonly Route[]

export type RouteName = (typeof ROUTES)[number]['name']

/** The route of a name. */
export function routeOf(name: RouteName): Route {
  const found = ROUTES.find(route => route.name === name)
  if (!found) throw new RangeError(`no such page: ${name}`)
  return found
}

/** Whether these permissions open a page. */
export function opens(route: Route, permissions: readonly string[]): boolean {
  return route.needs === null || route.needs.length === 0 || route.needs.some(need => permissions.includes(need))
}

/** Whether a page stands in the menu of whoever has these permissions: it has an icon, and no page above it that they may open. */
export function isInMenu(route: Route, permissions: readonly string[]): boolean {
  if (route.icon === undefined || !opens(route, permissions)) return false
  const above = ROUTES.find(one => one.name === route.under)
  return above === undefined || !opens(above, permissions)
}

/** The address of a page, from the console's root. */
export function pathTo(name: RouteName, params: Readonly<Record<string, string | number>> = {}): string {
  return routeOf(name).path.replaceAll(/:([a-zA-Z]+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
}

const isParameter = (part: string): boolean => part.startsWith(':')

/** The page of an address under the console's root; of two that fit, the one that names more of it. */
export function routeAt(pathname: string): Route | undefined {
  const asked = pathname.split('/').filter(Boolean)
  const fits = ROUTES.filter(({ path }) => {
    const parts = path.split('/').filter(Boolean)
    return parts.length === asked.length && parts.every((part, at) => isParameter(part) || part === asked[at])
  })
  const named = ({ path }: Route): number => path.split('/').filter(part => part !== '' && !isParameter(part)).length
  return [...fits].sort((a, b) => named(b) - named(a))[0]
}

/** Whether an entry of the menu is where somebody is: the page itself, or one that belongs to it and has no entry of its own. */
export function isHere(entry: Route, pathname: string, permissions: readonly string[]): boolean {
  const here = routeAt(pathname)
  return here?.name === entry.name || (here !== undefined && here.under === entry.name && !isInMenu(here, permissions))
}
