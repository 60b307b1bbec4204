import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { addDays, type Day } from '../base/day.ts'
import { nameShownTo } from '../disclosure/mask-for.ts'
import type { CarrierRule } from '../law/notice-model.ts'
import type { NoticeHead, NoticeKey } from './model.ts'

/*
 * Service by publication on the platform's own portal (公告送达). Publishing is the platform's act: the row that the public reads is written in
 * the transaction of the proof, and carries its own end. It tells which letter waits for whom, never what it says; a person's name is masked.
 */

type Announced = { readonly head: NoticeHead; readonly letterName: string; readonly rule: CarrierRule }

/** Puts a letter on the portal from today to the day on which it counts as served; that day. */
export async function announce(app: App, made: Change, { head, letterName, rule }: Announced): Promise<Day | null> {
  const { served } = rule
  if (typeof served === 'string' || !('daysAfterPublication' in served)) return null
  const card = await made.tx.row<{ name: string; kind: string }>({
    name: 'announced-card',
    text: 'select name, kind from subject_card where subject_id = $1',
    values: [head.subjectId],
  })
  const on = addDays(made.today, served.daysAfterPublication)
  const { subjectId, noticeId, number, unit } = head
  const name = nameShownTo(app.law, 'public', { kind: card?.kind ?? 'natural-person', name: card?.name ?? '' })
  await made.tx.run({
    name: 'announce-notice',
    text: `insert into pub.announcement (subject_id, notice_id, number, letter_name, unit, unit_name, subject_name, is_organisation, published_on, served_on, made_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict on constraint announcement_key do nothing`,
    values: [
      ...[subjectId, noticeId, number, letterName, unit, app.law.units.get(unit)?.name ?? unit],
      ...[name, card !== undefined && card.kind !== 'natural-person', made.today, on, made.at],
    ],
  })
  return on
}

/** Takes an announcement down: its letter has reached whom it is for, or its day is over. */
export async function endAnnouncement({ tx }: Change, { subjectId, noticeId }: NoticeKey): Promise<void> {
  await tx.run({
    name: 'end-announcement',
    text: 'delete from pub.announcement where subject_id = $1 and notice_id = $2',
    values: [subjectId, noticeId],
  })
}
