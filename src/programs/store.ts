import { type Query, type Row, sql, type Tx } from '../db/database.ts'
import type { Algorithm } from './signing.ts'

export type ProgramRow = {
  readonly programId: number
  readonly name: string
  readonly unit: string
  readonly purpose: string
  readonly scopes: readonly string[]
  readonly quota: string
  readonly networks: readonly string[]
  readonly endsOn: string
  readonly proposedAt: Date
  readonly proposedBy: string
  readonly confirmedAt: Date | null
  readonly confirmedBy: string | null
  readonly closedAt: Date | null
}

export type KeyRow = {
  readonly keyId: string
  readonly programId: number
  readonly algorithm: Algorithm
  readonly fromAt: Date
  readonly untilAt: Date | null
  readonly madeAt: Date
  readonly madeBy: string
  readonly confirmedAt: Date | null
  readonly confirmedBy: string | null
  readonly revokedAt: Date | null
}

const PROGRAM = `program_id as "programId", name, unit, purpose, scopes, quota, networks, ends_on as "endsOn", proposed_at as "proposedAt",
  proposed_by as "proposedBy", confirmed_at as "confirmedAt", confirmed_by as "confirmedBy", closed_at as "closedAt"`
const KEY = `key_id as "keyId", program_id as "programId", algorithm, from_at as "fromAt", until_at as "untilAt", made_at as "madeAt",
  made_by as "madeBy", confirmed_at as "confirmedAt", confirmed_by as "confirmedBy", revoked_at as "revokedAt"`

export async function insertProgram(tx: Tx, row: Omit<ProgramRow, 'confirmedAt' | 'confirmedBy' | 'closedAt'>): Promise<void> {
  await tx.run(sql`insert into program (program_id, name, unit, purpose, scopes, quota, networks, ends_on, proposed_at, proposed_by)
    values (${row.programId}, ${row.name}, ${row.unit}, ${row.purpose}, ${row.scopes}, ${row.quota}, ${row.networks}, ${row.endsOn},
      ${row.proposedAt}, ${row.proposedBy})`)
}

/** A program, locked until the transaction ends. */
export async function lockProgram(tx: Tx, programId: number): Promise<ProgramRow | undefined> {
  return await tx.row<ProgramRow>({
    text: `select ${PROGRAM} from program where program_id = $1 for update`,
    values: [programId],
  })
}

export async function findProgram(query: Query, programId: number): Promise<ProgramRow | undefined> {
  return await query.row<ProgramRow>({
    name: 'find-program',
    text: `select ${PROGRAM} from program where program_id = $1`,
    values: [programId],
  })
}

/** Every program, open ones first; there are hundreds at most. */
export async function listPrograms(query: Query): Promise<ProgramRow[]> {
  return await query.rows<ProgramRow>({
    text: `select ${PROGRAM} from program order by closed_at is not null, unit, program_id`,
  })
}

/** Keys of these programs, oldest first, without their material. */
export async function listKeys(query: Query, programIds: readonly number[]): Promise<KeyRow[]> {
  return await query.rows<KeyRow>({
    text: `select ${KEY} from signing_key where program_id = any($1::bigint[]) order by made_at, key_id`,
    values: [programIds],
  })
}

export async function insertKey(tx: Tx, key: KeyRow & { readonly material: Buffer }): Promise<void> {
  await tx.run(sql`insert into signing_key (key_id, program_id, algorithm, material, from_at, until_at, made_at, made_by, confirmed_at, confirmed_by)
    values (${key.keyId}, ${key.programId}, ${key.algorithm}, ${key.material}, ${key.fromAt}, ${key.untilAt}, ${key.madeAt}, ${key.madeBy},
      ${key.confirmedAt}, ${key.confirmedBy})`)
}

export async function confirmProgramRow(tx: Tx, programId: number, at: Date, by: string): Promise<void> {
  await tx.run(
    sql`update program set confirmed_at = ${at}, confirmed_by = ${by} where program_id = ${programId} and confirmed_at is null`,
  )
}

/** Confirms every key that waits; their ids. */
export async function confirmKeyRows(tx: Tx, programId: number, at: Date, by: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    sql`update signing_key set confirmed_at = ${at}, confirmed_by = ${by} where program_id = ${programId} and confirmed_at is null and revoked_at is null
      returning key_id as id`,
  )
  return rows.map(row => row.id)
}

/** Closes a program; its tokens end with it. */
export async function closeProgramRow(tx: Tx, programId: number, at: Date, by: string): Promise<void> {
  await tx.run(sql`update program set closed_at = ${at}, closed_by = ${by} where program_id = ${programId}`)
  await tx.run(sql`delete from program_token where program_id = ${programId}`)
}

/** The same for every open program of a unit; how many. */
export async function closeProgramRowsOf(tx: Tx, unit: string, at: Date, by: string): Promise<number> {
  await tx.run(sql`delete from program_token t using program p where p.program_id = t.program_id and p.unit = ${unit}`)
  return await tx.run(sql`update program set closed_at = ${at}, closed_by = ${by} where unit = ${unit} and closed_at is null`)
}

/** Sets a key's last instant. */
export async function endKeyRow(tx: Tx, keyId: string, untilAt: Date): Promise<void> {
  await tx.run(sql`update signing_key set until_at = ${untilAt} where key_id = ${keyId}`)
}

/** Takes a key out at once, and the tokens that were got with it. */
export async function revokeKeyRow(tx: Tx, keyId: string, at: Date): Promise<void> {
  await tx.run(sql`update signing_key set revoked_at = ${at}, until_at = least(until_at, ${at}) where key_id = ${keyId}`)
  await tx.run(sql`delete from program_token where key_id = ${keyId}`)
}

export type NewToken = {
  readonly hash: Buffer
  readonly programId: number
  readonly keyId: string
  readonly scopes: readonly string[]
  readonly madeAt: Date
  readonly endsAt: Date
}

export async function insertToken(tx: Tx, token: NewToken): Promise<void> {
  await tx.run(sql`insert into program_token (token_hash, program_id, key_id, scopes, made_at, ends_at)
    values (${token.hash}, ${token.programId}, ${token.keyId}, ${token.scopes}, ${token.madeAt}, ${token.endsAt})`)
}

/** A program as it comes in: with the key it names, or without. */
export type Arrival = Row & {
  readonly programId: number
  readonly name: string
  readonly unit: string
  readonly scopes: readonly string[]
  readonly quota: string
  readonly networks: readonly string[]
  readonly keyId: string | null
  readonly algorithm: Algorithm | null
  readonly material: Buffer | null
}

const ARRIVAL = `p.program_id as "programId", p.name, p.unit, p.quota, p.networks, k.key_id as "keyId", k.algorithm, k.material`
/** A key in use: confirmed, of this program, and this instant lies in its term. */
const KEY_IN_USE =
  'k.confirmed_at is not null and k.revoked_at is null and k.from_at <= $1 and (k.until_at is null or k.until_at > $1)'
/** A program in use; that of an organisation which was closed is not. */
const OPEN = `p.confirmed_at is not null and p.closed_at is null and p.ends_on >= $2::date and coalesce((select o.state from organisation o
  where o.organisation_id = p.unit and o.decision = 'confirmed' order by o.version desc limit 1), 'open') = 'open'`

/** The open program of an access token, with its key of that id if it stands. Nothing is remembered: what is closed is closed at once. */
export async function findByToken(
  query: Query,
  hash: Buffer,
  keyId: string | null,
  at: Date,
  today: string,
): Promise<Arrival | undefined> {
  return await query.row<Arrival>({
    name: 'program-of-token',
    text: `select ${ARRIVAL}, array(select unnest(t.scopes) intersect select unnest(p.scopes)) as scopes
      from program_token t join program p using (program_id) left join signing_key k on k.key_id = $4 and k.program_id = p.program_id and ${KEY_IN_USE}
      where t.token_hash = $3 and t.ends_at > $1 and ${OPEN}`,
    values: [at, today, hash, keyId],
  })
}

/** The open program of a key that stands. */
export async function findByKey(query: Query, keyId: string, at: Date, today: string): Promise<Arrival | undefined> {
  return await query.row<Arrival>({
    name: 'program-of-key',
    text: `select ${ARRIVAL}, p.scopes from signing_key k join program p using (program_id)
      where k.key_id = $3 and ${KEY_IN_USE} and ${OPEN}`,
    values: [at, today, keyId],
  })
}
