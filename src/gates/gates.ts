import type { Actor } from '../access/actor.ts'
import { actorNameSql } from '../access/actor-name.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { addMonths, type Day, day, legalDay } from '../base/day.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { type Query, type Row, sql } from '../db/database.ts'
import type { GatedFunction } from '../law/access-model.ts'
import { cite } from '../law/citation.ts'
import { basisOf, type Law } from '../law/law.ts'
import { keptTyped } from '../validation/typed-text.ts'
import type { GateView } from './contract.ts'

/*
 * Functions of the T3 rows are registered and nothing more. A switch is opened by a legal basis, an impact assessment (PIPL 55, 56) and the
 * sign-off of another person, which is published; it closes on its day by itself, because open is computed from dates.
 */

/** What may carry such a function: 国办发〔2020〕49号 asks for law, regulation or a central document. */
const HIGH_ENOUGH: ReadonlySet<string> = new Set(['law', 'regulation', 'central-policy'])
/** No sign-off stands for longer. */
const LONGEST_MONTHS = 12

export type Assessed = {
  readonly basis: string
  readonly purpose: string
  readonly necessity: string
  readonly effects: string
  readonly measures: string
}

export function gatedFunction(law: Pick<Law, 'gated'>, row: string): GatedFunction {
  const found = law.gated.find(one => one.row === row)
  if (!found) throw new NotFound('gate.unknown')
  return found
}

function typed(app: App, text: string): string {
  return keptTyped(app.law, text, legalDay(app.now(), app.city.zone))
}

/** Records an assessment. Refuses `gate.unknown`, `gate.basis-unknown`, `gate.basis-too-low`, `text.prohibited`. */
export async function recordAssessment(app: App, actor: Actor, row: string, given: Assessed): Promise<number> {
  gatedFunction(app.law, row)
  const found = basisOf(app.law, given.basis)
  if (!found || found.article === null) throw new Refusal('gate.basis-unknown', null, {}, 422)
  if (!HIGH_ENOUGH.has(found.instrument.level))
    throw new Refusal('gate.basis-too-low', null, { title: found.instrument.title }, 422)
  const [purpose, necessity, effects, measures] = [given.purpose, given.necessity, given.effects, given.measures].map(text =>
    typed(app, text),
  )
  const assessmentId = await app.ids.next()
  const detail = { row, basis: given.basis }
  await change(app, actor, { deed: 'gate.assess', entity: `gate:${row}`, detail }, async ({ tx, at, actId }) => {
    await tx.run(sql`insert into impact_assessment (assessment_id, function_row, basis, purpose, necessity, effects, measures, author, author_unit, made_at, act_id)
      values (${assessmentId}, ${row}, ${given.basis}, ${purpose}, ${necessity}, ${effects}, ${measures}, ${actor.id}, ${actor.unit}, ${at}, ${actId})`)
  })
  return assessmentId
}

/** Another person signs. Refuses `gate.assessment-unknown`, `gate.own-assessment`, `gate.signed-before`. */
export async function signAssessment(app: App, actor: Actor, assessmentId: number, statement: string): Promise<void> {
  const said = typed(app, statement)
  await change(app, actor, { deed: 'gate.sign', entity: `assessment:${assessmentId}` }, async made => {
    const found = await made.tx.row<{ row: string; author: string }>(
      sql`select function_row as row, author from impact_assessment where assessment_id = ${assessmentId}`,
    )
    if (!found) throw new NotFound('gate.assessment-unknown')
    if (found.author === actor.id) throw new Refusal('gate.own-assessment', null, {}, 403)
    const signed =
      await made.tx.run(sql`insert into gate_sign_off (assessment_id, function_row, author, signed_by, signer_unit, statement, signed_at, act_id)
      values (${assessmentId}, ${found.row}, ${found.author}, ${actor.id}, ${actor.unit}, ${said}, ${made.at}, ${made.actId}) on conflict do nothing`)
    if (signed === 0) throw new Refusal('gate.signed-before')
  })
}

/** Opens a switch and publishes the sign-off with it, in one change. Nothing acts on it. */
export async function openGate(
  app: App,
  actor: Actor,
  row: string,
  { assessmentId, validUntil }: { readonly assessmentId: number; readonly validUntil: string },
): Promise<number> {
  gatedFunction(app.law, row)
  const until = day(validUntil)
  const gateId = await app.ids.next()
  await change(app, actor, { deed: 'gate.open', entity: `gate:${row}`, detail: { assessmentId, until } }, async made => {
    const { tx, at, today, actId } = made
    if (until < today) throw new Refusal('gate.until-past', null, {}, 422)
    if (until > addMonths(today, LONGEST_MONTHS)) throw new Refusal('gate.until-too-far', null, { months: LONGEST_MONTHS }, 422)
    await tx.run(sql`select pg_advisory_xact_lock(734, hashtext(${row}))`)
    if (await findOpen(tx, row, today)) throw new Refusal('gate.already-open')
    const signed = await tx.row(sql`select from gate_sign_off where assessment_id = ${assessmentId} and function_row = ${row}`)
    if (!signed) throw new Refusal('gate.not-signed', 'pipl#55')
    await tx.run(sql`insert into gate (gate_id, function_row, assessment_id, opened_by, opened_at, valid_from, valid_until, act_id)
      values (${gateId}, ${row}, ${assessmentId}, ${actor.id}, ${at}, ${today}, ${until}, ${actId})`)
    await tx.run(sql`insert into pub.gate (gate_id, function_row, basis, purpose, necessity, effects, measures, author_unit, signer_unit, statement, signed_at, valid_from, valid_until)
      select ${gateId}::bigint, a.function_row, a.basis, a.purpose, a.necessity, a.effects, a.measures, a.author_unit, s.signer_unit, s.statement, s.signed_at, ${today}::date, ${until}::date
      from impact_assessment a join gate_sign_off s using (assessment_id) where a.assessment_id = ${assessmentId}`)
  })
  return gateId
}

/** Closes a switch before its day. Refuses `gate.not-open`. */
export async function closeGate(app: App, actor: Actor, row: string, reason: string): Promise<void> {
  gatedFunction(app.law, row)
  const said = typed(app, reason)
  await change(app, actor, { deed: 'gate.close', entity: `gate:${row}` }, async ({ tx, at, today, actId }) => {
    await tx.run(sql`select pg_advisory_xact_lock(734, hashtext(${row}))`)
    const open = await findOpen(tx, row, today)
    if (!open) throw new Refusal('gate.not-open')
    await tx.run(
      sql`insert into gate_end (gate_id, ended_at, ended_by, reason, act_id) values (${open.gateId}, ${at}, ${actor.id}, ${said}, ${actId})`,
    )
    await tx.run(sql`update pub.gate set ended_at = ${at} where gate_id = ${open.gateId}`)
  })
}

type OpenGate = { readonly gateId: number; readonly validFrom: Day; readonly validUntil: Day }

/** The switch of a row that is open on a day: from its first day to its last, unless somebody closed it. No job closes it. */
export async function findOpen(query: Query, row: string, today: Day): Promise<OpenGate | undefined> {
  return await query.row<
    OpenGate & Row
  >(sql`select gate_id as "gateId", valid_from as "validFrom", valid_until as "validUntil" from gate g
    where function_row = ${row} and valid_from <= ${today} and valid_until >= ${today}
      and not exists (select from gate_end e where e.gate_id = g.gate_id) order by gate_id desc limit 1`)
}

type AssessmentRow = Row & {
  readonly assessmentId: number
  readonly row: string
  readonly author: string
  readonly madeAt: Date
  readonly authorName: string | null
  readonly signedBy: string | null
  readonly signedAt: Date | null
  readonly statement: string | null
} & Assessed

/** The register: every function, its switch, its assessments. */
export async function listGates(app: App, actor: Actor): Promise<GateView[]> {
  const today = legalDay(app.now(), app.city.zone)
  const rows = await app.db.rows<AssessmentRow>({
    name: 'list-assessments',
    text: `select m.assessment_id as "assessmentId", m.function_row as row, m.basis, m.purpose, m.necessity, m.effects, m.measures, m.author, m.made_at as "madeAt",
        ${actorNameSql('m.author')} as "authorName", ${actorNameSql('s.signed_by')} as "signedBy", s.signed_at as "signedAt", s.statement
      from impact_assessment m left join gate_sign_off s using (assessment_id) order by m.assessment_id desc`,
  })
  const views: GateView[] = []
  for (const { row, name, does, source, built } of app.law.gated) {
    const open = await findOpen(app.db, row, today)
    views.push({
      row,
      name,
      does,
      source,
      built,
      isOpen: open !== undefined,
      gateId: open?.gateId ?? null,
      validFrom: open?.validFrom ?? null,
      validUntil: open?.validUntil ?? null,
      assessments: rows.filter(one => one.row === row).map(one => assessmentView(app, actor, one)),
    })
  }
  return views
}

function assessmentView(app: App, actor: Actor, row: AssessmentRow): GateView['assessments'][number] {
  const { assessmentId, basis, purpose, necessity, effects, measures, statement } = row
  return {
    ...{ assessmentId, basis, purpose, necessity, effects, measures, statement },
    basisTitle: cite(app.law, basis),
    authorName: row.authorName ?? row.author,
    madeAt: row.madeAt.toISOString(),
    signedBy: row.signedBy,
    signedAt: row.signedAt?.toISOString() ?? null,
    maySign: row.signedAt === null && row.author !== actor.id,
  }
}
