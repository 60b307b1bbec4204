import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { AuthorisationId, SubjectId } from '../base/id.ts'
import { fileTestFacts, openTestSubjects, penaltyOf, publishTestFacts, wageListing } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { consult, type Grant, grantRequest } from './answer.ts'
import type { AuthorisationKey } from './model.ts'
import { makeRequest, type RequestWish } from './request.ts'

// A bank and a subject for tests of what lies between them.

export const BANK = 'rural-bank'
export const banker: Actor = actorFor(BANK, 'receiver')
export const NUMBER = '贷字2026-18'

/** The account of a subject whose owner has just proved who it is, whatever a test's clock says. */
export function accountOf(subjectId: SubjectId): Actor {
  const session = { sessionId: subjectId, stage: 'whole', freshAt: new Date('2100-01-01T00:00:00Z') } as const
  return { ...actorFor('subject', 'subject'), id: `account:${subjectId}`, subjectId, session }
}

export const wishOf = (wish: Partial<RequestWish> = {}): RequestWish => ({
  purpose: 'loan',
  businessNo: NUMBER,
  classes: ['penalties', 'lists'],
  times: 'any',
  ...wish,
})

/** What a subject sends back that has read the text as it stands. */
export async function consentOf(app: App, subjectId: SubjectId, code: string, more: Partial<Grant> = {}): Promise<Grant> {
  const { text } = await consult(app, accountOf(subjectId), { code })
  return { sensitive: [], textDigest: text.digest.toString('hex'), ...more }
}

/** The bank asks, the subject grants. */
export async function authorise(
  app: App,
  subjectId: SubjectId,
  wish: Partial<RequestWish> = {},
  more: Partial<Grant> = {},
): Promise<AuthorisationKey> {
  const { code } = await makeRequest(app, banker, wishOf(wish))
  const consent = await consentOf(app, subjectId, code, more)
  const authorisationId: AuthorisationId = await grantRequest(app, accountOf(subjectId), { code }, consent)
  return { subjectId, authorisationId }
}

export type BankTest = {
  readonly platform: TestApp
  readonly app: App
  readonly firm: SubjectId
  readonly other: SubjectId
  readonly person: SubjectId
}

export const FIRM = inventedUscc('enterprise', 301)

/** Two firms with records on and off display, and a person. */
export async function openBankTest(): Promise<BankTest> {
  const platform = await openTestApp()
  const { app } = platform
  const opened = await openTestSubjects(app, [
    { name: '澜川云麓建设有限公司', uscc: FIRM },
    { name: '澜川青屿贸易有限公司', uscc: inventedUscc('enterprise', 302) },
    { name: '欧阳某某', kind: 'natural-person', document: 'blind' },
  ])
  const [firm, other, person] = opened as [SubjectId, SubjectId, SubjectId]
  await publishTestFacts(app, [
    penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06'),
    penaltyOf(firm, '示罚〔2026〕2号', '2026-05-07', { CF_SXFL: '轻微' }),
    penaltyOf(firm, '示罚〔2021〕3号', '2021-05-07'),
    wageListing(firm, '示人社失〔2026〕1号', '2026-06-01'),
    penaltyOf(other, '示罚〔2026〕4号', '2026-05-06'),
  ])
  await fileTestFacts(app, [
    {
      subjectId: firm,
      item: 'utility-arrears-org',
      authority: 'water-group',
      decidedOn: '2026-07-01',
      content: {
        ZTMC: '澜川云麓建设有限公司',
        FDDBR: '欧阳某某',
        QJLXMC: '用水',
        WSH: '水欠1号',
        WSRQ: '2026-07-01',
        WSJG: '澜川水务',
        QFJE: '1200',
      },
    },
  ])
  return { platform, app, firm, other, person }
}
