import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Messenger } from '../law/notice-model.ts'
import { findAddress, openAddress } from './address.ts'
import type { NoticeKey, Outcome, ServiceAddress } from './model.ts'
import { appendEntry, entryPlace, findHead, listEntries } from './store.ts'

export type Sending = NoticeKey & { readonly serial: string; readonly channel: Messenger }

const DONE: ReadonlySet<Outcome> = new Set(['sent', 'refused', 'impossible'])

/**
 * Tells a subject that a letter lies in its account. Whoever dies between sending and writing it down sends again under the same serial
 * number, and one proof is kept. What the other side refuses for good, or what has no address, is told as such; everything else is thrown, and
 * the queue tries again.
 */
export async function sendMessage(app: App, { serial, channel, ...key }: Sending): Promise<void> {
  const head = await findHead(app.db, key)
  const entries = await listEntries(app.db, key)
  // A letter that was opened meanwhile needs no message.
  if (!head || head.servedOn !== null || entries.some(entry => entry.serial === serial && DONE.has(entry.outcome))) return
  const kept = await findAddress(app.db, key.subjectId)
  const to = kept ? targetOf(channel, openAddress(app, kept)) : ''
  const sender = app.senders[channel]
  const outcome = await sendOne()
  await change(
    app,
    SYSTEM,
    { deed: 'notice.send', entity: `notice:${key.noticeId}`, detail: { serial, ...outcome } },
    async made => {
      const sealed = to === '' ? null : app.keys.seal('data', JSON.stringify({ to }), entryPlace(serial))
      await appendEntry(app, made, key, { serial, channel, ...outcome, sealed })
    },
  )

  async function sendOne(): Promise<{ readonly outcome: Outcome; readonly reason: string | null }> {
    if (to === '') return { outcome: 'impossible', reason: 'no-address' }
    if (sender === null) return { outcome: 'impossible', reason: 'no-sender' }
    const facts = {
      platform: app.city.platformName,
      number: head?.number ?? '',
      address: new URL('/my/notices', app.publicUrl).href,
    }
    const answer = await sender({
      serial,
      to,
      subject: app.words.say('notice.message-subject', facts),
      text: app.words.say('notice.message', facts),
    })
    return answer.taken ? { outcome: 'sent', reason: null } : { outcome: 'refused', reason: answer.reason }
  }
}

const targetOf = (channel: Messenger, address: ServiceAddress): string => (channel === 'sms' ? address.telephone : address.email)
