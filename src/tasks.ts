import { forgetOldTries } from './access/brake.ts'
import { forgetOldSessions } from './access/sessions.ts'
import type { App } from './app.ts'
import { endTerms } from './authorisation/end-terms.ts'
import { legalDay } from './base/day.ts'
import type { DeliveryId, SubjectId } from './base/id.ts'
import { refreshCampaigns } from './campaigns/publish.ts'
import { forgetDrafts } from './cases/drafts.ts'
import type { CaseId } from './cases/model.ts'
import { forgetPapers } from './cases/papers.ts'
import { groundGone, noticeServed, receiversConfirmed, runClocks } from './cases/run-clocks.ts'
import { caseOpened } from './cases/run-opened.ts'
import { checkComplianceWeekly } from './gates/compliance.ts'
import { forgetOldRequests } from './identity/sign-in-request.ts'
import { listOpenDeliveries } from './intake/delivery-store.ts'
import { runLine } from './intake/line.ts'
import { releaseSettledFiles } from './intake/plain-file.ts'
import { refreshMeasureFigures } from './measures/figures.ts'
import { advanceNotices } from './notices/advance.ts'
import { renderNotice } from './notices/paper.ts'
import { sendMessage } from './notices/send.ts'
import { findUnusualLately } from './oversight/unusual.ts'
import { forgetOld } from './programs/forget.ts'
import { refreshCorrectionTimes } from './publication/correction-times.ts'
import { refreshFigures } from './publication/figures.ts'
import { renewPages } from './publication/pages.ts'
import { publishSubjects } from './publication/publish.ts'
import { failuresOf, throwFailures } from './queue/each-of.ts'
import type { TaskHandlers } from './queue/queue.ts'
import { forgetCounts, forgetPortalCounts } from './quota/forget-counts.ts'
import { type AfterLastConfirmation, completeReceivers } from './receivers/commands.ts'
import { runRetention } from './retention/run.ts'

/** What follows when the last receiver of a case has confirmed its corrections: bound here, so that receivers need not know of cases. */
const AFTER_LAST_CONFIRMATION: readonly AfterLastConfirmation[] = [
  async (app, { subjectId, caseId }) => void (await receiversConfirmed(app, { subjectId, caseId: caseId as CaseId })),
]

/** Every task bound to its command. */
export function taskHandlers(app: App): TaskHandlers {
  return {
    'settle-delivery': async ({ deliveryId }) => {
      await runLine(app, deliveryId as DeliveryId)
    },
    'publish-subjects': ({ subjectIds }) => publishSubjects(app, subjectIds as SubjectId[]),
    'complete-receivers': async queued => void (await completeReceivers(app, queued)),
    'corrections-confirmed': async ({ subjectId, caseId }) => {
      for (const tell of AFTER_LAST_CONFIRMATION) await tell(app, { subjectId: subjectId as SubjectId, caseId })
    },
    'refresh-figures': oneAtATime(() =>
      eachOf(
        () => refreshFigures(app),
        () => refreshCorrectionTimes(app),
        () => refreshMeasureFigures(app),
        () => refreshCampaigns(app),
      ),
    ),
    'renew-pages': oneAtATime(() => renewPages(app)),
    'forget-sign-ins': async () => {
      await forgetOldTries(app)
      await forgetOldSessions(app)
      await forgetOld(app.db, app.now())
      await forgetCounts(app.db, app.now())
      await forgetPortalCounts(app.db)
      await forgetOldRequests(app)
    },
    'end-retention': oneAtATime(
      onceADay(app, async () => {
        await eachOf(
          () => endTerms(app),
          () => runRetention(app),
          () => checkComplianceWeekly(app),
        )
      }),
    ),
    'run-clocks': oneAtATime(async () => {
      await runClocks(app)
      await forgetDrafts(app)
      await forgetPapers(app)
    }),
    'case-opened': async ({ subjectId, caseId }) =>
      void (await caseOpened(app, { subjectId: subjectId as SubjectId, caseId: caseId as CaseId })),
    'notice-served': async ({ subjectId, caseId, template }) => {
      await noticeServed(app, { subjectId: subjectId as SubjectId, caseId: caseId as CaseId }, template)
    },
    'ground-gone': async ({ subjectId, caseId }) => {
      await groundGone(app, { subjectId: subjectId as SubjectId, caseId: caseId as CaseId })
    },
    'find-unusual': oneAtATime(async () => void (await findUnusualLately(app))),
    'render-notice': async ({ subjectId, noticeId }) =>
      void (await renderNotice(app, { subjectId: subjectId as SubjectId, noticeId })),
    'send-notice': told => sendMessage(app, { ...told, subjectId: told.subjectId as SubjectId }),
    'advance-notices': oneAtATime(async () => void (await advanceNotices(app))),
    'release-files': async () => {
      await releaseSettledFiles(app)
    },
  }
}

/**
 * What the clock asks for again while it still runs (a whole city's pages take hours) is done by the run that is on its way: a second one would
 * take the place of a delivery.
 */
function oneAtATime(deed: () => Promise<void>): () => Promise<void> {
  let isRunning = false
  return async () => {
    if (isRunning) return
    isRunning = true
    try {
      await deed()
    } finally {
      isRunning = false
    }
  }
}

/** One after the other, each also where one before it failed: a duty of the law does not wait for another's fault. Throws what failed. */
const eachOf = async (...deeds: readonly (() => Promise<unknown>)[]): Promise<void> => throwFailures(await failuresOf(deeds))

/** What is due changes with the legal day: a second run on it would look at everything for nothing. */
function onceADay(app: App, deed: () => Promise<void>): () => Promise<void> {
  let doneOn = ''
  return async () => {
    const today = legalDay(app.now(), app.city.zone)
    if (doneOn === today) return
    await deed()
    doneOn = today
  }
}

/** Deliveries that a crash left on the line are queued again; a line run twice settles nothing twice. */
export async function requeueOpenDeliveries(app: App): Promise<number> {
  const open = await listOpenDeliveries(app.db)
  for (const deliveryId of open)
    await app.queue.enqueue(app.db, 'settle-delivery', { deliveryId }, { key: `settle:${deliveryId}` })
  return open.length
}
