import { SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { Row } from '../db/database.ts'
import type { NoticeTemplate } from '../law/notice-model.ts'
import { endAnnouncement } from './announce.ts'
import { type NoticeHead, serialOf } from './model.ts'
import { nextSteps, type Step } from './progress.ts'
import { appendEntry, HEAD, listEntries, lockHead, setServed } from './store.ts'

const AT_ONCE = 500

/**
 * What the rules of letters ask for by the passing of days: a letter counts as served, or the next way is tried. Asked for again and again; what
 * is done is not done twice. How many steps were taken.
 */
export async function advanceNotices(app: App): Promise<number> {
  let after = 0
  let steps = 0
  for (;;) {
    const heads = await app.db.rows<NoticeHead & Row>({
      name: 'unserved-notices',
      text: `select ${HEAD} from notice n where n.served_on is null and n.notice_id > $1 order by n.notice_id limit $2`,
      values: [after, AT_ONCE],
    })
    for (const head of heads) steps += await advanceOne(app, head)
    const last = heads.at(-1)
    if (!last || heads.length < AT_ONCE) return steps
    after = last.noticeId
  }
}

/** The template by which a letter was written, whatever is in force today. */
export function templateOf(
  { law }: Pick<App, 'law'>,
  { notice, edition }: Pick<NoticeHead, 'notice' | 'edition'>,
): NoticeTemplate {
  const template = law.notices.get(notice)?.find(one => one.inForceFrom === edition)
  if (!template) throw new RangeError(`no edition ${edition} of the letter ${notice}`)
  return template
}

async function advanceOne(app: App, head: NoticeHead): Promise<number> {
  const template = templateOf(app, head)
  const due = async (query: Change['tx'], today: Day, now: NoticeHead): Promise<Step[]> =>
    nextSteps(template, { calendar: app.law.calendar, today, head: now, entries: await listEntries(query, now) })
  const entries = await listEntries(app.db, head)
  const today = legalDay(app.now(), app.city.zone)
  if (nextSteps(template, { calendar: app.law.calendar, today, head, entries }).length === 0) return 0
  return await change(app, SYSTEM, { deed: 'notice.advance', entity: `notice:${head.noticeId}` }, async made => {
    // Asked again under the lock: somebody may have opened it in this very moment.
    const now = await lockHead(made.tx, head)
    const steps = await due(made.tx, made.today, now)
    for (const step of steps) await take(app, made, now, step)
    made.tell({ steps: steps.map(step => (step.step === 'served' ? `served ${step.on}` : `try ${step.channel}`)) })
    return steps.length
  })
}

async function take(app: App, made: Change, head: NoticeHead, step: Step): Promise<void> {
  if (step.step === 'served') {
    const serial = serialOf(head.noticeId, step.by, 1)
    await appendEntry(app, made, head, { serial, channel: step.by, outcome: 'deemed', onDay: step.on, reason: step.because })
    await setServed(app, made, head, step.on)
    await endAnnouncement(made, head)
    return
  }
  const { channel } = step
  const serial = serialOf(head.noticeId, channel, 1)
  await appendEntry(app, made, head, { serial, channel, outcome: 'queued' })
  const { subjectId, noticeId } = head
  if (channel === 'sms' || channel === 'email')
    await app.queue.enqueue(made.tx, 'send-notice', { subjectId, noticeId, serial, channel }, { key: `notice:${serial}` })
}
