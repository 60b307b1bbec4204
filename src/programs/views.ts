import type { Actor } from '../access/actor.ts'
import { actorNames } from '../access/actor-name.ts'
import { organisationsOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { addDays, legalDay } from '../base/day.ts'
import { NotFound } from '../base/refusal.ts'
import type { ProgramView } from './contract.ts'
import { actorIdOf, clientIdOf, keyState, programState } from './model.ts'
import { findProgram, type KeyRow, listKeys, listPrograms, type ProgramRow } from './store.ts'

const USAGE_DAYS = 30

type Own = Omit<ProgramView, 'proposedAt' | 'proposedBy' | 'confirmedAt' | 'confirmedBy' | 'closedAt' | 'usage' | 'mayConfirm'>
type Names = ReadonlyMap<string, string>

/** Every program with its keys and how often it asked, for the administrators and the auditor. */
export async function viewPrograms(app: App, actor: Actor): Promise<ProgramView[]> {
  const programs = await listPrograms(app.db)
  const ids = programs.map(program => program.programId)
  const keys = Map.groupBy(await listKeys(app.db, ids), key => key.programId)
  const names = await namesOf(app, [
    ...programs.flatMap(program => [program.proposedBy, program.confirmedBy]),
    ...[...keys.values()].flat().flatMap(key => [key.madeBy, key.confirmedBy]),
  ])
  const usage = await usageOf(app, ids)
  const units = await organisationsOf(
    app,
    programs.map(program => program.unit),
  )
  return programs.map(program => {
    const own = keys.get(program.programId) ?? []
    const waiting = own.filter(key => keyState(key, app.now()) === 'waiting')
    const hands = [...(program.confirmedAt ? [] : [program.proposedBy]), ...waiting.map(key => key.madeBy)]
    const view = ownView(app, program, own, { names, units })
    return {
      ...view,
      proposedAt: program.proposedAt.toISOString(),
      proposedBy: names.get(program.proposedBy) ?? null,
      confirmedAt: program.confirmedAt?.toISOString() ?? null,
      confirmedBy: names.get(program.confirmedBy ?? '') ?? null,
      closedAt: program.closedAt?.toISOString() ?? null,
      usage: usage.get(actorIdOf(program.programId)) ?? [],
      mayConfirm: (view.state === 'proposed' || view.state === 'open') && hands.length > 0 && !hands.includes(actor.id),
    }
  })
}

/** What a program sees of itself. */
export async function viewOwn(app: App, programId: number): Promise<Own> {
  const program = await findProgram(app.db, programId)
  if (!program) throw new NotFound('program.unknown')
  const units = await organisationsOf(app, [program.unit])
  return ownView(app, program, await listKeys(app.db, [programId]), { names: new Map(), units })
}

type Known = { readonly names: Names; readonly units: ReadonlyMap<string, { readonly name: string }> }

function ownView(app: App, program: ProgramRow, keys: readonly KeyRow[], { names, units }: Known): Own {
  const at = app.now()
  return {
    programId: program.programId,
    clientId: clientIdOf(program.programId),
    name: program.name,
    unit: program.unit,
    unitName: units.get(program.unit)?.name ?? program.unit,
    purpose: program.purpose,
    scopes: [...program.scopes],
    scopeNames: program.scopes.map(scope => scopeName(app, scope)),
    quota: program.quota,
    quotaName: app.law.quotas.get(program.quota)?.name ?? program.quota,
    networks: [...program.networks],
    endsOn: program.endsOn,
    state: programState(program, legalDay(at, app.city.zone)),
    keys: keys.map(key => ({
      keyId: key.keyId,
      algorithm: key.algorithm,
      state: keyState(key, at),
      fromAt: key.fromAt.toISOString(),
      untilAt: key.untilAt?.toISOString() ?? null,
      madeAt: key.madeAt.toISOString(),
      madeBy: names.get(key.madeBy) ?? null,
      confirmedBy: names.get(key.confirmedBy ?? '') ?? null,
    })),
  }
}

/** What a scope lets a program do, in words. */
export function scopeName({ law }: Pick<App, 'law'>, scope: string): string {
  return law.permissions.get(scope)?.name ?? scope
}

async function namesOf(app: App, actors: readonly (string | null)[]): Promise<Names> {
  const known = [...new Set(actors.filter(actor => actor !== null))]
  const names = await actorNames(app.db, known)
  return new Map(known.map(id => [id, names.get(id) ?? id]))
}

async function usageOf(app: App, programIds: readonly number[]): Promise<Map<string, ProgramView['usage']>> {
  const first = addDays(legalDay(app.now(), app.city.zone), 1 - USAGE_DAYS)
  const rows = await app.db.rows<{ who: string; day: string; count: number }>({
    text: `select who, to_char(starts_at at time zone $3, 'YYYY-MM-DD') as day, count from quota_count
      where who = any($1) and span = 'day' and starts_at >= $2::date::timestamp at time zone $3 order by who, starts_at`,
    values: [programIds.map(actorIdOf), first, app.city.zone],
  })
  const usage = new Map<string, ProgramView['usage']>()
  for (const { who, day, count } of rows) usage.set(who, [...(usage.get(who) ?? []), { day, count }])
  return usage
}
