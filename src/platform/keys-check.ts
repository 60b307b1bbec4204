import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, opendir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Facts, Refusal } from '../base/refusal.ts'
import { FIRST_START, type KeyEntry, keyPurposes, readKeys } from '../crypto/key-file.ts'
import { type Keys, openKeys } from '../crypto/keys.ts'
import { type Query, type Row, sql } from '../db/database.ts'
import { formatVerifier, verifyCheckpoint } from '../ledger/checkpoint.ts'

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
  const entries = await readKeys(input.keyDir)
  const flaws: KeyFlaw[] = missingPurposes(entries, input)
  const isWhole = flaws.length === 0
  const now = (): Date => input.now
  const keys = isWhole ? await openKeys({ dir: input.keyDir, mayCreate: false, production: false, now }) : null
  const selfMade = entries.filter(entry => entry.madeBy === FIRST_START).map(entry => entry.file)
  if (input.production && selfMade.length > 0) flaws.push({ code: 'keys.self-made', facts: { files: selfMade.join('、') } })
  const inspection: Inspection = { db: input.db, entries, keys, uses: [], flaws, opened: 0 }
  for (const place of SEALED) if (input.contents || !place.isLong) await checkColumn(inspection, place)
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

type SealedPlace = {
  readonly place: string
  /** Rows `keyId, count`. */
  readonly uses: string
  /** A row `sealed, aad` of the key $1, with `kind` and `blind` where an index stands beside it. */
  readonly probe: string
  readonly isLong?: true
}

const keyIdOf = (column: string): string => `encode(substring(${column} from 3 for 4), 'hex')`
const countedBy = (keyId: string, from: string): string =>
  `select ${keyId} as "keyId", count(*) as count from ${from} group by 1 order by 1`
/** A field of a content that was sealed in place: version 1, algorithm 1 or 2, in base64url. */
const IN_CONTENT = `regexp_matches(content::text, '"sealed:(AQ[E-L][A-Za-z0-9_-]{40,})"', 'g') as found`
const CONTENT_BYTES = `decode(rpad(translate(found[1], '-_', '+/'), (length(found[1]) + 3) / 4 * 4, '='), 'base64')`

const SEALED: readonly SealedPlace[] = [
  {
    place: 'person_secret.sealed',
    uses: countedBy(keyIdOf('sealed'), 'person_secret'),
    probe: `select sealed, 'person_secret:' || kind as aad, kind, value as blind from person_secret
      left join identifier using (subject_id, kind) where ${keyIdOf('sealed')} = $1 limit 1`,
  },
  {
    place: 'delivery_chunk.kept_rows',
    uses: countedBy(keyIdOf('kept_rows'), 'delivery_chunk where octet_length(kept_rows) > 0'),
    probe: `select kept_rows as sealed, 'delivery_chunk:' || delivery_id || ':' || chunk_no as aad from delivery_chunk
      where ${keyIdOf('kept_rows')} = $1 limit 1`,
  },
  {
    place: 'waiting_row.sealed',
    uses: countedBy(keyIdOf('sealed'), 'waiting_row where octet_length(sealed) > 0'),
    probe: `select sealed, 'waiting_row:' || waiting_id as aad from waiting_row where ${keyIdOf('sealed')} = $1 limit 1`,
  },
  {
    place: 'rights_text.sealed',
    uses: countedBy(keyIdOf('sealed'), 'rights_text'),
    probe: `select sealed, 'rights_text:' || request_id || ':' || entry_no as aad from rights_text where ${keyIdOf('sealed')} = $1 limit 1`,
  },
  {
    place: 'fact_content.content',
    uses: countedBy(keyIdOf(CONTENT_BYTES), `fact_content, ${IN_CONTENT}`),
    probe: `select ${CONTENT_BYTES} as sealed, 'content' as aad from fact_content, ${IN_CONTENT} where ${keyIdOf(CONTENT_BYTES)} = $1 limit 1`,
    isLong: true,
  },
  {
    place: 'frozen_content.content',
    uses: countedBy(keyIdOf(CONTENT_BYTES), `frozen_content, ${IN_CONTENT}`),
    probe: `select ${CONTENT_BYTES} as sealed, 'content' as aad from frozen_content, ${IN_CONTENT} where ${keyIdOf(CONTENT_BYTES)} = $1 limit 1`,
    isLong: true,
  },
]

type Probe = {
  readonly sealed: Buffer
  readonly aad: string
  readonly kind?: string
  readonly blind?: string | null
}

async function checkColumn(inspection: Inspection, { place, uses, probe }: SealedPlace): Promise<void> {
  for (const { keyId, count } of await inspection.db.rows<{ keyId: string; count: number }>({ text: uses })) {
    if (!recordUse(inspection, { place, keyId, count })) continue
    const found = await inspection.db.row<Probe & Row>({ text: probe, values: [keyId] })
    if (found) openProbe(inspection, { place, keyId }, found)
  }
}

/** Notes a use; false where its key is not at hand or nothing can be opened. */
function recordUse(inspection: Inspection, use: KeyUse): boolean {
  inspection.uses.push(use)
  const isHeld = inspection.entries.some(entry => entry.id === use.keyId)
  if (!isHeld) inspection.flaws.push({ code: 'keys.file-missing', facts: use })
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

const PREFIX_BYTES = 6
const FILE_AAD = 'file'

async function checkFiles(inspection: Inspection, dir: string): Promise<void> {
  const found = new Map<string, { count: number; path: string }>()
  for await (const path of listFiles(dir)) {
    const keyId = await keyOfFile(path)
    const seen = found.get(keyId)
    found.set(keyId, { count: (seen?.count ?? 0) + 1, path: seen?.path ?? path })
  }
  for (const [keyId, { count, path }] of found) {
    const where = { place: 'files', keyId }
    if (recordUse(inspection, { ...where, count })) await openFile(inspection, where, path)
  }
}

/** Sealed files of the store, two folders deep; what is still being written has no key yet to answer for. */
async function* listFiles(dir: string): AsyncGenerator<string> {
  for await (const { name, isThere } of entriesOf(dir)) {
    if (!isThere || !/^[0-9a-f]{2}$/.test(name)) continue
    for await (const inner of entriesOf(join(dir, name))) {
      for await (const file of entriesOf(join(dir, name, inner.name))) yield join(dir, name, inner.name, file.name)
    }
  }
}

async function* entriesOf(dir: string): AsyncGenerator<{ name: string; isThere: boolean }> {
  for await (const entry of await opendir(dir)) yield { name: entry.name, isThere: entry.isDirectory() }
}

async function keyOfFile(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer } = await file.read(Buffer.alloc(PREFIX_BYTES), 0, PREFIX_BYTES, 0)
    return buffer.toString('hex', 2)
  } finally {
    await file.close()
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
