import { type Check, repeated, reportTwice } from './ground.ts'
import type { IdentityProvider } from './identity-model.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A provider's address that may be called without TLS: only one on this very machine, for a trial. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.has(new URL(address).hostname)
}

/** By whom people may sign in: one provider a name, over TLS, with all it takes to tell who somebody is. */
export const checkIdentity: Check = ({ reading }, report) => {
  const providers = reading.identityProviders
  reportTwice(providers, one => one.id, 'id', 'law.identity-duplicate', report)
  // Two entries of one issuer could take each other's tokens.
  reportTwice(providers, one => one.issuer, 'issuer', 'law.identity-issuer-duplicate', report)
  for (const provider of providers) {
    const { issuer, scopes, client, for: doors } = provider.value
    if (!URL.canParse(issuer)) report('law.value-malformed', provider, ['issuer'], { key: 'issuer', value: issuer })
    else if (issuer.startsWith('http:') && !isLoopback(issuer))
      report('law.identity-without-tls', provider, ['issuer'], { issuer })
    if (!scopes.includes('openid')) report('law.identity-scope-missing', provider, ['scopes'])
    for (const index of repeated(doors)) report('law.identity-door-twice', provider, ['for', index], { door: doors[index] })
    if ((client.authentication === 'private-key-jwt') !== (client.signsWith !== undefined))
      report('law.identity-key-algorithm', provider, ['client'])
    const missing = missingClaim(provider.value)
    if (missing !== null) report(missing, provider, ['claims'], { name: provider.value.name })
    if (doors.includes('subjects') && provider.value.realName === undefined)
      report('law.identity-level-missing', provider, ['for'], { name: provider.value.name })
  }
}

function missingClaim({ claims, for: doors }: IdentityProvider) {
  if (doors.includes('subjects') && claims.residentId === undefined && claims.organisation === undefined)
    return 'law.identity-subject-unknown'
  const capacities = Object.values(claims.organisation?.capacities ?? { any: 'legal-representative' })
  return capacities.includes('legal-representative') ? null : 'law.identity-capacity-missing'
}
