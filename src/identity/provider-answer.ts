import { AuthorizationResponseError, ResponseBodyError } from 'openid-client'
import { Refusal } from '../base/refusal.ts'
import type { IdentityProvider } from '../law/identity-model.ts'
import { unsound } from './outbound.ts'

/**
 * Does what asks a provider; what the library says of a bad answer becomes a refusal. Refuses `identity.cancelled` (the person or the
 * provider broke off), `identity.provider-refused` (the provider says no to the platform), `identity.answer-unsound`.
 */
export async function heardFrom<T>(provider: IdentityProvider, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw refusalOf(provider, error)
  }
}

const BROKEN_OFF = new Set(['access_denied', 'login_required', 'consent_required', 'interaction_required'])

function refusalOf(provider: IdentityProvider, error: unknown): unknown {
  // What outbound.ts refused comes back wrapped.
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof Refusal) return cause
  if (error instanceof AuthorizationResponseError && BROKEN_OFF.has(error.error))
    return new Refusal('identity.cancelled', null, { name: provider.name }, 400)
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return new Refusal('identity.provider-refused', null, { name: provider.name, fault: word(error.error) }, 400)
  return unsound(word((error as { code?: unknown }).code))
}

/** An error's own short word; nothing else of what another program wrote is repeated. */
function word(code: unknown): string {
  return typeof code === 'string' && /^[A-Za-z_-]{1,60}$/.test(code) ? code.toLowerCase().replaceAll('_', '-') : 'unknown'
}
