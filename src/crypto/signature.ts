import { suites } from './key-file.ts'
import type { Key } from './key-ring.ts'
import type { Bytes, Signing, SuiteName } from './suite.ts'

export type Verifier = {
  readonly suite: SuiteName
  readonly algorithm: Signing['algorithm']
  /** Raw: 32 bytes (Ed25519), or 65 bytes 04‖x‖y (SM2). */
  readonly publicKey: Buffer
}

export type Signer = Verifier & {
  /** Id of the key file, for the operator; readers of a signature know the key by its public half. */
  readonly keyId: string
  sign(data: Bytes): Buffer
}

/** The newest key of each suite whose time has come; a city in transition signs with both. */
export function signersOf(keys: readonly Key[], now: Date): Signer[] {
  const usable = keys.filter(key => key.useFrom <= now.getTime())
  return usable
    .filter(key => !usable.some(other => other.suite === key.suite && other.useFrom > key.useFrom))
    .map(key => ({ keyId: key.id, ...verifierOf(key), sign: key.suite.signing.signer(key.secret) }))
}

export function verifiersOf(keys: readonly Key[]): Verifier[] {
  return keys.map(verifierOf)
}

function verifierOf({ suite, secret }: Key): Verifier {
  return { suite: suite.name, algorithm: suite.signing.algorithm, publicKey: suite.signing.publicKeyOf(secret) }
}

/** Whether `signature` (64 bytes) is the key's over `data`. Needs no secret: an auditor calls it too. */
export function isSignature(verifier: Verifier, data: Bytes, signature: Buffer): boolean {
  return suites[verifier.suite].signing.verify(verifier.publicKey, data, signature)
}

/** The public key as PEM, for `openssl pkeyutl -verify` (SM2: with `-pkeyopt distid:1234567812345678`). */
export function publicKeyPem(verifier: Verifier): string {
  return suites[verifier.suite].signing.publicKeyPem(verifier.publicKey)
}
