import { type Actor, may } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Group } from '../archive/links.ts'
import type { Day } from '../base/day.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { isCarrier } from '../law/notice-model.ts'
import { keptIfTyped } from '../validation/typed-text.ts'
import { templateOf } from './advance.ts'
import { announce, endAnnouncement } from './announce.ts'
import { type NoticeHead, type NoticeKey, type Outcome, type ServiceEntry, serialOf } from './model.ts'
import { hasFailed, provenBy } from './progress.ts'
import { appendEntry, entryPlace, listEntries, lockHead, setServed } from './store.ts'

/* The proofs of service: a subject or a unit opens its letter; a clerk prints, posts, hands over, publishes, and writes down what came back. */

/**
 * The subject opens a letter in its account: from today on it counts as served, unless it did before. Opened again it is what it was.
 * `group`: whose letters it may open, its own and those of who was merged into it. Throws `notice.unknown`.
 */
export async function openNotice(app: App, actor: Actor, key: NoticeKey, group: Group): Promise<void> {
  await change(app, actor, { deed: 'notice.open', entity: `notice:${key.noticeId}` }, async made => {
    const head = await lockHead(made.tx, key)
    if (head.toUnit !== null || !group.includes(head.subjectId)) throw new NotFound('notice.unknown')
    await prove(app, made, head, { channel: 'account', outcome: 'opened', onDay: made.today })
  })
}

/** A person of the unit that a letter goes to opens it in the console. Throws `notice.unknown`. */
export async function openUnitNotice(app: App, actor: Actor, key: NoticeKey): Promise<void> {
  await change(app, actor, { deed: 'notice.open', entity: `notice:${key.noticeId}` }, async made => {
    const head = await lockHead(made.tx, key)
    if (head.toUnit === null || head.toUnit !== actor.unit) throw new NotFound('notice.unknown')
    await prove(app, made, head, { channel: 'console', outcome: 'opened', onDay: made.today })
  })
}

export type Proof = {
  readonly channel: 'post' | 'hand'
  readonly outcome: 'sent' | 'delivered' | 'returned' | 'refused'
  readonly on: Day
  /** The tracking number of the post, or who signed; kept sealed. */
  readonly trace?: string | undefined
  /** Why it came back. */
  readonly reason?: string | undefined
}

/**
 * What a clerk writes down about a letter on paper. Refuses `notice.channel-not-open` (the template has no such way), `notice.day-outside` (before the
 * letter was written, or in the future), `notice.reason-missing`, `notice.trace-missing`, `text.prohibited`; `notice.unknown` for another unit's.
 */
export async function recordProof(app: App, actor: Actor, key: NoticeKey, proof: Proof): Promise<void> {
  const { channel, outcome, on } = proof
  await byClerk(app, actor, key, `notice.${outcome}`, async (made, head) => {
    requireChannel(app, head, channel)
    requireDay(made, head, on)
    const failed = outcome === 'returned' || outcome === 'refused'
    if (failed && !proof.reason?.trim()) throw new Refusal('notice.reason-missing', null, {}, 422)
    if (outcome === 'sent' && channel === 'post' && !proof.trace?.trim()) throw new Refusal('notice.trace-missing', null, {}, 422)
    const reason = failed ? keptIfTyped(app.law, proof.reason ?? '', made.today) : null
    await prove(app, made, head, {
      channel,
      outcome,
      onDay: on,
      reason,
      trace: keptIfTyped(app.law, proof.trace ?? '', made.today),
    })
  })
}

/**
 * Service by publication: only where the template has it, and after the way before it has failed. The platform publishes it itself, today, on the
 * portal; `where` names where else it was published. Refuses `notice.publication-early`, `notice.published-already`, and what `recordProof`
 * refuses.
 */
export async function recordPublication(
  app: App,
  actor: Actor,
  key: NoticeKey,
  { where = '' }: { readonly where?: string | undefined } = {},
): Promise<void> {
  await byClerk(app, actor, key, 'notice.publish', async (made, head) => {
    const rule = requireChannel(app, head, 'publication')
    const basis = rule.basis[0] ?? null
    const entries = await listEntries(made.tx, head)
    const before = typeof rule.starts === 'object' && 'failed' in rule.starts ? rule.starts.failed : null
    if (before === null || !hasFailed(entries, before)) throw new Refusal('notice.publication-early', basis, {})
    if (head.servedOn !== null || entries.some(one => one.outcome === 'published'))
      throw new Refusal('notice.published-already', basis, {}, 409)
    const servedOn = await announce(app, made, { head, rule, letterName: templateOf(app, head).name })
    const reason = app.words.say(where.trim() === '' ? 'notice.announced' : 'notice.announced-also', {
      servedOn,
      where: keptIfTyped(app.law, where, made.today),
    })
    await prove(app, made, head, { channel: 'publication', outcome: 'published', onDay: made.today, reason })
  })
}

/** That letters were printed for the post; the change in which it is written down is the one that hands them out. */
export async function recordPrinted(app: App, actor: Actor, keys: readonly NoticeKey[]): Promise<void> {
  await change(app, actor, { deed: 'notice.print', entity: `unit:${actor.unit}`, detail: { count: keys.length } }, async made => {
    for (const key of keys) {
      const head = await lockHead(made.tx, key)
      requireOwnUnit(actor, head)
      requireChannel(app, head, 'post')
      await prove(app, made, head, { channel: 'post', outcome: 'printed', onDay: made.today })
    }
  })
}

async function byClerk(
  app: App,
  actor: Actor,
  key: NoticeKey,
  deed: string,
  work: (made: Change, head: NoticeHead) => Promise<void>,
): Promise<void> {
  await change(app, actor, { deed, entity: `notice:${key.noticeId}` }, async made => {
    const head = await lockHead(made.tx, key)
    requireOwnUnit(actor, head)
    await work(made, head)
  })
}

/** Another unit's letter is not said to be there. */
export function requireOwnUnit(actor: Actor, head: Pick<NoticeHead, 'unit'>): void {
  if (!may(actor, 'notice.serve')) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'notice.serve' })
  if (actor.unit !== head.unit) throw new NotFound('notice.unknown')
}

function requireChannel(app: App, head: NoticeHead, channel: ServiceEntry['channel']) {
  const rule = templateOf(app, head).channels.find(one => one.channel === channel)
  if (!rule || !isCarrier(rule))
    throw new Refusal('notice.channel-not-open', null, { channel: app.words.say(`notice.channel-${channel}`) })
  return rule
}

function requireDay({ today }: Change, { madeOn }: NoticeHead, on: Day): void {
  if (on < madeOn || on > today) throw new Refusal('notice.day-outside', null, { from: madeOn, to: today }, 422)
}

type Told = Pick<ServiceEntry, 'channel' | 'onDay'> & {
  readonly outcome: Outcome
  readonly reason?: string | null
  readonly trace?: string
}

/** Appends a proof under the serial number of the attempt that is under way, and counts the letter as served if that is what it proves. */
async function prove(app: App, made: Change, head: NoticeHead, told: Told): Promise<void> {
  const { channel, outcome, onDay, reason = null, trace = '' } = told
  const serial = serialOf(head.noticeId, channel, attemptOf(await listEntries(made.tx, head), channel, outcome))
  const sealed = trace === '' ? null : app.keys.seal('data', JSON.stringify({ trace }), entryPlace(serial))
  await appendEntry(app, made, head, { serial, channel, outcome, onDay, reason, sealed })
  const served = provenBy(templateOf(app, head), { channel, outcome, onDay })
  if (served === null) return
  // Whoever has it in hand need not be called in public.
  await endAnnouncement(made, head)
  if (await setServed(app, made, head, served)) made.tell({ servedOn: served })
}

/** An attempt that came back is over: the next step of the same way belongs to the next attempt; told twice, it came back once. */
function attemptOf(entries: readonly ServiceEntry[], channel: ServiceEntry['channel'], outcome: Outcome): number {
  const own = entries.filter(one => one.channel === channel)
  const failures = own.filter(one => isFailure(one.outcome)).length
  const last = own.at(-1)
  return isFailure(outcome) && last && isFailure(last.outcome) ? failures : failures + 1
}

const isFailure = (outcome: Outcome): boolean => outcome === 'returned' || outcome === 'refused'
