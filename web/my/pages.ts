import { looksPage } from './looks.ts'
import { overviewPage } from './overview.ts'
import { ownFilePage } from './own-file.ts'
import type { AccountForm, AccountPage } from './page.ts'
import { reportPage } from './report.ts'
import { publicReportForm, reportsPage } from './reports.ts'
import { rightsPage } from './rights.ts'
import { newRightForm, newRightPage } from './rights-new.ts'
import { rightsRequestPage, withdrawRightForm } from './rights-request.ts'
import { specialReportForm, specialReportPage } from './special-report.ts'

const RIGHTS_PAGES = [rightsPage, newRightPage, rightsRequestPage, ownFilePage]

/** Every page of the account but the door. Tests walk this table, so that a new page cannot be forgotten. */
export const ACCOUNT_PAGES: readonly AccountPage[] = [
  overviewPage,
  reportsPage,
  specialReportPage,
  reportPage,
  looksPage,
  ...RIGHTS_PAGES,
]

export const ACCOUNT_FORMS: readonly AccountForm[] = [specialReportForm, publicReportForm, newRightForm, withdrawRightForm]
