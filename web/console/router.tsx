import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { ROUTES, type Route, type RouteName } from './routes.ts'
import { FaultPage } from './shell/FaultPage.tsx'
import { Gate } from './shell/Gate.tsx'
import { MissingPage } from './shell/MissingPage.tsx'
import { Shell } from './shell/Shell.tsx'

type Load = () => Promise<ComponentType>

/** Each page is a chunk of its own; what two pages need is split off by the build. */
const PAGES: Readonly<Record<RouteName, Load>> = {
  'sign-in': async () => (await import('./sign-in/SignInPage.tsx')).SignInPage,
  work: async () => (await import('./work/WorkPage.tsx')).WorkPage,
  deliveries: async () => (await import('./deliveries/DeliveriesPage.tsx')).DeliveriesPage,
  send: async () => (await import('./deliveries/SendPage.tsx')).SendPage,
  delivery: async () => (await import('./deliveries/DeliveryPage.tsx')).DeliveryPage,
  refusals: async () => (await import('./deliveries/RefusalsPage.tsx')).RefusalsPage,
  warnings: async () => (await import('./deliveries/WarningsPage.tsx')).WarningsPage,
  templates: async () => (await import('./templates/TemplatesPage.tsx')).TemplatesPage,
  waiting: async () => (await import('./waiting/WaitingPage.tsx')).WaitingPage,
  subjects: async () => (await import('./subjects/SubjectsPage.tsx')).SubjectsPage,
  persons: async () => (await import('./subjects/PersonsPage.tsx')).PersonsPage,
  subject: async () => (await import('./subjects/SubjectPage.tsx')).SubjectPage,
  cases: async () => (await import('./cases/CasesPage.tsx')).CasesPage,
  'new-case': async () => (await import('./cases/NewCasePage.tsx')).NewCasePage,
  case: async () => (await import('./cases/CasePage.tsx')).CasePage,
  measures: async () => (await import('./measures/MeasuresPage.tsx')).MeasuresPage,
  clocks: async () => (await import('./cases/ClocksPage.tsx')).ClocksPage,
  campaigns: async () => (await import('./campaigns/CampaignsPage.tsx')).CampaignsPage,
  'new-campaign': async () => (await import('./campaigns/NewCampaignPage.tsx')).NewCampaignPage,
  campaign: async () => (await import('./campaigns/CampaignPage.tsx')).CampaignPage,
  'campaign-list': async () => (await import('./campaigns/CampaignListPage.tsx')).CampaignListPage,
  'government-cases': async () => (await import('./campaigns/GovernmentCasesPage.tsx')).GovernmentCasesPage,
  check: async () => (await import('./check/CheckPage.tsx')).CheckPage,
  batch: async () => (await import('./check/BatchPage.tsx')).BatchPage,
  reports: async () => (await import('./reports/ReportsPage.tsx')).ReportsPage,
  bindings: async () => (await import('./bindings/BindingsPage.tsx')).BindingsPage,
  'account-resets': async () => (await import('./account-resets/AccountResetsPage.tsx')).AccountResetsPage,
  authorisations: async () => (await import('./authorisations/AuthorisationsPage.tsx')).AuthorisationsPage,
  authorisation: async () => (await import('./authorisations/AuthorisedPage.tsx')).AuthorisedPage,
  notices: async () => (await import('./notices/NoticesPage.tsx')).NoticesPage,
  rights: async () => (await import('./rights/RightsPage.tsx')).RightsPage,
  compliance: async () => (await import('./compliance/CompliancePage.tsx')).CompliancePage,
  departments: async () => (await import('./departments/DepartmentsPage.tsx')).DepartmentsPage,
  receivers: async () => (await import('./receivers/ReceiversPage.tsx')).ReceiversPage,
  looks: async () => (await import('./looks/LooksPage.tsx')).LooksPage,
  alerts: async () => (await import('./looks/AlertsPage.tsx')).AlertsPage,
  delays: async () => (await import('./looks/DelaysPage.tsx')).DelaysPage,
  'asked-looks': async () => (await import('./looks/AskedLooksPage.tsx')).AskedLooksPage,
  programs: async () => (await import('./programs/ProgramsPage.tsx')).ProgramsPage,
  people: async () => (await import('./people/PeoplePage.tsx')).PeoplePage,
  permissions: async () => (await import('./permissions/PermissionsPage.tsx')).PermissionsPage,
  'sign-ins': async () => (await import('./sign-ins/SignInsPage.tsx')).SignInsPage,
  security: async () => (await import('./security/SecurityPage.tsx')).SecurityPage,
  catalogue: async () => (await import('./catalogue/CataloguePage.tsx')).CataloguePage,
}

function page(route: Route & { name: RouteName }): RouteObject {
  return {
    path: route.path,
    errorElement: <FaultPage />,
    hydrateFallbackElement: <div className="mx-busy" />,
    lazy: async () => {
      const Page = await PAGES[route.name]()
      const guarded = (
        <Gate route={route}>
          <Page />
        </Gate>
      )
      return { element: route.needs === null ? <Page /> : guarded }
    },
  }
}

export const router = createBrowserRouter(
  [
    ...ROUTES.filter(route => route.needs === null).map(page),
    {
      element: <Shell />,
      errorElement: <FaultPage />,
      hydrateFallbackElement: <div className="mx-busy" />,
      children: [...ROUTES.filter(route => route.needs !== null).map(page), { path: '*', element: <MissingPage /> }],
    },
  ],
  { basename: '/console' },
)
