import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../base/refusal.ts'
import { readConfig } from '../config.ts'
import { masterDirOf, readKeys, wrapKeys } from '../crypto/key-file.ts'
import { type Master, makeMaster, readMasters } from '../crypto/master-key.ts'
import { syncFolder } from '../crypto/secret-file.ts'
import type { SuiteName } from '../crypto/suite.ts'
import { openDatabase, type Query, sql } from '../db/database.ts'
import { checkKeys } from './keys-check.ts'
import { type KeysDesk, optionsOf, wrongly } from './keys-desk.ts'
import { resealAll } from './keys-reseal.ts'
import { openPlatform } from './open-platform.ts'
import { sayOnScreen, silent } from './say.ts'

/* Replacing keys: the master key (files only), the keys of data and files (what they sealed), and taking a key away for good. */

type Maker = { readonly madeBy: string; readonly suite: SuiteName }

const masterFolderOf = (desk: KeysDesk): string => desk.masterFolder ?? masterDirOf(desk.folder)

/** The newest master key of a folder; made where there is none. */
export async function masterAt(folder: string, { madeBy, suite }: Maker, desk: KeysDesk): Promise<Master> {
  const held = (await readMasters(folder)).at(0)
  if (held) return held
  const file = await makeMaster(folder, { suite, madeAt: desk.now, madeBy })
  desk.out(desk.words.say('keys.master-made', { file }))
  const [made] = await readMasters(folder)
  if (!made) throw new Refusal('keys.damaged', null, { file }, 500)
  return made
}

/**
 * `keys wrap --by OFFICER [--new-master] [--suite intl|gm]`: puts every key of the folder under the newest master key, or under a new one.
 * No data is touched. The old master key is needed until the command has ended, and for backups of the key folder made before.
 */
export async function wrapPlatformKeys(args: readonly string[], desk: KeysDesk): Promise<number> {
  const values = optionsOf(args, ['by', 'suite'], ['new-master'])
  const { by, suite = 'intl' } = values ?? {}
  if (!values || typeof by !== 'string' || by.trim() === '' || (suite !== 'intl' && suite !== 'gm')) return wrongly(desk)
  const folder = masterFolderOf(desk)
  const maker = { madeBy: by.trim(), suite } as const
  if (values['new-master']) {
    const file = await makeMaster(folder, { ...maker, madeAt: desk.now })
    desk.out(desk.words.say('keys.master-made', { file }))
  }
  const master = await masterAt(folder, maker, desk)
  const changed = await wrapKeys(desk.folder, folder, master)
  desk.out(desk.words.say('keys.wrapped', { count: changed.length, master: master.id }))
  return 0
}

/** `keys reseal [--json]`: seals anew with the newest keys what older ones sealed; beside a running platform too, and again after an interruption. */
export async function resealPlatform(args: readonly string[], desk: KeysDesk): Promise<number> {
  const values = optionsOf(args, [], ['json'])
  if (!values) return wrongly(desk)
  const platform = await openPlatform(readConfig(), values['json'] ? silent : sayOnScreen(), { join: true })
  const owner = openDatabase(platform.ownerUrl, { max: 1, name: 'mingxin-reseal' })
  try {
    const done = await resealAll({
      owner,
      keyDir: desk.folder,
      masterDir: masterFolderOf(desk),
      filesDir: join(platform.dataDir, 'files'),
      now: desk.now,
      told: ({ place, count }) => (values['json'] ? undefined : desk.out(desk.words.say('keys.resealed', { place, count }))),
    })
    if (values['json']) desk.out(JSON.stringify({ resealed: done }))
    return 0
  } finally {
    await owner.close()
    await platform.stop()
  }
}

/** What the platform's processes call themselves to the database. */
const RUNNING = ['mingxin', 'mingxin-door', 'mingxin-look']

/**
 * A process holds the keys that there were when it started: one from before the rotation would go on sealing with a key that is gone from the
 * disk, and nobody would open that again. Refuses `keys.platform-running`.
 */
export async function requireStopped(db: Query, id: string): Promise<void> {
  const running = await db.row(sql`select from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name = any(${RUNNING}::text[]) limit 1`)
  if (running) throw new Refusal('keys.platform-running', null, { id })
}

/**
 * `keys retire ID`: takes a key away for good, and with it whatever only it could open. The platform is stopped for it. Refuses `keys.unknown`,
 * `keys.in-use` (it is the newest of its purpose), `keys.platform-running` and `keys.still-needed` (something is sealed with it): run
 * `keys reseal` first.
 */
export async function retireKey(args: readonly string[], desk: KeysDesk): Promise<number> {
  const [id, ...rest] = args
  if (!id || rest.length > 0) return wrongly(desk)
  const entries = await readKeys(desk.folder, masterFolderOf(desk))
  const entry = entries.find(one => one.id === id)
  if (!entry) throw new Refusal('keys.unknown', null, { id })
  const newest = entries.filter(one => one.purpose === entry.purpose && one.useFrom <= desk.now.toISOString()).at(-1)
  const canGo = entry.purpose === 'data' || entry.purpose === 'file' || entry.purpose === 'session'
  if (!canGo || newest === entry || entry.useFrom > desk.now.toISOString()) throw new Refusal('keys.in-use', null, { id })
  const platform = await openPlatform(readConfig(), silent, { join: true })
  const db = openDatabase(platform.ownerUrl, { max: 1, name: 'mingxin-keys' })
  try {
    if (platform.joined) throw new Refusal('keys.platform-running', null, { id })
    await requireStopped(db, id)
    const filesDir = join(platform.dataDir, 'files')
    const place = { db, keyDir: desk.folder, masterDir: masterFolderOf(desk), filesDir, now: desk.now }
    const checked = await checkKeys({ ...place, production: false, contents: true })
    const needed = checked.uses.filter(use => use.keyId === id)
    const [first] = needed
    if (first) throw new Refusal('keys.still-needed', null, { id, place: first.place, count: first.count })
  } finally {
    await db.close()
    await platform.stop()
  }
  await rm(join(desk.folder, entry.file))
  await syncFolder(desk.folder)
  desk.out(desk.words.say('keys.retired', { id, file: entry.file }))
  return 0
}
