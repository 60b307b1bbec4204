import { join } from 'node:path'
import { change } from '../access/change.ts'
import { Refusal } from '../base/refusal.ts'
import { readConfig } from '../config.ts'
import { wrapKeys } from '../crypto/key-file.ts'
import { type Master, makeMaster, readMasters } from '../crypto/master-key.ts'
import type { SuiteName } from '../crypto/suite.ts'
import { openDatabase } from '../db/database.ts'
import { type KeysDesk, masterFolderOf, officerOf, optionsOf, wrongly } from './keys-desk.ts'
import { operatorOf } from './keys-log.ts'
import { type Resealed, resealAll } from './keys-reseal.ts'
import { openPlatform, openPlatformApp, type Platform } from './open-platform.ts'
import { sayOnScreen, silent } from './say.ts'

/* Replacing keys: the master key (files only), and the keys of data and files (what they sealed). */

type Maker = { readonly madeBy: string; readonly suite: SuiteName }

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
 * No data is touched. Refuses `keys.by-reserved`. The old master key is needed until the command has ended, and for backups of the key folder made before.
 */
export async function wrapPlatformKeys(args: readonly string[], desk: KeysDesk): Promise<number> {
  const values = optionsOf(args, ['by', 'suite'], ['new-master'])
  const { suite = 'intl' } = values ?? {}
  const madeBy = officerOf(values)
  if (!values || madeBy === null || (suite !== 'intl' && suite !== 'gm')) return wrongly(desk)
  const folder = masterFolderOf(desk)
  const maker = { madeBy, suite } as const
  if (values['new-master']) {
    const file = await makeMaster(folder, { ...maker, madeAt: desk.now })
    desk.out(desk.words.say('keys.master-made', { file }))
  }
  const master = await masterAt(folder, maker, desk)
  const changed = await wrapKeys(desk.folder, folder, master)
  desk.out(desk.words.say('keys.wrapped', { count: changed.length, master: master.id }))
  return 0
}

/** `keys reseal --by OFFICER [--json]`: seals anew with the newest keys what older ones sealed; beside a running platform too, and again after an interruption. */
export async function resealPlatform(args: readonly string[], desk: KeysDesk): Promise<number> {
  const values = optionsOf(args, ['by'], ['json'])
  const by = officerOf(values)
  if (!values || by === null) return wrongly(desk)
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
    await enterReseal(platform, by, done)
    if (values['json']) desk.out(JSON.stringify({ resealed: done }))
    return 0
  } finally {
    await owner.close()
    await platform.stop()
  }
}

/** What was sealed anew becomes an act. */
async function enterReseal(platform: Platform, by: string, done: readonly Resealed[]): Promise<void> {
  const app = await openPlatformApp(readConfig(), platform, { poolSize: 2 })
  try {
    const { actor, named } = await operatorOf(app.db, by)
    const detail = { ...named, resealed: Object.fromEntries(done.map(({ place, count }) => [place, count])) }
    await change(app, actor, { deed: 'key.reseal', entity: 'keys', detail }, async () => undefined)
  } finally {
    await app.close()
  }
}
