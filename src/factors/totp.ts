import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/* One-time codes as authenticator apps make them: RFC 6238 with HMAC-SHA-1, six digits, steps of thirty seconds. */

const SECRET_BYTES = 20
const FORM = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** A code of the step before or after counts, too: clocks of phones differ. */
const WINDOW = 1

/** 160 random bits, as RFC 4226 asks for. */
export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES)
}

/** The step whose code this is, at most one step from now; null where it is none. `code`: six digits. */
export function stepOfCode(secret: Uint8Array, code: string, at: Date): number | null {
  const timestamp = at.getTime()
  const delta = TOTP.validate({ ...FORM, token: code, secret: secretOf(secret), timestamp, window: WINDOW })
  return delta === null ? null : TOTP.counter({ period: FORM.period, timestamp }) + delta
}

/** The code of an instant. */
export function codeAt(secret: Uint8Array, at: Date): string {
  return TOTP.generate({ ...FORM, secret: secretOf(secret), timestamp: at.getTime() })
}

/** The secret as it is typed into an app: base 32, in groups of four. */
export function typedSecret(secret: Uint8Array): string {
  return secretOf(secret).base32.replace(/(.{4})(?=.)/g, '$1 ')
}

/** What the QR code says: `otpauth://totp/…`, with the platform's name and the login. */
export function totpUri(secret: Uint8Array, issuer: string, login: string): string {
  return new TOTP({ ...FORM, issuer, label: login, secret: secretOf(secret) }).toString()
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: new Uint8Array(bytes).buffer })
}
