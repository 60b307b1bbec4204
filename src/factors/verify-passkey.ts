import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server'
import { Refusal } from '../base/refusal.ts'
import type { RelyingParty } from './relying-party.ts'

/* The one place where the library that reads WebAuthn answers is asked. User verification (PIN, fingerprint, face) is always required. */

/** Takes the challenge that was answered out of the database: false where it is unknown, answered already or over. */
export type TakeChallenge = (challenge: string) => Promise<boolean>

export type NewCredential = {
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly signCount: number
  readonly transports: readonly string[]
}

/** The credential in an answer to being made. Refuses `passkey.not-verified` (422). */
export async function verifyNew(
  party: RelyingParty,
  response: RegistrationResponseJSON,
  take: TakeChallenge,
): Promise<NewCredential> {
  const answer = await told(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: take,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    }),
  )
  if (!answer?.verified) throw new Refusal('passkey.not-verified', null, {}, 422)
  const { id, publicKey, counter } = answer.registrationInfo.credential
  return {
    credentialId: id,
    publicKey: Buffer.from(publicKey),
    signCount: counter,
    transports: response.response.transports ?? [],
  }
}

/** The new counter in an answer to a challenge; null for a false signature, origin or challenge, or a counter that went back. */
export async function verifyAnswer(
  party: RelyingParty,
  response: AuthenticationResponseJSON,
  credential: WebAuthnCredential,
  take: TakeChallenge,
): Promise<number | null> {
  const answer = await told(() =>
    verifyAuthenticationResponse({
      response,
      credential,
      expectedChallenge: take,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    }),
  )
  return answer?.verified && answer.authenticationInfo.userVerified ? answer.authenticationInfo.newCounter : null
}

/** What the library found, or null where it threw the answer back. */
async function told<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify()
  } catch (error) {
    // A database that does not answer is no false signature.
    if (error instanceof Error && 'severity' in error) throw error
    return null
  }
}
