import { z } from 'zod'

/*
 * city/<city>/senders.yaml: by what the city tells a subject that a letter waits for it. No secret stands here: only the name of the file that
 * holds it (absolute, or in the folder MINGXIN_SECRETS).
 */

const file = z.string().regex(/^[^\0]+$/, 'law.value-malformed')
const host = z.string().regex(/^[A-Za-z0-9.-]{1,200}$/, 'law.value-malformed')

const smsGateway = z.strictObject({
  gateway: z.string().regex(/^https?:\/\/[^\s?#@]+$/, 'law.value-malformed'),
  account: z.string().regex(/^[\x21-\x7e]{1,100}$/, 'law.value-malformed'),
  /** Requests are signed with it (HMAC-SHA-256). */
  secret: file,
})
export type SmsGateway = z.infer<typeof smsGateway>

const mailServer = z.strictObject({
  host,
  port: z.int().min(1).max(65_535),
  /** `none` only to a server on this very machine. */
  security: z.enum(['tls', 'starttls', 'none']),
  /** Certificates that are trusted beside the system's, as a PEM file. */
  authority: file.optional(),
  /** The name by which this machine greets. */
  greets: host,
  from: z.string().regex(/^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,180}$/, 'law.value-malformed'),
  name: z.string().min(1).max(40),
  login: z.strictObject({ user: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'law.value-malformed'), secret: file }).optional(),
})
export type MailServer = z.infer<typeof mailServer>

export const senderFile = z.strictObject({ sms: smsGateway.optional(), email: mailServer.optional() })
export type SenderLaw = z.infer<typeof senderFile>
