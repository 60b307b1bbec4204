import { basename, isAbsolute, join, resolve } from 'node:path'
import { isDay } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { readConfig } from '../config.ts'
import { type KeyEntry, type KeyPurpose, keyPurposes, makeKey, masterDirOf, readKeys } from '../crypto/key-file.ts'
import type { SuiteName } from '../crypto/suite.ts'
import { openDatabase } from '../db/database.ts'
import { loadWords } from '../words/words.ts'
import { checkKeys, type KeyCheck } from './keys-check.ts'
import { type KeysDesk, officerOf, optionsOf, type Values, wrongly } from './keys-desk.ts'
import { enterAfter } from './keys-log.ts'
import { retireKey } from './keys-retire.ts'
import { masterAt, resealPlatform, wrapPlatformKeys } from './keys-rotation.ts'
import { dataDirOf, openPlatform } from './open-platform.ts'
import { sayOnScreen, silent } from './say.ts'

/**
 * Keys that find what was written before: numbers, documents and persons are looked up by digests made with them. Under another key the
 * platform would know none of them again and file everything a second time.
 */
const LOOK_UP_PURPOSES: readonly KeyPurpose[] = ['blind-index', 'content-mac']

const ZONE = '+08:00'

/** `mingxin keys make | show | check | wrap | reseal | retire`. The answer is the exit code: 0 done and sound, 1 flaws found, 2 called wrongly. */
export async function runKeysCommand(args: string[]): Promise<number> {
  const [verb, ...rest] = args
  const config = readConfig()
  const folder = join(dataDirOf(config), 'keys')
  const desk: KeysDesk = {
    folder,
    masterFolder: config.masterKeyDir,
    now: new Date(),
    words: loadWords(),
    out: line => process.stdout.write(`${line}\n`),
  }
  if (verb === 'make') return await andEnter(await makeKeys(rest, desk), rest, desk)
  if (verb === 'show') return await showKeys(rest, desk)
  if (verb === 'check') return await checkPlatformKeys(rest, desk)
  if (verb === 'wrap') return await andEnter(await wrapPlatformKeys(rest, desk), rest, desk)
  if (verb === 'reseal') return await resealPlatform(rest, desk)
  if (verb === 'retire') return await retireKey(rest, desk)
  return wrongly(desk)
}

/** What was done to the platform's own folder becomes acts of the log; another folder is not the platform's yet. */
async function andEnter(code: number, args: readonly string[], desk: KeysDesk): Promise<number> {
  const values = optionsOf(args, ['by', 'suite', 'rotate', 'from', 'folder'], ['new-master', 'json']) ?? {}
  if (code !== 0 || folderOf(values, desk) !== desk.folder) return code
  const by = officerOf(values)
  if (by !== null) await enterAfter(values['json'] ? { ...desk, out: () => undefined } : desk, by)
  return code
}

const folderOf = (values: Values, desk: KeysDesk): string => {
  const given = values['folder']
  if (typeof given !== 'string') return desk.folder
  return isAbsolute(given) ? given : resolve(given)
}

type Order = { readonly madeBy: string; readonly suite: SuiteName; readonly rotate: KeyPurpose | null; readonly useFrom: Date }

/**
 * `keys make --by OFFICER [--suite intl|gm] [--rotate PURPOSE] [--from DAY] [--folder DIR] [--json]`: a key file (mode 0600) for every purpose
 * that has none; with `--rotate` one newer key of a purpose. Never touches a file that is there. Refuses `keys.by-reserved`,
 * `keys.nothing-to-make` and `keys.not-replaceable`.
 */
export async function makeKeys(args: readonly string[], desk: KeysDesk): Promise<number> {
  const values = optionsOf(args, ['by', 'suite', 'rotate', 'from', 'folder'], ['json'])
  const order = values && orderOf(values, desk)
  if (!values || !order) return wrongly(desk)
  const folder = folderOf(values, desk)
  const masterFolder = desk.masterFolder ?? masterDirOf(folder)
  const held = new Set((await readKeys(folder, masterFolder)).map(entry => entry.purpose))
  if (order.rotate && !held.has(order.rotate)) throw new Refusal('keys.nothing-to-replace', null, { purpose: order.rotate })
  if (order.rotate && LOOK_UP_PURPOSES.includes(order.rotate)) {
    throw new Refusal('keys.not-replaceable', null, { purpose: order.rotate })
  }
  const wanted = order.rotate ? [order.rotate] : keyPurposes.filter(purpose => !held.has(purpose))
  if (wanted.length === 0) throw new Refusal('keys.nothing-to-make', null, { folder })
  const { madeBy, suite, useFrom } = order
  const master = await masterAt(masterFolder, order, desk)
  const files = new Set<string>()
  for (const purpose of wanted)
    files.add(basename(await makeKey(folder, { purpose, suite, madeAt: desk.now, madeBy, useFrom, master })))
  const made = (await readKeys(folder, masterFolder)).filter(entry => files.has(entry.file))
  if (values['json']) desk.out(JSON.stringify({ folder, made: made.map(entry => shownKey(entry, made, desk.now)) }))
  else {
    for (const entry of made) desk.out(desk.words.say('keys.made', factsOf(entry, made, desk)))
    desk.out(desk.words.say('keys.made-in', { count: made.length, folder }))
  }
  return 0
}

function orderOf(values: Values, desk: KeysDesk): Order | null {
  const { suite = 'intl', rotate, from } = values
  const madeBy = officerOf(values)
  const purpose = keyPurposes.find(each => each === rotate)
  const isDaySound = from === undefined || (typeof from === 'string' && isDay(from))
  if (madeBy === null || (suite !== 'intl' && suite !== 'gm') || !isDaySound) return null
  if (rotate !== undefined && !purpose) return null
  const useFrom = typeof from === 'string' ? new Date(`${from}T00:00:00${ZONE}`) : desk.now
  return { madeBy, suite, rotate: purpose ?? null, useFrom }
}

/** What of a key may be seen: everything but its secret. */
type ShownKey = Omit<KeyEntry, 'secret' | 'version'> & { readonly state: 'active' | 'older' | 'to-come' }

function shownKey(entry: KeyEntry, all: readonly KeyEntry[], now: Date): ShownKey {
  const { id, purpose, suite, madeAt, madeBy, useFrom, file, wrappedBy } = entry
  const instant = now.toISOString()
  // Signing keys stand side by side, one of each suite; of the others only the newest is used.
  const isRival = (other: KeyEntry): boolean =>
    other.purpose === purpose && (!purpose.endsWith('-signing') || other.suite === suite)
  const active = all.filter(other => isRival(other) && other.useFrom <= instant).at(-1)
  const state = useFrom > instant ? 'to-come' : active?.id === id ? 'active' : 'older'
  return { id, purpose, suite, state, useFrom, madeAt, madeBy, file, wrappedBy }
}

function factsOf(entry: KeyEntry, all: readonly KeyEntry[], { now, words }: KeysDesk): Record<string, string> {
  const shown = shownKey(entry, all, now)
  return {
    ...shown,
    purpose: `${shown.purpose}（${words.say(`key-purpose.${shown.purpose}`)}）`,
    suite: words.say(`key-suite.${shown.suite}`),
    state: words.say(`key-state.${shown.state}`),
    wrappedBy: shown.wrappedBy ?? words.say('keys.bare'),
  }
}

/** `keys show [--folder DIR] [--json]`: every key's id, purpose, suite, state, maker and file; never its secret. */
export async function showKeys(args: readonly string[], desk: KeysDesk): Promise<number> {
  const values = optionsOf(args, ['folder'], ['json'])
  if (!values) return wrongly(desk)
  const folder = folderOf(values, desk)
  const entries = await readKeys(folder, desk.masterFolder ?? masterDirOf(folder))
  if (values['json']) {
    desk.out(JSON.stringify({ folder, keys: entries.map(entry => shownKey(entry, entries, desk.now)) }))
    return 0
  }
  for (const entry of entries) desk.out(desk.words.say('keys.shown', factsOf(entry, entries, desk)))
  desk.out(desk.words.say('keys.shown-in', { count: entries.length, folder }))
  return 0
}

/** `keys check [--contents] [--json]`: beside a running platform, or with the database started for the time of the command. Makes no key. */
async function checkPlatformKeys(args: readonly string[], desk: KeysDesk): Promise<number> {
  const values = optionsOf(args, [], ['contents', 'json'])
  if (!values) return wrongly(desk)
  const config = readConfig()
  const platform = await openPlatform(config, values['json'] ? silent : sayOnScreen(), { join: true })
  const db = openDatabase(platform.logins.app, { max: 2, name: 'mingxin-keys' })
  try {
    const place = {
      db,
      keyDir: desk.folder,
      masterDir: desk.masterFolder ?? undefined,
      filesDir: join(platform.dataDir, 'files'),
    }
    const checked = await checkKeys({
      ...place,
      now: desk.now,
      production: config.production,
      contents: values['contents'] === true,
    })
    return sayCheck(checked, values['json'] === true, desk)
  } finally {
    await db.close()
    await platform.stop()
  }
}

/** Prints what a check found; 1 where a flaw was. */
export function sayCheck(checked: KeyCheck, asJson: boolean, { out, words }: KeysDesk): 0 | 1 {
  if (asJson) out(JSON.stringify(checked))
  else {
    for (const { place, keyId, count } of checked.uses) out(words.say('keys.check-use', { place, keyId, count }))
    if (!checked.contents) out(words.say('keys.check-contents-left'))
    for (const { code, facts } of checked.flaws) out(words.say(code, facts))
    const { keys, opened, flaws } = checked
    out(
      flaws.length > 0
        ? words.say('keys.check-flawed', { count: flaws.length })
        : words.say('keys.check-clean', { keys, opened }),
    )
  }
  return checked.flaws.length > 0 ? 1 : 0
}
