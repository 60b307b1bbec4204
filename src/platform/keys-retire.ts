import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../base/refusal.ts'
import { readConfig } from '../config.ts'
import { type KeyEntry, type KeyPurpose, readKeys } from '../crypto/key-file.ts'
import { syncFolder } from '../crypto/secret-file.ts'
import { openDatabase, type Query, sql } from '../db/database.ts'
import { cityInstant } from '../reports/issue.ts'
import type { Words } from '../words/words.ts'
import { checkKeys, type KeyCheckInput } from './keys-check.ts'
import { type KeysDesk, masterFolderOf, officerOf, optionsOf, wrongly } from './keys-desk.ts'
import { enterKeys, foldersOf, operatorOf } from './keys-log.ts'
import { openPlatform, openPlatformApp, type Platform } from './open-platform.ts'
import { silent } from './say.ts'
import { type WaitingCodes, waitingCodes } from './waiting-codes.ts'

/* Taking a key away for good. */

/** What the platform's processes call themselves to the database. */
const RUNNING = ['mingxin', 'mingxin-door', 'mingxin-look']

const ZONE = 'Asia/Shanghai'

/** The keys of other purposes are needed as long as there are data: of indexes, of commitments, of signatures. */
const CAN_GO: readonly KeyPurpose[] = ['data', 'file', 'session']

/**
 * A process holds the keys that there were when it started: one from before the rotation would go on sealing with a key that is gone from the
 * disk, and nobody would open that again. A process is seen by its connection, of which it keeps one however long it is idle; one that lost it
 * (the database was restarted) is seen again when it next asks. Refuses `keys.platform-running`.
 */
export async function requireStopped(db: Query, id: string): Promise<void> {
  const running = await db.row(sql`select from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name = any(${RUNNING}::text[]) limit 1`)
  if (running) throw new Refusal('keys.platform-running', null, { id })
}

/**
 * `keys retire ID --by OFFICER`: takes a key away for good, and with it whatever only it could open. The platform is stopped for it. Refuses `keys.unknown`,
 * `keys.by-reserved`, `keys.in-use` (it is the newest of its purpose), `keys.platform-running`, and what `requireUnneeded` refuses.
 */
export async function retireKey(args: readonly string[], desk: KeysDesk): Promise<number> {
  const [id, ...rest] = args
  const by = officerOf(optionsOf(rest, ['by'], []))
  if (!id || id.startsWith('-') || by === null) return wrongly(desk)
  const entry = await retirable(desk, id)
  const platform = await openPlatform(readConfig(), silent, { join: true })
  const db = openDatabase(platform.ownerUrl, { max: 1, name: 'mingxin-keys' })
  try {
    if (platform.joined) throw new Refusal('keys.platform-running', null, { id })
    await requireStopped(db, id)
    const filesDir = join(platform.dataDir, 'files')
    const place = { db, keyDir: desk.folder, masterDir: masterFolderOf(desk), filesDir, now: desk.now }
    await requireUnneeded(place, entry, desk.words)
    await removeKey(platform, entry, by, desk)
  } finally {
    await db.close()
    await platform.stop()
  }
  desk.out(desk.words.say('keys.retired', { id, file: entry.file }))
  return 0
}

/** The log knows the key before it goes, and by whom it went. */
async function removeKey(platform: Platform, entry: KeyEntry, by: string, desk: KeysDesk): Promise<void> {
  const app = await openPlatformApp(readConfig(), platform, { poolSize: 2 })
  try {
    await enterKeys(app, foldersOf(desk))
    await rm(join(desk.folder, entry.file))
    await syncFolder(desk.folder)
    await enterKeys(app, foldersOf(desk), await operatorOf(app.db, by))
  } finally {
    await app.close()
  }
}

async function retirable(desk: KeysDesk, id: string): Promise<KeyEntry> {
  const entries = await readKeys(desk.folder, masterFolderOf(desk))
  const entry = entries.find(one => one.id === id)
  if (!entry) throw new Refusal('keys.unknown', null, { id })
  const instant = desk.now.toISOString()
  const newest = entries.filter(one => one.purpose === entry.purpose && one.useFrom <= instant).at(-1)
  if (!CAN_GO.includes(entry.purpose) || newest === entry || entry.useFrom > instant)
    throw new Refusal('keys.in-use', null, { id })
  return entry
}

/**
 * Refuses `keys.codes-waiting` where somebody holds a code that only this key recognises, and `keys.still-needed` where something is sealed with
 * it: run `keys reseal` first.
 */
export async function requireUnneeded(
  place: Pick<KeyCheckInput, 'db' | 'keyDir' | 'masterDir' | 'filesDir' | 'now'>,
  { id, purpose }: Pick<KeyEntry, 'id' | 'purpose'>,
  words: Words,
): Promise<void> {
  if (purpose === 'session') {
    const waiting = await waitingCodes(place.db, id, place.now)
    const count = waiting.reduce((sum, one) => sum + one.count, 0)
    const codes = waiting.map(one => sayCodes(one, words)).join('、')
    if (count > 0) throw new Refusal('keys.codes-waiting', null, { id, count, codes })
    return
  }
  const { uses } = await checkKeys({ ...place, production: false, contents: true })
  const [first] = uses.filter(use => use.keyId === id)
  if (first) throw new Refusal('keys.still-needed', null, { id, place: first.place, count: first.count })
}

function sayCodes({ kind, count, until }: WaitingCodes, words: Words): string {
  const name = words.say(`waiting-code.${kind}`)
  return until
    ? words.say('waiting-code.until', { name, count, until: cityInstant(until, ZONE).slice(0, 16).replace('T', ' ') })
    : words.say('waiting-code.no-end', { name, count })
}
