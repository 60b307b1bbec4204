import { z } from 'zod'
import { Me } from '../access/contract.ts'
import { endpoint, idText } from '../http/endpoint.ts'

/* Doors of one's own security: second factors, passkeys, recovery codes, sessions, password; resets by two administrators; the tally. */

const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(20_000)
const Transports = z.array(z.string().max(40)).max(10)
const Extensions = z.looseObject({}).default({})

/** What a browser gives back after it made a passkey (WebAuthn, RegistrationResponseJSON). */
export const MadePasskey = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).exactOptional(),
  clientExtensionResults: Extensions,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: Transports.exactOptional() }),
})
/** What a browser gives back after a passkey was used (WebAuthn, AuthenticationResponseJSON). */
export const UsedPasskey = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).exactOptional(),
  clientExtensionResults: Extensions,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.exactOptional(),
  }),
})
/** What to hand to the browser (`options`), which takes it only at this origin. */
const Challenge = z.strictObject({ origin: z.string(), options: z.looseObject({ challenge: z.string() }) })
const Code = z.string().min(1).max(40)
const Name = z.string().trim().min(1).max(40)
/** The session after a factor was enrolled, and the recovery codes that came with the first one: shown this once. */
const Enrolled = Me.extend({ recoveryCodes: z.array(z.string()).nullable() })
const Done = z.strictObject({ done: z.literal(true) })

export const giveFactor = endpoint({
  method: 'POST',
  path: '/sessions/me/factor',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '第二步验证：动态口令或恢复码；会话换新令牌',
  input: z.strictObject({ code: Code }),
  output: Me,
  atAnyStage: true,
  refuses: ['factor.code-wrong', 'factor.none', 'access.locked'],
})
export const askSignInPasskey = endpoint({
  method: 'POST',
  path: '/sessions/passkey/challenge',
  needs: 'anyone',
  reach: ['public'],
  since: '0.3',
  summary: '通行密钥登录：取一次性的挑战，5分钟内有效',
  output: Challenge,
  refuses: ['passkey.not-here'],
})
export const signInWithPasskey = endpoint({
  method: 'POST',
  path: '/sessions/passkey',
  needs: 'anyone',
  reach: ['self'],
  since: '0.3',
  summary: '用通行密钥登录（已含第二步）',
  input: z.strictObject({ response: UsedPasskey }),
  output: Me,
  status: 201,
  refuses: ['passkey.unknown', 'passkey.not-verified', 'passkey.other-account'],
})
export const askRenewPasskey = endpoint({
  method: 'POST',
  path: '/sessions/me/fresh/challenge',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '再次验证身份：取通行密钥的挑战',
  output: Challenge,
  refuses: ['passkey.not-here'],
})
export const renewSession = endpoint({
  method: 'POST',
  path: '/sessions/me/fresh',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '再次验证身份，10分钟内可办重要事项：有第二步的给口令、恢复码或通行密钥，没有的给密码',
  input: z.union([
    z.strictObject({ code: Code }),
    z.strictObject({ password: z.string().min(1).max(200) }),
    z.strictObject({ response: UsedPasskey }),
  ]),
  output: Me,
  refuses: [
    'factor.code-wrong',
    'factor.needed',
    'factor.none',
    'access.wrong-password',
    'access.locked',
    'passkey.not-verified',
  ],
})

const SessionView = z.strictObject({
  sessionId: z.number(),
  since: z.string(),
  seenAt: z.string(),
  device: z.string(),
  network: z.string(),
  isThis: z.boolean(),
})
export const getSecurity = endpoint({
  method: 'GET',
  path: '/account/security',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '自己的登录安全：动态口令、通行密钥、恢复码、登录中的设备',
  output: z.strictObject({
    login: z.string(),
    needsFactor: z.boolean(),
    totpSince: z.string().nullable(),
    passkeys: z.array(
      z.strictObject({ passkeyId: z.number(), name: z.string(), madeAt: z.string(), usedAt: z.string().nullable() }),
    ),
    recoveryCodes: z.number(),
    /** Null: the account has no password, another identity answers for it. */
    passwordSince: z.string().nullable(),
    /** Where browsers offer passkeys for this platform; null: nowhere, as it is set up. */
    passkeyOrigin: z.string().nullable(),
    /** Until when important things can be done without proving again who it is; null: not now. */
    freshUntil: z.string().nullable(),
    sessions: z.array(SessionView),
  }),
})
export type Security = z.infer<typeof getSecurity.output>

export const startTotp = endpoint({
  method: 'POST',
  path: '/account/totp',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '设置动态口令：密钥和二维码，只给这一次',
  output: z.strictObject({ secret: z.string(), uri: z.string(), qr: z.string() }),
  atAnyStage: true,
  refuses: ['access.not-fresh'],
})
export const confirmTotp = endpoint({
  method: 'POST',
  path: '/account/totp/confirm',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '用第一个口令确认设置',
  input: z.strictObject({ code: Code }),
  output: Enrolled,
  atAnyStage: true,
  refuses: ['factor.not-started', 'factor.code-wrong', 'access.locked', 'access.not-fresh'],
})
export const removeTotp = endpoint({
  method: 'DELETE',
  path: '/account/totp',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '停用动态口令',
  output: Done,
  refuses: ['factor.unknown', 'factor.last-needed', 'access.not-fresh'],
})
export const askNewPasskey = endpoint({
  method: 'POST',
  path: '/account/passkeys/challenge',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '添加通行密钥：取一次性的挑战',
  output: Challenge,
  atAnyStage: true,
  refuses: ['passkey.not-here', 'passkey.too-many', 'access.not-fresh'],
})
export const addPasskey = endpoint({
  method: 'POST',
  path: '/account/passkeys',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '添加通行密钥',
  input: z.strictObject({ name: Name, response: MadePasskey }),
  output: Enrolled,
  status: 201,
  atAnyStage: true,
  refuses: ['passkey.not-verified', 'passkey.taken', 'access.not-fresh'],
})
const passkeyParams = z.strictObject({ passkeyId: idText<number>() })
export const renamePasskey = endpoint({
  method: 'PUT',
  path: '/account/passkeys/:passkeyId',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '给通行密钥改名',
  params: passkeyParams,
  input: z.strictObject({ name: Name }),
  output: Done,
  refuses: ['factor.unknown', 'access.not-fresh'],
})
export const removePasskey = endpoint({
  method: 'DELETE',
  path: '/account/passkeys/:passkeyId',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '停用一个通行密钥',
  params: passkeyParams,
  output: Done,
  refuses: ['factor.unknown', 'factor.last-needed', 'access.not-fresh'],
})
export const renewRecoveryCodes = endpoint({
  method: 'POST',
  path: '/account/recovery-codes',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '换一组恢复码，只给这一次；旧的作废',
  output: z.strictObject({ recoveryCodes: z.array(z.string()) }),
  refuses: ['factor.none', 'access.not-fresh'],
})
export const changePassword = endpoint({
  method: 'PUT',
  path: '/account/password',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '修改密码；其他登录全部退出',
  input: z.strictObject({ old: z.string().min(1).max(200), password: z.string().min(1).max(400) }),
  output: Done,
  refuses: [
    ...['access.wrong-password', 'access.locked', 'access.not-fresh', 'account.password-same'],
    ...['account.password-too-short', 'account.password-too-long', 'account.password-common', 'account.password-own-name'],
    'account.password-breached',
  ],
})
export const endOwnSession = endpoint({
  method: 'DELETE',
  path: '/sessions/:sessionId',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '退出自己的一个登录',
  params: z.strictObject({ sessionId: idText<number>() }),
  output: Done,
  refuses: ['session.unknown'],
})
export const endOtherSessions = endpoint({
  method: 'POST',
  path: '/sessions/end-others',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.3',
  summary: '退出自己在别处的全部登录',
  output: z.strictObject({ ended: z.number() }),
})
