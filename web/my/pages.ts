import { looksPage } from './looks.ts'
import { overviewPage } from './overview.ts'
import type { AccountForm, AccountPage } from './page.ts'
import { reportPage } from './report.ts'
import { publicReportForm, reportsPage } from './reports.ts'
import { specialReportForm, specialReportPage } from './special-report.ts'

/** Every page of the account but the door. Tests walk this table, so that a new page cannot be forgotten. */
export const ACCOUNT_PAGES: readonly AccountPage[] = [overviewPage, reportsPage, specialReportPage, reportPage, looksPage]

export const ACCOUNT_FORMS: readonly AccountForm[] = [specialReportForm, publicReportForm]
