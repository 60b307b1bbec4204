import { z } from 'zod'
import { slug } from './model.ts'

/*
 * city/<city>/identity-providers.yaml: by which unified identity (统一身份认证) people may sign in, as an OpenID Connect relying party sees it.
 * No secret stands here: only the name of the file that holds it.
 */

const address = z.string().regex(/^https?:\/\/[^\s?#@]+$/, 'law.value-malformed')
/** A claim by its name in the ID token or in userinfo. */
const claimName = z.string().min(1).max(200)

/** A claim whose value must be one of those named. */
const levelOf = z.strictObject({ claim: claimName, values: z.array(z.string().min(1)).min(1) })

/** How tokens may be signed: public keys only. Neither `none` nor a secret shared with the provider is a signature. */
export const TOKEN_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const
export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number]

export const CAPACITIES = ['legal-representative', 'agent'] as const
export type Capacity = (typeof CAPACITIES)[number]

export const identityProvider = z.strictObject({
  id: slug.max(30),
  /** As it stands on the button: 省统一身份认证. */
  name: z.string().min(1).max(40),
  /** Exactly as the provider's own metadata says it. */
  issuer: address,
  /** Further hosts (`name` or `name:port`) at which the provider's endpoints lie. Nothing else is ever called. */
  hosts: z.array(z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'law.value-malformed')).default([]),
  client: z.strictObject({
    id: z.string().min(1),
    authentication: z.enum(['client-secret-basic', 'client-secret-post', 'private-key-jwt']),
    /** The file of the secret, or of the private key (PEM): absolute, or a name in the folder MINGXIN_SECRETS. */
    file: z.string().regex(/^[^\0]+$/, 'law.value-malformed'),
    /** Of the private key, where the provider tells keys apart. */
    keyId: z.string().optional(),
    /** How the client signs with its private key. */
    signsWith: z.enum(TOKEN_ALGORITHMS).optional(),
  }),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, 'law.value-malformed')).min(1),
  /** Who may come this way. */
  for: z.array(z.enum(['staff', 'subjects'])).min(1),
  /** How ID tokens and logout tokens may be signed. */
  algorithms: z.array(z.enum(TOKEN_ALGORITHMS)).min(1).default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  /** Whether claims are also asked of the userinfo endpoint. */
  userinfo: z.boolean().default(true),
  claims: z.strictObject({
    /** The person's stable id. */
    id: claimName.default('sub'),
    name: claimName,
    /** A natural person's resident identity number. Only its blind index is kept. */
    residentId: claimName.optional(),
    /** Where the person acts for an organisation: its unified code, and in which capacity. */
    organisation: z
      .strictObject({
        uscc: claimName,
        capacity: claimName,
        /** The provider's value → ours. Another value is refused. */
        capacities: z.record(z.string(), z.enum(CAPACITIES)),
      })
      .optional(),
    /** The login of a staff account that exists already. Absent: staff is bound by an administrator's invitation only. */
    employeeNumber: claimName.optional(),
  }),
  /** How a browser is led to sign out there. By `post` the ID token always goes along; by `get` only if it names nobody. */
  signOut: z.enum(['get', 'post']).default('get'),
  /** The real-name level (实名等级) without which nobody speaks for a subject. */
  realName: levelOf.optional(),
  /** When a sign-in at the provider counts as two factors. Absent: never. */
  twoFactors: levelOf.optional(),
})
export type IdentityProvider = z.infer<typeof identityProvider>

export const identityProviderFile = z.strictObject({ providers: z.array(identityProvider).min(1) })
