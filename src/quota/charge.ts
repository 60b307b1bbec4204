import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import type { Database } from '../db/database.ts'
import type { QuotaRule } from '../law/quota-model.ts'
import { addressKey } from './address.ts'
import { type Counter, openCounter, type Taken, type Window } from './counter.ts'
import { dayStart, minuteStart } from './windows.ts'

/*
 * Who asks how often. Every door of the API counts its caller: an account, a program, a token, or the address of nobody signed in; answers
 * that found nothing are counted apart, for who tries numbers and codes one after the other finds mostly nothing.
 */

const counters = new WeakMap<Database, Counter>()
type Charged = { readonly rule: QuotaRule; readonly who: string }
const charged = new WeakMap<FastifyRequest, Charged>()

function counterOf(app: Pick<App, 'db'>, request: FastifyRequest): Counter {
  let counter = counters.get(app.db)
  if (!counter) {
    counter = openCounter(app.db, error => request.log.error({ err: error }, 'counting requests failed'))
    counters.set(app.db, counter)
  }
  return counter
}

/** The quota of a caller: of a program the one it was registered with, of everybody else the one of their kind. */
export function quotaOf(app: Pick<App, 'law'>, actor: Actor): QuotaRule | undefined {
  const own = actor.quota === undefined ? undefined : app.law.quotas.get(actor.quota)
  if (own) return own
  const holder = holderOf(actor)
  return [...app.law.quotas.values()].find(rule => rule.holder === holder)
}

function holderOf({ id, roles }: Actor): QuotaRule['holder'] {
  if (id === 'anyone') return 'anyone'
  if (id.startsWith('program:')) return 'program'
  if (id.startsWith('token:')) return 'token'
  return roles.includes('subject') ? 'subject' : 'person'
}

/**
 * Counts a request and says in its answer what is left (draft-ietf-httpapi-ratelimit-headers, and the older `X-RateLimit-*`). Refuses
 * `rate.limited` (429) with `Retry-After` where the minute, the day or the answers that found nothing are used up.
 */
export async function chargeRequest(app: App, request: FastifyRequest, reply: FastifyReply, actor: Actor): Promise<void> {
  const rule = quotaOf(app, actor)
  if (!rule) return
  const who = actor.id === 'anyone' ? addressKey(app.keys, request.ip) : actor.id
  charged.set(request, { rule, who })
  const counter = counterOf(app, request)
  const now = app.now()
  const seconds = Math.ceil(60 - (now.getTime() % 60_000) / 1000)
  if (rule.misses !== null && counter.peek(missesOf(who, now, rule.misses)) >= rule.misses) throw tooMany(reply, seconds)
  const minute = counter.take({ who, span: 'minute', startsAt: minuteStart(now), most: rule.perMinute })
  const perMinute = minute instanceof Promise ? await minute : minute
  const used = [{ name: 'minute', most: rule.perMinute, width: 60, taken: perMinute, seconds }]
  if (perMinute.isWithin && rule.perDay !== null) {
    const { start, seconds: untilMidnight } = dayStart(now, legalDay(now, app.city.zone), app.city.zone)
    const day = counter.take({ who, span: 'day', startsAt: start, most: rule.perDay })
    const perDay = day instanceof Promise ? await day : day
    used.push({ name: 'day', most: rule.perDay, width: 86_400, taken: perDay, seconds: untilMidnight })
  }
  sayWhatIsLeft(reply, used)
  const over = used.find(one => !one.taken.isWithin)
  if (over) throw tooMany(reply, over.seconds)
}

type Used = {
  readonly name: string
  readonly most: number
  readonly width: number
  readonly taken: Taken
  readonly seconds: number
}

function sayWhatIsLeft(reply: FastifyReply, used: readonly Used[]): void {
  const [tightest] = [...used].sort((a, b) => a.taken.left - b.taken.left)
  if (!tightest) return
  reply.header('ratelimit-policy', used.map(one => `"${one.name}";q=${one.most};w=${one.width}`).join(', '))
  reply.header('ratelimit', used.map(one => `"${one.name}";r=${one.taken.left};t=${one.seconds}`).join(', '))
  reply.header('x-ratelimit-limit', tightest.most)
  reply.header('x-ratelimit-remaining', tightest.taken.left)
  reply.header('x-ratelimit-reset', tightest.seconds)
}

function tooMany(reply: FastifyReply, seconds: number): Refusal {
  reply.header('retry-after', seconds)
  return new Refusal('rate.limited', null, { seconds }, 429)
}

function missesOf(who: string, now: Date, most: number): Window {
  return { who: `misses ${who}`, span: 'minute', startsAt: minuteStart(now), most }
}

/** Counts answers that found nothing, and adds what was counted when the door closes. */
export function watchQuotas(http: FastifyInstance, app: App): void {
  http.addHook('onResponse', async (request, reply) => {
    const own = charged.get(request)
    if (reply.statusCode !== 404 || !own || own.rule.misses === null) return
    await counterOf(app, request).take(missesOf(own.who, app.now(), own.rule.misses))
  })
  http.addHook('onClose', async () => {
    await counters.get(app.db)?.flush()
  })
}
