import { type Actor, isProgram } from '../access/actor.ts'
import { look, requireReason, type TypedReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { resolveSubjects } from '../archive/links.ts'
import { type FactRow, factOf, factsOf } from '../archive/views.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { type Pledge, pledgesOn, templateDigest } from '../law/pledge.ts'
import { barsOf } from './commitment-bars.ts'
import { barOf } from './guards-commitments.ts'

/* Where one may promise what: the units' lists as everybody reads them, and as they stand for one subject. */

const EVER = new Date('9999-12-31T00:00:00Z')
const todayOf = (app: App) => legalDay(app.now(), app.city.zone)

const ofUnit = (app: App, unit: string | undefined): Pledge[] =>
  pledgesOn(app.law, todayOf(app)).filter(one => unit === undefined || one.unit === unit)

function matterView({ law }: App, one: Pledge) {
  const { id, unit, kind, name, type, replaces, inPlaceOf, greenChannel, closedTo, basis } = one
  return {
    ...{ matter: id, unit, unitName: law.units.get(unit)?.name ?? unit, kind, name, type: type.type, typeName: type.text },
    ...{ replaces: [...replaces], inPlaceOf, greenChannel, closedTo: [...closedTo], basis: [...basis] },
  }
}

/** Every matter that takes a commitment today, with the text in force. */
export function readMatters(app: App, unit: string | undefined) {
  const matters = ofUnit(app, unit).map(one => ({
    ...matterView(app, one),
    template: {
      ...{ id: one.template.template, name: one.template.name, edition: one.template.inForceFrom },
      ...{ digest: templateDigest(one.template), paragraphs: one.template.paragraphs.map(({ text }) => text) },
    },
  }))
  return { asOf: todayOf(app), matters }
}

type Wish = TypedReason & { readonly unit?: string | undefined }

/**
 * In which matters a subject may promise today and why not in the others: a look, registered as a check. Refuses `subject.unknown`,
 * `look.purpose-missing`.
 */
export async function readSubjectMatters(app: App, actor: Actor, subjectId: SubjectId, wish: Wish) {
  const reason = requireReason(wish)
  const known = await app.db.row(sql`select subject_id from subject where subject_id = ${subjectId}`)
  if (!known) throw new NotFound('subject.unknown')
  const request = { actor, outlet: isProgram(actor) ? 'api-check' : 'check', ...reason, shown: ['lists', 'commitments'] }
  const asOf = todayOf(app)
  // What one that was merged into it has broken is its own.
  const [group = [subjectId]] = (await resolveSubjects(app.db, [subjectId], { asOf, knownOn: EVER })).values()
  const { rows, receipt } = await look<FactRow>(app, request, group, factsOf(group, app.now()))
  const bars = barsOf(app.law, rows.map(factOf), asOf)
  const matters = ofUnit(app, wish.unit).map(one => {
    const bar = barOf(one, bars)
    const article = one.basis[0] === undefined ? '' : app.words.names.cite(one.basis[0])
    const why = bar && app.words.say(`commitment.barred-${bar}`, { matter: one.name, article })
    return { ...matterView(app, one), mayPromise: bar === null, why }
  })
  return { asOf, matters, receipt }
}
