import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Permission } from '../access/actor.ts'
import type { App } from '../app.ts'
import { NotAllowed } from '../base/refusal.ts'
import { isOpenUnsigned } from './scopes.ts'

/** What a signature must cover, as RFC 9421, 5.1 asks for it. */
export const ACCEPTED = 'sig=("@method" "@target-uri" "authorization" "content-digest");created;nonce;keyid'

/**
 * What a program hears at a door that it may not pass: to sign (401, `Accept-Signature`), or that its token lacks the scope (403,
 * `insufficient_scope` of RFC 6750, 3.1). A token made at the terminal cannot sign; in production it opens such a door to nobody.
 */
export function programRefusal(
  app: App,
  actor: Actor,
  needs: Permission,
  request: FastifyRequest,
  reply: FastifyReply,
): NotAllowed {
  const maySign = actor.id.startsWith('program:')
  const isSigned = maySign && request.headers['signature-input'] !== undefined
  if (!isSigned && (maySign || app.config.production) && !isOpenUnsigned(app, needs)) {
    reply.header('accept-signature', ACCEPTED).header('www-authenticate', 'Bearer')
    return new NotAllowed('program.signature-needed', 401)
  }
  reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${needs}"`)
  return Object.assign(new NotAllowed('program.scope-missing'), { message: needs })
}
