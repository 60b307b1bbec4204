import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { serve } from '../http/serve.ts'
import { change } from './change.ts'
import * as doors from './contract.ts'
import { keptReason } from './look.ts'
import { auditedLook, namedIn, nextOf, readOwnLooks, unitsNamed } from './look-views.ts'
import { listEntries, readPlace, verifiedUntil } from './looks.ts'

/** The doors of the register of looks: the auditor's, whose reading is an act itself, and the subject's own. */
export function bindLooks(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listLooks, async ({ actor, query }) => {
    const { before, limit, ...asked } = query
    const { zone } = app.city
    const filter = keptReason(app, asked, app.now())
    const units = asked.unit === undefined ? undefined : await unitsNamed(app, asked.unit)
    const place = readPlace(before)
    // Reading and its entry are one transaction: what cannot be entered is not read.
    return await change(app, actor, { deed: 'look.audit', entity: 'looks', detail: { ...filter, limit } }, async made => {
      const entries = await listEntries(made.tx, { ...filter, units }, place, limit, { today: legalDay(made.at, zone), zone })
      const named = await namedIn(app, entries, null)
      const until = await verifiedUntil(made.tx)
      made.tell({ read: entries.length })
      return {
        looks: entries.map(entry => auditedLook(app, named, entry)),
        next: nextOf(entries, limit),
        verifiedUntil: until?.toISOString() ?? null,
      }
    })
  })
  serve(http, app, doors.listOwnLooks, ({ actor, query }) => readOwnLooks(app, actor, query))
}
