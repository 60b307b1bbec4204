import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { type Facts, Refusal } from '../base/refusal.ts'
import { FIRST_START, type KeyEntry, keyPurposes, readKeys } from '../crypto/key-file.ts'
import { type Keys, openKeys } from '../crypto/keys.ts'
import { type Query, type Row, sql } from '../db/database.ts'
import { FILE_AAD, keyOfFile, listSealedFiles } from '../files/sealed-files.ts'
import { formatVerifier, verifyCheckpoint } from '../ledger/checkpoint.ts'
import { probeOf, SEALED, type SealedPlace, usesOf } from './sealed-places.ts'
import { CODES, codesByKey } from './waiting-codes.ts'

/*
 * Are the keys at hand those with which this database and this folder of files were written? A ciphertext names its key; one value of each
 * key and place is opened, because a file may carry the right id and another secret.
 */

/** Where a key is referred to: a column or the store of files, and how often. */
export type KeyUse = { readonly place: string; readonly keyId: string; readonly count: number }

export type KeyFlaw = { readonly code: string; readonly facts: Facts }

export type KeyCheck = {
  /** Key files read. */
  readonly keys: number
  readonly uses: readonly KeyUse[]
  /** Values, files and signatures that were tried. */
  readonly opened: number
  /** Whether the contents of facts were read, too. */
  readonly contents: boolean
  readonly flaws: readonly KeyFlaw[]
}

export type KeyCheckInput = {
  readonly db: Query
  readonly keyDir: string
  /** Where the master keys stand; left out: inside the key folder. */
  readonly masterDir?: string | undefined
  readonly filesDir: string
  readonly now: Date
  readonly production: boolean
  readonly contents: boolean
}

type Inspection = {
  readonly db: Query
  readonly entries: readonly KeyEntry[]
  /** Null where a purpose has no key: then nothing is opened, and what is missing is told. */
  readonly keys: Keys | null
  readonly uses: KeyUse[]
  readonly flaws: KeyFlaw[]
  opened: number
}

/**
 * Reads which keys the sealed columns, the stored files and the signed checkpoints name, and opens one probe of each. Writes nothing, makes no
 * key. `contents`: sealed fields inside facts' contents too, which reads every fact. Refuses what `readKeys` refuses.
 */
export async function checkKeys(input: KeyCheckInput): Promise<KeyCheck> {
  const { keyDir, masterDir } = input
  const entries = await readKeys(keyDir, masterDir)
  const flaws: KeyFlaw[] = missingPurposes(entries, input)
  const isWhole = flaws.length === 0
  const now = (): Date => input.now
  const keys = isWhole ? await openKeys({ dir: keyDir, masterDir, mayCreate: false, production: false, now }) : null
  const selfMade = entries.filter(entry => entry.madeBy === FIRST_START).map(entry => entry.file)
  if (input.production && selfMade.length > 0) flaws.push({ code: 'keys.self-made', facts: { files: selfMade.join('、') } })
  const inspection: Inspection = { db: input.db, entries, keys, uses: [], flaws, opened: 0 }
  for (const place of SEALED) if (input.contents || !place.isLong) await checkColumn(inspection, place)
  await checkCodes(inspection, input.now)
  await checkFiles(inspection, input.filesDir)
  await checkSignatures(inspection)
  const { uses, opened } = inspection
  return { keys: entries.length, uses, opened, contents: input.contents, flaws }
}

function missingPurposes(entries: readonly KeyEntry[], { now }: KeyCheckInput): KeyFlaw[] {
  const instant = now.toISOString()
  const missing = keyPurposes.filter(purpose => !entries.some(entry => entry.purpose === purpose && entry.useFrom <= instant))
  return missing.map(purpose => ({ code: 'keys.purpose-missing', facts: { purpose } }))
}

type Probe = {
  readonly sealed: Buffer
  readonly aad: string
  readonly kind?: string
  readonly blind?: string | null
}

async function checkColumn(inspection: Inspection, sealed: SealedPlace): Promise<void> {
  const { place } = sealed
  for (const { keyId, count } of await inspection.db.rows<{ keyId: string; count: number }>({ text: usesOf(sealed) })) {
    if (!recordUse(inspection, { place, keyId, count })) continue
    const found = await inspection.db.row<Probe & Row>({ text: probeOf(sealed), values: [keyId] })
    if (found) openProbe(inspection, { place, keyId }, found)
  }
}

/** Codes that somebody holds still: a mac cannot be tried without its code, so only the key's being there is asked for. */
async function checkCodes(inspection: Inspection, now: Date): Promise<void> {
  for (const code of CODES) {
    const rows = await inspection.db.rows<{ keyId: string; count: number }>({ text: codesByKey(code), values: [now] })
    for (const row of rows) recordUse(inspection, { place: code.place, ...row }, 'keys.codes-key-missing')
  }
}

/** Notes a use; false where its key is not at hand or nothing can be opened. */
function recordUse(inspection: Inspection, use: KeyUse, missing = 'keys.file-missing'): boolean {
  inspection.uses.push(use)
  const isHeld = inspection.entries.some(entry => entry.id === use.keyId)
  if (!isHeld) inspection.flaws.push({ code: missing, facts: use })
  return isHeld && inspection.keys !== null
}

type Where = { readonly place: string; readonly keyId: string }

function openProbe(inspection: Inspection, where: Where, { sealed, aad, kind, blind }: Probe): void {
  const { keys, flaws } = inspection
  if (!keys) return
  inspection.opened += 1
  // What does not open is a finding of the check, and the next place is still to be tried.
  try {
    const plain = keys.open(sealed, aad)
    const isFound = !kind || !blind || keys.blindIndexes(kind, plain).some(index => index.toString('hex') === blind)
    if (!isFound) flaws.push({ code: 'keys.index-other', facts: where })
  } catch (error) {
    flaws.push(flawOf(error, where))
  }
}

function flawOf(error: unknown, where: Where): KeyFlaw {
  if (!(error instanceof Refusal)) throw error
  return { code: 'keys.does-not-open', facts: { ...where, reason: error.code } }
}

async function checkFiles(inspection: Inspection, dir: string): Promise<void> {
  const found = new Map<string, { count: number; path: string }>()
  for await (const path of listSealedFiles(dir)) {
    const keyId = await keyOfFile(path)
    const seen = found.get(keyId)
    found.set(keyId, { count: (seen?.count ?? 0) + 1, path: seen?.path ?? path })
  }
  for (const [keyId, { count, path }] of found) {
    const where = { place: 'files', keyId }
    if (recordUse(inspection, { ...where, count })) await openFile(inspection, where, path)
  }
}

/** A file lies under the index of its own hash: opening one tries the key of the index, too. */
async function openFile(inspection: Inspection, where: Where, path: string): Promise<void> {
  const { keys, flaws } = inspection
  if (!keys) return
  inspection.opened += 1
  try {
    const digest = createHash('sha256')
    for await (const chunk of keys.openStream(FILE_AAD)(createReadStream(path))) digest.update(chunk)
    const names = keys.blindIndexes('file', digest.digest('hex')).map(index => index.toString('hex'))
    if (!names.includes(basename(path))) flaws.push({ code: 'keys.index-other', facts: where })
  } catch (error) {
    flaws.push(flawOf(error, where))
  }
}

/** Every key that signed a checkpoint, by the first bytes of its public half, with the youngest checkpoint that it signed. */
async function checkSignatures(inspection: Inspection): Promise<void> {
  const place = 'checkpoint.note'
  const signed = await inspection.db.rows<{ keyId: string; count: number; size: number }>(sql`
    select encode(substring(decode(found[1], 'base64') from 1 for 4), 'hex') as "keyId", count(*) as count, max(size) as size
    from checkpoint, regexp_matches(note, '— \\S+ ([A-Za-z0-9+/]+=*)', 'g') as found group by 1 order by 1`)
  for (const { keyId, count, size } of signed) {
    inspection.uses.push({ place, keyId, count })
    if (!inspection.keys) continue
    const row = await inspection.db.row<{ note: string }>(sql`select note from checkpoint where size = ${size}`)
    const note = row?.note ?? ''
    const origin = note.slice(0, note.indexOf('\n'))
    const known = inspection.keys.verifiers('log-signing').filter(each => formatVerifier(origin, each).split('+').at(1) === keyId)
    inspection.opened += 1
    const verdict = verifyCheckpoint(note, origin, known)
    if (verdict.ok) continue
    const code = known.length === 0 ? 'keys.signer-missing' : 'keys.does-not-open'
    inspection.flaws.push({ code, facts: { place, keyId, count, reason: verdict.code } })
  }
}
