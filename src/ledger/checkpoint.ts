import { granted, Refusal, refused, type Verdict } from '../base/refusal.ts'
import { isSignature, type Signer, type Verifier } from '../crypto/signature.ts'
import { HASH_BYTES, sha256 } from './merkle.ts'

/** What the log says of itself: the first `size` leaves have this root. */
export type Checkpoint = {
  /** Name of the log, a URL without scheme such as `credit.example/log`; neither blanks nor `+`. */
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

export type SignedBy = Checkpoint & { readonly verifiers: readonly Verifier[] }

const MAX_NOTE_BYTES = 64 * 1024
const KEY_ID_BYTES = 4
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u

// Signature types of C2SP signed-note: 0x01 is Ed25519; SM2 has no number of its own, so 0xff and a name.
const signatureType = {
  ed25519: Buffer.from([1]),
  sm2: Buffer.concat([Buffer.from([0xff]), Buffer.from('SM2-SM3')]),
} as const

function typedKey({ algorithm, publicKey }: Verifier): Buffer {
  return Buffer.concat([signatureType[algorithm], publicKey])
}

function keyIdOf(origin: string, verifier: Verifier): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${origin}\n`), typedKey(verifier)])).subarray(0, KEY_ID_BYTES)
}

function isOrigin(origin: string): boolean {
  return /^[^\s+\p{Cc}]+$/u.test(origin)
}

function bodyOf({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/**
 * A checkpoint as a signed note (C2SP tlog-checkpoint, signed-note): origin, size and root, a blank line, and one line
 * for each signer. Refuses `checkpoint.origin-malformed`.
 */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly Signer[]): string {
  const { origin, size, root } = checkpoint
  if (!isOrigin(origin)) throw new Refusal('checkpoint.origin-malformed', null, { origin }, 500)
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== HASH_BYTES) throw new RangeError('a size and a root of 32 bytes')
  const body = bodyOf(checkpoint)
  const lines = signers.map(signer => {
    const signature = Buffer.concat([keyIdOf(origin, signer), signer.sign(body)])
    return `— ${origin} ${signature.toString('base64')}\n`
  })
  return `${body}\n${lines.join('')}`
}

/**
 * Reads a checkpoint and checks it against the keys one trusts. Signatures by other keys (witnesses, earlier and later
 * keys of the log) are passed over; one wrong signature of a trusted key refuses the whole. Codes:
 * `checkpoint.malformed`, `checkpoint.origin-other`, `checkpoint.signature-wrong`, `checkpoint.unsigned`.
 */
export function verifyCheckpoint(note: string, origin: string, trusted: readonly Verifier[]): Verdict<SignedBy> {
  const parts = partsOf(note)
  const checkpoint = parts && checkpointOf(parts.body)
  if (!parts || !checkpoint) return refused('checkpoint.malformed')
  if (checkpoint.origin !== origin)
    return refused('checkpoint.origin-other', null, { origin: checkpoint.origin, expected: origin })
  const verifiers: Verifier[] = []
  for (const line of parts.signatures) {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? []
    const bytes = bytesOf(encoded ?? '')
    if (name === undefined || !bytes || bytes.length <= KEY_ID_BYTES) return refused('checkpoint.malformed')
    const id = bytes.subarray(0, KEY_ID_BYTES)
    const known = name === origin ? trusted.filter(verifier => keyIdOf(origin, verifier).equals(id)) : []
    if (known.length === 0) continue
    const verifier = known.find(each => isSignature(each, parts.body, bytes.subarray(KEY_ID_BYTES)))
    if (!verifier) return refused('checkpoint.signature-wrong', null, { keyId: id.toString('hex') })
    verifiers.push(verifier)
  }
  if (verifiers.length === 0) return refused('checkpoint.unsigned')
  return granted({ ...checkpoint, verifiers })
}

function partsOf(note: string): { body: string; signatures: string[] } | undefined {
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n') || Buffer.byteLength(note) > MAX_NOTE_BYTES) return undefined
  const signatures = note.slice(blank + 2, -1)
  return { body: note.slice(0, blank + 1), signatures: signatures === '' ? [] : signatures.split('\n') }
}

// The body must be exactly what would be written for the values read: one checkpoint has one spelling.
// Lines after the root (extensions) are refused, because nobody could audit them.
function checkpointOf(body: string): Checkpoint | undefined {
  const [origin = '', digits = '', encoded = ''] = body.split('\n')
  const root = bytesOf(encoded)
  const size = Number(digits)
  if (!isOrigin(origin) || !/^\d+$/.test(digits) || !Number.isSafeInteger(size) || root?.length !== HASH_BYTES) return undefined
  const checkpoint = { origin, size, root }
  return bodyOf(checkpoint) === body ? checkpoint : undefined
}

/** Standard base64 in its one proper spelling; node would also take a changed last letter or missing padding. */
function bytesOf(encoded: string): Buffer | undefined {
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.toString('base64') === encoded ? bytes : undefined
}

/** A public key in the form auditors exchange (C2SP vkey): origin, key id and typed key, joined by `+`. */
export function formatVerifier(origin: string, verifier: Verifier): string {
  return `${origin}+${keyIdOf(origin, verifier).toString('hex')}+${typedKey(verifier).toString('base64')}`
}

/** The reverse of `formatVerifier`. Codes: `checkpoint.key-malformed` (also when the key id is not the key's). */
export function parseVerifier(text: string): Verdict<{ origin: string; verifier: Verifier }> {
  const [origin = '', , ...encoded] = text.split('+')
  const verifier = verifierOf(bytesOf(encoded.join('+')))
  if (!verifier || formatVerifier(origin, verifier) !== text) return refused('checkpoint.key-malformed')
  return granted({ origin, verifier })
}

function verifierOf(typed: Buffer | undefined): Verifier | undefined {
  if (!typed) return undefined
  const { ed25519, sm2 } = signatureType
  if (typed.length === ed25519.length + 32 && typed.subarray(0, ed25519.length).equals(ed25519)) {
    return { suite: 'intl', algorithm: 'ed25519', publicKey: typed.subarray(ed25519.length) }
  }
  if (typed.length === sm2.length + 65 && typed.subarray(0, sm2.length).equals(sm2)) {
    return { suite: 'gm', algorithm: 'sm2', publicKey: typed.subarray(sm2.length) }
  }
  return undefined
}
