import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { NotAllowed } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { maskPersonName } from '../disclosure/mask.ts'
import { serve } from '../http/serve.ts'
import { change } from './change.ts'
import * as doors from './contract.ts'
import { countOwn, type LookEntry, listEntries, ownEntries, placeText, readPlace, verifiedUntil } from './looks.ts'

const THIRTY_DAYS_MS = 30 * 24 * 3600 * 1000

/** The doors of the register of looks: the auditor's, whose reading is an act itself, and the subject's own. */
export function bindLooks(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listLooks, async ({ actor, query }) => {
    const { before, limit, ...filter } = query
    const place = readPlace(before)
    // Reading and its entry are one transaction: what cannot be entered is not read.
    return await change(app, actor, { deed: 'look.audit', entity: 'looks', detail: { ...filter, limit } }, async made => {
      const entries = await listEntries(made.tx, filter, place, limit)
      const until = await verifiedUntil(made.tx)
      made.tell({ read: entries.length })
      return {
        looks: entries.map(entry => lookView(app, entry)),
        next: nextOf(entries, limit),
        verifiedUntil: until?.toISOString() ?? null,
      }
    })
  })
  serve(http, app, doors.listOwnLooks, async ({ actor, query }) => {
    if (actor.subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'look.read-own' })
    const place = readPlace(query.before)
    const entries = await app.db.rows<LookEntry & Row>(ownEntries(actor.subjectId, place, query.limit))
    const last30Days = await countOwn(app.db, actor.subjectId, new Date(app.now().getTime() - THIRTY_DAYS_MS))
    const looks = entries.map(entry => {
      const { actor: _, subjectId: __, subjectName: ___, ...view } = lookView(app, entry)
      return view
    })
    return { looks, next: nextOf(entries, query.limit), last30Days }
  })
}

function nextOf(entries: readonly LookEntry[], limit: number): string | null {
  const last = entries.at(-1)
  return last && entries.length === limit ? placeText(last) : null
}

function lookView(app: App, entry: LookEntry) {
  const { subjectName } = entry
  return {
    lookId: entry.lookId,
    at: entry.at.toISOString(),
    subjectId: entry.subjectId,
    subjectName: subjectName !== null && entry.subjectKind === 'natural-person' ? maskPersonName(subjectName) : subjectName,
    unitName: entry.unit === null ? null : (app.law.units.get(entry.unit)?.name ?? entry.unit),
    actor: entry.actor,
    outlet: entry.outlet,
    purpose: entry.purpose,
    businessNo: entry.businessNo,
    basis: entry.basis,
    shown: [...entry.shown],
    receipt: entry.receipt,
    found: entry.subjectId !== null,
  }
}
