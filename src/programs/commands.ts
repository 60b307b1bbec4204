import { isIP } from 'node:net'
import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { organisationOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { clientIdOf, LONGEST_YEARS, programState } from './model.ts'
import { scopesOpenTo } from './scopes.ts'
import * as store from './store.ts'

/* What people do with the registration of a program: one proposes, another confirms (system and security administrator), either closes. */

export type ProposedProgram = {
  readonly name: string
  readonly unit: string
  readonly purpose: string
  readonly scopes: readonly string[]
  readonly quota: string
  /** CIDR; empty: from anywhere. */
  readonly networks: readonly string[]
  readonly endsOn: Day
}

/**
 * Proposes a program of a unit; nothing comes in with it before it is confirmed. Refuses an unknown unit, a scope that the unit's kind may
 * not hold (`program.scope-not-open`), a quota that is none of a program's, a network that is none, a last day that is past or too far.
 */
export async function proposeProgram(
  app: App,
  actor: Actor,
  given: ProposedProgram,
): Promise<{ programId: number; clientId: string }> {
  const wanted = { ...given, name: maskResidentNumbers(given.name.trim()), purpose: maskResidentNumbers(given.purpose.trim()) }
  await requireSound(app, wanted)
  const programId = await app.ids.next()
  const { name: _, purpose: __, ...detail } = wanted
  await change(app, actor, { deed: 'program.propose', entity: `program:${programId}`, detail }, made =>
    store.insertProgram(made.tx, {
      ...wanted,
      programId,
      scopes: [...new Set(wanted.scopes)].sort(),
      proposedAt: made.at,
      proposedBy: actor.id,
    }),
  )
  return { programId, clientId: clientIdOf(programId) }
}

async function requireSound(app: App, wanted: ProposedProgram): Promise<void> {
  const unit = await organisationOf(app, wanted.unit)
  if (!unit?.isOpen) throw new Refusal('account.unit-unknown', null, { unit: wanted.unit }, 422)
  const open = scopesOpenTo(app, unit.kind)
  const foreign = wanted.scopes.find(scope => !open.some(known => known === scope))
  if (foreign !== undefined || wanted.scopes.length === 0)
    throw new Refusal('program.scope-not-open', null, { scope: foreign, open: open.join('、') }, 422)
  if (app.law.quotas.get(wanted.quota)?.holder !== 'program')
    throw new Refusal('program.quota-unknown', null, { quota: wanted.quota, known: programQuotas(app).join('、') }, 422)
  const malformed = wanted.networks.find(network => !isNetwork(network))
  if (malformed !== undefined) throw new Refusal('program.network-malformed', null, { network: malformed.slice(0, 60) }, 422)
  const today = legalDay(app.now(), app.city.zone)
  const last = `${Number(today.slice(0, 4)) + LONGEST_YEARS}${today.slice(4)}`
  if (wanted.endsOn < today || wanted.endsOn > last)
    throw new Refusal('program.end-out-of-range', null, { years: LONGEST_YEARS, today }, 422)
}

/** Ids of the quotas that a program may have. */
export function programQuotas(app: Pick<App, 'law'>): string[] {
  return [...app.law.quotas.values()].filter(quota => quota.holder === 'program').map(quota => quota.id)
}

function isNetwork(text: string): boolean {
  const [, base = '', bits = ''] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? []
  const family = isIP(base)
  return family > 0 && Number(bits) <= (family === 6 ? 128 : 32)
}

/**
 * Confirms a program with its keys that wait: `keyIds` are those that the confirmer was shown. Refuses `program.same-person` to whoever
 * proposed it or added one of these keys, `program.nothing-to-confirm`, and `program.changed` where others wait by now.
 */
export async function confirmProgram(app: App, actor: Actor, programId: number, keyIds: readonly string[]): Promise<void> {
  await change(app, actor, { deed: 'program.confirm', entity: `program:${programId}` }, async made => {
    const program = await lockOpen(made.tx, programId, made.today)
    const waiting = (await store.listKeys(made.tx, [programId])).filter(key => !key.confirmedAt && !key.revokedAt)
    if (program.confirmedAt && waiting.length === 0) throw new Refusal('program.nothing-to-confirm')
    const hands = [...(program.confirmedAt ? [] : [program.proposedBy]), ...waiting.map(key => key.madeBy)]
    if (hands.includes(actor.id)) throw new Refusal('program.same-person')
    const seen = new Set(keyIds)
    if (waiting.length !== seen.size || waiting.some(key => !seen.has(key.keyId))) throw new Refusal('program.changed')
    await store.confirmProgramRow(made.tx, programId, made.at, actor.id)
    made.tell({ keys: await store.confirmKeyRows(made.tx, programId, made.at, actor.id) })
  })
}

/** Closes a program for good: its tokens and signatures are refused from this instant. */
export async function closeProgram(app: App, actor: Actor, programId: number): Promise<void> {
  await change(app, actor, { deed: 'program.close', entity: `program:${programId}` }, async made => {
    const program = await store.lockProgram(made.tx, programId)
    if (!program || program.closedAt) throw new NotFound('program.unknown')
    await store.closeProgramRow(made.tx, programId, made.at, actor.id)
  })
}

/** Closes every program of a unit inside another change; how many were open. */
export async function closeProgramsOf(made: Change, unit: string): Promise<number> {
  return await store.closeProgramRowsOf(made.tx, unit, made.at, made.actor.id)
}

/** A program that may still be used, locked. Refuses one that is unknown, closed or over. */
export async function lockOpen(
  tx: Parameters<typeof store.lockProgram>[0],
  programId: number,
  today: Day,
): Promise<store.ProgramRow> {
  const program = await store.lockProgram(tx, programId)
  if (!program) throw new NotFound('program.unknown')
  const state = programState(program, today)
  if (state === 'closed' || state === 'ended') throw new Refusal('program.over', null, { day: program.endsOn })
  return program
}
