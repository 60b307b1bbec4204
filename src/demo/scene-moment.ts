import type { App } from '../app.ts'
import { addDays, type Day, legalDay } from '../base/day.ts'
import { previousWorkingDay } from '../law/calendar.ts'
import { pledgeOf, templateDigest } from '../law/pledge.ts'
import type { Deed, SceneDay } from './scene-model.ts'

/* When an act of a scene is done, and what is filled in on that day. */

/** The same platform at the moment of an act. `at`: the scene's number, so that no two acts are at the same minute. */
export function atMoment(app: App, ago: number, at: number): App {
  const moment = momentOf(app, ago, at)
  return { ...app, now: () => moment }
}

/** Ten in the morning so many working days ago, a minute later for each further scene; now where it is today. */
export function momentOf(app: App, ago: number, at: number): Date {
  return ago === 0 ? app.now() : new Date(Date.parse(`${dayOf(app, { ago })}T02:00:00Z`) + at * 60_000)
}

/** A day of a scene, counted from the city's last day. */
export function dayOf(app: App, when: SceneDay): Day {
  let on: Day = legalDay(app.now(), app.city.zone)
  if ('ahead' in when) return addDays(on, when.ahead)
  for (let back = 0; back < when.ago; back += 1) {
    const before = previousWorkingDay(app.law.calendar, on)
    // Of a year whose notice is not held, any day is as good as another.
    on = typeof before === 'string' ? before : addDays(on, -1)
  }
  return on
}

/** What an act fills in: days by the calendar; of a commitment the digest of the text that is signed on its day. `app` as it is today. */
export function filledOf(app: App, { ago, fields = {} }: Pick<Deed, 'ago' | 'fields'>): Record<string, string> {
  const filled = Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, typeof value === 'string' ? value : dayOf(app, value)]),
  )
  const pledge = pledgeOf(app.law, filled['matter'], dayOf(app, { ago }))
  return pledge ? { ...filled, digest: templateDigest(pledge.template) } : filled
}
