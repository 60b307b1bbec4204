import type { Page } from './page.ts'
import { accessibilityPage, contactPage, helpPage, openDataPage, sitemapPage } from './pages/about.ts'
import { announcementsPage } from './pages/announcements.ts'
import { campaignsPage } from './pages/campaigns.ts'
import { cataloguedItemPage, cataloguePage } from './pages/catalogue.ts'
import { checkpointsPage } from './pages/checkpoints.ts'
import { clocksPage } from './pages/clocks.ts'
import { codePage } from './pages/code.ts'
import { commitmentMattersPage, commitmentPage, currentCommitmentsPage } from './pages/commitments.ts'
import { gatesPage } from './pages/gates.ts'
import { homePage } from './pages/home.ts'
import { instrumentPage, lawPage } from './pages/law.ts'
import { listPage, listsPage } from './pages/lists.ts'
import { measuresPage } from './pages/measures.ts'
import { procedurePage, proceduresPage } from './pages/procedures.ts'
import { recordPage } from './pages/record.ts'
import { licencesPage, penaltiesPage } from './pages/register.ts'
import { reportsPage } from './pages/reports.ts'
import { searchPage } from './pages/search.ts'
import { commitmentsPage, honoursPage } from './pages/section-register.ts'
import { subjectPage } from './pages/subject.ts'
import { subjectSectionPage } from './pages/subject-section.ts'
import { verifyCodePage, verifyPage } from './pages/verify.ts'

/** Every page of the portal. Tests walk this table, so that a new page cannot be forgotten. */
export const PAGES: readonly Page[] = [
  homePage,
  searchPage,
  subjectPage,
  recordPage,
  subjectSectionPage,
  codePage,
  licencesPage,
  penaltiesPage,
  listsPage,
  listPage,
  commitmentsPage,
  currentCommitmentsPage,
  commitmentPage,
  commitmentMattersPage,
  honoursPage,
  announcementsPage,
  reportsPage,
  verifyPage,
  verifyCodePage,
  measuresPage,
  proceduresPage,
  procedurePage,
  campaignsPage,
  clocksPage,
  cataloguePage,
  cataloguedItemPage,
  lawPage,
  instrumentPage,
  openDataPage,
  checkpointsPage,
  gatesPage,
  helpPage,
  contactPage,
  accessibilityPage,
  sitemapPage(() => PAGES),
]
