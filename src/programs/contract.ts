import { z } from 'zod'
import { isDay } from '../base/day.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { MOST_KEYS } from './model.ts'

/* Doors about programs: the token endpoint, the registration by two administrators, and a program's own keys. */

const Instant = z.iso.datetime({ offset: true })
const DayText = z.string().refine(isDay)
const Algorithm = z.enum(['ed25519', 'hmac-sm3'])

export const TokenForm = z.looseObject({
  grant_type: z.string().max(100),
  client_id: z.string().max(100).optional(),
  scope: z.string().max(2000).optional(),
  client_assertion_type: z.string().max(200).optional(),
  client_assertion: z.string().max(8000).optional(),
})
export const getToken = endpoint({
  method: 'POST',
  path: '/oauth/token',
  needs: 'anyone',
  reach: 'self',
  since: '0.1',
  summary: '接口程序换取访问令牌（RFC 6749 客户端凭据；以private_key_jwt或者签名的请求证明身份）',
  body: 'form',
  input: TokenForm,
  output: z.strictObject({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.number(),
    scope: z.string(),
  }),
  refuses: [
    'oauth.grant-type',
    'oauth.client-unknown',
    'oauth.client-missing',
    'oauth.client-proof',
    'oauth.assertion-type',
    'oauth.scope',
    'assertion.malformed',
    'assertion.audience',
    'assertion.out-of-time',
    'assertion.wrong',
    'assertion.replayed',
    'program.network',
  ],
})

export const KeyView = z.strictObject({
  keyId: z.string(),
  algorithm: Algorithm,
  state: z.enum(['waiting', 'future', 'valid', 'ended', 'revoked']),
  fromAt: z.string(),
  untilAt: z.string().nullable(),
  madeAt: z.string(),
  madeBy: z.string().nullable(),
  confirmedBy: z.string().nullable(),
})
const OwnView = z.strictObject({
  programId: z.number(),
  clientId: z.string(),
  name: z.string(),
  unit: z.string(),
  unitName: z.string(),
  purpose: z.string(),
  scopes: z.array(z.string()),
  /** The same in words. */
  scopeNames: z.array(z.string()),
  quota: z.string(),
  quotaName: z.string(),
  networks: z.array(z.string()),
  endsOn: z.string(),
  state: z.enum(['proposed', 'open', 'ended', 'closed']),
  keys: z.array(KeyView),
})
export const ProgramView = OwnView.extend({
  proposedAt: z.string(),
  proposedBy: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  closedAt: z.string().nullable(),
  /** Requests of the last thirty days that had any, oldest first. */
  usage: z.array(z.strictObject({ day: z.string(), count: z.number() })),
  /** Something waits for a second person, and whoever asks is not the first. */
  mayConfirm: z.boolean(),
})
export type ProgramView = z.infer<typeof ProgramView>

export const listProgramsDoor = endpoint({
  method: 'GET',
  path: '/programs',
  needs: 'program.read',
  reach: 'city',
  since: '0.1',
  summary: '接口程序：登记、密钥、最近三十天的用量',
  output: z.strictObject({ programs: z.array(ProgramView) }),
})
export const getChoices = endpoint({
  method: 'GET',
  path: '/programs/choices',
  needs: 'program.manage',
  reach: 'city',
  since: '0.1',
  summary: '登记接口程序时可选的单位、范围和配额',
  output: z.strictObject({
    units: z.array(
      z.strictObject({
        unit: z.string(),
        name: z.string(),
        scopes: z.array(z.strictObject({ scope: z.string(), name: z.string() })),
      }),
    ),
    quotas: z.array(
      z.strictObject({ quota: z.string(), name: z.string(), perMinute: z.number(), perDay: z.number().nullable() }),
    ),
  }),
})
const programParams = z.strictObject({ programId: idText<number>() })
export const propose = endpoint({
  method: 'POST',
  path: '/programs',
  needs: 'program.manage',
  reach: 'city',
  since: '0.1',
  summary: '提出登记一个接口程序；另一人确认后才能使用',
  input: z.strictObject({
    name: z.string().trim().min(2).max(60),
    unit: z.string().max(60),
    purpose: z.string().trim().min(4).max(200),
    scopes: z.array(z.string().max(60)).min(1).max(50),
    quota: z.string().max(60),
    networks: z.array(z.string().max(60)).max(20).default([]),
    endsOn: DayText,
  }),
  output: z.strictObject({ programId: z.number(), clientId: z.string() }),
  status: 201,
  refuses: [
    'program.scope-not-open',
    'program.quota-unknown',
    'program.network-malformed',
    'program.end-out-of-range',
    'account.unit-unknown',
  ],
})
export const confirm = endpoint({
  method: 'POST',
  path: '/programs/:programId/confirm',
  needs: 'program.confirm',
  reach: 'city',
  since: '0.1',
  secondPerson: 'program',
  summary: '确认一个接口程序和它待确认的密钥；不能是提出的人',
  params: programParams,
  /** The keys that wait, as they were shown: nothing is confirmed that came later. */
  input: z.strictObject({ keyIds: z.array(z.string().max(60)).max(MOST_KEYS) }),
  output: z.strictObject({ confirmed: z.literal(true) }),
  refuses: [
    'access.not-fresh',
    'program.same-person',
    'program.nothing-to-confirm',
    'program.changed',
    'program.unknown',
    'program.over',
  ],
})
export const close = endpoint({
  method: 'POST',
  path: '/programs/:programId/close',
  needs: 'program.close',
  reach: 'city',
  since: '0.1',
  summary: '关闭一个接口程序：令牌和签名当即失效',
  params: programParams,
  output: z.strictObject({ closed: z.literal(true) }),
  refuses: ['program.unknown'],
})

const KeyForm = z.strictObject({
  algorithm: Algorithm,
  /** Ed25519: PEM, base64 (SPKI or 32 bytes) or JWK as text. Left out for hmac-sm3: the platform makes the secret. */
  publicKey: z.string().max(2000).optional(),
  fromAt: Instant.optional(),
  untilAt: Instant.optional(),
})
const MadeKey = z.strictObject({
  keyId: z.string(),
  /** Base64url, shown this once. */
  secret: z.string().nullable(),
  isConfirmed: z.boolean(),
})
const KEY_REFUSALS = [
  'program-key.malformed',
  'program-key.private',
  'program-key.term',
  'program-key.too-many',
  'program.unknown',
  'program.over',
]
const EndForm = z.strictObject({
  untilAt: Instant.optional(),
  /** Known to others: ends at once, with every token that was got with it. */
  isLost: z.boolean().optional(),
})
const END_REFUSALS = ['program-key.unknown', 'program-key.term']

export const addKeyDoor = endpoint({
  method: 'POST',
  path: '/programs/:programId/keys',
  needs: 'program.manage',
  reach: 'city',
  since: '0.1',
  summary: '为接口程序加一把密钥；另一人确认后才能使用。共享密钥只显示这一次',
  params: programParams,
  input: KeyForm,
  output: MadeKey,
  status: 201,
  refuses: KEY_REFUSALS,
})
export const endKeyDoor = endpoint({
  method: 'POST',
  path: '/programs/:programId/keys/:keyId/end',
  needs: 'program.close',
  reach: 'city',
  since: '0.1',
  summary: '停用接口程序的一把密钥：到期停用，或者因泄露当即作废',
  params: programParams.extend({ keyId: z.string().max(60) }),
  input: EndForm,
  output: z.strictObject({ ended: z.literal(true) }),
  refuses: END_REFUSALS,
})

export const getOwn = endpoint({
  method: 'GET',
  path: '/programs/self',
  needs: 'program.rotate-own',
  reach: 'self',
  since: '0.1',
  summary: '接口程序看自己的登记和密钥',
  output: OwnView,
})
export const addOwnKey = endpoint({
  method: 'POST',
  path: '/programs/self/keys',
  needs: 'program.rotate-own',
  reach: 'self',
  since: '0.1',
  summary: '接口程序自己换密钥：用在用的密钥签名，加一把新的，即刻可用',
  input: KeyForm,
  output: MadeKey,
  status: 201,
  refuses: KEY_REFUSALS,
})
export const endOwnKey = endpoint({
  method: 'POST',
  path: '/programs/self/keys/:keyId/end',
  needs: 'program.rotate-own',
  reach: 'self',
  since: '0.1',
  summary: '接口程序停用自己的一把密钥；最后一把不能停用',
  params: z.strictObject({ keyId: z.string().max(60) }),
  input: EndForm,
  output: z.strictObject({ ended: z.literal(true) }),
  refuses: [...END_REFUSALS, 'program-key.last'],
})
