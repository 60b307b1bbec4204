import { type Actor, ANYONE, SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { readConfig } from '../config.ts'
import { FIRST_START, readKeys } from '../crypto/key-file.ts'
import { readMasters } from '../crypto/master-key.ts'
import { type Query, sql } from '../db/database.ts'
import { hasDatabase } from '../db/server.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { type KeysDesk, masterFolderOf } from './keys-desk.ts'
import { dataDirOf, openPlatform, openPlatformApp } from './open-platform.ts'
import { silent } from './say.ts'

/*
 * Keys in the log: which there are, who made them, when one was put under another master key, told otherwise or went. The folder is compared with
 * what the log knows, after each command and at each start: a key made before there was a database is entered then, and one that was moved by hand is, too.
 */

/** A key as its file tells, without its secret: instants as ISO in UTC, in whoever made it ID numbers masked. */
export type HeldKey = {
  readonly id: string
  readonly kind: 'key' | 'master-key'
  readonly purpose: string | null
  readonly suite: string
  readonly madeAt: string
  readonly madeBy: string
  readonly useFrom: string | null
  readonly wrappedBy: string | null
}

/** A key as the log knows it. */
export type KnownKey = HeldKey & { readonly isGone: boolean }

/** What the log knew otherwise of a key, by column. */
export type Before = Readonly<Record<string, string | null>>

export type KeyChange =
  | { readonly deed: 'key.make'; readonly key: HeldKey }
  /** Seen again after it was gone: brought back from a backup. */
  | { readonly deed: 'key.return'; readonly key: HeldKey; readonly before: Before }
  | { readonly deed: 'key.wrap'; readonly key: HeldKey; readonly before: Before }
  /** The file of a known id tells another purpose, suite, use or maker: no command does that. */
  | { readonly deed: 'key.change'; readonly key: HeldKey; readonly before: Before }
  /** By an operator's command it is retired; at a start it is found gone. */
  | { readonly deed: 'key.gone'; readonly id: string }

/** What is compared: all that the register holds of a key's file. */
const COLUMNS = ['kind', 'purpose', 'suite', 'madeAt', 'madeBy', 'useFrom', 'wrappedBy'] as const

/** What the log does not know yet, master keys first. */
export function keyChanges(held: readonly HeldKey[], known: readonly KnownKey[]): KeyChange[] {
  const byId = new Map(known.map(key => [key.id, key]))
  const found = held.flatMap((key): KeyChange[] => {
    const before = byId.get(key.id)
    if (!before) return [{ deed: 'key.make', key }]
    const other = COLUMNS.filter(column => before[column] !== key[column])
    const told = { key, before: Object.fromEntries(other.map(column => [column, before[column]])) }
    if (before.isGone) return [{ deed: 'key.return', ...told }]
    if (other.length === 0) return []
    return [{ deed: other.every(column => column === 'wrappedBy') ? 'key.wrap' : 'key.change', ...told }]
  })
  const ids = new Set(held.map(key => key.id))
  const gone = known.filter(key => !key.isGone && !ids.has(key.id))
  return [...found, ...gone.map(({ id }) => ({ deed: 'key.gone', id }) as const)]
}

export type KeyFolders = { readonly keyDir: string; readonly masterDir: string }

async function readHeld({ keyDir, masterDir }: KeyFolders): Promise<HeldKey[]> {
  const masters = (await readMasters(masterDir)).map(
    ({ id, suite, madeAt, madeBy }): HeldKey => ({
      ...{ id, suite, madeAt: instant(madeAt), madeBy: maskResidentNumbers(madeBy) },
      kind: 'master-key',
      purpose: null,
      useFrom: null,
      wrappedBy: null,
    }),
  )
  const keys = (await readKeys(keyDir, masterDir)).map(
    ({ id, purpose, suite, madeAt, madeBy, useFrom, wrappedBy }): HeldKey => ({
      ...{
        id,
        purpose,
        suite,
        madeAt: instant(madeAt),
        madeBy: maskResidentNumbers(madeBy),
        useFrom: instant(useFrom),
        wrappedBy,
      },
      kind: 'key',
    }),
  )
  return [...masters, ...keys]
}

const instant = (at: string | Date): string => new Date(at).toISOString()

type Registered = Omit<KnownKey, 'madeAt' | 'useFrom'> & { readonly madeAt: Date; readonly useFrom: Date | null }

async function readKnown(query: Query): Promise<KnownKey[]> {
  const rows =
    await query.rows<Registered>(sql`select key_id as id, kind, purpose, suite, made_at as "madeAt", made_by as "madeBy", use_from as "useFrom",
    wrapped_by as "wrappedBy", gone_at is not null as "isGone" from key_register`)
  return rows.map(row => ({ ...row, madeAt: instant(row.madeAt), useFrom: row.useFrom && instant(row.useFrom) }))
}

/** Who acts at the terminal, and what his acts tell beside it. */
export type Operator = { readonly actor: Actor; readonly named: { readonly namedAccount?: string } }

const PLATFORM: Operator = { actor: SYSTEM, named: {} }

/**
 * Whoever stands at the terminal, by the name he gave, ID numbers masked. Nobody proves there to be the owner of an account: one of that login is
 * told beside the act and never does it.
 */
export async function operatorOf(query: Query, by: string): Promise<Operator> {
  const name = maskResidentNumbers(by)
  const account = await query.row<{ id: number }>(
    sql`select account_id as id from account where login = ${by} and closed_at is null and unit <> 'subject'`,
  )
  return {
    actor: { ...ANYONE, id: `operator:${name}`, name },
    named: account ? { namedAccount: `account:${account.id}` } : {},
  }
}

/**
 * Enters into the log what the folders hold and it does not know: each key made by whom its file names, everything else by `operator`, at a start
 * by the platform itself. How many acts that took; with nothing new, none.
 */
export async function enterKeys(app: App, folders: KeyFolders, operator: Operator = PLATFORM): Promise<number> {
  const changes = keyChanges(await readHeld(folders), await readKnown(app.db))
  for (const one of changes) {
    const { actor, named } = one.deed === 'key.make' ? await makerOf(app.db, one.key) : operator
    const deed = one.deed === 'key.gone' && operator !== PLATFORM ? 'key.retire' : one.deed
    await change(app, actor, { deed, entity: 'keys', detail: { ...detailOf(one), ...named } }, made => keep(made, one))
  }
  return changes.length
}

/** No command takes the platform's own mark as a name: a file that bears it was made by a first start. */
async function makerOf(query: Query, { madeBy }: HeldKey): Promise<Operator> {
  return madeBy === FIRST_START ? PLATFORM : await operatorOf(query, madeBy)
}

function detailOf(one: KeyChange): Readonly<Record<string, unknown>> {
  if (one.deed === 'key.gone') return { keyId: one.id }
  const { id, kind, purpose, suite, madeAt, useFrom, wrappedBy } = one.key
  const detail = { keyId: id, kind, purpose, suite, madeAt, useFrom, wrappedBy }
  if (one.deed === 'key.make') return detail
  if (one.deed === 'key.wrap') return { ...detail, wrappedBefore: one.before['wrappedBy'] }
  // A register from before ID numbers were masked may hold one.
  const { madeBy, ...before } = one.before
  const all = madeBy ? { ...before, madeBy: maskResidentNumbers(madeBy) } : before
  return Object.keys(all).length > 0 ? { ...detail, before: all } : detail
}

/** Two at once, a start and a command, find the same: the register holds it once, and the second act says that it was known. */
async function keep({ tx, at, actId, tell }: Change, one: KeyChange): Promise<void> {
  let kept: number
  if (one.deed === 'key.make') {
    const { id, kind, purpose, suite, madeAt, madeBy, useFrom, wrappedBy } = one.key
    kept =
      await tx.run(sql`insert into key_register (key_id, kind, purpose, suite, made_at, made_by, use_from, wrapped_by, entered_at, act_id)
      values (${id}, ${kind}, ${purpose}, ${suite}, ${madeAt}, ${madeBy}, ${useFrom}, ${wrappedBy}, ${at}, ${actId}) on conflict do nothing`)
  } else if (one.deed === 'key.gone')
    kept = await tx.run(
      sql`update key_register set gone_at = ${at}, act_id = ${actId} where key_id = ${one.id} and gone_at is null`,
    )
  else {
    const { id, kind, purpose, suite, madeAt, madeBy, useFrom, wrappedBy } = one.key
    kept =
      await tx.run(sql`update key_register set kind = ${kind}, purpose = ${purpose}, suite = ${suite}, made_at = ${madeAt}, made_by = ${madeBy},
      use_from = ${useFrom}, wrapped_by = ${wrappedBy}, gone_at = null, act_id = ${actId}
      where key_id = ${id} and (gone_at is not null or (kind, purpose, suite, made_at, made_by, use_from, wrapped_by) is distinct from
        (${kind}, ${purpose}, ${suite}, ${madeAt}::timestamptz, ${madeBy}, ${useFrom}::timestamptz, ${wrappedBy}))`)
  }
  if (kept === 0) tell({ wasKnown: true })
}

/** After a command on the platform's own key folder: enters what it did, or says that the next start will. */
export async function enterAfter(desk: KeysDesk, by: string): Promise<void> {
  const config = readConfig()
  if (!config.databaseUrl && !hasDatabase(dataDirOf(config))) {
    desk.out(desk.words.say('keys.entered-later'))
    return
  }
  try {
    await withKeysApp(async app => {
      const acts = await enterKeys(app, foldersOf(desk), await operatorOf(app.db, by))
      desk.out(desk.words.say('keys.entered', { count: acts }))
    })
  } catch (error) {
    const reason = error instanceof Refusal ? desk.words.say(error.code, error.facts) : String((error as Error).message)
    desk.out(desk.words.say('keys.entered-later-because', { reason }))
  }
}

export const foldersOf = (desk: KeysDesk): KeyFolders => ({ keyDir: desk.folder, masterDir: masterFolderOf(desk) })

/** Beside a running platform, or with the database started for the time of the work. */
async function withKeysApp(work: (app: App) => Promise<void>): Promise<void> {
  const config = readConfig()
  const platform = await openPlatform(config, silent, { join: true })
  try {
    const app = await openPlatformApp(config, platform, { poolSize: 2 })
    try {
      await work(app)
    } finally {
      await app.close()
    }
  } finally {
    await platform.stop()
  }
}
