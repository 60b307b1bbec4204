import { acceptForm, acceptPage } from './accept.ts'
import { agentsPage, endForm, inviteForm, invitePage, shortenForm, withdrawForm } from './agents.ts'
import { casePage } from './case.ts'
import { caseActForm, caseActPage } from './case-act.ts'
import { casesPage } from './cases.ts'
import { commentForm, commentPage, withdrawCommentForm } from './comment.ts'
import { newCommitmentForm, newCommitmentPage } from './commitment-new.ts'
import { correctionsPage } from './corrections.ts'
import { newDeclaration } from './declaration-new.ts'
import { declarationsPage } from './declarations.ts'
import { addressedGrantPage, grantEntryPage, grantForms, grantPage } from './grant.ts'
import { grantedPage, grantsPage, revocationForm } from './grants.ts'
import { looksPage } from './looks.ts'
import { measuresPage } from './measures.ts'
import { anyOpening, objection, repair } from './new-case.ts'
import { noticePage, openNoticeForm } from './notice.ts'
import { noticesPage } from './notices.ts'
import { overviewPage } from './overview.ts'
import { ownFilePage } from './own-file.ts'
import type { AccountForm, AccountPage, PersonVisit } from './page.ts'
import { passwordForm, passwordPage } from './password.ts'
import { recordsPage } from './records.ts'
import { reportPage } from './report.ts'
import { publicReportForm, reportsPage } from './reports.ts'
import { rightsPage } from './rights.ts'
import { newRightForm, newRightPage } from './rights-new.ts'
import { rightsRequestPage, withdrawRightForm } from './rights-request.ts'
import { securityPage } from './security.ts'
import { SECURITY_FORMS } from './security-forms.ts'
import { serviceAddressForm, serviceAddressPage } from './service-address.ts'
import { specialReportForm, specialReportPage } from './special-report.ts'
import { giveUpForm, subjectForm, subjectPage } from './subject.ts'

const CASE_PAGES = [
  recordsPage,
  measuresPage,
  casesPage,
  casePage,
  caseActPage,
  objection.page,
  repair.page,
  anyOpening.page,
  newCommitmentPage,
  declarationsPage,
  newDeclaration.page,
]
const CASE_FORMS = [caseActForm, objection.form, repair.form, anyOpening.form, newCommitmentForm, newDeclaration.form]
const GRANT_PAGES = [grantsPage, grantEntryPage, grantPage, addressedGrantPage, grantedPage]
const NOTICE_PAGES = [noticesPage, serviceAddressPage, noticePage]
const RIGHTS_PAGES = [rightsPage, newRightPage, rightsRequestPage, ownFilePage, commentPage]

/** Every page of the account but the door. Tests walk this table, so that a new page cannot be forgotten. */
export const ACCOUNT_PAGES: readonly AccountPage[] = [
  overviewPage,
  reportsPage,
  specialReportPage,
  reportPage,
  looksPage,
  ...NOTICE_PAGES,
  correctionsPage,
  ...CASE_PAGES,
  ...GRANT_PAGES,
  ...RIGHTS_PAGES,
  agentsPage,
  invitePage,
]

export const ACCOUNT_FORMS: readonly AccountForm[] = [
  specialReportForm,
  publicReportForm,
  ...CASE_FORMS,
  ...grantForms,
  revocationForm,
  openNoticeForm,
  serviceAddressForm,
  newRightForm,
  withdrawRightForm,
  commentForm,
  withdrawCommentForm,
  inviteForm,
  endForm,
  shortenForm,
  withdrawForm,
]

/** Pages of a person who may speak for nobody yet: whom he speaks for, and the code of an invitation. */
export const PERSON_PAGES: readonly AccountPage<PersonVisit>[] = [subjectPage, acceptPage, securityPage, passwordPage]

export const PERSON_FORMS: readonly AccountForm<PersonVisit>[] = [
  subjectForm,
  giveUpForm,
  acceptForm,
  passwordForm,
  ...SECURITY_FORMS,
]
