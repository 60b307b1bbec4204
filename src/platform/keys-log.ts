import { type Actor, ANYONE, SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { readConfig } from '../config.ts'
import { FIRST_START, readKeys } from '../crypto/key-file.ts'
import { readMasters } from '../crypto/master-key.ts'
import { type Query, sql } from '../db/database.ts'
import { hasDatabase } from '../db/server.ts'
import { type KeysDesk, masterFolderOf } from './keys-desk.ts'
import { dataDirOf, openPlatform, openPlatformApp } from './open-platform.ts'
import { silent } from './say.ts'

/*
 * Keys in the log: which there are, who made them, when one was put under another master key or went. The folder is compared with what the log
 * knows, after each command and at each start: a key made before there was a database is entered then, and one that was moved by hand is, too.
 */

/** A key as its file tells, without its secret. */
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
export type KnownKey = Pick<HeldKey, 'id' | 'wrappedBy'> & { readonly isGone: boolean }

export type KeyChange =
  | { readonly deed: 'key.make'; readonly key: HeldKey }
  /** Seen again after it was gone: brought back from a backup. */
  | { readonly deed: 'key.return'; readonly key: HeldKey }
  | { readonly deed: 'key.wrap'; readonly key: HeldKey; readonly from: string | null }
  /** By an operator's command it is retired; at a start it is found gone. */
  | { readonly deed: 'key.gone'; readonly id: string }

/** What the log does not know yet, master keys first. */
export function keyChanges(held: readonly HeldKey[], known: readonly KnownKey[]): KeyChange[] {
  const byId = new Map(known.map(key => [key.id, key]))
  const found = held.flatMap((key): KeyChange[] => {
    const before = byId.get(key.id)
    if (!before) return [{ deed: 'key.make', key }]
    if (before.isGone) return [{ deed: 'key.return', key }]
    return before.wrappedBy === key.wrappedBy ? [] : [{ deed: 'key.wrap', key, from: before.wrappedBy }]
  })
  const ids = new Set(held.map(key => key.id))
  const gone = known.filter(key => !key.isGone && !ids.has(key.id))
  return [...found, ...gone.map(({ id }) => ({ deed: 'key.gone', id }) as const)]
}

export type KeyFolders = { readonly keyDir: string; readonly masterDir: string }

async function readHeld({ keyDir, masterDir }: KeyFolders): Promise<HeldKey[]> {
  const masters = (await readMasters(masterDir)).map(
    ({ id, suite, madeAt, madeBy }): HeldKey => ({
      ...{ id, suite, madeAt, madeBy },
      kind: 'master-key',
      purpose: null,
      useFrom: null,
      wrappedBy: null,
    }),
  )
  const keys = (await readKeys(keyDir, masterDir)).map(
    ({ id, purpose, suite, madeAt, madeBy, useFrom, wrappedBy }): HeldKey => ({
      ...{ id, purpose, suite, madeAt, madeBy, useFrom, wrappedBy },
      kind: 'key',
    }),
  )
  return [...masters, ...keys]
}

async function readKnown(query: Query): Promise<KnownKey[]> {
  return await query.rows<KnownKey>(
    sql`select key_id as id, wrapped_by as "wrappedBy", gone_at is not null as "isGone" from key_register`,
  )
}

/** Whoever stands at the terminal: the account of that login, else by the name given. */
export async function operatorOf(query: Query, by: string): Promise<Actor> {
  if (by === FIRST_START) return SYSTEM
  const account = await query.row<{ id: number; name: string; unit: string }>(
    sql`select account_id as id, name, unit from account where login = ${by} and closed_at is null and unit <> 'subject'`,
  )
  if (!account) return { ...ANYONE, id: `operator:${by}`, name: by }
  return { ...ANYONE, id: `account:${account.id}`, name: account.name, unit: account.unit }
}

/**
 * Enters into the log what the folders hold and it does not know: each key made by whom its file names, everything else by `operator`, at a start
 * by the platform itself. How many acts that took; with nothing new, none.
 */
export async function enterKeys(app: App, folders: KeyFolders, operator: Actor = SYSTEM): Promise<number> {
  const changes = keyChanges(await readHeld(folders), await readKnown(app.db))
  for (const one of changes) {
    const actor = one.deed === 'key.make' ? await operatorOf(app.db, one.key.madeBy) : operator
    const deed = one.deed === 'key.gone' && operator !== SYSTEM ? 'key.retire' : one.deed
    await change(app, actor, { deed, entity: 'keys', detail: detailOf(one) }, made => keep(made, one))
  }
  return changes.length
}

function detailOf(one: KeyChange): Readonly<Record<string, unknown>> {
  if (one.deed === 'key.gone') return { keyId: one.id }
  const { id, kind, purpose, suite, madeAt, useFrom, wrappedBy } = one.key
  const detail = { keyId: id, kind, purpose, suite, madeAt, useFrom, wrappedBy }
  return one.deed === 'key.wrap' ? { ...detail, wrappedBefore: one.from } : detail
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
    const { id, wrappedBy } = one.key
    kept = await tx.run(sql`update key_register set wrapped_by = ${wrappedBy}, gone_at = null, act_id = ${actId}
      where key_id = ${id} and (wrapped_by is distinct from ${wrappedBy} or gone_at is not null)`)
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
