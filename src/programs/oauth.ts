import type { App } from '../app.ts'
import type { Problem } from '../http/problem.ts'
import { UNIT_KINDS } from '../law/unit-kind.ts'
import { TOKEN_PATH } from './client-assertion.ts'
import { scopesOpenTo } from './scopes.ts'
import { ALGORITHMS } from './signing.ts'
import { originOf } from './verify-request.ts'

/* What a client library of OAuth 2.0 expects to find and to read. */

export const METADATA_PATH = '/.well-known/oauth-authorization-server'

/** Authorization server metadata (RFC 8414). */
export function metadata(app: App): Readonly<Record<string, unknown>> {
  const issuer = originOf(app)
  return {
    issuer,
    token_endpoint: issuer + TOKEN_PATH,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['EdDSA'],
    scopes_supported: [...new Set(UNIT_KINDS.flatMap(kind => scopesOpenTo(app, kind)))].sort(),
    service_documentation: `${issuer}/openapi.json`,
    // Of this platform: signed requests (RFC 9421) at the token endpoint and at every door that shows or takes somebody's data.
    http_message_signatures_algs_supported: [...ALGORITHMS],
  }
}

/** Codes of RFC 6749, 5.2. What is wrong in detail stands in the problem's own code and sentence. */
const ERRORS: Readonly<Record<string, string>> = {
  'oauth.grant-type': 'unsupported_grant_type',
  'oauth.scope': 'invalid_scope',
  'oauth.client-unknown': 'invalid_client',
  'oauth.client-proof': 'invalid_client',
  'rate.limited': 'temporarily_unavailable',
  'program.network': 'unauthorized_client',
}

/** An error as RFC 6749 has it: `error_description` is ASCII there, so it names the code; the sentence for a person is `title`. */
export function oauthError(problem: Problem): Readonly<Record<string, unknown>> {
  const isProof = /^(assertion|signature)\./.test(problem.code)
  const error = ERRORS[problem.code] ?? (isProof ? 'invalid_client' : problem.status >= 500 ? 'server_error' : 'invalid_request')
  return { error, error_description: problem.code, ...problem }
}
